"""Rules with which a plan is begun or aimed, in the lines of a plan file.

clientele 大区=华东
  base: 900万
  retention: 90%
  expansion: 10%
  first_deal: 5万
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar, get_args

from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import PlanMeasure
from quotaloom.core.allocation.recognition import Pattern
from quotaloom.core.model.names import nearest_names
from quotaloom.core.targets.class_target import CLASSES, TargetClass
from quotaloom.planfile.clause import read_clauses, refuse
from quotaloom.planfile.number import read_amount, read_count, read_rate
from quotaloom.planfile.place_text import read_slice
from quotaloom.planfile.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quotaloom.planfile.piece import Piece

T = TypeVar("T")

LONGEST: Final = 120
"""Months that revenue may be recognised over."""
_MONEY: Final = PlanMeasure("", unit=1)
_NOWHERE: Final = Slice()
_WORDS: Final[dict[str, TargetClass]] = {
    **{one: one for one in CLASSES},
    "核心": "core",
    "成长": "growth",
    "空白": "blank",
    "明星": "star",
    "金牛": "cow",
    "问题": "question",
    "瘦狗": "dog",
}
_PATTERNS: Final[dict[str, Pattern]] = {
    **{one: one for one in get_args(Pattern)},
    "时点": "point",
    "按月": "monthly",
    "里程碑": "milestones",
    "按期": "over_time",
}


@dataclass(frozen=True, slots=True)
class ClienteleRule:
    """Of which members: what existing customers bring again, and what a first deal is, in 分."""

    at: Slice
    base: int
    retention: Fraction
    expansion: Fraction
    first_deal: int


@dataclass(frozen=True, slots=True)
class RecognitionRule:
    """Of which members: the pattern, its months, or its milestones (months after, weight)."""

    at: Slice
    pattern: Pattern
    months: int
    milestones: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AimRule:
    """A member's class and its figures: amounts in 分, counts, rates."""

    at: Slice
    of: TargetClass
    figures: dict[str, Fraction]


Rule = ClienteleRule | RecognitionRule | AimRule


def read_rules(text: str, *, file: str = "") -> tuple[Rule, ...]:
    """The rules of a text. Raises DataRefused with all that is wrong in it, line by line."""
    clauses, findings = read_clauses(text, file=file)
    found, faults = [], list(findings)
    for clause in clauses:
        read = _READ.get(clause.verb.text)
        if read is None:
            near = "、".join(nearest_names(clause.verb.text, _READ))
            faults.append(clause.verb.fault("planfile.verb_unknown", nearest=near))
            continue
        reading = Reading(clause, {})
        found.append(read(reading))
        faults += reading.faults()
    refuse(faults)
    return tuple(found)


def _clientele(reading: Reading) -> Rule:
    return ClienteleRule(
        reading.about(_read_members, _NOWHERE),
        reading.needed("base", _read_money, 0),
        reading.needed("retention", read_rate, Fraction(1)),
        reading.option("expansion", read_rate, Fraction(0)),
        reading.needed("first_deal", _read_money, 1),
    )


def _recognition(reading: Reading) -> Rule:
    at = reading.about(_read_members, _NOWHERE)
    pattern = reading.needed("pattern", _one_of(_PATTERNS), _PATTERNS["point"])
    needs_months = pattern in {"monthly", "over_time"}
    needs_milestones = pattern == "milestones"
    months = reading.needed if needs_months else reading.option
    milestones = reading.needed if needs_milestones else reading.option
    return RecognitionRule(
        at,
        pattern,
        months("months", _read_months, 1),
        milestones("milestones", _read_milestones, ((0, 1),)),
    )


def _aim(reading: Reading) -> Rule:
    at = reading.about(read_slice, _NOWHERE)
    of = reading.needed("class", _one_of(_WORDS), _WORDS["core"])
    kinds = {**dict.fromkeys(_AMOUNTS, _read_money), **dict.fromkeys(_COUNTS, read_count)}
    figures = {name: reading.option(name, kind, None) for name, kind in kinds.items()}
    rates = {name: reading.option(name, read_rate, None) for name in _RATES}
    given = {name: Fraction(one) for name, one in {**figures, **rates}.items() if one is not None}
    return AimRule(at, of, given)


_AMOUNTS: Final = ("base", "first_deal", "margin", "collected", "stock")
_COUNTS: Final = ("logos", "iterations")
_RATES: Final = ("market", "more", "growth", "cut")
_READ: Final = {"clientele": _clientele, "recognition": _recognition, "aim": _aim}


def _one_of(words: Mapping[str, T]) -> Callable[[Piece], T]:
    """Reads one of the words, in either language."""

    def read(piece: Piece) -> T:
        if piece.text not in words:
            raise piece.refused("planfile.word_unknown", known="、".join(words))
        return words[piece.text]

    return read


def _read_members(piece: Piece) -> Slice:
    """Members alone, or all of them: such a rule is about the whole year and the first measure."""
    found = read_slice(piece)
    if found.period or found.measure or found.layer:
        raise piece.refused("rule.members_only")
    return found


def _read_money(piece: Piece) -> int:
    return read_amount(piece, _MONEY)


def _read_months(piece: Piece) -> int:
    found = read_count(piece)
    if not 1 <= found <= LONGEST:
        raise piece.refused("rule.months_range", most=LONGEST)
    return found


def _read_milestones(piece: Piece) -> tuple[tuple[int, int], ...]:
    """Months after the booking and weights: 0=30, 3=40, 6=30."""
    found = []
    for part in piece.split(","):
        sides = part.split("=")
        if len(sides) != 2:
            raise part.refused("rule.milestone_unreadable")
        after, weight = (read_count(side) for side in sides)
        if after >= LONGEST or weight == 0:
            raise part.refused("rule.milestone_unreadable")
        found.append((after, weight))
    return tuple(found)
