"""Figures of measures as the cockpit's pages show them: name, meaning, growth, way to the rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from quotaloom.web.cockpit.shown import decimal, growth, percent, points
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from quotaloom.core.model.measures.definition import Definition
    from quotaloom.core.model.measures.quantity import Unit
    from quotaloom.cycle.cockpit.lens import Source, Tile

SHARE: Final = 10**6
PIECES: Final = 10**4


@dataclass(frozen=True, slots=True)
class Head:
    """A measure's code, name, meaning and unit in the language of the page."""

    code: str
    name: str
    meaning: str
    unit: Unit


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
    return Head(code, one.names[at], one.meanings[at], one.counts.unit)


def told(source: Source, tile: Tile) -> Told:
    """A tile as it is shown."""
    of = head(source, tile.code)
    return Told(of, tile.now, _change(of.unit, tile.now, tile.ago))


def _change(unit: Unit, now: int | None, ago: int | None) -> str:
    if now is None or ago is None:
        return "—"
    if unit == "share":
        return f"{points(Fraction((now - ago) * 100, SHARE))} pp"
    return growth(now, ago)


def plain(value: int | None, unit: Unit) -> str:
    """A figure that is no money, with its unit; a dash for none."""
    if value is None:
        return "—"
    if unit == "share":
        return percent(Fraction(value, SHARE))
    if unit == "day":
        return _("%(days)s days") % {"days": decimal(Fraction(value, PIECES), 1)}
    return decimal(Fraction(value, PIECES), 0 if value % PIECES == 0 else 1)
