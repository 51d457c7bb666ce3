"""The head of a plan file: what the plan is before its first edit. It never changes.

Its digest is the hash before the first record, and it names the cells that the plan began with.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

from quotaloom.core.allocation.journal.edit import GRAMMAR
from quotaloom.core.model.names import nearest_names
from quotaloom.core.model.periods import FIRST_YEAR, FiscalCalendar, Kind
from quotaloom.planfile.axis_text import read_axis, say_axis
from quotaloom.planfile.clause import Clause, Said, read_clauses, refuse
from quotaloom.planfile.head_text import read_calendar, read_measure, say_calendar, say_measure
from quotaloom.planfile.number import read_count, read_digest, read_grammar
from quotaloom.planfile.piece import Piece, read_name, read_names, word
from quotaloom.planfile.reading import Reading, one_of

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.core.model.findings import Finding

_ONCE: Final = ("plan", "calendar")
_VERBS: Final = (*_ONCE, "measure", "axis")


@dataclass(frozen=True, eq=False)
class Definition:
    """What a plan is: its name, calendar, measures, layers and axes, and the figures it began with.

    ``kind`` is the length of its periods. ``figures`` is the digest of the first cells, as
    ``write_figures`` makes them; ``references`` names the read-only figures among them. The first
    ``elapsed`` periods are locked.
    """

    name: str
    currency: str
    year: int
    kind: Kind
    calendar: FiscalCalendar
    measures: tuple[PlanMeasure, ...]
    layers: tuple[str, ...]
    axes: tuple[Axis, ...]
    figures: str
    references: tuple[str, ...] = ()
    elapsed: int = 0


def write_definition(one: Definition) -> str:
    """The canonical text of a definition. DataRefused for a name that no file can hold."""
    head = Said(
        "plan",
        [word(one.name)],
        [
            ("grammar", str(GRAMMAR)),
            ("currency", word(one.currency)),
            ("year", str(one.year)),
            ("periods", one.kind),
            ("elapsed", str(one.elapsed) if one.elapsed else ""),
            ("layers", ", ".join(map(word, one.layers))),
            ("references", ", ".join(map(word, one.references))),
            ("figures", one.figures),
        ],
    )
    rest = [say_calendar(one.calendar), *map(say_measure, one.measures), *map(say_axis, one.axes)]
    return "\n".join(map(str, [head, *rest]))


def read_definition(text: str, *, file: str = "") -> Definition:
    """The definition of a text. Raises DataRefused with all that is wrong in it."""
    clauses, findings = read_clauses(text, file=file)
    readings: dict[str, list[Reading]] = {verb: [] for verb in _VERBS}
    refused = list(findings)
    for clause in clauses:
        if clause.verb.text in readings:
            readings[clause.verb.text].append(Reading(clause, {}))
        else:
            near = "、".join(nearest_names(clause.verb.text, _VERBS))
            refused.append(clause.verb.fault("planfile.verb_unknown", nearest=near))
    for verb in _ONCE:
        refused += [one.clause.verb.fault("planfile.clause_twice") for one in readings[verb][1:]]
        readings[verb] = readings[verb][:1] or [Reading(_missing(verb, file), {})]
    definition = _definition(readings)
    refused += _twice(definition, file)
    refuse(
        [*refused, *(fault for each in readings.values() for one in each for fault in one.faults())]
    )
    return definition


def _definition(readings: dict[str, list[Reading]]) -> Definition:
    (head,), (calendar,) = readings["plan"], readings["calendar"]
    head.needed("grammar", read_grammar, GRAMMAR)
    return Definition(
        name=head.about(read_name, ""),
        currency=head.needed("currency", read_name, ""),
        year=head.needed("year", read_count, FIRST_YEAR),
        kind=head.needed("periods", one_of(get_args(Kind)), "month"),
        calendar=read_calendar(calendar),
        measures=tuple(map(read_measure, readings["measure"])),
        layers=head.needed("layers", read_names, ()),
        axes=tuple(map(read_axis, readings["axis"])),
        figures=head.needed("figures", read_digest, ""),
        references=head.option("references", read_names, ()),
        elapsed=head.option("elapsed", read_count, 0),
    )


def _missing(verb: str, file: str) -> Clause:
    """A clause that is not there, so that what is missing in it is told."""
    return Clause(Piece(verb, file=file), (), ())


def _twice(one: Definition, file: str) -> list[Finding]:
    """What bears a name that only one may bear."""
    kinds = (
        [measure.code for measure in one.measures],
        [axis.name for axis in one.axes],
        one.layers,
        one.references,
    )
    found = [name for names in kinds for name, count in Counter(names).items() if count > 1]
    return [Piece(name, file=file).fault("planfile.name_twice") for name in found if name]
