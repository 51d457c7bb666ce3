"""The workbench in a real Chromium: from the key that writes a figure until it is painted."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks.registry import Line, Skip, Spec
from benchmarks.spec_pages import signed_in, until

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEAVES, REGIONS, PROVINCES = 2_000, 10, 100
EDITS = 60
MOST = 0.150  # seconds, p95
SHOWN = "document.getElementById('grid').dataset.shown"
QUARTER = ".tabulator-cell[tabulator-field='v4']"  # year, three months, Q1
ARMED = """() => {
  const grid = document.getElementById("grid");
  window.painted = new Promise((done) => {
    let pressed = 0;
    const press = (event) => { if (event.key === "Enter") pressed = event.timeStamp; };
    document.addEventListener("keydown", press, true);
    new MutationObserver((_changes, watcher) => {
      watcher.disconnect();
      document.removeEventListener("keydown", press, true);
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - pressed)));
    }).observe(grid, { attributeFilter: ["data-position"] });
  });
}"""


def orders(folder: Path) -> Path:
    """Orders of two thousand sellers in a hundred provinces of ten regions."""
    chance, path = random.Random(7), folder / "sellers.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("订单日期,大区,省份,客户经理,金额\n")
        for seller in range(LEAVES):
            place = f"区{seller % REGIONS},省{seller % PROVINCES},人{seller}"
            for month in range(1, 13):
                file.write(f"2026-{month:02d}-09,{place},{chance.randint(1_000, 90_000)}\n")
    return path


def workbench(page, folder: Path) -> None:
    """The workbench of a new plan over those orders, once it can be typed into."""
    page.goto("/plans/new/")
    page.set_input_files("#file", orders(folder))
    page.wait_for_selector("#plan-form")
    page.fill("#id_total", "10亿")
    page.fill("#id_by", "大区>省份>客户经理")
    page.click("#go")
    page.wait_for_selector("#grid[data-ready]", timeout=60_000)
    page.goto(page.url.partition("?")[0] + "desk/")
    page.wait_for_selector("#grid[data-ready][data-desk]")


def edited(page, number: int) -> float:
    """Seconds from the key that writes a region's quarter until the page has painted it."""
    row = page.locator(".tabulator-row", has=page.locator(".node", has_text="区0"))
    row.first.locator(QUARTER).click()
    page.keyboard.type(f"+{1 + number % 7}")
    page.locator("#typed-says", has_text="→").wait_for()
    page.evaluate(ARMED)
    page.keyboard.press("Enter")
    return page.evaluate("() => window.painted") / 1000


def lines(page, name: str) -> Iterator[Line]:
    """The median and the 95th percentile of many edits."""
    for number in range(5):
        edited(page, number)
    seconds = [edited(page, number) for number in range(EDITS)]
    yield Line(f"{name}, p50", median(seconds), MOST)
    yield Line(f"{name}, p95", quantiles(seconds, n=20)[-1], MOST, note=f"{EDITS} edits")


def measure() -> Iterable[Line | Skip]:
    """All lines, on a server of their own."""
    try:
        from playwright.sync_api import sync_playwright
        from tests.support.site import chromium, serving
    except ImportError as missing:
        yield Skip("workbench", str(missing))
        return
    if chromium() is None:
        yield Skip("workbench", "no Chromium here")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder, "home"), QUOTALOOM_DEMO="1") as site,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = signed_in(browser, site.url)
        workbench(page, Path(folder))
        yield from lines(page, f"a region's quarter of {LEAVES:,} leaf rows, as it opens")
        page.click("[data-fold=open]")
        until(page, SHOWN)
        yield from lines(page, f"a region's quarter of {LEAVES:,} leaf rows, all open")


SPEC = Spec("desk", measure)
