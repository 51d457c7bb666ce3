"""The workbench in a real browser: type, see, write, hold, take back, meet others."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.browser import PHONE, WIDE, demo_plan, serious

pytestmark = pytest.mark.browser
LANGS = pytest.mark.parametrize("lang", ["zh-hans", "en"])
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE])
FLASHED = """() => new MutationObserver(() => {
    window.flashed ||= document.querySelector(".tabulator-cell.flash") !== null;
}).observe(document.getElementById("grid"), { subtree: true, childList: true, attributes: true })"""
QUARTER = "v4"  # year, M1, M2, M3, Q1


def opened(desk, login="director", **how):
    """The demo plan's workbench, once its grid is drawn."""
    page = desk.page(login, "/plans/", **how)
    page.goto(demo_plan(page) + "desk/")
    page.wait_for_selector("#grid[data-ready][data-desk]")
    page.wait_for_selector("#grid .tabulator-row")
    page.click("[data-fold=shut]")
    page.wait_for_selector("#grid[data-shown]")
    return page


def row_of(page, name):
    return page.locator(".tabulator-row", has=page.locator(".node", has_text=name)).first


def unfold(page, name):
    """Open a branch, and wait until the page knows that its figures may be written.

    All rows are drawn anew then: a click that fell between would be lost.
    """
    row_of(page, name).locator(".fold").click()
    opened_row = f".tabulator-row:has(.node:has-text('{name}') .fold[aria-expanded=true])"
    page.locator(f"{opened_row} + .tabulator-row .tabulator-cell.mine").first.wait_for()


def cell(page, name, field=QUARTER):
    return row_of(page, name).locator(f".tabulator-cell[tabulator-field='{field}']")


def number(text):
    return int(re.sub(r"[^0-9-]", "", text))


def figures(page, path=()):
    """What the server says of the rows below a path."""
    address = re.sub(r"desk/.*", "", page.url) + "rows"
    told = page.request.get(address, params={"path": json.dumps(path)}).json()["rows"]
    return {row["n"]: row["v"] for row in told}


def typed(page, name, text, field=QUARTER):
    """Type into a figure and wait for what it would do."""
    cell(page, name, field).click()
    if text.isascii():
        page.keyboard.press(text[0])
        page.keyboard.type(text[1:])
    else:
        page.keyboard.press("Enter")
        page.keyboard.insert_text(text)
    return consequence(page, text)


def consequence(page, text):
    """What the window says of a figure that was typed."""
    return page.wait_for_selector(f"#typed-says[data-asked='{text}']").inner_text()


def wait_for(page, position):
    page.wait_for_selector(f"#grid[data-position='{position}']")


def after(page, since):
    """The number of the edit after which the page shows something new to its reader.

    Edits are counted in the whole plan: who sees a part of it may see the number leap.
    """
    page.wait_for_selector(f"#grid:not([data-position='{since}'])")
    return position(page)


def position(page):
    return int(page.locator("#grid").get_attribute("data-position"))


@LANGS
@SIZES
def test_the_workbench_fits_its_screen_and_is_open_to_everybody(desk, lang, size):
    page = opened(desk, lang=lang, size=size)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("9000", lambda _now: 9000_0000_00),
        ("１，２００", lambda _now: 1200_0000_00),
        ("1.2亿", lambda _now: 12000_0000_00),
        ("+200", lambda now: now + 200_0000_00),
        ("-200", lambda now: now - 200_0000_00),
    ],
)
def test_a_typed_figure_is_shown_before_and_true_after(desk, text, after):
    page = opened(desk)
    before, since = figures(page), position(page)
    says = typed(page, "华东", text)
    wanted = after(before["华东"][4])
    assert f"{wanted // 100:,}" in says
    assert "岗位" in says
    page.keyboard.press("Enter")
    wait_for(page, since + 1)
    now = figures(page)
    assert now["华东"][4] == wanted
    assert {name: row for name, row in now.items() if name != "华东"} == {
        name: row for name, row in before.items() if name != "华东"
    }
    assert number(cell(page, "华东").inner_text()) == wanted // 1_000_000
    total = sum(row[4] for row in now.values())
    assert number(cell(page, "总额").inner_text()) == (total + 500_000) // 1_000_000
    page.keyboard.press("Control+z")
    wait_for(page, since + 2)
    assert figures(page) == before


def test_a_branch_that_was_opened_later_is_typed_into_as_well(desk):
    page = opened(desk, "region")
    since = position(page)
    for name in ("华东", "上海", "GW101"):
        unfold(page, name)
    product = page.locator(".tabulator-row", has=page.locator(".depth-4")).first
    product.locator(f".tabulator-cell.mine[tabulator-field='{QUARTER}']").click()
    page.keyboard.type("+9")
    consequence(page, "+9")
    page.keyboard.press("Enter")
    written = after(page, since)
    page.keyboard.press("Control+z")
    wait_for(page, written + 1)


def test_a_figure_is_typed_into_where_the_grid_was_drawn_anew_since(desk):
    page = opened(desk)
    cell(page, "华北").click()
    page.evaluate("Plan.draw()")
    page.keyboard.type("+9")
    assert "华北" in consequence(page, "+9")
    page.keyboard.press("Escape")
    page.check("#suggested-on")
    page.locator(".ghost").first.wait_for()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.locator("#typed-says", has_text="华北").wait_for()
    page.keyboard.press("Escape")


