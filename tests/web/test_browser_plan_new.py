"""The way from files to a downloaded decomposition in a real browser, as somebody new goes it."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import polars as pl
import pytest

from quotaloom.report.recheck.file import recheck
from tests.support.browser import PHONE, WIDE, serious
from tests.support.plan_form import signed_in_for_a_plan
from tests.support.shared import shared

pytestmark = pytest.mark.browser
LANGS = pytest.mark.parametrize("lang", ["zh-hans", "en"])
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE])
DW = "adventureworks/dw"
TABLES = ("DimEmployee", "DimProduct", "DimProductCategory", "DimProductSubcategory")

ORDERS = "订单日期,区码,产品,金额\n" + "".join(
    f"{year}-{month:02d}-08,{region},{product},{month * 1000}\n"
    for year in (2025, 2026)
    for month in range(1, 13)
    for region in "ENW"
    for product in ("平台", "终端")
)
REGIONS = "区码,大区\nE,华东\nN,华北\n"


@pytest.fixture
def folder(tmp_path):
    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def looked(page, act):
    """Do it and wait until the page has looked again."""
    with page.expect_response(lambda answer: answer.url.endswith("/look")) as waiting:
        act()
    waiting.value.finished()
    page.locator("#look:not(.htmx-request, .htmx-swapping, .htmx-settling)").wait_for()


def begun(desk, *files, **how):
    page = desk.page("ops", "/plans/new/", **how)
    page.set_input_files("#file", files)
    page.wait_for_selector("#plan-form")
    return page


def saved(page, act, path):
    with page.expect_download() as waiting:
        act()
    waiting.value.save_as(path)
    return path


@pytest.mark.shared_data
def test_adventureworks_from_login_to_the_downloaded_workbook(desk, tmp_path):
    """Orders, five joined tables, a tree of people: no manual, no command."""
    page = signed_in_for_a_plan(desk)
    names = ["FactResellerSales.csv.gz", *(f"{one}.csv" for one in TABLES), "DimSalesTerritory.csv"]
    page.set_input_files("#file", [shared(f"{DW}/{name}") for name in names])
    page.wait_for_selector("#plan-form", timeout=60_000)
    assert page.locator("#files .match").all_inner_texts() == ["✓ 60,855 行中匹配 60,855 行"] * 5
    page.fill("#id_total", "4000万")
    page.fill("#id_by", "")
    page.click("#id_by")
    box = page.locator(
        "#columns details", has=page.locator("summary", has_text="DimSalesTerritory")
    )
    box.locator("summary").click()
    for level in ("Group", "Country", "Region"):
        looked(page, page.locator(f"[data-column='SalesTerritory{level}']").click)
    by = "SalesTerritoryGroup>SalesTerritoryCountry>SalesTerritoryRegion"
    assert page.input_value("#id_by") == by
    page.locator("summary", has_text="主管自己也有销售").click()
    page.select_option("#tree-label", "LastName")
    looked(page, page.locator("[data-tree]").click)
    assert page.input_value("#id_tree") == "人员=EmployeeKey|LastName<ParentEmployeeKey"
    page.select_option("#id_time", "quarter")
    page.click("#go")
    page.wait_for_selector("#grid[data-ready]", timeout=60_000)
    path = saved(page, page.locator("a", has_text="下载完整工作簿").click, tmp_path / "plan.xlsx")
    assert recheck(path).findings == ()
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    figures = {value for row in book["总览"].iter_rows(values_only=True) for value in row}
    assert {40_000_000, "Europe"} <= figures
    page.click(".formats summary")
    table = pl.read_csv(saved(page, page.locator("a", has_text="csv").click, tmp_path / "plan.csv"))
    assert table["quota"].sum() == 40_000_000
    assert {"Abbas", "Jiang"} <= {name for one in table.columns for name in table[one].cast(str)}


def test_two_files_of_orders_and_a_join_by_hand(desk, folder):
    lines = ORDERS.splitlines(keepends=True)
    first, second = lines[0] + "".join(lines[1:73]), lines[0] + "".join(lines[73:])
    page = begun(desk, folder("25.csv", first), folder("26.csv", second))
    assert "144 行" in page.locator("#look").inner_text()
    looked(page, lambda: page.set_input_files("#more", folder("区.csv", REGIONS)))
    text = page.locator("[data-file]", has_text="区.csv").locator(".match").inner_text()
    assert "144 行中匹配 96 行" in text
    assert "48 行未匹配" in text
    assert "W ×48" in text
    looked(page, lambda: page.select_option("[name^=left-]", label="产品"))
    assert "匹配 0 行" in page.locator(".match").inner_text()
    looked(page, lambda: page.select_option("[name^=left-]", label="区码"))
    looked(page, page.locator("[data-file]", has_text="26.csv").locator("button.quiet").click)
    assert "72 行中匹配 48 行" in page.locator(".match").inner_text()


def test_what_is_typed_survives_looks_files_and_leaving(desk, folder):
    page = begun(desk, folder("订单.csv", ORDERS))
    page.fill("#id_total", "1,234万")
    page.locator("summary", has_text="固定合计").click()
    page.fill("#id_fix", "产品=平台:500万")
    looked(page, lambda: page.set_input_files("#more", folder("区.csv", REGIONS)))
    assert page.input_value("#id_total") == "1,234万"
    page.goto("/plans/")
    page.go_back()
    page.reload()
    assert page.input_value("#id_fix") == "产品=平台:500万"
    assert page.locator("#id_fix").is_visible()


def test_own_answers_show_their_field_and_a_wrong_one_opens_its_group(desk, folder):
    page = begun(desk, folder("订单.csv", ORDERS))
    assert page.locator("#id_own_unit").is_hidden()
    assert page.locator("#id_profile").is_hidden()
    page.select_option("#id_unit", "custom")
    assert page.evaluate("document.activeElement.id") == "id_own_unit"
    page.fill("#id_own_unit", "5")
    page.fill("#id_total", "1万")
    page.locator("summary", has_text="历史怎样计入").click()
    page.fill("#id_recency", "9")
    page.click("#go")
    page.wait_for_selector("#id_recency_error")
    assert page.locator("#id_recency").is_visible()
    assert page.locator("#id_bound").is_hidden()
    assert page.input_value("#id_own_unit") == "5"
    assert page.locator("#go").is_enabled()
    desk.complaints.clear()  # the answer 422 itself


def test_files_may_be_dropped_on_the_page(desk, folder):
    page = begun(desk, folder("订单.csv", ORDERS))
    data = page.evaluate_handle(
        "text => { const all = new DataTransfer();"
        " all.items.add(new File([text], '区.csv')); return all; }",
        REGIONS,
    )
    looked(page, lambda: page.dispatch_event(".drop.small", "drop", {"dataTransfer": data}))
    assert page.locator("[data-file]").count() == 2


def test_the_keyboard_alone_makes_a_plan(desk, folder):
    page = begun(desk, folder("订单.csv", ORDERS.replace("产品", "产品线")))
    page.focus("#id_total")
    page.keyboard.type("1000万")
    page.keyboard.press("Enter")
    page.wait_for_selector("#grid[data-ready]", timeout=30_000)


@LANGS
@SIZES
def test_the_form_fits_its_screen_and_is_open_to_everybody(desk, folder, lang, size):
    page = begun(desk, folder("订单.csv", ORDERS), folder("区.csv", REGIONS), lang=lang, size=size)
    for fold in page.locator("details:not([open]) > summary").all():
        if fold.is_visible():
            fold.click()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_manager_downloads_her_branches_in_every_format(desk, tmp_path):
    page = desk.page("region", desk.site.untouched)
    page.wait_for_selector("#grid[data-ready]")
    told = page.locator(".tiles .figure").first.get_attribute("title")
    total = int(told.split(".")[0].removesuffix("元").replace(",", ""))
    page.click(".formats summary")
    parquet = page.locator(".formats a", has_text="parquet")
    table = pl.read_parquet(saved(page, parquet.click, tmp_path / "plan.parquet"))
    assert table["quota"].sum() == total
    assert set(table["现大区"]) == {"华东"}
    book = page.locator("a", has_text="下载我范围内的工作簿")
    assert recheck(saved(page, book.click, tmp_path / "plan.xlsx")).findings == ()
    page.select_option("#level", "现省份")
    page.locator(".formats button").click()
    page.wait_for_selector("p.message a", timeout=60_000)
    path = saved(page, page.locator("p.message a").click, tmp_path / "parts.zip")
    with zipfile.ZipFile(path) as package:
        assert set(package.namelist()) == {f"{one}.xlsx" for one in set(table["现省份"])}
        one = io.BytesIO(package.read(package.namelist()[0]))
    assert "目标分解" in openpyxl.load_workbook(one, read_only=True).sheetnames


@LANGS
@SIZES
def test_the_formats_fit_and_are_open_to_everybody(desk, lang, size):
    page = desk.page("ops", desk.site.untouched, lang=lang, size=size)
    page.wait_for_selector("#grid[data-ready]")
    page.click(".formats summary")
    assert serious(page) == []
    box = page.locator(".formats .menu").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert re.search("csv", page.locator(".formats .menu").inner_text())
