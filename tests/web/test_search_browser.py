"""The command palette in a real browser: opened, searched and left by keys alone."""

from __future__ import annotations

import re

import pytest

from tests.support.browser import PHONE, WIDE, serious

pytestmark = pytest.mark.browser
OPTION = "#palette [role=option]:visible"


def opened(page):
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    return page


def typed(page, text):
    """Type it key by key, and wait until the whole of it was answered."""
    page.keyboard.type(text)
    page.wait_for_selector(f"#palette [data-asked='{text}']", state="attached")


def found(page, text):
    """What the server found for a text."""
    typed(page, text)
    return [one.inner_text() for one in page.query_selector_all("#palette [data-hit] span")]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_it_goes_to_a_member_by_keys_alone(desk, lang, size):
    page = opened(desk.page("director", "/plans/", lang=lang, size=size))
    assert found(page, "hd")[0] == "华东大区"
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/org/\?axis=org&member=EAST"))


def test_it_goes_to_a_plan(desk):
    page = opened(desk.page("region", "/org/"))
    assert "2027 年度销售目标" in found(page, "年度")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}/"))


def test_arrows_move_and_escape_leaves(desk):
    page = opened(desk.page("director", "/plans/"))
    assert len(found(page, "客户")) > 2
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("#palette-text", "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    assert page.locator(OPTION).nth(2).get_attribute("id") == chosen
    page.keyboard.press("Escape")
    assert page.locator("#palette[open]").count() == 0


def test_enter_waits_for_what_was_typed_last(desk):
    page = opened(desk.page("director", "/plans/"))
    page.keyboard.type("EAST")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"member=EAST"))


def test_the_server_is_asked_once_a_pause(desk):
    page, asked = desk.page("director", "/plans/"), []
    page.on("request", lambda one: asked.append(one.url) if "/search/" in one.url else None)
    opened(page)
    page.evaluate(
        """() => { for (const text of ["h", "hd"]) {
            document.activeElement.value = text;
            document.activeElement.dispatchEvent(new Event("input", { bubbles: true }));
        } }"""
    )
    page.wait_for_selector("#palette [data-asked='hd'] [data-hit]")
    page.wait_for_timeout(400)  # longer than the pause: a second question would be asked by now
    assert len(asked) == 1


def test_a_seller_finds_nothing_of_others(desk):
    page = opened(desk.page("seller", "/plans/"))
    typed(page, "西北")
    assert page.locator("#palette-none").is_visible()
    assert page.locator("#palette [data-hit]").count() == 0


def test_pages_and_keys_are_still_at_hand(desk):
    page = opened(desk.page("director", "/plans/"))
    page.keyboard.type("?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#keys[open]")


def test_it_says_where_the_search_does_not_answer(desk):
    page = desk.page("director", "/plans/")
    page.route("**/search/**", lambda route: route.fulfill(status=503))
    opened(page)
    typed(page, "华东")
    assert "没有响应" in page.locator("#palette-more").inner_text()
    desk.complaints.clear()  # the browser itself tells of the 503