def test_what_changed_flashes_and_a_refusal_keeps_what_was_typed(desk):
    page = opened(desk)
    since = position(page)
    typed(page, "华北", "+10%")
    page.evaluate(FLASHED)
    page.keyboard.press("Enter")
    wait_for(page, since + 1)
    assert page.evaluate("window.flashed")
    assert "毫秒" in page.locator("#line").inner_text()
    page.keyboard.press("Control+z")
    wait_for(page, since + 2)
    says = typed(page, "华北", "12.34567")
    page.keyboard.press("Enter")
    page.wait_for_selector("#typed-says.bad")
    assert page.locator("#typed").input_value() == "12.34567"
    assert says
    assert position(page) == since + 2
    page.keyboard.press("Escape")
    assert page.locator("#typing").is_hidden()


def test_a_hold_is_seen_with_its_reason_and_kept(desk):
    page = opened(desk)
    since = position(page)
    cell(page, "华东", "v0").click()
    page.keyboard.press("l")
    page.fill("#reason", "已向客户承诺")
    page.click("#holding-ok")
    wait_for(page, since + 1)
    held = cell(page, "华东")
    assert "held" in held.get_attribute("class")
    assert "已向客户承诺" in held.locator("span").first.get_attribute("title")
    before = figures(page)["华东"]
    typed(page, "总额", "+5%")
    page.keyboard.press("Enter")
    wait_for(page, since + 2)
    assert figures(page)["华东"] == before
    for number_ in (3, 4):
        page.keyboard.press("Control+z")
        wait_for(page, since + number_)
    assert page.locator(".tabulator-cell.held").count() == 0


def test_nobody_types_beyond_the_bounds_of_a_figure(desk):
    page = opened(desk)
    since = position(page)
    cell(page, "西南").click()
    page.keyboard.press("b")
    page.wait_for_selector("#bounding[open]")
    assert serious(page) == []
    page.fill("#bound-high", str(number(cell(page, "西南").inner_text()) + 100))
    page.keyboard.press("Enter")
    wait_for(page, since + 1)
    assert "上限" in cell(page, "西南").locator("span").first.get_attribute("title")
    typed(page, "西南", "+200")
    assert page.locator("#typed-says.bad").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    wait_for(page, since + 2)
    assert page.locator(".tabulator-cell.bounded").count() == 0


def test_a_member_is_renamed_and_everybody_sees_it(desk):
    mine, theirs = opened(desk), opened(desk, "ops")
    since = position(mine)
    cell(mine, "华东").click()
    mine.keyboard.press("c")
    mine.select_option("#member-verb", "rename")
    assert serious(mine) == []
    mine.fill("#member-name", "华东大区")
    mine.fill("#member-day", "2027-01-01")
    mine.click("#member .primary")
    mine.locator("#several-go:enabled").click()
    for page in (mine, theirs):
        page.locator(".node", has_text="华东大区").first.wait_for()
    mine.keyboard.press("Control+z")
    wait_for(mine, since + 2)
    theirs.locator(".node", has_text="华东大区").wait_for(state="detached")


def test_two_who_meet_choose(desk):
    mine, theirs = opened(desk), opened(desk, "region")
    since = position(mine)
    cell(mine, "华东").click()
    mine.keyboard.press("Enter")  # nothing of others comes in under her hands
    typed(theirs, "华东", "+3%")
    theirs.keyboard.press("Enter")
    wait_for(theirs, since + 1)
    mine.keyboard.type("+7%")
    says = consequence(mine, "+7%")
    assert since == position(mine)
    assert says
    mine.keyboard.press("Enter")
    mine.wait_for_selector("#met[open]")
    assert "格" in mine.locator("#met-list").inner_text()
    mine.click("#met-mine")
    wait_for(mine, since + 2)
    mine.keyboard.press("Control+z")
    wait_for(mine, since + 3)


def test_history_tells_who_changed_a_figure(desk):
    page = opened(desk)
    since = position(page)
    typed(page, "华北", "+4%")
    page.keyboard.press("Enter")
    wait_for(page, since + 1)
    cell(page, "华北").click()
    page.keyboard.press("h")
    page.locator("#explain .past li").first.wait_for()
    assert f"#{since + 1}" in page.locator("#explain .past li").first.inner_text()
    before = figures(page)["华北"]
    page.locator(f"[data-revert='{since + 1}']").click()
    wait_for(page, since + 2)
    page.locator("#explain .past li", has_text=f"#{since + 2}").wait_for()
    assert figures(page)["华北"] != before


def test_typing_and_holding_are_open_to_everybody(desk):
    page = opened(desk)
    typed(page, "华东", "+5%")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.wait_for_selector("#holding[open]")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert "Ctrl Z" in page.locator("#keys").inner_text()


def test_a_manager_types_in_her_region_only(desk):
    page = opened(desk, "region")
    assert "mine" in cell(page, "华东").get_attribute("class").split()
    cell(page, "总额").click()
    page.keyboard.press("5")
    assert page.locator("#typing").is_hidden()
    assert page.locator("#line.bad").count() == 1


def test_a_phone_only_reads(desk):
    page = opened(desk, size=PHONE)
    page.locator(".tabulator-cell[tabulator-field='v0']").first.click()
    page.keyboard.press("5")
    assert page.locator("#typing").is_hidden()
    assert page.locator("#desk").is_hidden()
