"""Where in the organisation a paper stands, and what of the organisation a reader sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.warehouse.intake.aliases import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.cycle.track.crediting import Crediting

UNKNOWN: Final = "§"  # before a text that names no member
NOWHERE: Final = ""
_REGION: Final = ("大区", "区域", "region")  # behind a name that papers mostly leave out


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The organisation of today; without members every region is what the papers call it.

    A member that stands no more keeps the place that it had last.

    ``seats`` and ``units`` lead from a text (code or name, plain) to the member that bears it; a
    text that two members bear leads to "". ``seen`` are the members that the reader sees, None:
    all, and the papers that stand nowhere as well. ``crediting`` says whose a contract line is;
    ``is_unruled``: there are rules for it that cannot be used.
    """

    seats: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str | None] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    seen: frozenset[str] | None = None
    crediting: Crediting | None = None
    is_unruled: bool = False

    def place(self, seat: str | None, region: str | None) -> str:
        """The member of a seat, else of a region; a region that is no member stands by itself."""
        unit = self.units.get(plain(region or "")) or self.units.get(short(region or ""))
        member = self.seats.get(plain(seat or "")) or unit
        return member or (UNKNOWN + region if region else NOWHERE)

    def holds(self, place: str) -> bool:
        """Whether the reader sees what stands there."""
        return self.seen is None or place in self.seen

    def region(self, place: str) -> str:
        """The branch below the top that holds a place; the first one seen for who sees less."""
        if place == NOWHERE:
            return UNASSIGNED
        if place.startswith(UNKNOWN):
            return place.removeprefix(UNKNOWN)
        path = self._path(place)
        branches = path[1:] or path
        shown = next((one for one in branches if self.holds(one)), branches[0])
        return self.names.get(shown, shown)

    def stands_in(self, place: str, branch: str) -> bool:
        """Whether a place is a branch, or below it."""
        return place == branch or branch in self._path(place)

    def _path(self, place: str) -> list[str]:
        """The members above a place, the top first, and the place."""
        path = [place]
        while (above := self.parents.get(path[-1])) and above not in path:
            path.append(above)
        return path[::-1]


def short(text: str) -> str:
    """A name as papers say it: 华东大区 as 华东."""
    bare = plain(text)
    return next((bare.removesuffix(one) for one in _REGION if bare.endswith(one)), bare)
