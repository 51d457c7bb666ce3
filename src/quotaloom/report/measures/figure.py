"""Figures of measures as people read them: money in 元, shares in per cent, with the unit."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.money import half_up
from quotaloom.report.summary_table import Row, aligned
from quotaloom.report.wording import sentences_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.measures.definition import Definition
    from quotaloom.core.model.measures.quantity import Unit
    from quotaloom.report.wording import Lang
    from quotaloom.warehouse.measures.evaluate import Answer

UNITS: Final[Mapping[Unit, tuple[str, str]]] = {
    "money": ("元", "CNY"),
    "count": ("个", "count"),
    "day": ("天", "days"),
    "point": ("分值", "points"),
    "share": ("%", "%"),
}
NOTHING: Final = "—"
PLACES: Final = 2
ALL: Final = ("合计", "total")


def shown(value: int | None, scale: int, unit: Unit) -> str:
    """A figure without its unit, to two places: 1,234.56, 63.15; — where there is none.

    Counts and days show places only where they have some.
    """
    if value is None:
        return NOTHING
    exact = Fraction(value, scale) * (100 if unit == "share" else 1)
    if unit in ("count", "day") and exact.denominator == 1:
        return f"{int(exact):,}"
    return f"{Decimal(half_up(exact * 10**PLACES)).scaleb(-PLACES):,}"


def figures_text(
    answer: Answer, definitions: Mapping[str, Definition], lang: Lang, width: int
) -> str:
    """A table: a row a group and period, a column a measure with its unit."""
    at = 0 if lang == "zh" else 1
    keys = [name for name in answer.frame.columns if name not in answer.scales]
    heads = ["", *(_head(one, at) for one in definitions.values())]
    rows = [
        Row(
            " / ".join(str(row[key]) for key in keys if row[key] not in (None, "")) or ALL[at],
            tuple(_cell(row, code, one, answer) for code, one in definitions.items()),
            0,
        )
        for row in answer.frame.iter_rows(named=True)
    ]
    told = aligned(heads, rows, width)
    return "\n".join([*told, *sentences_of(answer.findings, lang)])


def _head(one: Definition, at: int) -> str:
    return f"{one.names[at]}({UNITS[one.counts.unit][at]})"


def _cell(row: Mapping[str, object], code: str, one: Definition, answer: Answer) -> str:
    value = row[code]
    return shown(value if isinstance(value, int) else None, answer.scales[code], one.counts.unit)


def figures_json(answer: Answer) -> str:
    """The figures as JSON: exact decimals as texts, null where there is none."""
    rows = []
    for row in answer.frame.iter_rows(named=True):
        told = dict(row)
        for code, scale in answer.scales.items():
            places = len(str(scale)) - 1
            value = row[code]
            told[code] = None if value is None else str(Decimal(value).scaleb(-places))
        rows.append(told)
    return json.dumps(rows, ensure_ascii=False, indent=2)
