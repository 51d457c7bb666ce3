"""The plan pages in a real browser: the first hour, by mouse, by keys, on a phone."""

from __future__ import annotations

import csv
import json
import random
import re
import time
from urllib.parse import quote

import openpyxl
import pytest

from tests.support.browser import PHONE, WIDE, serious
from tests.support.plan_form import signed_in_for_a_plan

pytestmark = pytest.mark.browser
LANGS = pytest.mark.parametrize("lang", ["zh-hans", "en"])
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE])
ROWS = 10_000
MOST_SECONDS = 300  # from login to the downloaded decomposition
CUT = """[...document.querySelectorAll("#grid .tabulator-cell")]
    .filter((one) => one.scrollWidth > one.clientWidth && /[0-9]/.test(one.textContent)
        && one.getAttribute("tabulator-field") !== "name").length"""


def opened(desk, login="ops", **how):
    """The demo's plan, once its grid is drawn."""
    page = desk.page(login, desk.site.untouched, **how)
    page.wait_for_selector("#grid[data-ready]")
    page.wait_for_selector("#grid .tabulator-row")
    return page


def told(page, path, **asked):
    """What the server says of the rows below a path."""
    address = re.sub(r"\?.*", "", page.url) + "rows"
    answer = page.request.get(address, params={"path": json.dumps(path), **asked})
    return answer.json()["rows"]


def cell(page, name, field):
    row = page.locator(".tabulator-row", has=page.locator(".node", has_text=name)).first
    return row.locator(f".tabulator-cell[tabulator-field='{field}']")


def folded(page):
    """Only the first level is open, and drawn so."""
    page.click("[data-fold=shut]")
    page.wait_for_selector("#grid[data-shown]")


def wan(fen):
    return f"{(fen + 500_000) // 1_000_000:,}"


@LANGS
@SIZES
def test_the_plan_fits_its_screen_and_is_open_to_everybody(desk, lang, size):
    page = opened(desk, lang=lang, size=size)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate("scrollY") == 0


def test_the_grid_shows_what_the_server_says(desk):
    page = opened(desk)
    folded(page)
    for row in told(page, []):
        assert cell(page, row["n"], "v0").inner_text() == wan(row["v"][0])


def test_no_figure_is_cut_in_any_unit(desk):
    page = opened(desk)
    for key in ("1", "2", "3"):
        with page.expect_navigation():
            page.locator(f"[data-unit-key='{key}']").click()
        page.wait_for_selector("#grid[data-ready] .tabulator-row")
        assert page.evaluate(CUT) == 0
        page.click("[data-fold=open]")
        page.wait_for_selector("#grid[data-shown]")
        assert page.evaluate(CUT) == 0


def test_a_branch_opens_and_adds_up(desk):
    page = opened(desk)
    folded(page)
    first = told(page, [])[0]
    page.locator(".tabulator-row", has_text=first["n"]).locator(".fold").click()
    children = told(page, first["p"])
    for child in children:
        assert cell(page, child["n"], "v0").inner_text() == wan(child["v"][0])
    assert sum(child["v"][0] for child in children) == first["v"][0]


def parts(page):
    """The parts of the treemap: what each says, and its area."""
    box = page.locator("#chart-parts")
    box.locator(".part").first.wait_for(timeout=60_000)
    found = box.locator(".part").evaluate_all(
        "all => all.map(one => [one.ariaLabel, one.offsetWidth * one.offsetHeight])"
    )
    return {text.split(" ")[0]: area for text, area in found}


def test_the_parts_of_a_row_have_areas_as_their_figures_and_lead_down(desk):
    page = opened(desk)
    page.click("[data-way=parts]")
    regions = {row["n"]: row["v"][0] for row in told(page, [])}
    areas = parts(page)
    assert areas.keys() == regions.keys()
    whole, seen = sum(regions.values()), sum(areas.values())
    assert all(abs(areas[one] / seen - regions[one] / whole) < 0.02 for one in regions)
    largest = max(regions, key=regions.get)
    page.locator(f"#chart-parts button[aria-label^='{largest}']").press("Enter")
    page.locator("#chart-up").wait_for()
    assert parts(page).keys() == {row["n"] for row in told(page, [largest])}
    page.click("#chart-up")
    page.locator("#chart-up").wait_for(state="hidden")
    assert parts(page).keys() == regions.keys()
    assert serious(page) == []


def test_what_is_open_can_be_sent_to_somebody(desk):
    page = opened(desk)
    folded(page)
    first = told(page, [])[0]
    page.locator(".tabulator-row", has_text=first["n"]).locator(".fold").click()
    child = told(page, first["p"])[0]
    cell(page, child["n"], "v0").wait_for()
    other = desk.page("director", page.url.removeprefix(desk.site.url))
    other.wait_for_selector("#grid[data-ready]")
    cell(other, child["n"], "v0").wait_for()
    assert other.locator(".fold[aria-expanded=true]").count() == 1


