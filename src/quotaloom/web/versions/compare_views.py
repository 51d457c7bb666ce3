"""Versions side by side: the page, rows that are opened later, causes, and the workbook."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from quotaloom.report.comparison import below, opened, whole
from quotaloom.report.comparison_file import Sheet, Words, write_comparison
from quotaloom.web.desk.hand import reader_of
from quotaloom.web.plans.counted import counted, shown_words, shows_offered, unit_of, unit_word
from quotaloom.web.plans.grid import period_words
from quotaloom.web.plans.parts import EXPORT
from quotaloom.web.plans.selectors import plan_seen
from quotaloom.web.plans.sight import READ
from quotaloom.web.plans.store import decomposition_of
from quotaloom.web.plans.words import orders
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.unit import UNITS
from quotaloom.web.versions.cause_words import bridge, told
from quotaloom.web.versions.compare import causes_of, compared
from quotaloom.web.versions.selectors import root_of, title, versions_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.report.comparison import Line
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.versions.cause_words import Told
    from quotaloom.web.versions.compare import Comparison

WAYS: Final = ("edit", "author", "verb")


@policy(READ)
@require_GET
def compare(request: Request, plan_id: UUID) -> HttpResponse:
    """Two to four versions side by side; without any, those that there are to choose from."""
    root = root_of(request.user, plan_id)
    choices = versions_of(request.user, root)
    context: dict[str, Any] = {"plan": root, "choices": choices, "chosen": []}
    if len(set(request.GET.getlist("v"))) > 1:
        asked = compared(request.user, request.GET)
        context |= _page(request, asked) | _causes(request, asked)
    return render(request, "versions/compare.html", context)


@policy(READ)
@require_GET
def compare_rows(request: Request, plan_id: UUID) -> HttpResponse:
    """The rows below a node, for the page's script."""
    root_of(request.user, plan_id)
    asked = compared(request.user, request.GET)
    lines = below(asked.sides, asked.rows, asked.path, by_change=asked.by_change)
    rows = [_row(asked, one, len(asked.path) + 1, is_open=False) for one in lines]
    return render(request, "versions/_lines.html", {"rows": rows, **_unit(request, asked)})


@policy(READ)
@require_GET
def compare_causes(request: Request, plan_id: UUID) -> HttpResponse:
    """Why two of the versions differ at a node."""
    root_of(request.user, plan_id)
    asked = compared(request.user, request.GET)
    return render(request, "versions/_causes.html", _causes(request, asked))


@policy(EXPORT)
@require_GET
def compare_export(request: Request, plan_id: UUID) -> HttpResponseBase:
    """What the page shows, as a workbook with formulas."""
    root = root_of(request.user, plan_id)
    asked = compared(request.user, request.GET)
    for one in asked.versions:
        reach = plan_seen(request.user, one.plan.pk, EXPORT, shows=asked.shows).sight
        if one.sight.is_whole and not reach.is_whole:
            raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "compare.xlsx")
        write_comparison(_sheet(request, asked), path)
        return sent(path, f"{root.name} {_('Comparison')}.xlsx")


def _page(request: Request, asked: Comparison) -> dict[str, Any]:
    """The lines that are open, the whole first."""
    pivot = asked.versions[0].pivot
    walked = opened(asked.sides, asked.rows, _opened(request, asked), by_change=asked.by_change)
    paths = _opened(request, asked)
    rows = [_row(asked, line, depth, is_open=line.path in paths) for line, depth in walked]
    return {
        "asked": asked,
        "chosen": [one.ref for one in asked.versions],
        "titles": [title(one) for one in asked.versions],
        "top": _row(asked, whole(asked.sides, asked.rows), 0, is_open=True),
        "rows": rows,
        "periods": [(one.label, period_words(one.label)) for one in pivot.columns],
        "orders": orders(decomposition_of(asked.versions[0].plan).hierarchies),
        "hidden": max(one.sight.hidden for one in asked.versions),
        "export": request.user.has_perm(EXPORT),
        "cut": dict(zip(("measure", "layer"), asked.shows, strict=True)),
        "edited": True,
        **shows_offered(request.user, plan_seen(request.user, asked.versions[0].plan.pk)),
    }


