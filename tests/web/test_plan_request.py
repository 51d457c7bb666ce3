"""A kept form becomes the engine's request, whatever columns and files are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.cycle.request import read_join
from quotaloom.web.plans.request import files_asked, request_of

PARTS = st.sampled_from([*"ab 大区\"=>|<,.:&/'", " on ", " as "])
NAMES = st.lists(PARTS, min_size=1, max_size=8).map(lambda parts: "".join(parts).strip())


def joined(left, right, alias, path="/data/a b/p on x as y.csv"):
    """What the engine reads of a join with these names."""
    one = {"file": "f", "left": left, "right": right, "alias": alias}
    asked = {"total": "1", "year": 2027, "facts": [], "joins": [one]}
    (text,) = request_of(asked, {"f": Path(path)}).join
    return read_join(text)


@pytest.mark.parametrize(
    "name", ["区 码", "a=b", "on", "x on y", "x as y", 'say "so"', "a>b|c", "=", "a, b"]
)
def test_a_name_of_any_signs_is_read_as_it_was(name):
    path, left, right, alias = joined(f"facts.{name}", name, "p")
    assert (left, right, alias) == (f"facts.{name}", name, "p")
    assert path == "/data/a b/p on x as y.csv"


@given(NAMES.filter(bool), NAMES.filter(bool), NAMES.filter(bool))
def test_every_join_is_read_as_it_was_chosen(left, right, alias):
    assert joined(left, right, alias)[1:] == (left, right, alias)


def test_the_files_of_a_form_are_all_named():
    asked = {
        "facts": ["a", "b"],
        "joins": [{"file": "c"}],
        "weights": "d",
        "roster": None,
        "season_file": "e",
    }
    assert files_asked(asked) == ["a", "b", "c", "d", "e"]


def test_a_season_of_a_file_goes_before_a_chosen_one():
    asked = {"total": "1", "year": 2027, "facts": [], "seasonality": "equal", "season_file": "s"}
    assert request_of(asked, {"s": Path("/x/s.csv")}).seasonality == "/x/s.csv"
