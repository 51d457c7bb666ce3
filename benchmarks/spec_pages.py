"""The plan page in a real Chromium on this machine: until it can be used, cold, warm, wide open."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.registry import Line, Skip, Spec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SELLERS = 9_700  # with their provinces and regions ten thousand nodes
COLD, WARM, OPEN = 1.0, 0.4, 1.0  # seconds
MOST_MEGABYTES = 0.4
SENT = "performance.getEntries().reduce((sum, one) => sum + (one.transferSize ?? 0), 0)"
READY = "document.getElementById('grid')?.dataset.ready"
SHOWN = "document.getElementById('grid').dataset.shown"
WIDE = {"width": 1600, "height": 900}


def wide_file(folder: Path) -> Path:
    """Orders whose plan has some ten thousand nodes: regions, provinces, sellers."""
    chance, path = random.Random(5), folder / "wide.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("订单日期,大区,省份,客户经理,金额\n")
        for seller in range(SELLERS):
            place = f"区{seller % 10},省{seller % 290},人{seller}"
            day, amount = f"2026-{1 + seller % 12:02d}-09", chance.randint(1_000, 90_000)
            file.write(f"{day},{place},{amount}\n")
    return path


def until(page, told):
    """Wait until the page says something true; pages forbid code from strings, so ask again."""
    while not page.evaluate(told):
        time.sleep(0.01)


def drawn(page, address):
    """Seconds until the grid at an address can be used."""
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    until(page, READY)
    return time.perf_counter() - begun


def window(browser, url, cookies=()):
    context = browser.new_context(base_url=url, viewport=WIDE)
    context.add_cookies(list(cookies))
    return context.new_page()


def signed_in(browser, url):
    page = window(browser, url)
    page.goto("/account/login/")
    page.fill("input[name=login]", "ops")
    page.fill("input[name=password]", "demo-ops-2027")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda at: "/login" not in at)
    return page


def demo_plan(browser, url) -> Iterator[Line]:
    """The demo's plan, as it opens: 181 nodes at most."""
    page = signed_in(browser, url)
    cookies = page.context.cookies()
    page.goto("/plans/")
    address = page.locator("tbody a").last.get_attribute("href")
    drawn(page, address)  # the plan is in the server's memory from here on
    cold, warm, sent = [], [], 0
    for _ in range(5):
        page = window(browser, url, cookies)
        cold.append(drawn(page, address))
        page.wait_for_load_state("networkidle")
        sent = page.evaluate(SENT)
        warm.append(drawn(page, address))
        page.context.close()
    yield Line("plan page as it opens, cold", median(cold), COLD)
    yield Line("plan page as it opens, warm", median(warm), WARM)
    yield Line("what a cold page sends (s are MB)", sent / 1e6, MOST_MEGABYTES)


def wide_plan(browser, url, folder: Path) -> Iterator[Line]:
    """A plan of ten thousand nodes, all opened at once."""
    page = signed_in(browser, url)
    page.goto("/plans/new/")
    page.set_input_files("#file", wide_file(folder))
    page.wait_for_selector("#plan-form")
    page.fill("#id_total", "10亿")
    page.fill("#id_by", "大区>省份>客户经理")
    page.click("#go")
    page.wait_for_selector("#grid[data-ready]", timeout=60_000)
    begun = time.perf_counter()
    page.click("[data-fold=open]")
    until(page, SHOWN)
    seconds = time.perf_counter() - begun
    yield Line("10,000 nodes opened", seconds, OPEN, note=f"{page.evaluate(SHOWN)} rows")


def measure() -> Iterable[Line | Skip]:
    """All lines, on a server of their own."""
    try:
        from playwright.sync_api import sync_playwright
        from tests.support.site import chromium, serving
    except ImportError as missing:
        yield Skip("plan page", str(missing))
        return
    if chromium() is None:
        yield Skip("plan page", "no Chromium here")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder, "home"), QUOTALOOM_DEMO="1") as site,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield from demo_plan(browser, site.url)
        yield from wide_plan(browser, site.url, Path(folder))


SPEC = Spec("pages", measure)
