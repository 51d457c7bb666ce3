"""The organisation in a real browser: by mouse, by keys alone, on a phone."""

from __future__ import annotations

import pytest

from tests.support.browser import PHONE, WIDE, serious

pytestmark = pytest.mark.browser
PAGES = (
    "/org/?member=GW141",
    "/org/change/split/?axis=org&tree=org&member=SQ-江苏",
    "/org/seat/occupy/?axis=org&tree=org&member=GW112",
    "/org/health/",
    "/org/trees/?axis=customer",
    "/org/lists/",
)


def shown(page):
    """The codes of the lines that are unfolded, from the top down."""
    return page.locator(".tree .node:visible > code").all_inner_texts()


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_page_fits_its_screen_and_is_open_to_everybody(desk, lang, size):
    for path in PAGES:
        page = desk.page("ops", path, lang=lang, size=size)
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_tree_is_walked_by_keys_alone(desk):
    page = desk.page("ops", "/org/?on=2026-11-01")
    page.focus(".tree [tabindex='0']")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("code:text-is('SQ-山东')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("#member h2")
    assert page.inner_text("#member h2") == "华东大区总经理"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert "SQ-山东" not in shown(page)
    assert page.evaluate("document.activeElement.querySelector('code').textContent") == "EAST"


def test_a_branch_unfolds_once_and_folds(desk):
    page = desk.page("ops", "/org/?on=2026-02-01")
    twig = page.locator("li:has(> .node > code:text-is('NORTH')) > .node > button.twig")
    twig.click()
    page.wait_for_selector("code:text-is('SQ-山东')")
    twig.click()
    assert "SQ-山东" not in shown(page)
    twig.click()
    assert shown(page).count("SQ-山东") == 1


def test_the_move_of_march_shows_by_the_switch(desk):
    page = desk.page("ops", "/org/?on=2026-02-01&member=GW141")
    assert "NORTH" in shown(page)
    assert shown(page).index("GW141") > shown(page).index("NORTH")
    page.click("button[value=now]")
    page.wait_for_url("**basis=now**")
    codes = shown(page)
    assert codes.index("EAST") < codes.index("GW141") < codes.index("NORTH")


def test_words_find_people_and_lead_to_them(desk):
    page = desk.page("ops", "/org/?on=2026-11-01")
    page.keyboard.press("/")
    page.keyboard.type("崔松涛")
    page.locator(".hits a", has_text="崔松涛").click()  # of the whole name, not of its beginning
    page.wait_for_selector("#member h2")
    assert page.inner_text("#member h2") == "上海客户经理1"


def test_a_day_that_is_chosen_is_shown_at_once(desk):
    page = desk.page("ops", "/org/?member=GW141")
    with page.expect_navigation(url="**on=2026-02-01**"):
        page.fill("input[name=on]", "2026-02-01")
    assert "2026-02-01 当天" in page.inner_text("main")


def test_what_is_open_and_searched_stays_while_the_day_changes(desk):
    page = desk.page("ops", "/org/?on=2026-11-01")
    page.click("a.name:has-text('华东大区')")
    page.wait_for_selector("#member h2")
    page.click("li:has(> .node > code:text-is('SOUTH')) > .node > button.twig")
    page.wait_for_selector("code:text-is('SQ-广东')")
    page.fill("[name=words]", "崔松涛")
    page.wait_for_selector(".hits a")
    codes = shown(page)
    with page.expect_navigation():
        page.click("a[data-previous]")
    page.wait_for_selector(".hits a")
    assert page.inner_text("#member h2") == "华东大区"
    assert shown(page) == codes
    page.reload()
    assert (shown(page), page.input_value("[name=words]")) == (codes, "崔松涛")
    with page.expect_navigation(url="**on=2026-04-01**"):
        page.fill("input[name=on]", "2026-04-01")
    assert "member=EAST" in page.url
    assert shown(page) == codes
    page.click("#member a:has-text('更名')")
    page.fill("[name=name]", "华东大区")
    page.click("button[value=preview]")
    page.click("a:has-text('返回组织树')")
    page.wait_for_selector("#member h2")
    assert (shown(page), page.input_value("[name=words]")) == (codes, "崔松涛")
    page.click("a:has-text('数据体检')")
    page.click("a:has-text('返回组织树')")
    page.wait_for_selector("#member h2")
    assert "on=2026-04-01" in page.url
    assert page.inner_text("#member h2") == "华东大区"


def test_a_change_is_seen_before_it_is_written(desk):
    page = desk.page("ops", "/org/change/move/?axis=org&tree=org&on=2027-01-01&member=SQ-江苏")
    page.select_option("[name=parent]", "NORTH")
    page.click("button[value=preview]")
    page.wait_for_selector(".moves")
    assert "华北大区 NORTH" in page.inner_text(".moves")
    assert page.locator("button[value=apply]").count() == 1


def test_the_manager_of_a_region_sees_the_own_branch_and_how_much_is_not_shown(desk):
    page = desk.page("region", "/org/")
    assert shown(page)[0] == "EAST"
    assert "NORTH" not in shown(page)
    assert "在您的范围之外" in page.inner_text("main")
    assert page.locator("text=导入清单").count() == 0
