"""Chores: one that fails keeps no other from its turn."""

from __future__ import annotations

import pytest

from quotaloom.web.jobs import chore

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_a_chore_that_breaks_is_told_and_the_next_is_done(monkeypatch, caplog):
    done = []
    monkeypatch.setattr(chore, "CHORES", {"broken": lambda: 1 // 0, "good": lambda: done.append(1)})
    monkeypatch.setattr(chore, "close_old_connections", done.clear)
    chore.chores_do()
    assert done == [1]
    assert "the chore broken failed" in caplog.text
