"""R26 and S8 of the cockpit: page and workbook say the same, and no name becomes a formula."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from fractions import Fraction
from html import unescape

import pytest
from django.urls import reverse

from quotaloom.cycle.demo_company.books import import_books
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.report.books.text import books_text
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.ui.unit import UNITS
from tests.support.boards import SEATS, released
from tests.support.formulas import Sheets
from tests.support.pipeline import import_small

pytestmark = [pytest.mark.django_db, pytest.mark.store]
DAY = {"as_of": "2026-06-30"}
FIGURE = re.compile(r'class="figure" title="(-?[\d,.]+) 元">([^<]+)<')
HOSTILE = ("=1+1", "+1", "-1", "@x", "＝1", "%1", "|x", "=cmd|' /C calc'!A0", "http://a")
FACTS = {
    "order_lines": (
        "订单日期,订单号,行号,岗位,产品,客户,行业,不含税金额",
        "2026-02-01,{x},{n},{x},{x},{x},{x},-5.00",
    ),
    "opportunities": (
        "创建日期,商机编号,阶段,结果,预计金额,岗位,赢率,关闭日期",
        "2026-02-01,{x},{x},进行中,7,{x},50%,",
    ),
    "activities": (
        "活动日期,活动编号,活动类型,活动结果,客户,岗位",
        "2026-02-01,{x},拜访,待跟进,{x},{x}",
    ),
    "contract_lines": (
        "签约日期,合同号,行号,大区,客户,行金额,税率",
        "2026-02-01,{x},{n},{x},{x},113,13%",
    ),
}
OURS = re.compile(r"=([+-]?[A-Z]+\d+)([-+/][A-Z]+\d+)*")


def home_of(settings, tmp_path, seats=SEATS):
    """A plan of 2026 in force over the seats."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    made = released(tmp_path, total="360000", seats=seats)
    (settings.HOME / "editions").mkdir()
    made.rename(settings.HOME / "editions" / "2026")


def shown(client, address, **asked):
    return client.get(reverse(address), DAY | asked)


def sheets(client, tmp_path, address, **asked):
    """The workbook, its formulas computed again."""
    path = tmp_path / f"{address}.xlsx"
    path.write_bytes(b"".join(shown(client, f"{address}_export", **asked).streaming_content))
    return Sheets(io.BytesIO(path.read_bytes()))


def rows(book, sheet, first=4):
    """The rows of a sheet from one on: the name, then the values by column."""
    cells = book.raw[sheet]
    last = max(int(re.search(r"\d+", at)[0]) for at in cells)
    for row in range(first, last + 1):
        found = {at[0]: book.value(sheet, at) for at in cells if at[1:] == str(row)}
        yield (found.pop("A") or "").strip(), found


def fen(text):
    return int(Decimal(text.replace(",", "")) * 100)


def amounts(html):
    """Every amount of a piece of a page, in 分, and as it reads."""
    return [(fen(full), told) for full, told in FIGURE.findall(html)]


def lines_of(page, table):
    """The rows of the first table of a class: the name, and the html of its cells."""
    body = page.split(f'<table class="{table}">')[1].split("</tbody>")[0].split("<tbody>")[1]
    for row in body.split("</tr>")[:-1]:
        head, *cells = re.split(r"</t[hd]>", row)
        yield unescape(re.sub(r"<[^>]+>", "", head)).strip(), "".join(cells)


@pytest.mark.parametrize("unit", ["wan", "yi"])
def test_the_cockpit_says_the_same_on_page_and_in_workbook(as_user, settings, tmp_path, unit):
    home_of(settings, tmp_path)
    import_small(tmp_path, facts_shelf(), "order_lines")
    director, size = as_user("zhang"), Fraction(UNITS[unit].size)
    page = shown(director, "cockpit", unit=unit).content.decode()
    book = sheets(director, tmp_path, "cockpit", unit=unit)
    in_book = dict(rows(book, "驾驶舱"))
    for name, cells in lines_of(page, "parts"):
        (target, _), (fact, _) = amounts(cells)
        assert (in_book[name]["B"] * size, in_book[name]["C"] * size) == (target, fact), name
        percent = Decimal(re.search(r"<strong>([\d.,]+)%", cells)[1])
        assert abs(in_book[name]["D"] * 100 - Fraction(percent)) <= Fraction(1, 20)
    total = in_book["总额"]
    assert next(fact for fact, _ in amounts(page.split('id="fact"')[1])) == total["C"] * size
    heat = [fact for _, cells in lines_of(page, "heat") for fact, _ in amounts(cells)[:-1]]
    crossed = [one["C"] * size for _, one in rows(book, "各产品线达成率")]
    assert sorted(heat) == sorted(crossed)
    assert sum(crossed) == total["C"] * size


