"""Many lines credited part by part come to what they come to when they are held all at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.facts.read import table
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.measures.known import measures
from quotaloom.cycle.track import large_credited
from quotaloom.cycle.track.board import Board
from quotaloom.cycle.track.crediting import credited_facts, read_crediting
from quotaloom.cycle.track.edition import quotas_in_force
from quotaloom.cycle.track.large import LargeLines
from quotaloom.cycle.track.large_credited import LargeCredited
from quotaloom.cycle.track.placed import placed
from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.boards import released
from tests.support.counts import examples

LINES = KINDS["order_lines"]
DAY = date(2026, 6, 30)
YEAR = FiscalCalendar().periods(2026, "year")[0]
SEATS = ["E1", "E2", "N1", "X9", ""]
CUSTOMERS, PRODUCTS = ["甲", "乙", ""], ["平台", "终端"]
BRANCHES = [(), ("华东", "江苏", "E1"), ("未归属",)]

shares = st.integers(1, 99).map(lambda share: (("E1", share), ("N1", 100 - share)))
rule = st.tuples(st.sampled_from(CUSTOMERS), st.sampled_from(["", *PRODUCTS]), shares)
one_each = {"unique_by": lambda one: one[:2]}


@pytest.fixture(scope="module")
def quotas(tmp_path_factory):
    return quotas_in_force(released(tmp_path_factory.mktemp("plan")), DAY)


def written(path, head, rows):
    path.write_text("\n".join((head, *(",".join(map(str, row)) for row in rows))), "utf-8")
    return path


def drawn(dice):
    """A line of any day of 18 months."""
    day = date(2025, 1, 1) + timedelta(dice.randrange(540))
    amount = f"{dice.randrange(-(10**9), 10**9) / 10**4:.4f}"
    return day, *map(dice.choice, (SEATS, PRODUCTS, CUSTOMERS)), amount


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Sixty lines, in two imports."""
    folder, dice = tmp_path_factory.mktemp("facts"), Random(7)
    rows = [(f"D{n}", 1, *drawn(dice)) for n in range(60)]
    head = "订单号,行号,订单日期,岗位,产品,客户,不含税金额"
    found = Shelf(folder / "batches")
    for name, some in (("一", rows[:35]), ("二", rows[35:])):
        path = written(folder / f"{name}.csv", head, some)
        take(found, ImportRequest(files=(path,), into="order_lines", append=True), author="x")
    return found


def crediting_of(folder, rules):
    told = [
        (f"规则{n}", customer, product, member, f"{share}%")
        for n, (customer, product, shared) in enumerate(rules)
        for member, share in shared
    ]
    return read_crediting(
        written(folder / "rules.csv", "规则,客户,产品,岗位,份额", told), "岗位", LINES
    )


def outcome(asked):
    """What is answered, or what it is refused for."""
    try:
        return asked()
    except DataRefused as refusal:
        return sorted((one.code, one.subject, one.params["date"]) for one in refusal.findings)


def held(shelf, quotas, crediting):
    facts = credited_facts(table(shelf, LINES), crediting, "net_amount")
    lines = placed(facts, LINES, quotas, "net_amount", keep=("order",))
    return Board(quotas, lines, YEAR, DAY)


def summed(shelf, quotas, crediting):
    large = LargeCredited(LargeLines(shelf, LINES, quotas, measures(), "net_amount"), crediting)
    daily = large.daily()  # first: what is refused of all lines is asked of them
    return large, Board(quotas, daily, YEAR, DAY, crossed=large.crossed(YEAR.start, DAY))


@settings(max_examples=examples(100), deadline=None)
@given(rules=st.lists(rule, min_size=1, max_size=4, **one_each))
def test_parts_come_to_what_the_whole_does(quotas, shelf, rules):
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(large_credited, "PART", 15)
        crediting = crediting_of(Path(name), rules)
        one = outcome(lambda: held(shelf, quotas, crediting))
        found = outcome(lambda: summed(shelf, quotas, crediting))
        if isinstance(one, list):
            assert found == one
            return
        large, other = found
        assert one.curve() == other.curve()
        for branch in BRANCHES:
            mine, theirs = one.at(branch), other.at(branch)
            assert [mine.whole, *mine.every] == [theirs.whole, *theirs.every]
            assert mine.table() == theirs.table()
            told, largest = mine.lines_of(mine.facts), large.largest(theirs, ("order",), 4)
            assert (largest.count, largest.total) == (told.height, told["credit"].sum())
            assert largest.frame["credit"].abs().equals(told["credit"].abs().head(4))
            assert isinstance(largest.frame, pl.DataFrame)


def test_a_rule_without_conditions_credits_every_line(quotas, shelf, tmp_path):
    file = written(tmp_path / "rules.csv", "规则,岗位,份额", [("所有", "N1", "100%")])
    crediting = read_crediting(file, "岗位", LINES)
    one, (_, other) = held(shelf, quotas, crediting), summed(shelf, quotas, crediting)
    assert [one.whole, *one.every] == [other.whole, *other.every]
    assert [place.path[-1] for place in other.parts if place.standing.credit] == ["华北"]
