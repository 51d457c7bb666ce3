"""What the team does: activities, leads and how fast they are followed up, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.cycle.cockpit.lens import tiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.cycle.cockpit.lens import Figures, Lens, Source, Tile

TILES: Final = (
    "activities",
    "visited_customers",
    "leads",
    "follow_up_rate",
    "proposals",
    "quote_conversion_rate",
)
COUNTED: Final = (
    "activities",
    "visits",
    "proposals",
    "quotes",
    "leads",
    "followed_leads",
    "won_deals",
)
"""What adds up from person to team, so that every part is the sum of its own."""


@dataclass(frozen=True, slots=True)
class Doer:
    """A person or a part of the team: its path and figures."""

    path: tuple[str, ...]
    figures: Figures

    @property
    def followed_in_time(self) -> Fraction | None:
        """``follow_up_rate`` of those summed up here; None without a lead."""
        leads, followed = self.figures["leads"], self.figures["followed_leads"]
        return Fraction(followed or 0, leads) if leads else None


@dataclass(frozen=True, slots=True)
class Team:
    """The figures of all, and of each part by its path."""

    tiles: tuple[Tile, ...]
    parts: tuple[Doer, ...]


def team(
    source: Source, lens: Lens, parts: Mapping[tuple[str, ...], Sequence[str]] | None = None
) -> Team:
    """What the team did in a period; ``parts`` hold the members of each part's path.

    Without parts every member of the lens's column is one.
    """
    found = source.grouped(lens, COUNTED, (lens.column,))
    parts = {path: path for path in sorted(found)} if parts is None else parts
    doers = tuple(
        Doer(path, _summed([found.get((one,), {}) for one in members]))
        for path, members in parts.items()
    )
    return Team(tiles(source, lens, TILES), doers)


def _summed(rows: Sequence[Figures]) -> Figures:
    """The counts added up; None where nobody has one."""
    there = {code: [row[code] for row in rows if row.get(code) is not None] for code in COUNTED}
    return {code: sum(values) if values else None for code, values in there.items()}  # type: ignore[arg-type]
