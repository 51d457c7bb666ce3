"""The cockpit in a real browser: from a tile to its source rows, by keys, on a phone."""

from __future__ import annotations

import pytest

from tests.support.browser import PHONE, WIDE, serious

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "size"), [("zh-hans", WIDE), ("en", PHONE)])
def test_the_director_gets_from_a_tile_to_the_source_rows(desk, lang, size):
    page = desk.page("director", "/cockpit/?as_of=2026-11-20", lang=lang, size=size)
    page.locator("#curve[data-drawn]").wait_for()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert serious(page) == []
    small = "[499999, -30000, 0, 1].map((fen) => Figures.shown(fen, 1000000, 0))"
    assert page.evaluate(small) == ["0.5", "-0.03", "0", "0.000001"]
    fact = page.locator("#fact .figure").get_attribute("title")
    page.locator("#fact").click()
    page.wait_for_url("**/cockpit/explain?**")
    assert page.locator("#fact-here .figure").first.get_attribute("title") == fact
    assert "订单明细" in page.locator("td.origin").first.inner_text()
    assert serious(page) == []


def test_brackets_go_from_period_to_period(desk):
    page = desk.page("region", "/cockpit/?as_of=2026-11-20&period=2026Q3")
    page.locator("#curve[data-drawn]").wait_for()
    page.keyboard.press("[")
    page.wait_for_url("**period=2026Q2**")
    page.locator("#curve[data-drawn]").wait_for()
    page.keyboard.press("]")
    page.wait_for_url("**period=2026Q3**")


@pytest.mark.parametrize("module", ["funnel", "customers", "team"])
def test_a_figure_of_a_module_leads_to_its_rows_in_one_click(desk, module):
    page = desk.page("director", f"/cockpit/{module}/?as_of=2026-11-20", size=PHONE)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert serious(page) == []
    page.locator(".tiles a").first.click()
    page.wait_for_url("**/cockpit/rows?**")
    assert page.locator("td.origin").count() > 0
    assert serious(page) == []
