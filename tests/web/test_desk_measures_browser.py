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


def weighed(page, **weights):
    """Open the form of layers at the total, and type weights into it."""
    total(page).click()
    page.keyboard.press("r")
    page.wait_for_selector("#layers[open]")
    for layer, weight in weights.items():
        page.fill(f"#layers [name='weight.{layer}']", weight)


def total(page):
    return page.locator(".tabulator-row .tabulator-cell[tabulator-field='v0']").first


def written(page, position):
    """Look at what the form would do, write it, and wait until it is there."""
    page.click("#layers .primary")
    page.locator("#several-go:enabled").click()
    page.wait_for_selector(f"#grid[data-position='{position}']")


def test_layers_are_brought_together_seen_before_and_taken_back(desk, address):
    page = desk.page("ops", f"{address}desk/?layer=submitted")
    page.wait_for_selector(READY)
    weighed(page)
    page.click("#layers .primary")
    page.locator("#several-says.bad", has_text="权重").wait_for()
    page.click("#several-no")
    weighed(page, issued="60", submitted="")
    assert serious(page) == []
    written(page, 1)
    issued = total(page).inner_text()
    total(page).click()
    page.keyboard.type("+10%")
    page.wait_for_selector("#typed-says[data-asked='+10%']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#grid[data-position='2']")
    raised = total(page).inner_text()
    weighed(page)
    page.select_option("#layers-verb", "calibrate")
    assert serious(page) == []
    written(page, 3)
    assert (total(page).inner_text(), raised != issued) == (issued, True)
    page.keyboard.press("Control+z")
    page.wait_for_selector("#grid[data-position='4']")
    assert total(page).inner_text() == raised
