"""Settings that make no sense are told field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotaloom.cycle.answers import misread
from quotaloom.cycle.request import DecomposeRequest

GOOD = DecomposeRequest((), "5亿", 2027, by=("大区>省",), fix=("大区=华东:1亿",), where=("金额>0",))


def test_a_good_request_has_nothing():
    assert misread(GOOD) == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("total", "five", "amount"),
        ("unit", "1e5", "amount"),
        ("by", ("大区>大区",), "dimension.column_twice"),
        ("by", ('大区>"省',), "wish.unreadable"),
        ("tree", ("人<上级",), "dimension.unreadable_tree"),
        ("tree", ("人=省<上级",), "dimension.column_twice"),
        ("growth_max", "much", "share"),
        ("recency", "2", "recency.out_of_range"),
        ("recency", "x", "amount"),
        ("cutoff_day", 32, "calendar.setting_refused"),
        ("alias", ("无等号",), "alias.unreadable"),
        ("zone", "Mars/Base", "zone.unknown"),
        ("fix", ("大区=华东",), "wish.unreadable"),
        ("fix", ("大区=华东:>=1",), "wish.unreadable"),
        ("hold", ("大区:",), "wish.unreadable"),
        ("bound", ("大区=华东:x",), "amount"),
        ("where", ("金额 >",), "where"),
    ],
)
def test_each_field_answers_for_itself(field, value, code):
    told = misread(replace(GOOD, **{field: value}))
    assert [name for name, _ in told] == [field]
    assert told[0][1].code.startswith(code)


def test_all_are_told_at_once():
    told = misread(replace(GOOD, total="x", fix=("a", "b"), recency="9"))
    assert [name for name, _ in told] == ["total", "recency", "fix", "fix"]
