"""Figures of measures as the cockpit's pages show them: name, meaning, growth, way to the rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from quotaloom.core.model.money import MINOR, half_up
from quotaloom.web.cockpit.shown import decimal, growth, percent, points
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from quotaloom.core.model.measures.definition import Definition
    from quotaloom.cycle.cockpit.lens import Source, Tile
    from quotaloom.report.module_file import Figured

SHARE: Final = 10**6
PIECES: Final = 10**4


@dataclass(frozen=True, slots=True)
class Head:
    """A measure's code, name, meaning and unit in the language of the page.

    Money apiece (a ratio) is a ``price``: in 元, for in larger units prices look alike.
    """

    code: str
    name: str
    meaning: str
    unit: Figured

    @property
    def column(self) -> str:
        """The name as the head of a column; of a price with its unit."""
        return _("%(name)s (CNY)") % {"name": self.name} if self.unit == "price" else self.name


@dataclass(frozen=True, slots=True)
class Told:
    """A tile: the measure, its figure, and the change on a year before."""

    head: Head
    value: int | None
    change: str


def head(source: Source, code: str) -> Head:
    """What the dictionary says of a measure."""
    one: Definition = source.dictionary.find(code)
    at = 0 if language() == "zh" else 1
    is_price = one.kind == "ratio" and one.counts.unit == "money"
    unit: Figured = "price" if is_price else one.counts.unit
    return Head(code, one.names[at], one.meanings[at], unit)


def told(source: Source, tile: Tile) -> Told:
    """A tile as it is shown."""
    of = head(source, tile.code)
    return Told(of, tile.now, _change(of.unit, tile.now, tile.ago))


def _change(unit: Figured, now: int | None, ago: int | None) -> str:
    if now is None or ago is None:
        return "—"
    if unit == "share":
        return f"{points(Fraction((now - ago) * 100, SHARE))} pp"
    return growth(now, ago)


def share(value: Fraction | None) -> int | None:
    """A ratio as measures scale it, in millionths."""
    return None if value is None else half_up(value * SHARE)


def plain(value: int | None, unit: Figured) -> str:
    """A figure that is no money, with its unit; a dash for none."""
    if value is None:
        return "—"
    if unit == "share":
        return percent(Fraction(value, SHARE))
    if unit == "price":
        return decimal(Fraction(value, MINOR), 2)
    if unit == "day":
        return _("%(days)s days") % {"days": decimal(Fraction(value, PIECES), 1)}
    return decimal(Fraction(value, PIECES), 0 if value % PIECES == 0 else 1)
