"""A catalogue of measures as a text: the ``measure`` clauses of a definition, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.planfile.clause import read_clauses, refuse
from quotaloom.planfile.head_text import read_measure, say_measure
from quotaloom.planfile.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.allocation.journal.plan import PlanMeasure


def write_measures(measures: Iterable[PlanMeasure]) -> str:
    """The clauses of some measures."""
    return "\n".join(str(say_measure(one)) for one in measures)


def read_measures(text: str, *, file: str = "") -> tuple[PlanMeasure, ...]:
    """The measures of a text. Raises DataRefused with all that is wrong in it, line by line."""
    clauses, findings = read_clauses(text, file=file)
    found, faults = [], list(findings)
    for clause in clauses:
        if clause.verb.text != "measure":
            faults.append(clause.verb.fault("planfile.verb_unknown", nearest="measure"))
            continue
        reading = Reading(clause, {})
        found.append(read_measure(reading))
        faults += reading.faults()
    refuse(faults)
    return tuple(found)
