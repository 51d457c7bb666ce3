"""The declared kinds of facts as formulas see them: what each column counts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.measures.quantity import Quantity, Stage, Tax
from quotaloom.core.model.measures.source import Source
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.measures.source import Held
    from quotaloom.warehouse.tables.column import Column, Kind

STAGES: Final[Mapping[str, Stage]] = {
    "order_lines": "booked",
    "contracts": "booked",
    "contract_lines": "booked",
    "deliveries": "shipped",
    "acceptances": "accepted",
    "invoices": "invoiced",
    "schedules": "invoiced",
    "receipts": "collected",
    "allocations": "collected",
    "returns": "returned",
}
RECOGNISED: Final = ("acceptances", "net_amount")
"""Revenue is recognised without tax, when the customer has accepted."""
SCORE: Final = ("surveys", "score")
WITHOUT_TAX: Final = frozenset({"net_amount", "cost"})


@cache
def sources() -> Mapping[str, Source]:
    """Every kind of facts, by its name."""
    members = {"customer": "customers"}
    return {
        kind.name: Source(
            kind.name,
            {column.name: _held(kind, column) for column in kind.columns},
            {name: of for name, of in members.items() if _has(kind, name) and of != kind.name},
        )
        for kind in KINDS.values()
    }


def _has(kind: Kind, name: str) -> bool:
    return any(column.name == name for column in kind.columns)


def _held(kind: Kind, column: Column) -> Held:
    if column.value == "day":
        return "day"
    if column.value == "money":
        return _money(kind.name, column.name)
    if column.value == "quantity":
        return Quantity("point" if (kind.name, column.name) == SCORE else "count")
    return Quantity("share") if column.value == "rate" else "text"


def _money(kind: str, column: str) -> Quantity:
    tax: Tax = "excluded" if column in WITHOUT_TAX else "included"
    stage: Stage = STAGES.get(kind, "")
    return Quantity("money", tax, "recognised" if (kind, column) == RECOGNISED else stage)
