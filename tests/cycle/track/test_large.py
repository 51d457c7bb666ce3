"""Many lines asked by their sums say what the lines say one by one."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.facts.read import table
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.measures.known import measures
from quotaloom.cycle.track.board import Board
from quotaloom.cycle.track.edition import quotas_in_force
from quotaloom.cycle.track.large import LargeLines
from quotaloom.cycle.track.placed import placed
from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.warehouse.marts import shelf_file
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.boards import released

LINES = KINDS["order_lines"]
DAY = date(2026, 6, 30)
FIRST = """订单日期,订单号,行号,大区,省份,岗位,产品,不含税金额
2025-02-10,D0,1,华东,江苏,E1,平台,1000
2026-01-10,D1,1,华东,江苏,E1,平台,90000
2026-03-10,D2,1,华东,浙江,E2,终端,80000.005
"""
SECOND = """订单日期,订单号,行号,大区,省份,岗位,产品,客户,不含税金额
2026-05-10,D3,1,华北,北京,N1,平台,丙,20000
2026-06-30,D4,1,华南,广东,X9,平台,丁,300
2026-06-30,D5,1,,,,,,-40
2026-07-01,D6,1,华北,北京,N1,平台,丙,7000
"""


@pytest.fixture(params=[1, 10**6], ids=["with kept sums", "without"])
def boards(request, tmp_path, monkeypatch):
    """The same board, from the lines and from their sums."""
    monkeypatch.setattr(shelf_file, "WORTH", request.param)
    shelf = Shelf(tmp_path / "batches")
    for name, text in (("一", FIRST), ("二", SECOND)):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        take(shelf, ImportRequest(files=(path,), into="order_lines", append=True), author="x")
    quotas = quotas_in_force(released(tmp_path), DAY)
    year = FiscalCalendar().periods(2026, "year")[0]
    large = LargeLines(shelf, LINES, quotas, measures(), "net_amount")
    lines = placed(table(shelf, LINES), LINES, quotas, "net_amount", keep=("order",))
    crossed = large.crossed(year.start, DAY)
    one = Board(quotas, lines, year, DAY)
    other = Board(quotas, large.daily(), year, DAY, crossed=crossed)
    return large, lines, one, other


@pytest.mark.parametrize("branch", [(), ("华东",), ("华北", "北京", "N1"), ("未归属",)])
def test_the_sums_make_the_same_board(boards, branch):
    _large, _lines, one, other = (boards[0], boards[1], *(each.at(branch) for each in boards[2:]))
    assert [one.whole, *one.every] == [other.whole, *other.every]
    assert one.curve() == other.curve()
    assert one.table() == other.table()
    assert one.beside == other.beside
    assert one.leaves == other.leaves


@pytest.mark.parametrize("branch", [(), ("华东",), ("未归属",)])
def test_the_largest_lines_are_those_of_the_branch(boards, branch):
    large, lines, one, other = boards
    found = large.largest(other.at(branch), ("order",), 2)
    told = one.at(branch).lines_of(lines)
    assert (found.count, found.total) == (told.height, told["credit"].sum())
    assert found.frame["order"].to_list() == told["order"].head(2).to_list()
    assert {"§file", "§row", "date", "credit"} <= set(found.frame.columns)


def test_a_branch_without_lines_has_none(boards):
    large, _lines, _one, other = boards
    empty = Board(other.quotas, other.facts.clear(), other.span, date(2026, 1, 1)).at(("华东",))
    found = large.largest(empty, ("order",), 2)
    assert (found.count, found.total) == (0, 0)
    assert isinstance(found.frame, pl.DataFrame)
