"""Measures, layers and save points of the workbench in a real browser, on a plan of its own."""

from __future__ import annotations

import pytest

from tests.support.browser import serious
from tests.support.editors import asked

pytestmark = pytest.mark.browser
MADE = """
from uuid import uuid4
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.store import link_cells
plan = Plan.objects.order_by('created_at').first()
source, plan.pk, plan.name, plan.also = plan.pk, uuid4(), '多指标方案', ['margin', 'margin_rate']
link_cells(source, plan.pk)
plan.save(force_insert=True)
print(f'"{plan.pk}"')
"""
GONE = """
from quotaloom.web.journals.services import journal_drop
from quotaloom.web.plans.models import Plan
plan = Plan.objects.get(name='多指标方案')
journal_drop(plan=plan.pk)
plan.delete()
print('""')
"""
READY = "#grid[data-ready][data-desk]"


@pytest.fixture
def address(site):
    """A plan of three measures that nobody edited; gone afterwards."""
    yield f"/plans/{asked(site, MADE)}/"
    asked(site, GONE)


def test_a_rate_is_chosen_typed_explained_and_saved_as_a_state(desk, address):
    page = desk.page("ops", f"{address}desk/")
    page.wait_for_selector(READY)
    page.select_option("#measure", "margin_rate")
    page.wait_for_url("**measure=margin_rate**")
    page.wait_for_selector(READY)
    assert page.locator("#grid").get_attribute("data-word") == "%"
    total = page.locator(".tabulator-row .tabulator-cell[tabulator-field='v0']").first
    total.click()
    page.keyboard.type("25")
    assert "→ 25.00" in page.wait_for_selector("#typed-says[data-asked='25']").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector("#grid[data-position='1']")
    assert (total.inner_text(), page.inner_text("#tile-total")) == ("25.00", "25.00")
    total.click()
    page.keyboard.press("e")
    page.locator("#explain .formula", has_text="毛利").wait_for()
    page.keyboard.press("Control+s")
    page.fill("#saving-name", "会前")
    page.keyboard.press("Enter")
    page.locator("#line.good", has_text="会前").wait_for()
    assert serious(page) == []
    page.goto(f"{address}desk/?layer=submitted")
    page.wait_for_selector(READY)
    assert total.inner_text() == "—"
    page.goto(f"{address}versions/")
    page.locator("tr.point", has_text="会前").wait_for()
    assert serious(page) == []