@pytest.mark.parametrize(
    ("module", "unit"), [("funnel", "wan"), ("customers", "yuan"), ("team", "yuan")]
)
def test_a_module_says_the_same_on_page_and_in_workbook(as_user, settings, tmp_path, module, unit):
    home_of(settings, tmp_path)
    import_small(tmp_path, facts_shelf())
    director, size = as_user("zhang"), Fraction(UNITS[unit].size)
    page = shown(director, f"cockpit_{module}", unit=unit).content.decode()
    book = sheets(director, tmp_path, f"cockpit_{module}", unit=unit)
    in_book = list(rows(book, list(book.raw)[1]))
    on_page = list(lines_of(page, "parts"))
    assert len(on_page) == len(in_book) > 1
    for (name, cells), (told, values) in zip(on_page, in_book, strict=True):
        assert name.startswith(told)
        money = [amount for amount, _ in amounts(cells)]
        assert set(money) <= {value * size for value in values.values()}
        shares = [Fraction(Decimal(one)) for one in re.findall(r">([\d.]+)%", cells)]
        assert all(
            any(abs(value * 100 - one) <= Fraction(1, 20) for value in values.values())
            for one in shares
        )
        counts = [
            Fraction(one.replace(",", "")) for one in re.findall(r">([\d,]+)</(?:a|td)", cells)
        ]
        assert set(counts) <= set(values.values())


def test_the_reconciliation_says_the_same_everywhere(as_user, settings, tmp_path):
    settings.HOME = tmp_path
    import_books(tmp_path, facts_shelf(), author="x")
    answer = as_user("sun").get(reverse("reconciliation"), {"period": "2026", "by": "region"})
    book = sheets(as_user("sun"), tmp_path, "reconciliation", period="2026", by="region")
    bridge = [one for _, one in rows(book, "口径对账")]
    told = books_text(answer.context["books"], "zh", 200)
    page = answer.content.decode()
    steps = list(lines_of(page, "bridge"))[:-1]
    assert len(steps) == 14
    for (_, cells), values in zip(steps, bridge, strict=False):
        texts = re.findall(r"-?[\d,]+\.\d\d", cells)
        assert [Fraction(one.replace(",", "")) for one in texts] == list(values.values())
        assert all(one in told for one in texts)


@pytest.mark.parametrize("page", ["cockpit", "cockpit_funnel", "cockpit_customers", "cockpit_team"])
def test_no_name_becomes_a_formula(as_user, settings, tmp_path, page):
    home_of(settings, tmp_path, {one: (f"{one}区", f"{one}省") for one in HOSTILE})
    hostile_facts(tmp_path)
    harmless(sheets(as_user("zhang"), tmp_path, page), "区" if page == "cockpit_team" else "")


def test_no_paper_becomes_a_formula(as_user, settings, tmp_path):
    settings.HOME = tmp_path / "home"
    hostile_facts(tmp_path)
    harmless(sheets(as_user("sun"), tmp_path, "reconciliation", period="2026", by="region"))


def hostile_facts(folder):
    """A row a hostile name in each kind of facts, which names everything so."""
    for kind, (head, row) in FACTS.items():
        path = folder / f"{kind}.csv"
        lines = [row.format(x=one, n=n) for n, one in enumerate(HOSTILE, 1)]
        path.write_text("\n".join([head, *lines]), encoding="utf-8")
        take(facts_shelf(), ImportRequest(files=(path,), into=kind), author="x")


def harmless(book, suffix=""):
    """Every hostile name stands in the book as it is, and no formula but ours is there."""
    assert all(OURS.fullmatch(text) for _, _, text in book.formulas())
    texts = {str(value).strip() for cells in book.raw.values() for value in cells.values()}
    assert {f"{one}{suffix}" for one in HOSTILE} <= texts
