"""The worked tables of docs/algorithms are what the code answers."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.numeric.apportion import apportion
from quotaloom.core.numeric.bounds import Bounds, spread_bounded
from quotaloom.core.numeric.running import running
from quotaloom.core.numeric.spread import METHODS, Wish, spread
from quotaloom.core.numeric.webster import webster
from tests.support.split_oracles import ENDLESS
from tests.support.spreads import column, one_group, shown

PAGES = Path(__file__).parents[3] / "docs" / "algorithms"
SPLITS = {
    "largest_remainder": lambda total, weights: apportion([total], weights, [0, len(weights)]),
    "running_rounding": lambda total, weights: running([total], weights, [0, len(weights)]),
    "webster": webster,
}


def rows(page):
    """The rows of the worked table, as cells of text."""
    table = (PAGES / f"{page}.md").read_text(encoding="utf-8").split("## Worked table")[1]
    lines = re.findall(r"^\| (.+) \|$", table, re.MULTILINE)[1:]
    assert lines, page
    return [pytest.param(page, *line.split(" | "), id=f"{page}: {line}") for line in lines]


def numbers(text):
    return [None if part in {"–", "[–]"} else int(part.strip("[]")) for part in text.split(", ")]


def wish_of(method, text):
    """``amount=40 driver=1,2,– rate=1/10`` as a wish; what has no amount is asked for none."""
    words = [word.split("=") for word in text.split()]
    given = dict(words)
    listed = [value.replace(",", ", ") for word, value in words if word == "driver"]
    pattern = given.get("pattern", "")
    return Wish(
        method,
        np.array([int(given["amount"])]) if "amount" in given else None,
        operation=given.get("operation", "replace"),
        scope=given.get("scope", "all"),
        drivers=tuple(column(numbers(text)) for text in listed),
        mix=tuple(Fraction(part) for part in given.get("mix", "").split(",") if part),
        rate=Fraction(given.get("rate", 0)),
        ends=np.array([int(given.get("ends", 0))]),
        pattern=pattern
        if pattern in {"first", "last"}
        else tuple(map(int, pattern.split("-")))
        if pattern
        else (),
    )


@pytest.mark.parametrize(
    ("page", "total", "weights", "parts"), [row for page in SPLITS for row in rows(page)]
)
def test_a_split_on_a_page_is_true(page, total, weights, parts):
    assert SPLITS[page](int(total), numbers(weights)).tolist() == numbers(parts)


@pytest.mark.parametrize(
    ("page", "wish", "now", "after"), [row for page in METHODS for row in rows(page)]
)
def test_a_spread_on_a_page_is_true(page, wish, now, after):
    fixed = [part.startswith("[") for part in now.split(", ")]
    found = spread(one_group(numbers(now), fixed), wish_of(page, wish))
    assert shown(found.now) == numbers(after)


def bounds_of(text):
    """``..20, 60.., 30..40, =7, –`` as bounds."""
    low, high, held, kept = [], [], [], []
    for part in text.split(", "):
        bottom, _, top = part.strip("–=").partition("..")
        low.append(int(bottom or 0))
        high.append(int(top or ENDLESS))
        held.append(part.startswith("="))
        kept.append(int(bottom or 0))
    return Bounds.of(low=low, high=high, held=held, kept=kept)


@pytest.mark.parametrize(("page", "total", "weights", "bounds", "parts"), rows("bounded_spread"))
def test_a_bounded_spread_on_a_page_is_true(page, total, weights, bounds, parts):
    task = [int(total)], numbers(weights), [0, len(numbers(weights))], bounds_of(bounds)
    if not parts.startswith("refused"):
        assert spread_bounded(*task).tolist() == numbers(parts), page
        return
    with pytest.raises(DataRefused, match=r"spread\.out_of_bounds") as refusal:
        spread_bounded(*task)
    params = refusal.value.findings[0].params
    assert parts == f"refused: {params['least']} to {params['most']}"
