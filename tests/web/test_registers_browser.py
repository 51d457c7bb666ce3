"""Opportunities in the browser: found, opened, moved on, closed, by keyboard and on a phone."""

from __future__ import annotations

import pytest

from tests.support.browser import PHONE, serious

pytestmark = pytest.mark.browser


def test_a_deal_goes_its_way_by_keyboard(desk):
    page = desk.page("seller", "/opportunities/")
    page.locator("[data-deal]").first.wait_for()
    assert serious(page) == []
    page.locator("a", has_text="新建商机").focus()
    page.keyboard.press("Enter")
    page.locator("#id_name").fill("键盘新建的项目")
    page.locator("#id_customer").fill("青禾装备")
    page.locator("#id_amount").fill("1.2亿")
    page.keyboard.press("Enter")
    page.locator("h1", has_text="键盘新建的项目").wait_for()
    assert "12,000" in page.locator(".facts").inner_text()
    assert serious(page) == []
    page.locator("a", has_text="编辑").click()
    page.locator("#id_stage").select_option("需求确认")
    page.locator("#id_product").select_option(index=1)
    page.locator("main button.primary").press("Enter")
    page.locator(".steps [aria-current]", has_text="需求确认").wait_for()
    page.locator("a", has_text="关闭（赢单或输单）").click()
    assert serious(page) == []
    page.locator("input[value=lost]").check()
    page.locator("#id_reason").select_option("价格")
    page.locator("main button.primary").click()
    page.locator(".page-head .badge", has_text="输单").wait_for()
    assert "需求确认" in page.locator(".history").inner_text()


def test_the_list_is_filtered_without_a_new_page(desk):
    page = desk.page("ops", "/opportunities/")
    page.locator("#stage").select_option("商务谈判")
    page.wait_for_url("**stage=*")
    page.locator("#rows td", has_text="商务谈判").first.wait_for()
    page.wait_for_function("!document.querySelector('#rows').innerText.includes('线索确认')")
    page.goto("/opportunities/timeliness?period=2026-10")
    assert page.locator("[data-person]").count() > 10
    assert serious(page) == []


def test_a_phone_shows_it_in_english(desk):
    page = desk.page("seller", "/opportunities/?outcome=", lang="en", size=PHONE)
    assert page.locator("h1").inner_text() == "Opportunities"
    kept = page.locator("[data-deal]:has-text('CRM') a").first
    for path in ("", kept.get_attribute("href"), "/opportunities/new", "/opportunities/timeliness"):
        page.goto(path or page.url)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
        assert serious(page) == [], path
