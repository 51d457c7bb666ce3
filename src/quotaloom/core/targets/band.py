"""The bands that the factors must lie in, edges included (1.3–1.5, 0.8–1.2, 0.7–1.2)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.targets.target import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.core.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Band:
    """A named factor and the closed interval that it must lie in."""

    name: str
    low: Fraction
    high: Fraction

    def refuse(self, value: Fraction, subject: str = "") -> Iterator[Finding]:
        """The finding against a value outside the band; none inside."""
        if not self.low <= value <= self.high:
            yield error(
                "calibrate.factor_out_of_band",
                subject or self.name,
                factor=self.name,
                value=plain(value),
                low=plain(self.low),
                high=plain(self.high),
            )


HQ_FACTOR: Final = Band("hq_factor", Fraction(13, 10), Fraction(15, 10))
POTENTIAL: Final = Band("potential", Fraction(8, 10), Fraction(12, 10))
RESOURCE: Final = Band("resource", Fraction(8, 10), Fraction(12, 10))  # only where asked (F-02 b)
GRADE: Final = Band("grade", Fraction(7, 10), Fraction(12, 10))
RAMP: Final = Band("ramp", Fraction(0), Fraction(1))


def refuse_unknown(setting: str, value: object, allowed: tuple[object, ...]) -> None:
    """Raise UsageRefused where a named setting has none of its values."""
    if value not in allowed:
        names = ", ".join(str(one) for one in allowed)
        raise UsageRefused(
            [error("calibrate.unknown_setting", setting, value=str(value), allowed=names)]
        )
