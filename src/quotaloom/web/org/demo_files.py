"""The demo company's own files as drafts: its organisation with the move of March 2026."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from quotaloom.web.org.draft import Draft, draft
from quotaloom.web.org.models import Kind
from quotaloom.web.org.span import Span, merged

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]
Grades = dict[str, list[tuple[str, Span]]]

BEGIN: Final = date(2021, 1, 1)
ALWAYS: Final = Span(BEGIN)
HEAD: Final = "HQ"
REGIONS: Final = {"华东": "EAST", "华南": "SOUTH", "华北": "NORTH", "西南": "SOUTHWEST"}


def rows_of(folder: Path, name: str) -> list[Row]:
    """The rows of one of the company's csv files."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def span_of(row: Row, start: str, end: str) -> Span:
    """The days that two columns tell; a blank start: since ever."""
    first = date.fromisoformat(row[start]) if row[start] else BEGIN
    return Span(first, date.fromisoformat(row[end]) if row[end] else None)


def organisation(folder: Path) -> list[Draft]:
    """公司 → 大区 → 省区 → 岗位; a province's region follows 组织沿革, day by day."""
    history, seats = rows_of(folder, "组织沿革.csv"), rows_of(folder, "组织.csv")
    top = draft(HEAD, "织云科技", Kind.UNIT, ALWAYS, {"org": None})
    regions = [
        draft(code, f"{name}大区", Kind.UNIT, ALWAYS, {"org": HEAD})
        for name, code in REGIONS.items()
    ]
    grades = _grades(folder)
    heads = [
        _seat(row["岗位"], row["岗位名称"], grades, ((REGIONS[row["现大区"]], ALWAYS),))
        for row in seats
        if row["岗位类型"] == "管理"
    ]
    return [top, *regions, *heads, *_provinces(history), *_sales_seats(grades, history)]


def _provinces(history: list[Row]) -> list[Draft]:
    spans: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for row in history:
        spans[row["省份"]].append((row["大区"], span_of(row, "生效日期", "失效日期")))
    made = []
    for province, rows in spans.items():
        placed: list[tuple[str | None, Span]] = []
        for region, span in merged(_day_by_day(rows)):
            placed.append((REGIONS[region], span))
        days = Span(placed[0][1].start, placed[-1][1].end)
        names = ((f"{province}省区", "", days),)
        made.append(Draft(f"SQ-{province}", Kind.UNIT, days, names, {"org": tuple(placed)}))
    return made


def _day_by_day(rows: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Spans cut at every edge, so that a region that was left does not outlive the move."""
    edges = sorted({span.start for _, span in rows} | {s.end for _, s in rows if s.end})
    ends = [*edges[1:], None]
    return [
        (region, Span(start, end))
        for start, end in zip(edges, ends, strict=True)
        for region in sorted({name for name, span in rows if span.holds(start)})
    ]


def _sales_seats(grades: Grades, history: list[Row]) -> list[Draft]:
    spans: dict[str, list[Span]] = defaultdict(list)
    rows = {row["岗位"]: row for row in history}
    for row in history:
        spans[row["岗位"]].append(span_of(row, "生效日期", "失效日期"))
    made = []
    for code, row in rows.items():
        days = Span(spans[code][0].start, spans[code][-1].end)
        made.append(_seat(code, row["岗位名称"], grades, ((f"SQ-{row['省份']}", days),)))
    return made


def _grades(folder: Path) -> Grades:
    """The grade of whoever holds a seat, by seat."""
    grades: Grades = defaultdict(list)
    for row in rows_of(folder, "任职.csv"):
        grades[row["岗位"]].append((row["职级"], span_of(row, "任职开始", "任职结束")))
    return grades


def _seat(code: str, name: str, grades: Grades, placed: tuple[tuple[str, Span], ...]) -> Draft:
    days = placed[0][1]
    names = tuple(_named(name, grades[code], days))
    return Draft(code, Kind.SEAT, days, names, {"org": placed})


def _named(name: str, grades: list[tuple[str, Span]], days: Span) -> list[tuple[str, str, Span]]:
    """The name all the time; the grade of whoever holds the seat, until the next one comes."""
    told = sorted(grades, key=lambda row: row[1].start)
    changes = [told[0][0] if told else ""]
    edges = [days.start]
    for (before, _), (after, span) in pairwise(told):
        if after != before:
            changes.append(after)
            edges.append(span.start)
    ends = [*edges[1:], days.end]
    return [
        (name, grade, Span(start, end))
        for grade, start, end in zip(changes, edges, ends, strict=True)
    ]


def products(folder: Path) -> list[Draft]:
    """产品线 → 产品; in a second tree 收入类型 → 产品."""
    rows = rows_of(folder, "产品.csv")
    lines = {row["产品线"]: row["产品编码"][:2] for row in reversed(rows)}
    kinds = {row["收入类型"]: f"RT-{row['收入类型']}" for row in rows}
    units = [
        draft(code, name, Kind.UNIT, ALWAYS, {"product": None})
        for name, code in sorted(lines.items(), key=lambda pair: pair[1])
    ]
    units += [
        draft(code, name, Kind.UNIT, ALWAYS, {"revenue": None}) for name, code in kinds.items()
    ]
    items = [
        draft(
            row["产品编码"],
            row["产品"],
            Kind.ITEM,
            span_of(row, "上市日期", "停售日期"),
            {"product": lines[row["产品线"]], "revenue": kinds[row["收入类型"]]},
        )
        for row in rows
    ]
    return units + items


def customers(folder: Path) -> list[Draft]:
    """客户类型 → named accounts, 其他 beside them; in a second tree 行业 → accounts."""
    rows = rows_of(folder, "客户.csv")
    kinds = {row["客户类型"]: f"KL-{row['客户类型']}" for row in rows}
    branches = {row["行业"]: f"HY-{row['行业']}" for row in rows}
    units = [
        draft(code, name, Kind.UNIT, ALWAYS, {"customer": None}) for name, code in kinds.items()
    ]
    units += [
        draft(code, name, Kind.UNIT, ALWAYS, {"by_industry": None})
        for name, code in branches.items()
    ]
    units.append(
        draft("OTHERS", "其他", Kind.OTHERS, ALWAYS, {"customer": None, "by_industry": None})
    )
    items = [
        draft(
            row["客户编码"],
            row["客户"],
            Kind.ITEM,
            ALWAYS,
            {"customer": kinds[row["客户类型"]], "by_industry": branches[row["行业"]]},
        )
        for row in rows
    ]
    return units + items


def territories(folder: Path) -> list[Draft]:
    """省份 → 城市, as the accounts name them."""
    places = sorted({(row["省份"], row["城市"]) for row in rows_of(folder, "客户.csv")})
    provinces = [
        draft(one, one, Kind.UNIT, ALWAYS, {"territory": None})
        for one in dict.fromkeys(province for province, _ in places)
    ]
    cities = [
        draft(f"{province}/{city}", city, Kind.ITEM, ALWAYS, {"territory": province})
        for province, city in places
    ]
    return provinces + cities


def flat(folder: Path, column: str, tree: str) -> list[Draft]:
    """The values of a column of the accounts, side by side: channels, industries."""
    values = dict.fromkeys(row[column] for row in rows_of(folder, "客户.csv"))
    return [draft(one, one, Kind.ITEM, ALWAYS, {tree: None}) for one in sorted(values)]
