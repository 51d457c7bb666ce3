"""The workbench's grid as a spreadsheet, in a real browser: ranges, copy, paste, fill, methods."""

from __future__ import annotations

import pytest

from tests.support.browser import serious
from tests.web.test_desk_browser import (
    LANGS,
    cell,
    consequence,
    figures,
    number,
    opened,
    position,
    row_of,
    typed,
    unfold,
    wait_for,
)

pytestmark = pytest.mark.browser
YEAR, Q1, APRIL = 0, 4, 5  # places of the figures: year, three months, Q1, April
WAN = 1_000_000  # 分
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture
def page(desk):
    return opened(desk, **CLIPBOARD)


def select(page, name, *, down=0, right=0):
    cell(page, name).click()
    for key, times in (("ArrowDown", down), ("ArrowRight", right)):
        for _ in range(times):
            page.keyboard.press(f"Shift+{key}")


def pasted(page, text):
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")
    page.wait_for_selector("#several[open]")


def offered(page):
    """What the dialog says once it may be written."""
    page.wait_for_selector("#several-go:not([disabled])")
    return page.locator("#several-says").inner_text()


def written(page):
    """Write what the dialog offers; answers the position after it."""
    since = position(page)
    page.keyboard.press("Enter")
    wait_for(page, since + 1)
    return since + 1


def taken_back(page):
    since = position(page)
    page.keyboard.press("Control+z")
    wait_for(page, since + 1)


def test_a_block_of_a_spreadsheet_is_one_edit_and_one_undo(page):
    before = figures(page)
    select(page, "华东")
    pasted(page, "12,000\t\r\n4,700\t1,900\r\n")
    says = offered(page)
    assert "→" in says
    assert "岗位" in says
    assert figures(page) == before
    written(page)
    after = figures(page)
    assert after["华东"][Q1] == 12_000 * WAN
    assert after["华东"][APRIL] == before["华东"][APRIL]
    assert [after["华北"][Q1], after["华北"][APRIL]] == [4_700 * WAN, 1_900 * WAN]
    assert after["华南"] == before["华南"]
    assert number(cell(page, "华东").inner_text()) == 12_000
    page.locator("#agrees.good", has_text="✓").wait_for()
    taken_back(page)
    assert figures(page) == before


def test_a_branch_that_was_closed_meanwhile_opens_with_the_figures_of_now(page):
    select(page, "华东")
    pasted(page, "12,000")
    offered(page)
    written(page)
    row_of(page, "华东").locator(".fold").click()
    now = figures(page, ["华东"])
    for name, values in now.items():
        wanted = (values[Q1] + WAN // 2) // WAN
        assert number(cell(page, name).inner_text()) == wanted
    taken_back(page)


def test_what_is_copied_is_exact_and_comes_back_as_it_was(page):
    select(page, "华东", down=1, right=1)
    page.keyboard.press("Control+c")
    text = page.evaluate("() => navigator.clipboard.readText()")
    now = figures(page)
    wanted = [[now[name][at] for at in (Q1, APRIL)] for name in ("华东", "华北")]
    copied = [[float(one) for one in line.split("\t")] for line in text.splitlines()]
    assert copied == [[fen / WAN for fen in line] for line in wanted]
    page.keyboard.press("Control+v")
    assert "没有数字变动" in offered(page)  # nothing would change
    page.keyboard.press("Escape")
    assert figures(page) == now


def test_the_unit_is_asked_where_a_block_is_far_off(page):
    before = figures(page)
    select(page, "华东")
    pasted(page, "120000000")
    page.wait_for_selector("#several-units:not([hidden])")
    assert page.locator("#several-go").is_disabled()
    assert serious(page) == []
    page.check("#several-units input[value=yuan]")
    assert "12,000" in offered(page)
    written(page)
    assert figures(page)["华东"][Q1] == 12_000 * WAN
    taken_back(page)
    assert figures(page) == before


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1\tabc\r\n#REF!\t2", ["华东 · 4月", "华北 · Q1"]),
        ("\r\n".join("1" * 40), ["40"]),
    ],
)
def test_a_block_that_cannot_be_written_is_refused_whole(page, text, names):
    before, since = figures(page), position(page)
    select(page, "华东")
    pasted(page, text)
    page.wait_for_selector("#several-says.bad")
    says = page.locator("#several-says").inner_text()
    assert all(name in says for name in names)
    assert page.locator("#several-go").is_disabled()
    page.keyboard.press("Escape")
    assert (figures(page), position(page)) == (before, since)


