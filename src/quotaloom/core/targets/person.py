"""A person's target: last year's base × (1 + growth) × grade 0.7–1.2 (E7, F-03)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Literal, get_args

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info, warning
from quotaloom.core.targets.band import GRADE, RAMP, refuse_unknown
from quotaloom.core.targets.target import Target, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quotaloom.core.model.findings import Finding

PersonReading = Literal["level", "growth", "literal"]


@dataclass(frozen=True, slots=True)
class Person:
    """One person. ``base`` is last year's amount; a new hire has none but a ``ramp`` of 0..1.

    A new hire's base is the median base of the ``peers`` group (the people who name the same
    group and have a base), times the ramp.
    """

    code: str
    grade: str
    growth: Fraction
    base: Fraction | None = None
    peers: str = ""
    ramp: Fraction | None = None


def person_targets(
    people: Iterable[Person],
    grades: Mapping[str, Fraction],
    *,
    reading: PersonReading = "level",
) -> tuple[Target, ...]:
    """One target a person, in their order. Raises DataRefused with every refusal at once.

    ``level``: base × (1 + g) × c. ``growth``: base × (1 + g×c). ``literal``: base × g × c, which
    is only the increment. ``grades`` gives the coefficient c of each grade.
    """
    refuse_unknown("person_reading", reading, get_args(PersonReading))
    people = tuple(people)
    bases = _bases_of_peers(people)
    refused = [finding for grade in grades for finding in GRADE.refuse(grades[grade], grade)]
    refused += [finding for person in people for finding in _refusals(person, grades, bases)]
    if refused:
        raise DataRefused(refused)
    return tuple(_target(person, grades[person.grade], bases, reading) for person in people)


def _bases_of_peers(people: tuple[Person, ...]) -> dict[str, list[Fraction]]:
    bases: dict[str, list[Fraction]] = {}
    for person in people:
        if person.base is not None:
            bases.setdefault(person.peers, []).append(Fraction(person.base))
    return bases


def _target(
    person: Person, grade: Fraction, bases: Mapping[str, list[Fraction]], reading: str
) -> Target:
    trace: dict[str, Fraction | str] = {"reading": reading}
    if person.base is None:
        middle, ramp = median(bases[person.peers]), person.ramp or Fraction(0)
        trace |= {"peers": person.peers, "peer_median": middle, "ramp": ramp}
        base = middle * ramp
    else:
        base = Fraction(person.base)
    multiple = {
        "level": (1 + person.growth) * grade,
        "growth": 1 + person.growth * grade,
        "literal": person.growth * grade,
    }[reading]
    trace |= {"base": base, "growth": person.growth, "grade": grade}
    findings = tuple(_remarks(person, base, reading))
    return Target(person.code, base * multiple, multiple - 1, trace, findings)


def _refusals(
    person: Person, grades: Mapping[str, Fraction], bases: Mapping[str, list[Fraction]]
) -> Iterator[Finding]:
    if person.grade not in grades:
        known = ", ".join(sorted(grades))
        yield error("calibrate.unknown_grade", person.code, grade=person.grade, known=known)
    if person.base is not None:
        if person.base < 0:
            yield error("calibrate.base_negative", person.code, base=plain(person.base))
        return
    if person.ramp is None:
        yield error("calibrate.ramp_missing", person.code)
    else:
        yield from RAMP.refuse(person.ramp, person.code)
    if person.peers not in bases:
        yield error("calibrate.no_peers", person.code, peers=person.peers)


def _remarks(person: Person, base: Fraction, reading: str) -> Iterator[Finding]:
    if person.base is None:
        yield info("calibrate.new_hire", person.code, base=plain(base))
    elif person.base == 0:
        yield warning("calibrate.base_zero", person.code)
    if reading == "literal":
        yield warning("calibrate.literal_reading", person.code)
