"""What a line of a tracking says: attainment, lag and colour of one node in one period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.attainment.ratio import attainment, lag, light
from quotaloom.core.attainment.tree import WHOLE
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from quotaloom.core.attainment.ratio import Light
    from quotaloom.cycle.track.verb import Tracking


@dataclass(frozen=True, slots=True)
class Line:
    """One node and period; amounts in 分, None where nothing can be said.

    ``overlay`` counts towards the attainment of its own node, and in no sum.
    """

    path: tuple[str, ...]
    period: str
    credit: int
    quota: int | None
    attainment: Fraction | None
    lag: Fraction | None
    light: Light | None
    overlay: int = 0


def lines(tracking: Tracking, *, period: str | None = None) -> Iterator[Line]:
    """The lines in the order of the nodes; of one period only where it is given."""
    columns = tracking.nodes.select("path", "period", "credit", "quota", "overlay")
    for path, label, credit, quota, overlay in columns.iter_rows():
        if period is not None and label != period:
            continue
        attained = attainment(credit + overlay, quota)
        behind = lag(attained, tracking.gone.get(label))
        seen = light(behind)
        yield Line(tuple(path), label, credit, quota, attained, behind, seen, overlay)


def behind_a_green_total(tracking: Tracking) -> list[Line]:
    """The nodes below the top that are yellow or red while the whole is green, worst first."""
    whole = list(lines(tracking, period=WHOLE))
    if not whole or whole[0].light != "green":
        return []
    hidden = [one for one in whole[1:] if one.light in ("yellow", "red")]
    return sorted(hidden, key=lambda one: (-(one.lag or 0), one.path))


def percent(ratio: Fraction | None, decimals: int = 2) -> str:
    """A ratio as a percentage with so many decimals, halves away from zero; "—" for None."""
    if ratio is None:
        return "—"
    return fixed(ratio * 100, decimals) + " %"


def fixed(value: Fraction, decimals: int) -> str:
    """A number with so many decimals, halves away from zero."""
    scaled = half_up(value * 10**decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole:,}" + (f".{rest:0{decimals}}" if decimals else "")
