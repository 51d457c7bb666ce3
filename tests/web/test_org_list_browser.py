"""Lists in a real browser: brought, answered, written and taken back by mouse and by keys."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.support.browser import PHONE, WIDE, serious

pytestmark = pytest.mark.browser
HEAD = "岗位编码,岗位名称,上级,类别,工号,姓名\n"
WRITTEN = {"zh-hans": "整批写入", "en": "Written whole"}
UNDONE = {"zh-hans": "一切恢复到导入之前", "en": "everything is as it was"}


def bring(page, rows, day="2027-01-01", name="清单.csv"):
    """Upload rows and wait for their list."""
    page.goto("/org/lists/")
    file = {"name": name, "mimeType": "text/csv", "buffer": (HEAD + rows).encode()}
    page.set_input_files("input[type=file]", file)
    page.fill("input[name=day]", day)
    page.click("form button.primary")
    page.wait_for_url("**/org/lists/*-*/", timeout=60_000)


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_list_is_read_written_and_taken_back(desk, lang, size):
    page = desk.page("ops", "/org/lists/", lang=lang, size=size)
    code = f"X{lang[:1]}{size[0]}"
    bring(page, f"{code},上海客户经理9,SQ-上海,岗位,F{code},陈一\n")
    address = page.url
    assert serious(page) == []
    page.click(".page-head button.primary")
    page.wait_for_selector(f"text={WRITTEN[lang]}", timeout=60_000)
    assert page.url == address
    assert serious(page) == []
    page.click("a:has(.icon):text-matches('组织树里|in the tree')")
    page.wait_for_url("**/org/?**on=2027-01-01**")
    page.goto(address)
    page.click("main summary")
    page.click("main button.danger")
    page.wait_for_selector(f"text={UNDONE[lang]}", timeout=60_000)
    assert serious(page) == []
    page.goto("/org/lists/")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_mistakes_are_told_answered_and_downloaded(desk):
    page = desk.page("ops")
    bring(page, "X1,上海客户经理8,SQ-上每,岗位,FX1,陈一\n")
    assert serious(page) == []
    assert page.locator(".page-head button.primary").count() == 0
    with page.expect_download() as waiting:
        page.click("a[data-marked]")
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert "SQ-上海" in book.worksheets[0]["C2"].comment.text
    page.select_option("[name='column:parent']", "岗位名称")
    page.click("button:has-text('重新读取')")
    page.wait_for_url("**/org/lists/*-*/", timeout=60_000)
    assert "上海客户经理8" in page.inner_text(".findings")
    assert page.input_value("[name='column:parent']") == "岗位名称"


def test_a_list_is_brought_by_keys_alone(desk):
    page = desk.page("ops", "/org/lists/")
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": (HEAD + "X2,乙,HQ,,,\n").encode()}
    page.set_input_files("input[type=file]", file)
    page.focus("input[name=day]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/org/lists/*-*/", timeout=60_000)
    page.focus(".page-head button.primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=整批写入", timeout=60_000)
    page.focus("main summary")
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector(f"text={UNDONE['zh-hans']}", timeout=60_000)


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_step_of_samples_is_open_to_everybody(desk, lang, size):
    page = desk.page("system", "/setup/steps/sample/", lang=lang, size=size)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_wide_file_fits_a_phone(desk, lang):
    page = desk.page("ops", lang=lang, size=PHONE)
    bring(page, "X9,一个相当长的岗位名称,SQ-没有,岗位,FX9,陈一\n")
    page.wait_for_selector(".first-lines")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.evaluate("document.querySelector('.findings').getBoundingClientRect().right") <= 390
    assert serious(page) == []
