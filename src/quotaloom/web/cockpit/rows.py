"""The source rows of a module's figure in the browser, with the file and row of each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.money import FACT_SCALE
from quotaloom.cycle.measures.rows import RowRequest, source_rows
from quotaloom.report.numbers import scaled_text
from quotaloom.warehouse.batches.row import FILE, ROW
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.column import RATE_SCALE
from quotaloom.web.cockpit.asked import read
from quotaloom.web.cockpit.frame import around, board_frame
from quotaloom.web.cockpit.look import look
from quotaloom.web.cockpit.reach import COSTS, MARGIN
from quotaloom.web.cockpit.shown import address, percent
from quotaloom.web.cockpit.told import head
from quotaloom.web.data.words import column_word, kind_word
from quotaloom.web.plans.sight import READ
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import language
from quotaloom.web.ui.unit import grouped

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from quotaloom.warehouse.measures.behind import Rows
    from quotaloom.warehouse.tables.column import Column
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.cockpit.look import Look

MOST: Final = 100
BYS: Final = frozenset({"stage", "customer", "industry", "product", "product_line"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one part of a measure: the kind of facts, headers, cells and file of each.

    ``has_money`` says that some of them are amounts, in 元.
    """

    kind: str
    count: int
    total: str
    heads: list[str]
    rows: list[tuple[list[str], str, int]]
    has_money: bool


@policy(READ)
@require_GET
def rows(request: Request) -> HttpResponse:
    """What a measure is, and the rows that it is counted from. Http404 for no measure."""
    asked, code = read(request.GET), request.GET.get("of", "")
    member = request.GET.get("member", "")
    try:
        seen = look(request.user, asked, (code,))
        of = head(seen.source, code)
        found = source_rows(seen.source.shelf, seen.source.dictionary, _request(request, seen))
    except UsageRefused as unknown:
        raise Http404 from unknown
    lens = seen.lens
    context: dict[str, Any] = around(request, asked, lens.span, lens.as_of, seen.year)
    context |= board_frame(seen.seen) if seen.seen else {}
    context |= {
        "measure": of,
        "definition": seen.source.dictionary.find(code),
        "title": " · ".join(filter(None, (of.name, member, lens.span.label))),
        "sheets": [_sheet(one, seen.source.unseen, adds=of.unit != "day") for one in found],
        "query": address(request.GET, of="", by="", member=""),
        "trail": (),
        "most": MOST,
    }
    return render(request, "cockpit/rows.html", context)


def _request(request: Request, seen: Look) -> RowRequest:
    """The rows asked for: of the lens, and of one member where the address names it."""
    get, lens = request.GET.get, seen.lens
    within = dict(lens.within)
    by, member = get("by", ""), get("member", "")
    if by:
        is_inside = by == lens.column and (lens.members is None or member in lens.members)
        if by not in BYS and not is_inside:
            raise Http404
        within[by] = (member,)
    return RowRequest(
        code=get("of", ""), first=lens.span.start, last=lens.last, within=within, most=MOST
    )


def _sheet(found: Rows, unseen: frozenset[str], *, adds: bool) -> Sheet:
    """The rows as texts; a column is left out where it tells nothing or an unseen measure."""
    kind = KINDS[found.source]
    there = set(found.frame.columns)
    if MARGIN in unseen:
        there -= {one.name for one in COSTS if one.source == found.source}
    told = [one for one in kind.columns if one.name in there]
    shown = [one for one in told if any(map(_is_told, found.frame[one.name].unique()))]
    lines = [
        ([_text(one, row[one.name]) for one in shown], row[FILE] or "", row[ROW] or 0)
        for row in found.frame.iter_rows(named=True)
    ]
    is_sum = adds and found.total is not None
    total = grouped(scaled_text(found.total or 0, FACT_SCALE)) if is_sum else ""
    heads = [column_word(one) for one in shown]
    has_money = any(one.value == "money" for one in shown)
    return Sheet(kind_word(kind), found.count, total, heads, lines, has_money)


def _is_told(value: object) -> bool:
    return value not in (None, "", UNASSIGNED)


def _text(column: Column, value: int | date | str | None) -> str:
    if value is None:
        return "—"
    if isinstance(value, int):
        is_rate = column.value == "rate"
        exact = grouped(scaled_text(value, FACT_SCALE))
        return percent(Fraction(value, RATE_SCALE)) if is_rate else exact
    if column.choices and language() == "zh":
        return column.choices.get(str(value), str(value)).partition("|")[0]
    return str(value)
