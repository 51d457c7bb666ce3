"""Workbooks in a real browser: out, edited with openpyxl, dropped, looked at, taken, taken back."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from tests.support.browser import PHONE, WIDE, demo_plan, serious

pytestmark = pytest.mark.browser
MANY = 38


def board(desk, login="director", **how):
    """The exchange of the demo plan."""
    page = desk.page(login, "/plans/", **how)
    href = demo_plan(page)
    page.goto(href + "excel/")
    return page


def plan_total(page):
    """The whole plan in 分, as the server says it."""
    address = re.sub(r"(desk|excel)/.*", "", page.url) + "rows"
    rows = page.request.get(address, params={"path": "[]"}).json()["rows"]
    return sum(row["v"][0] for row in rows)


def entry_cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]


def edited(content, more):
    """The workbook with more in its first cell that may be edited."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    entry_cells(book.worksheets[0])[0].value += more
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def upload(name, content):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": name, "mimeType": kind, "buffer": content}


def drop(page, files):
    """Give files to the board and have them read."""
    page.set_input_files("#file", files)
    page.locator("#files-chosen", has_text=str(len(files))).wait_for()
    page.click("form[data-drop] button.primary")


def handed_out(page):
    """The workbooks of all seats, handed out now, by file name."""
    page.select_option("#level", "岗位")
    page.locator(".send button").click()
    page.wait_for_selector("[data-scope]")
    with page.expect_download() as download:
        page.locator("a[href$='sent.zip']").click()
    with zipfile.ZipFile(download.value.path()) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_the_workbench_shows_comes_back_and_is_seen_before_it_is_written(desk):
    page = board(desk)
    before = plan_total(page)
    page.goto(page.url.replace("/excel/", "/desk/"))
    page.wait_for_selector("#grid[data-ready][data-desk]")
    with page.expect_download() as download:
        page.click("#export")
    with open(download.value.path(), "rb") as stream:  # noqa: PTH123 - a path of the browser's
        content = edited(stream.read(), 100)
    page.goto(page.url.replace("/desk/", "/excel/"))
    drop(page, [upload("改过的.xlsx", content)])
    page.wait_for_selector("#review")
    assert "将影响" in page.locator(".verdict").inner_text()
    assert plan_total(page) == before
    page.click("#review button.primary")
    page.wait_for_selector("text=整份撤销")
    assert plan_total(page) == before + 100 * 10_000 * 100
    page.click("text=整份撤销")
    page.wait_for_selector("text=这份文件的改动已撤销")
    assert plan_total(page) == before


def test_many_files_dropped_at_once_are_told_one_by_one(desk):
    page = board(desk)
    files = list(handed_out(page).items())[:MANY]
    before = plan_total(page)
    drop(page, [upload(name, edited(content, 1)) for name, content in files])
    page.wait_for_selector("[data-file]", timeout=120_000)
    assert page.locator("[data-status=taken]").count() == MANY
    assert page.locator("[data-status=waiting]").count() > 0
    assert plan_total(page) == before + MANY * 10_000 * 100
    drop(page, [upload(name, content) for name, content in files])  # as they were handed out
    page.locator("[data-file][data-state=taken]").nth(2 * MANY - 1).wait_for(timeout=120_000)
    assert plan_total(page) == before


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_pages_fit_their_screen_and_are_open_to_everybody(desk, lang, size):
    page = board(desk, lang=lang, size=size)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    drop(page, [upload("私人.xlsx", b"PK\x03\x04 nothing")])
    page.wait_for_selector(".finding.error")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
