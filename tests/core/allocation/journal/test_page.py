"""The worked tables of docs/algorithms on break-back and on other houses, computed."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest

from quotaloom.core.allocation.journal.edit import HoldEdit, Method, Scale, Set, Spread, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import Column
from quotaloom.core.model.errors import QuotaLoomError
from tests.core.allocation.journal.plans import KEY, History, at, plan_of
from tests.support.sources import ROOT

PAGES = {"break_back": (0, 1), "like_tm1": (1, 2), "like_anaplan": (1, 2), "like_essbase": (1, 2)}
OTHER = Slice.of(region="R1", measure="booked", layer="submitted")
LISTED = re.compile(r"(?:like|% of) ([-\d, ]+)$")


def worked():
    """Leaves, edit and our result of every row of every table, after its page."""
    for name, (leaves, edit) in PAGES.items():
        page = (ROOT / f"docs/algorithms/{name}.md").read_text(encoding="utf-8")
        text = page.split("## Worked table")[1].split("## ")[0]
        lines = [line for line in text.splitlines() if line.startswith("|")][2:]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        yield from ((name, row[leaves], row[edit], row[-1]) for row in rows)


def plan_with(leaves, edit):
    """A region with these leaves, seats or quarters, and its held ones."""
    words = [word.strip() for word in leaves.split(",")]
    values = [0 if word == "null" else int(word.strip("=")) for word in words]
    given = [word != "null" for word in words]
    if edit.endswith("over quarters"):
        seats = {"S1": "R1"}
        return History(plan_of([values], [given], seats=seats, products=("P1",)))
    seats = {f"S{number}": "R1" for number in range(1, len(words) + 1)}
    cells, there = [[one] for one in values], [[one] for one in given]
    history = History(plan_of(cells, there, kind="year", seats=seats, products=("P1",)))
    if numbers := LISTED.search(edit):
        figures = np.array([int(one) for one in numbers[1].split(", ")])[:, None]
        other = history.now.with_column(OTHER.key, Column.of(figures))
        history.plans[0] = other
    for number, word in enumerate(words, start=1):
        if word.startswith("="):
            history.add(HoldEdit(at(region=f"S{number}"), "cells"))
    return history


def edited(history, text):
    """The edit of the table, applied to the region."""
    where = at(region="R1")
    for pattern, edit_of in EDITS:
        if match := pattern.fullmatch(text.removeprefix("region ")):
            if text.startswith("hold total"):
                history.add(HoldEdit(where, "total"))
            history.add(edit_of(where, *match.groups()))
            return
    raise AssertionError(text)


def _total(where, kind, amount, how, scope):
    operation = {"add ": "add", "+": "add", "subtract ": "subtract"}.get(kind, "replace")
    name = "equal" if how and "equal" in how else "proportional"
    on_zero = "refuse" if how and "refuse" in how else "equal"
    spread = "populated" if scope else "all"
    method = Method(name, operation=operation, scope=spread, on_zero=on_zero)
    return Set((Wish(where, int(amount)),), method)


def _percent(text):
    return Fraction(int(text), 100)


EDITS = [
    (
        re.compile(r"hold total, first (\d+)"),
        lambda _, amount: Set(
            (Wish(at(region="S1"), int(amount)),), keep="hold_parent", along="region"
        ),
    ),
    (re.compile(r"scale ([-+]\d+)%"), lambda where, rate: Scale(where, _percent(rate))),
    (
        re.compile(r"repeat (\d+)( populated)?"),
        lambda where, amount, scope: Spread(
            where, Method("repeat", scope="populated" if scope else "all"), int(amount)
        ),
    ),
    (
        re.compile(r"(\d+) like .*"),
        lambda where, amount: Set(
            (Wish(where, int(amount)),), Method("by_reference", references=(OTHER,))
        ),
    ),
    (
        re.compile(r"add (\d+)% of .*"),
        lambda where, rate: Spread(
            where, Method("percent", operation="add", rate=_percent(rate), references=(OTHER,))
        ),
    ),
    (
        re.compile(r"line (\d+) to (\d+) over quarters"),
        lambda where, start, end: Spread(where, Method("straight_line", end=int(end)), int(start)),
    ),
    (
        re.compile(r"growth (\d+) by (\d+)% over quarters"),
        lambda where, start, rate: Spread(where, Method("growth", rate=_percent(rate)), int(start)),
    ),
    (
        re.compile(r"(\d+) by ([-\d]+) over quarters"),
        lambda where, amount, weights: Set(
            (Wish(where, int(amount)),),
            Method("pattern", weights=tuple(map(Fraction, weights.split("-")))),
        ),
    ),
    (
        re.compile(r"(\d+) to the (first|last) over quarters"),
        lambda where, amount, place: Set(
            (Wish(where, int(amount)),), Method("pattern", place=place)
        ),
    ),
    (
        re.compile(r"(set |add |subtract |\+)?(-?\d+)( by equal| or refuse)?( populated| given)?"),
        _total,
    ),
]


@pytest.mark.parametrize(("page", "leaves", "edit", "result"), list(worked()))
def test_the_pages_tell_the_truth(page, leaves, edit, result):
    history = plan_with(leaves, edit)
    if result == "refused":
        with pytest.raises(QuotaLoomError):
            edited(history, edit)
        return
    edited(history, edit)
    column = history.now.columns[KEY]
    cells = zip(column.values.ravel().tolist(), column.given.ravel().tolist(), strict=True)
    assert ", ".join(str(value) if given else "null" for value, given in cells) == result, page


def test_the_tables_are_read():
    assert len(list(worked())) >= 45
