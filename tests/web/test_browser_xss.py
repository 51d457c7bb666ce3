"""Names that try to be code are shown as names, on every page that shows them."""

from __future__ import annotations

import csv

import pytest

pytestmark = pytest.mark.browser
MARK = "window.__hit=1"
PAYLOADS = [
    f"<script>{MARK}</script>",
    f"<img src=x onerror={MARK}>",
    f"<svg onload={MARK}>",
    f'"><script>{MARK}</script>',
    f"'><img src=x onerror={MARK}>",
    f"</script><script>{MARK}</script>",
    f"<a href=javascript:{MARK}>x</a>",
    f"<iframe srcdoc='<script>parent.{MARK[7:]}</script>'>",
    f"<body onload={MARK}>",
    f"<details open ontoggle={MARK}>",
    f"<input autofocus onfocus={MARK}>",
    f"<math><mtext><img src=x onerror={MARK}>",
    f"{{{{constructor.constructor('{MARK}')()}}}}",
    f"${{{MARK}}}",
    f"javascript:{MARK}",
    f"<style>@import 'javascript:{MARK}'</style>",
    f"<object data=javascript:{MARK}>",
    f"<form action=javascript:{MARK}><button>x</button></form>",
    f"<video><source onerror={MARK}></video>",
    f"<marquee onstart={MARK}>",
    f"<div style=width:expression({MARK})>",
    f"<x contenteditable onblur={MARK}>y</x>",
    f"&lt;script&gt;{MARK}&lt;/script&gt;",
    f"%3Cscript%3E{MARK}%3C/script%3E",
    f"\\u003cscript\\u003e{MARK}\\u003c/script\\u003e",
    f"<!--><script>{MARK}</script>-->",
    f"]]><script>{MARK}</script>",
    f"<base href=javascript:{MARK}//>",
    f"<link rel=stylesheet href=javascript:{MARK}>",
    f"<template><script>{MARK}</script></template>",
]


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "坏名字.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, quoting=csv.QUOTE_ALL)
        lines.writerow(["订单日期", "大区", "产品线", "金额"])
        for month in range(1, 13):
            lines.writerows([f"2026-{month:02d}-03", name, "甲", "1000"] for name in PAYLOADS)
    return path


def test_no_name_runs(desk, orders):
    page = desk.page("ops", "/plans/new/")
    page.set_input_files("#file", orders)
    page.wait_for_selector("#plan-form")
    shown = page.locator("main").text_content()
    assert PAYLOADS[0] in shown
    page.fill("#id_total", "100万")
    page.fill("#id_name", PAYLOADS[1])
    page.fill("#id_by", "大区\n产品线")
    page.click("#go")
    page.wait_for_selector("#grid[data-ready]", timeout=30_000)
    assert PAYLOADS[1] in page.locator("h1").inner_text()
    page.locator(".tabulator-row").nth(2).locator(".tabulator-cell").nth(1).dblclick()
    page.wait_for_selector("#explain:not([hidden]) .big")
    assert page.evaluate("window.__hit") is None
    names = " ".join(page.locator(".tabulator-row .node").all_inner_texts())
    assert any(payload in names for payload in PAYLOADS)
    page.goto("/plans/")
    assert PAYLOADS[1] in page.locator("tbody").inner_text()
    assert page.evaluate("window.__hit") is None
