"""Two people at one plan in real browsers: who is there, what is said, what is kept of both."""

from __future__ import annotations

import pytest

from tests.support.browser import PHONE, serious
from tests.web.test_desk_browser import after, cell, figures, opened, position, typed, wait_for

pytestmark = pytest.mark.browser


def beside(page):
    """The page has looked at what the others do."""
    page.evaluate("Company.look()")
    return page


def said(page, text, name="华东"):
    """Comment on a figure."""
    cell(page, name).click()
    page.keyboard.press("m")
    page.fill("#say", text)
    page.click(".say button")
    page.locator(".remark", has_text=text).first.wait_for()


def test_each_sees_where_the_other_works_until_she_leaves(desk):
    mine, theirs = opened(desk), opened(desk, "region")
    cell(theirs, "华东").click()
    beside(theirs)
    chip = beside(mine).locator(".tabulator-row .editing")
    chip.wait_for()
    assert "Q1" in chip.inner_text()
    assert "华东" in mine.locator("#company-names").inner_text()
    assert serious(mine) == []
    theirs.goto("/plans/")
    chip.wait_for(state="detached", timeout=60_000)


def test_an_edit_of_the_other_arrives_by_itself(desk):
    mine, theirs = opened(desk), opened(desk, "region")
    since = position(theirs)
    typed(theirs, "华东", "+1%")
    theirs.keyboard.press("Enter")
    written = after(theirs, since)
    wait_for(beside(mine), written)
    theirs.keyboard.press("Control+z")
    wait_for(theirs, written + 1)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_comment_marks_its_figure_and_is_answered_and_settled(desk, lang):
    mine, theirs = opened(desk, lang=lang), opened(desk, "region")
    said(theirs, f"偏高 {lang}")
    marked = beside(mine).locator(".tabulator-cell.spoken")
    marked.wait_for()
    marked.click()
    mine.keyboard.press("m")
    thread = mine.locator("#explain .thread", has_text=f"偏高 {lang}")
    thread.wait_for()
    assert serious(mine) == []
    thread.locator("textarea").fill("下调 5%")
    thread.locator("form").first.get_by_role("button").click()
    mine.locator(".remark", has_text="下调 5%").first.wait_for()
    thread.locator("button.quiet").click()
    mine.locator(".thread.settled", has_text=f"偏高 {lang}").wait_for()
    marked.wait_for(state="detached")


def test_a_phone_reads_and_says_what_is_said(desk):
    page = opened(desk, size=PHONE)
    page.locator(".tabulator-cell[tabulator-field='v0']").nth(1).click()
    page.click("[data-comment]")
    page.locator("#say").wait_for()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_who_meets_somebody_sees_both_and_keeps_both(desk, lang):
    mine, theirs = opened(desk, lang=lang), opened(desk, "region")
    before, since = figures(mine)["华东"][4], position(mine)
    typed(mine, "华东", "9,000")
    typed(theirs, "华东", "+100")
    theirs.keyboard.press("Enter")
    wait_for(theirs, since + 1)
    mine.keyboard.press("Enter")
    mine.wait_for_selector("#met[open]")
    mine.locator("#met-figures tr").first.wait_for()
    assert mine.locator("#met-head th").count() == 5
    assert serious(mine) == []
    theirs_now = figures(theirs)["华东"][4]
    mine.click("#met-add")
    wait_for(mine, since + 2)
    unit = 10_000_00 if lang == "zh-hans" else 1_000_00
    assert figures(mine)["华东"][4] == theirs_now + 9_000 * unit - before
    mine.keyboard.press("Control+z")
    wait_for(mine, since + 3)
    theirs.keyboard.press("Control+z")
    wait_for(theirs, since + 4)
