"""Years and rivals of a small company, counted by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.cockpit.comparisons import Year, comparisons
from quotaloom.cycle.cockpit.lens import Lens, Source
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.measures.known import measures
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.pipeline import import_small

DAY = date(2026, 6, 30)
MARKET = {
    "market_sizes": "期间,市场规模\n2025-01-01,1000000\n2026-01-01,9000000\n",
    "contracts": "签订日期,合同号,含税金额\n2025-02-01,C1,150000\n2026-02-01,C2,1000\n",
    "competitors": "竞争对手,期间,份额,大区\nA,2026-01-01,32%,\nB,2026-01-01,24%,\n"
    "C,2026-01-01,18%,\n其他,2026-01-01,11%,\nA,2025-01-01,50%,\nA,2026-01-01,90%,华东\nD,2026-01-01,,\n",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    shelf = Shelf(folder / "batches")
    import_small(folder, shelf, "order_lines")
    for kind, text in MARKET.items():
        path = folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        take(shelf, ImportRequest(files=(path,), into=kind), author="x")
    return Source(shelf, measures())


@pytest.fixture
def lens():
    return Lens(span=FiscalCalendar().periods(2026, "year")[0], as_of=DAY, column="seat")


def test_the_same_days_of_the_years_stand_side_by_side(source):
    month = FiscalCalendar().periods(2026, "month")[1]
    found = comparisons(source, Lens(span=month, as_of=DAY, column="seat"))
    assert found.years == (Year("2026-02", 10_000_00, Fraction(9)), Year("2025-02", 1_000_00, None))
    assert (found.rate, found.begun) == (9, "")  # one step


def test_a_year_whose_orders_begin_within_it_is_left_out(source, lens):
    found = comparisons(source, lens)
    assert found.years == (Year("2026", 200_000_01, None),)
    assert (found.rate, found.begun) == (None, "2025")


def test_only_days_that_are_over_in_each_year_count(source, lens):
    early = Lens(span=lens.span, as_of=date(2026, 2, 9), column="seat")
    assert [one.sold for one in comparisons(source, early).years] == [90_000_00]


def test_the_rivals_of_the_document_by_the_newest_shares_of_the_whole_market(source, lens):
    rivals = comparisons(source, lens).rivals  # AT-30
    assert rivals.named == (("A", 32), ("B", 24), ("C", 18))
    assert (rivals.own, rivals.own_year) == (15, "2025")  # 2026 is not over
    spread = rivals.spread
    assert (spread.named, spread.others, spread.rank(rivals.own)) == (89, 11, 4)
    assert (spread.gap(rivals.own), spread.largest(3), spread.least) == (17, 74, 2149)
    assert round(float(spread.relative(rivals.own)), 3) == 0.469


def test_the_market_is_for_who_sees_all_that_we_sold(source, lens):
    assert comparisons(source, lens.of(["E1"])).rivals is None


def test_before_any_share_is_told_there_are_no_rivals(source, lens):
    before = Lens(span=lens.calendar.periods(2024, "year")[0], as_of=DAY, column="seat")
    assert comparisons(source, before).rivals is None


@pytest.mark.parametrize(
    ("shares", "own", "total"),
    [("A,2026-01-01,60%\nB,2026-01-01,50%\n", None, 110), ("A,2026-01-01,32%\n", "-9", 32)],
)
def test_shares_that_cannot_be_do_not_stop_the_page(tmp_path, lens, shares, own, total):
    texts = {"competitors": f"竞争对手,期间,份额\n{shares}"}
    if own is not None:
        texts["market_sizes"] = "期间,市场规模\n2025-01-01,1000\n"
        texts["contracts"] = f"签订日期,合同号,含税金额\n2025-02-01,C1,{own}\n"
    shelf = Shelf(tmp_path / "batches")
    for kind, text in texts.items():
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        take(shelf, ImportRequest(files=(path,), into=kind), author="x")
    rivals = comparisons(Source(shelf, measures()), lens).rivals
    assert (rivals.own, rivals.total, rivals.spread is None) == (None, total, total > 100)
