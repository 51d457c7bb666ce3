"""The worked tables of docs/algorithms on break-back and on other houses, computed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.allocation.journal.edit import HoldEdit, Method, Scale, Set, Spread, Wish
from quotaloom.core.model.errors import QuotaLoomError
from tests.core.allocation.journal.plans import KEY, History, at, plan_of
from tests.support.sources import ROOT

PAGES = {"break_back": (0, 1), "like_tm1": (1, 2), "like_anaplan": (1, 2), "like_essbase": (1, 2)}
OPERATIONS = {"set": "replace", "add": "add", "subtract": "subtract"}


def worked():
    """Leaves, edit and our result of every row of every table, after its page."""
    for name, (leaves, edit) in PAGES.items():
        page = (ROOT / f"docs/algorithms/{name}.md").read_text(encoding="utf-8")
        text = page.split("## Worked table")[1].split("## ")[0]
        lines = [line for line in text.splitlines() if line.startswith("|")][2:]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        yield from ((name, row[leaves], row[edit], row[-1]) for row in rows)


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


def edited(history, text):
    """The edit of the table, applied to the region."""
    words = text.removeprefix("region ").split()
    where = at(region="R1")
    scope = "populated" if words[-1] in {"populated", "given"} else "all"
    if text.startswith("hold total, first"):
        history.add(HoldEdit(where, "total"))
        wish = Wish(at(region="S1"), int(words[-1]))
        history.add(Set((wish,), keep="hold_parent", along="region"))
    elif words[0] == "scale":
        history.add(Scale(where, Fraction(int(words[1].strip("%")), 100)))
    elif words[0] == "repeat":
        history.add(Spread(where, Method("repeat", scope=scope), int(words[1])))
    else:
        name = "equal" if "equal" in words else "proportional"
        known = words[0] if words[0] in OPERATIONS else "add" if words[0][0] == "+" else "set"
        amount = int(words[1] if words[0] in OPERATIONS else words[0])
        method = Method(name, operation=OPERATIONS[known], scope=scope)
        history.add(Set((Wish(where, amount),), method))


@pytest.mark.parametrize(("page", "leaves", "edit", "result"), list(worked()))
def test_the_pages_tell_the_truth(page, leaves, edit, result):
    history = plan_with(leaves)
    if result == "refused":
        with pytest.raises(QuotaLoomError):
            edited(history, edit)
        return
    edited(history, edit)
    column = history.now.columns[KEY]
    cells = zip(column.values.ravel().tolist(), column.given.ravel().tolist(), strict=True)
    assert ", ".join(str(value) if given else "null" for value, given in cells) == result, page


def test_the_tables_are_read():
    assert len(list(worked())) >= 35