def _unit(request: Request, asked: Comparison) -> dict[str, object]:
    return counted(request, asked.figures.measure)


def _opened(request: Request, asked: Comparison) -> frozenset[tuple[str, ...]]:
    """The open branches of the address; at first, those of the top where they are few."""
    if "open" in request.GET:
        return asked.opened
    top = below(asked.sides, asked.rows, ())
    return frozenset(one.path for one in top) if len(top) <= 6 else frozenset()


def _row(asked: Comparison, line: Line, depth: int, *, is_open: bool) -> dict[str, Any]:
    titles = [title(one) for one in asked.versions]
    return {
        "path": json.dumps(line.path, ensure_ascii=False),
        "name": line.name or _("Total"),
        "depth": depth,
        "first": line.values[0],
        "titles": titles,
        "others": list(zip(titles[1:], line.values[1:], line.changes, line.rates, strict=True)),
        "has_children": line.has_children,
        "is_open": is_open,
    }


def _told(request: Request, asked: Comparison) -> list[Told]:
    by = request.GET.get("by", WAYS[0])
    hands = tuple(reader_of(request.user, asked.versions[one].plan.pk) for one in asked.pair)
    return told(causes_of(asked), (hands[0], hands[1]), by if by in WAYS else WAYS[0])


def _causes(request: Request, asked: Comparison) -> dict[str, Any]:
    line = whole(asked.sides, asked.rows, asked.path)
    lines = _told(request, asked)
    first, last = (line.values[one] or 0 for one in asked.pair)
    return {
        "node": line.name or _("Total"),
        "path": json.dumps(asked.path, ensure_ascii=False),
        "causes": lines,
        "bridge": bridge(first, lines),
        "first": first,
        "last": last,
        "change": last - first,
        "by": request.GET.get("by", WAYS[0]),
        "ways": WAYS,
        "with": asked.with_,
        "pair_titles": [title(asked.versions[one]) for one in asked.pair],
        "other_titles": list(enumerate((title(one) for one in asked.versions[1:]), 1)),
        "has_causes": asked.has_causes,
        **_unit(request, asked),
    }


def _sheet(request: Request, asked: Comparison) -> Sheet:
    unit = unit_of(asked.figures.measure, UNITS[chosen_unit(request)])
    titles = [title(one) for one in asked.versions]
    paths = _opened(request, asked)
    lines = list(opened(asked.sides, asked.rows, paths, by_change=asked.by_change))
    top = whole(asked.sides, asked.rows)
    causes = [(f"{one.name} {one.text}".strip(), one.change) for one in _told(request, asked)]
    stamps = [
        (_("Version"), f"{title(one)} · {one.ref} · #{one.position}") for one in asked.versions
    ]
    stamps += [
        (_("Measure"), shown_words(asked.figures)),
        (_("Rows by"), " > ".join(asked.rows)),
        (_("Period"), str(period_words(asked.period)) if asked.period else _("Whole year")),
        (_("Downloaded at"), timezone.localtime().strftime("%Y-%m-%d %H:%M")),
    ]
    return Sheet(
        title=" / ".join(titles),
        versions=titles,
        lines=[(replace(top, name=_("Total")), 0), *lines],
        causes=causes,
        stamps=stamps,
        words=Words(
            _("Comparison"),
            _("Member"),
            _("Difference"),
            "%",
            _("Amounts in %(unit)s") % {"unit": unit_word(unit)},
            _("Causes"),
            _("Cause"),
            _("About"),
        ),
        unit_size=unit.size,
        decimals=unit.decimals,
    )
