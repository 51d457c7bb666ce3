"""A journal of every grammar that ever was is read, verified and replayed, for ever.

What lies under ``kept`` is never changed. A verb or option that the grammar gains is shown by
records put behind the old ones; a new version of the grammar adds a folder.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from quotaloom.core.allocation.journal.edit import GRAMMAR, Edit
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.definition import read_definition, write_definition
from quotaloom.planfile.figures import first_plan, read_figures
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.journal import Journal
from quotaloom.planfile.record import read_record, write_record
from quotaloom.planfile.store import Head

KEPT = Path(__file__).with_name("kept")
OLDER_HEADS = {1: [Head(29, "30b7770117d6759a2d3bb491b6466e7db8f3c2c45fc0e8257a2ee0ec0d51666d")]}
HEADS = {1: Head(35, "0e7b690ed091655cc3e15eed3a47c750fce1fe976e25900093b75da898784e10")}
TOTALS = {1: {("booked", "下达"): 101_809, ("booked", "上报"): 158_810, ("heads", "下达"): 912}}


@pytest.fixture(params=HEADS)
def grammar(request):
    """A version of the grammar."""
    return request.param


@pytest.fixture
def store(grammar, tmp_path):
    """A copy of the plan that was kept when this grammar was new."""
    folder = shutil.copytree(KEPT / f"grammar-{grammar}.plan", tmp_path / "old.plan")
    return FolderStore(folder)


@pytest.fixture
def first(store):
    """The plan before its first edit."""
    definition = read_definition(store.definition())
    return first_plan(definition, read_figures(store.cells(definition.figures)))


def test_every_grammar_has_a_journal():
    assert set(HEADS) == set(range(1, GRAMMAR + 1))


def test_its_chain_is_as_it_was(grammar, store):
    for head in (*OLDER_HEADS[grammar], HEADS[grammar]):
        assert verify_store(store, exported=head) == HEADS[grammar]


def test_its_records_hold_every_edit_and_read_as_they_were_written(store, first):
    records = [read_record(text, first.measures) for text in store.records()]
    assert {type(one.edit) for one in records} == set(get_args(Edit))
    assert [write_record(one, first.measures) for one in records] == list(store.records())
    assert write_definition(read_definition(store.definition())) == store.definition()
    assert all(store.text(one.reason) for one in records if one.reason)


def test_it_is_replayed_to_the_same_cells(grammar, store, first):
    journal = Journal(store, first, lambda: datetime(2027, 1, 1, tzinfo=UTC))
    totals = {
        key: journal.plan.total(Slice(measure=key[0], layer=key[1])) for key in TOTALS[grammar]
    }
    assert totals == TOTALS[grammar]
    assert journal.plan.position == HEADS[grammar].position
