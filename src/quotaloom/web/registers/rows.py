"""Updates of records as rows of facts, one table a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.warehouse.batches.row import FILE, ROW
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.column import RATE_SCALE
from quotaloom.web.org.models import Axis, MemberDetail
from quotaloom.web.registers.field import OVERLAY
from quotaloom.web.registers.seat import parent_names, region_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotaloom.warehouse.tables.column import Kind
    from quotaloom.web.registers.models import Opportunity, Update

REGISTER: Final = "商机登记"  # the source of our batches, and the "file" of their rows
FINE: Final = 100  # 1/10,000 元 in one 分
Row = dict[str, Any]


def tables(updates: Sequence[Update]) -> Iterator[tuple[Kind, pl.DataFrame]]:
    """The rows that updates come to, by kind; kinds without any are left out.

    A record that another system keeps has no row as an opportunity: only its overlay is ours. Of
    rows with the same key the last one counts.
    """
    where = _Where()
    made = {
        "opportunities": [where.opportunity(one) for one in updates if not one.record.master],
        "stage_changes": [row for one in updates for row in where.stages(one)],
        "opportunity_overlays": [where.overlay(one) for one in updates if _is_overlay(one)],
        "record_updates": [where.update(one) for one in updates if not one.batch],
    }
    for name, rows in made.items():
        if rows:
            yield KINDS[name], _frame(KINDS[name], rows)


def _is_overlay(update: Update) -> bool:
    return any(change.field in OVERLAY for change in update.changes.all())


def _frame(kind: Kind, rows: list[Row]) -> pl.DataFrame:
    """The rows under the kind's columns; members that are not said are 未归属."""
    schema = kind.schema()
    blank = {one.name: UNASSIGNED for one in kind.columns if one.value == "member"}
    whole = [blank | {name: value for name, value in row.items() if value != ""} for row in rows]
    last = {tuple(row[name] for name in kind.key): row for row in whole}
    types = schema | {FILE: pl.String(), ROW: pl.UInt32()}
    return pl.DataFrame(list(last.values()), schema=types)


class _Where:
    """Where seats and products stand today, asked once for all rows."""

    def __init__(self) -> None:
        self.regions = region_names()
        lines = parent_names(Axis.PRODUCT)
        details = MemberDetail.objects.filter(member__axis=Axis.PRODUCT)
        self.lines = {
            name: lines.get(code, "") for code, name in details.values_list("member__code", "name")
        }

    def opportunity(self, update: Update) -> Row:
        """The record as it stands now."""
        one = update.record
        return {
            **self._who(one),
            "date": one.begun_on,
            "opportunity": one.number,
            "name": one.name,
            "stage": one.stage,
            "outcome": one.outcome,
            "amount": _fine(one.amount),
            "probability": None if one.probability is None else one.probability * RATE_SCALE // 100,
            "expected": one.expected_on,
            "closed": one.closed_on,
            "competitor": one.competitor,
            "reason": one.reason,
            "product_line": self.lines.get(one.product, ""),
            "product": one.product,
            "customer": one.customer,
            "note": one.note,
            **_origin(update),
        }

    def stages(self, update: Update) -> Iterator[Row]:
        """The stage that it came into, where it did."""
        for change in update.changes.all():
            if change.field == "stage" and not update.batch:
                yield {
                    **self._who(update.record),
                    "date": update.day,
                    "opportunity": update.record.number,
                    "stage": change.new,
                    "from_stage": change.old,
                    **_origin(update),
                }

    def overlay(self, update: Update) -> Row:
        """How people here see a record of another system, as it stands now."""
        one = update.record
        return {
            **self._who(one),
            "date": update.day,
            "opportunity": one.number,
            "amount": _fine(one.seen_amount),
            "expected": one.seen_expected_on,
            "seen": one.seen_note,
            "person": update.person,
            **_origin(update),
        }

    def update(self, update: Update) -> Row:
        """That somebody submitted it, and whether in time."""
        return {
            **self._who(update.record),
            "date": update.day,
            "update": f"{update.record.number}/{update.position}",
            "register": REGISTER,
            "record": update.record.number,
            "on_time": "yes" if update.is_on_time else "no",
            "within_day": "yes" if update.is_within_day else "no",
            "person": update.person,
            **_origin(update),
        }

    def _who(self, record: Opportunity) -> Row:
        code = record.seat.code if record.seat else ""
        return {"region": self.regions.get(code, ""), "seat": code, "person": record.person}


def _origin(update: Update) -> Row:
    return {FILE: REGISTER, ROW: update.pk}


def _fine(amount: int | None) -> int | None:
    return None if amount is None else amount * FINE
