"""Measures told in a text (TOML): one table a measure, checked field by field."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.measures.definition import Better, Definition
from quotaloom.core.model.measures.grammar import read_formula
from quotaloom.core.model.measures.kind import MeasureKind
from quotaloom.core.model.measures.quantity import Quantity, Stage, Tax, Unit

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding
    from quotaloom.core.model.measures.definition import Group

LARGEST: Final = 1_000_000  # signs of a text
CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
NEEDED: Final = ("code", "names", "meanings", "formula", "kind", "counts", "owner")
TYPES: Final[dict[str, type]] = {
    "code": str,
    "names": list,
    "meanings": list,
    "formula": str,
    "kind": str,
    "counts": str,
    "owner": str,
    "better": str,
    "fresh_days": int,
    "version": int,
    "since": date,
}


def read_definitions(text: str, *, group: Group, file: str = "") -> tuple[Definition, ...]:
    """The measures of a text, in their order. Raises DataRefused with all that is wrong in it."""
    found: list[Definition] = []
    refused: list[Finding] = []
    for number, table in enumerate(_tables(text, file), start=1):
        faults = _faults(table, number, file)
        refused += faults
        if faults:
            continue
        try:
            found.append(_definition(table, group))
        except DataRefused as refusal:
            refused += refusal.findings
    if refused:
        raise DataRefused(refused)
    return tuple(found)


def _tables(text: str, file: str) -> list[dict[str, Any]]:
    try:
        told = tomllib.loads(text) if len(text) <= LARGEST else {}
    except (tomllib.TOMLDecodeError, RecursionError) as cause:
        raise DataRefused([error("measure.text_unreadable", file, why=str(cause)[:200])]) from cause
    tables = told.get("measure")
    if set(told) != {"measure"} or not isinstance(tables, list):
        raise DataRefused([error("measure.text_empty", file)])
    return [one if isinstance(one, dict) else {} for one in tables]


def _faults(table: dict[str, Any], number: int, file: str) -> list[Finding]:
    """What is missing, unknown, or of another type."""
    name = str(table.get("code") or f"{file} {number}".strip())
    found = [error("measure.field_missing", name, field=one) for one in NEEDED if one not in table]
    for key, value in table.items():
        if key not in TYPES:
            found.append(error("measure.field_unknown", name, field=key, known=", ".join(TYPES)))
        elif type(value) is not TYPES[key] or not _sound(key, value):
            found.append(error("measure.field_unclear", name, field=key, value=str(value)[:80]))
    return found


def _sound(key: str, value: Any) -> bool:  # noqa: ANN401 - whatever a text holds
    """Whether a field of the right type holds what it may."""
    if key in ("names", "meanings"):
        return len(value) == 2 and all(isinstance(one, str) and one.strip() for one in value)
    if key in ("version", "fresh_days"):
        return 1 <= int(value) <= 10_000
    allowed = {"kind": get_args(MeasureKind), "better": get_args(Better)}
    if key in allowed:
        return value in allowed[key]
    if key == "code":
        return CODE.fullmatch(value) is not None
    return read_counts(value) is not None if key == "counts" else bool(value)


def read_counts(text: str) -> Quantity | None:
    """``money included booked``: unit, tax, stage, as far as they apply; None for other words."""
    units = {one: one for one in get_args(Unit)}
    taxes: dict[str, Tax] = {one: one for one in get_args(Tax)}
    stages: dict[str, Stage] = {one: one for one in get_args(Stage)}
    unit, tax, stage = (*text.split(), "", "", "")[:3]
    if unit not in units or tax not in taxes or stage not in stages or len(text.split()) > 3:
        return None
    return Quantity(units[unit], taxes[tax], stages[stage])


def _definition(table: dict[str, Any], group: Group) -> Definition:
    told = dict(table)
    for key in ("names", "meanings"):
        told[key] = tuple(told[key])
    told["counts"] = read_counts(told["counts"])
    expression = read_formula(told["formula"], told["code"])
    return Definition(**told, group=group, expression=expression)