def test_rows_may_be_turned(desk):
    page = opened(desk)
    with page.expect_navigation():  # else the page that is left is read
        page.select_option("#rows", index=1)
    page.wait_for_selector("#grid[data-ready] .tabulator-row")
    order = page.input_value("#rows")
    names = page.locator(".tabulator-row .node").all_inner_texts()
    assert told(page, [], rows=order)[0]["n"] in [name.strip() for name in names]
    assert f"rows={quote(order, safe='')}" in page.url


def test_every_step_of_an_explanation_adds_up_down_to_source_rows(desk):
    page = opened(desk)
    cell(page, "华东", "v0").dblclick()
    for _ in range(4):
        page.wait_for_selector("#explain:not([hidden]) .big")
        shown = page.locator("#explain tr.sum td.number").first.inner_text()
        assert page.locator("#explain .big .figure").inner_text() == shown
        assert page.locator("#explain .lines tbody tr").count() > 0
        before = page.locator("#explain h2").inner_text()
        page.locator("#explain table").first.locator("a").first.click()
        page.locator("#explain h2").filter(has_not_text=before).wait_for()


def test_keys_alone_reach_everything(desk):
    page = opened(desk)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter"
    page.keyboard.type("华东")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.locator(".tabulator-row .tabulator-cell[tabulator-field='v0']").first.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")
    page.locator("#explain h2", has_text="华东").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#explain").is_hidden()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "palette-text"
    page.keyboard.press("Enter")
    plan = desk.site.untouched
    page.wait_for_url(lambda url: plan not in url)  # the first of what the palette offers


def test_units_change_with_one_key(desk):
    page = opened(desk)
    total = told(page, [])[0]["v"][0]
    page.keyboard.press("3")
    page.wait_for_selector("#grid[data-ready][data-unit='10000000000']")
    assert cell(page, told(page, [])[0]["n"], "v0").inner_text() == f"{total / 1e10:.2f}"
    page.keyboard.press("2")
    page.wait_for_selector("#grid[data-ready][data-unit='1000000']")


def test_a_manager_sees_her_region_and_how_much_is_hidden(desk):
    page = opened(desk, "region")
    assert page.locator("p.scope").is_visible()
    names = {row["n"] for row in told(page, [])}
    assert len(names) == 1
    assert page.locator("text=下载完整工作簿").count() == 0


def workbook(path):
    """A workbook of 10,000 order lines, as somebody else would keep them."""
    book, chance = openpyxl.Workbook(write_only=True), random.Random(11)
    sheet = book.create_sheet("销售明细")
    sheet.append(["下单日期", "大区", "省份", "客户经理", "产品线", "金额"])
    for number in range(ROWS):
        region = chance.choice(["东区", "西区", "南区"])
        person = f"{region}-{number % 4}"
        day = f"{2024 + number % 3}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        amount = chance.randrange(100_00, 90_000_00) / 100
        sheet.append(
            [day, region, f"{region}{number % 2}省", person, "ABC"[number % 3] + "线", amount]
        )
    book.save(path)
    return path


def test_a_new_user_has_her_workbook_without_a_manual(desk, tmp_path):
    started = time.monotonic()
    page = signed_in_for_a_plan(desk)
    page.set_input_files("#file", workbook(tmp_path / "我的订单.xlsx"))
    page.wait_for_selector("#plan-form")
    assert "10,000" in page.locator("#look").inner_text().replace("10000", "10,000")
    page.fill("#id_total", "5亿")
    page.click("#go")
    page.wait_for_selector("#grid[data-ready]", timeout=120_000)
    with page.expect_download() as waiting:
        page.locator("a", has_text="下载完整工作簿").click()
    path = tmp_path / "plan.xlsx"
    waiting.value.save_as(path)
    assert time.monotonic() - started < MOST_SECONDS
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    assert {"总览", "目标分解", "依据", "校验"} <= set(book.sheetnames)
    figures = [value for row in book["总览"].iter_rows(values_only=True) for value in row]
    assert 500_000_000 in figures


def test_a_bad_file_says_where_and_gives_it_back_marked(desk, tmp_path):
    path = tmp_path / "坏.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["订单日期", "大区", "金额"])
        lines.writerows([["2026-01-02", "东", "12.5"], ["2026-13-01", "西", "1e5"]])
    page = desk.page("ops", "/plans/new/")
    page.set_input_files("#file", path)
    page.wait_for_selector("#look .finding.error")
    text = page.locator("#look").inner_text()
    assert "2026-13-01" in text
    assert "1e5" in text
    assert "--" not in text
    with page.expect_download() as waiting:
        page.locator("[data-marked]").click()
    marked = tmp_path / "marked.xlsx"
    waiting.value.save_as(marked)
    sheet = openpyxl.load_workbook(marked).worksheets[0]
    assert sheet["A3"].comment is not None
    assert sheet["C3"].comment is not None


@LANGS
@SIZES
@pytest.mark.parametrize("path", ["/plans/", "/plans/new/"])
def test_pages_fit_and_are_open_to_everybody(desk, lang, size, path):
    page = desk.page("ops", path, lang=lang, size=size)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