def test_a_row_is_filled_down_and_a_column_right(page):
    before = figures(page)
    select(page, "华东", down=1)
    page.keyboard.press("Control+d")
    offered(page)
    written(page)
    assert figures(page)["华北"][Q1] == before["华东"][Q1]
    taken_back(page)
    select(page, "华北", right=1)
    page.keyboard.press("Control+r")
    offered(page)
    written(page)
    assert figures(page)["华北"][APRIL] == before["华北"][Q1]
    taken_back(page)
    assert figures(page) == before


def test_delete_asks_before_it_clears(page):
    before = figures(page)
    select(page, "华北", right=1)
    page.keyboard.press("Delete")
    offered(page)
    page.keyboard.press("Escape")
    assert figures(page) == before
    page.keyboard.press("Delete")
    offered(page)
    written(page)
    assert [figures(page)["华北"][at] for at in (Q1, APRIL)] == [0, 0]
    taken_back(page)
    assert figures(page) == before


def test_the_bar_sums_what_is_selected(page):
    select(page, "华东", down=1, right=1)
    now = figures(page)
    total = sum(now[name][at] for name in ("华东", "华北") for at in (Q1, APRIL))
    said = page.locator("#foot").inner_text()
    assert f"{round(total / WAN):,}" in said
    assert f"{round(total / 4 / WAN):,}" in said
    assert "万元" in said


def test_enter_goes_down_and_tab_goes_right(page):
    since = position(page)
    typed(page, "华东", "+3")
    page.keyboard.press("Enter")
    wait_for(page, since + 1)
    page.keyboard.type("+4")
    assert "华北" in consequence(page, "+4")
    page.keyboard.press("Tab")
    wait_for(page, since + 2)
    page.keyboard.type("+5")
    assert "4月" in consequence(page, "+5")
    page.keyboard.press("Escape")
    for number_ in (3, 4):
        page.keyboard.press("Control+z")
        wait_for(page, since + number_)


def test_a_total_is_spread_again_by_another_method(page):
    before, since = figures(page), position(page)
    cell(page, "华北").click()
    page.select_option("#method", "equal")
    page.click("[data-do=again]")
    assert "→" in offered(page)
    written(page)
    months = figures(page)["华北"][1:4]
    assert max(months) - min(months) <= WAN * 100
    assert sum(months) == before["华北"][Q1]
    page.select_option("#method", "proportional")
    taken_back(page)
    assert position(page) == since + 2
    assert figures(page) == before


def test_a_quarter_folds_and_the_whole_stays_in_sight(page):
    page.locator(".fold-period", has_text="Q1").click()
    page.locator(".tabulator-col[tabulator-field='v1']").wait_for(state="detached")
    page.locator(".fold-period", has_text="Q1").click()
    page.locator(".tabulator-col[tabulator-field='v1']").wait_for()
    for name in ("华东", "上海", "安徽", "山东", "江苏", "浙江"):
        unfold(page, name)
    page.locator(".tabulator-row", has=page.locator(".depth-3")).nth(12).wait_for()
    page.evaluate("() => { document.querySelector('.tabulator-tableholder').scrollTop = 200 }")
    whole = page.locator(".whole-row")
    whole.wait_for()
    assert "总额" in whole.inner_text()


@LANGS
def test_the_dialog_and_the_picker_are_open_to_everybody(desk, lang):
    page = opened(desk, lang=lang, **CLIPBOARD)
    page.select_option("#method", "by_weights")
    assert page.locator("#method-says").inner_text()
    select(page, "华东")
    pasted(page, "12000\t4000" if lang != "en" else "120000\t40000")
    page.locator("#several-says p").first.wait_for()
    assert serious(page) == []


def test_the_menu_of_a_figure_takes_what_is_suggested(page):
    since = position(page)
    page.check("#suggested-on")
    page.locator(".ghost").first.wait_for()
    cell(page, "华北").click(button="right")
    page.wait_for_selector("#cell-menu:popover-open")
    assert serious(page) == []
    page.click("#cell-menu [data-do=adopt]")
    page.locator("#typed-says", has_text="→").wait_for()
    page.keyboard.press("Escape")
    cell(page, "华北").click(button="right")
    page.wait_for_selector("#cell-menu:popover-open")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.locator("#explain").wait_for()
    assert position(page) == since
