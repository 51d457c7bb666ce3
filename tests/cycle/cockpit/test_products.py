"""Products of a small company, counted by hand: mix, price, margin, and why sales changed."""

from __future__ import annotations

from datetime import date

import pytest

from quotaloom.core.attainment.effects import Effects
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.cockpit.lens import Lens, Source
from quotaloom.cycle.cockpit.products import products
from quotaloom.cycle.measures.known import measures
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.pipeline import import_small

DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    shelf = Shelf(folder / "batches")
    import_small(folder, shelf, "order_lines")
    return Source(shelf, measures())


@pytest.fixture
def lens():
    return Lens(span=FiscalCalendar().periods(2026, "year")[0], as_of=DAY, column="seat")


def test_the_largest_line_comes_first_with_its_price_and_margin(source, lens):
    found = products(source, lens)
    assert [(one.name, one.now["ordered_net"]) for one in found.lines] == [
        ("软件", 110_000_00),
        ("硬件", 90_000_01),
    ]
    software, hardware = found.lines
    assert (software.now["average_price"], software.ago["average_price"]) == (578_95, 500_00)
    assert software.now["margin"] == 68_000_00
    assert software.now["margin_rate"] == 618_182
    assert hardware.ago["ordered_net"] is None
    assert [one.name for one in found.top] == ["平台", "终端"]


def test_why_sales_changed_adds_up_to_the_change(source, lens):
    found = products(source, lens).effects
    assert found == Effects(94_000_00, 0, 15_000_00, 90_000_01, 0)
    assert found.change == 199_000_01


def test_prices_are_told_month_by_month_until_the_day(source, lens):
    prices = products(source, lens).prices
    assert list(prices) == [f"2026-{month:02}" for month in range(1, 7)]
    assert prices["2026-01"] == {"软件": 600_00}
    assert prices["2026-03"] == {"硬件": 800_00}
    assert prices["2026-04"] == {}


def test_a_seat_has_its_own_products(source, lens):
    found = products(source, lens.of(["E2"]))
    assert [(one.name, one.now["ordered_net"]) for one in found.lines] == [("硬件", 80_000_01)]
    assert found.effects == Effects(0, 0, 0, 80_000_01, 0)


def test_without_quantities_there_are_no_effects(source, lens):
    assert products(source, lens.of(["X"])).effects is None


def test_a_month_has_no_months_within(source):
    month = FiscalCalendar().periods(2026, "month")[0]
    found = products(source, Lens(span=month, as_of=DAY, column="seat"))
    assert found.prices == {}
    assert [one.name for one in found.lines] == ["软件"]
