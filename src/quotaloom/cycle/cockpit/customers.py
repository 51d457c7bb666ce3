"""Customers: new and existing ones, how often and how much they buy, and who buys most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.cycle.cockpit.lens import tiles

if TYPE_CHECKING:
    from quotaloom.cycle.cockpit.lens import Figures, Lens, Source, Tile

TILES: Final = (
    "new_customers",
    "existing_customers",
    "average_order_value",
    "repurchase_rate",
    "retention_rate",
    "return_rate",
)
TOP: Final = ("ordered_net", "ordered_net.share", "orders")
INDUSTRIES: Final = ("ordered_net", "ordered_net.share", "active_customers")
MOST: Final = 10

Ranked = tuple[tuple[str, "Figures"], ...]


@dataclass(frozen=True, slots=True)
class Customers:
    """The figures of all, of the largest customers, and of each industry, the largest first."""

    tiles: tuple[Tile, ...]
    top: Ranked
    industries: Ranked


def customers(source: Source, lens: Lens) -> Customers:
    """The customers of a period."""
    return Customers(
        tiles(source, lens, TILES),
        _ranked(source, lens, TOP, "customer")[:MOST],
        _ranked(source, lens, INDUSTRIES, "industry"),
    )


def _ranked(source: Source, lens: Lens, codes: tuple[str, ...], by: str) -> Ranked:
    """The members of a column by what they bought; those who bought nothing are left out."""
    found = source.grouped(lens, codes, (by,))
    there = [(name, told) for (name,), told in found.items() if told[codes[0]]]
    return tuple(sorted(there, key=lambda one: (-(one[1][codes[0]] or 0), one[0])))
