"""Versions in a real browser: copy, compare by keys, promote with a choice, release."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.browser import PHONE, WIDE, demo_plan, serious

pytestmark = pytest.mark.browser
LANGS = pytest.mark.parametrize("lang", ["zh-hans", "en"])
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE])


def opened(desk, login="director", **how):
    """The versions of the demo plan."""
    page = desk.page(login, "/plans/", **how)
    home = demo_plan(page)
    page.goto(home + "versions/")
    return page


def plan_of(page):
    return re.search(r"/plans/([0-9a-f-]{36})/", page.url)[1]


def copied(page, name, growth=""):
    """A scenario of the plan; answers its id."""
    page.locator("#copy summary").click()
    page.fill("#name", name)
    page.fill("#growth", growth)
    page.locator("#copy button.primary").click()
    row = page.locator("tr.scenario", has=page.get_by_role("link", name=name, exact=True))
    row.first.wait_for()
    return row.first.locator("input[name=v]").get_attribute("value")


def asked_of_desk(page, plan, verb, path=(), **more):
    """Ask the workbench of a plan as its page does."""
    page.goto(f"/plans/{plan}/desk/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    asked = {"path": json.dumps(list(path)), "period": "", "open": "[]", "seen": "", **more}
    address = page.url.split("?")[0] + f"{verb}?unit=wan"
    told = page.request.post(
        address, form=asked, headers={"X-CSRFToken": token, "Referer": page.url}
    )
    assert "position" in told.json(), told.text()


@LANGS
@SIZES
def test_the_pages_fit_their_screen_and_are_open_to_everybody(desk, lang, size):
    page = opened(desk, lang=lang, size=size)
    plan = plan_of(page)
    addresses = [
        f"/plans/{plan}/versions/",
        f"/plans/{plan}/compare/?v={plan}&v={plan}:0",
        f"/plans/{plan}/release/",
    ]
    for address in addresses:
        page.goto(address)
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_scenario_is_compared_by_keys_and_promoted_with_a_choice(desk):
    page = opened(desk)
    plan = plan_of(page)
    made = copied(page, "新渠道提前", "+2%")
    asked_of_desk(page, made, "edit", ["华南"], typed="+10%")
    asked_of_desk(page, plan, "edit", ["华南"], typed="+1%")
    page.goto(f"/plans/{plan}/versions/")
    assert page.locator("#compare").is_disabled()
    page.check(f"input[value='{plan}']")
    page.check(f"input[value='{made}']")
    page.click("#compare")
    page.wait_for_selector("#lines[data-ready]")
    row = page.locator("#lines tr[data-level='1']", has_text="华南")
    row.focus()
    if row.get_attribute("aria-expanded") == "true":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.locator("#lines tr[data-level='2']", has_text="广东").wait_for()
    row.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#lines[data-explained='[\"华南\"]']")
    causes = page.locator("#causes .causes tbody tr")
    assert causes.count() == 4  # the growth, both edits, and their sum
    assert serious(page) == []
    page.reload()
    assert "华南" in page.locator("#causes h2").inner_text()
    page.locator("[data-by=author]").click()
    page.wait_for_selector("[data-by=author][aria-pressed=true]")
    page.goto(f"/plans/{plan}/versions/{made}/promote")
    assert serious(page) == []
    for number in range(page.locator("fieldset.clash").count()):
        page.locator("fieldset.clash").nth(number).locator("[value=theirs]").check()
    page.locator("main form button.primary").click()
    page.get_by_role("button", name="整体撤回").click()
    page.locator("tr.plan").wait_for()
    assert page.get_by_role("button", name="整体撤回").count() == 0
    page.locator("tr.scenario", has_text="新渠道提前").locator("[data-describe]").click()
    page.wait_for_selector("#describe[open]")
    assert serious(page) == []
    page.click("#to-archive")
    page.locator("tr.scenario.archived").wait_for()
    asked_of_desk(page, plan, "undo")


def test_an_edition_is_released_and_told(desk):
    page = opened(desk, "finance")
    plan = plan_of(page)
    page.goto(f"/plans/{plan}/release/")
    page.fill("#name", "年度目标")
    page.fill("#note", "董事会通过")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/editions/\d+/"))
    assert serious(page) == []
    assert page.locator(".badge.good").count() == 1
    assert "董事会通过" in page.locator("main").inner_text()
    page.goto(f"/plans/{plan}/versions/")
    assert page.locator("tr.edition").count() >= 1
