"""The worked table of docs/algorithms/break_back.md, computed."""

from __future__ import annotations

import pytest

from quotaloom.core.allocation.journal.edit import HoldEdit, Method, Set, Wish
from quotaloom.core.model.errors import QuotaLoomError
from tests.core.allocation.journal.plans import KEY, History, at, plan_of
from tests.support.sources import ROOT

PAGE = ROOT / "docs/algorithms/break_back.md"


def worked():
    """The rows of the table as texts: leaves, edit, result."""
    text = PAGE.read_text(encoding="utf-8").split("## Worked table")[1].split("## The same")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def plan_with(leaves):
    """A region with these leaves and its held ones."""
    words = [word.strip() for word in leaves.split(",")]
    seats = {f"S{number}": "R1" for number in range(1, len(words) + 1)}
    values = [[0 if word == "null" else int(word.strip("="))] for word in words]
    given = [[word != "null"] for word in words]
    history = History(plan_of(values, given, kind="year", seats=seats, products=("P1",)))
    for number, word in enumerate(words, start=1):
        if word.startswith("="):
            history.add(HoldEdit(at(region=f"S{number}"), "cells"))
    return history


def edited(history, edit):
    """The edit of the table, applied."""
    if edit.startswith("hold total, first"):
        history.add(HoldEdit(at(region="R1"), "total"))
        wish = Wish(at(region="S1"), int(edit.split()[-1]))
        history.add(Set((wish,), keep="hold_parent", along="region"))
        return
    typed = edit.split()[1]
    method = Method(operation="add") if typed.startswith("+") else Method()
    history.add(Set((Wish(at(region="R1"), int(typed)),), method))


@pytest.mark.parametrize(("leaves", "edit", "result"), worked())
def test_the_page_tells_the_truth(leaves, edit, result):
    history = plan_with(leaves)
    if result == "refused":
        with pytest.raises(QuotaLoomError):
            edited(history, edit)
        return
    edited(history, edit)
    column = history.now.columns[KEY]
    cells = zip(column.values.ravel().tolist(), column.given.ravel().tolist(), strict=True)
    assert ", ".join(str(value) if given else "null" for value, given in cells) == result


def test_the_table_is_read():
    assert len(worked()) >= 12
