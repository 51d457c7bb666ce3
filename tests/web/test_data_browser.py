"""One path through business data in a real browser: drop, see, put right, import, resolve, undo."""

from __future__ import annotations

import pytest

from tests.support.browser import PHONE, serious

pytestmark = pytest.mark.browser
HEAD = "活动编号,活动日期,活动类型,大区\n"
WRONG = HEAD + "浏览器-1,2026-01-05,拜访,火星大区\n浏览器-2,2026-13-05,电话,\n"


def drop(page, text):
    """Give the page a file, and have it checked."""
    file = {"name": "活动.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("#file", file)
    page.locator("#files-chosen", has_text="活动.csv").wait_for()
    page.click("form[data-drop] button.primary")
    page.wait_for_url("**/data/uploads/**")


def test_a_file_goes_in_and_out_again(desk):
    page = desk.page("ops", "/data/")
    drop(page, WRONG)
    page.locator(".finding.error", has_text="2026-13-05").wait_for()
    assert page.locator("#id_dataset").input_value() == "activities"
    assert serious(page) == []
    page.keyboard.press("f")
    cell = page.locator('[data-mend] input[name="new"]')
    assert cell.evaluate("(one) => one === document.activeElement")
    assert cell.input_value() == "2026-13-05"
    page.keyboard.type("2026-02-05")  # F chose the whole text
    page.keyboard.press("Enter")
    page.locator("dl.tiles", has_text="新增").wait_for()
    assert page.locator("table.mended ins").inner_text() == "2026-02-05"
    assert serious(page) == []
    page.locator("button.primary", has_text="导入").click()
    page.wait_for_url("**/data/uploads/**")  # by way of the job's page
    page.locator(".badge", has_text="已导入").wait_for()
    page.goto("/data/")
    assert serious(page) == []
    row = page.locator("tr[data-batch]").first
    assert "活动.csv" in row.inner_text()
    page.goto("/data/members/activities/")
    assert page.locator("td", has_text="火星大区").count() == 1
    assert serious(page) == []
    page.goto("/data/")
    row.locator("button").click()
    page.locator(".message", has_text="已撤回").wait_for()
    row.locator(".badge", has_text="已撤销").wait_for()


def test_a_phone_shows_it_in_english(desk):
    page = desk.page("finance", "/data/", lang="en", size=PHONE)
    assert page.locator("h1").inner_text() == "Business data"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_who_may_only_look_is_offered_no_form(desk):
    page = desk.page("director", "/data/")
    page.locator("tr[data-batch]").first.wait_for()
    assert page.locator("[data-drop]").count() == 0
