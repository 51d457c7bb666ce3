"""The grammar of a plan's edits, version 1: a text is edits, and edits are a text.

What ``write_edits`` writes, ``read_edits`` reads back equal. A person's text may differ in order,
blanks and full-width signs, and say 35万 for 350000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.names import nearest_names
from quotaloom.planfile import verb_amount, verb_layer, verb_member, verb_state
from quotaloom.planfile.clause import read_clauses, refuse
from quotaloom.planfile.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.model.findings import Finding
    from quotaloom.planfile.clause import Clause
    from quotaloom.planfile.number import Measures

_ALL: Final = (*verb_amount.VERBS, *verb_layer.VERBS, *verb_state.VERBS, *verb_member.VERBS)
_BY_WORD: Final = {word: verb for verb in _ALL for word in verb.words}
_BY_EDIT: Final = {verb.edit: verb for verb in _ALL}
WORDS: Final = tuple(_BY_WORD)
"""Every word that may open an edit."""


def write_edit(edit: Edit, measures: Measures) -> str:
    """The edit in its one canonical text, of whole lines. Amounts stand in 元 or as counts.

    Raises DataRefused for a name that is empty or holds control signs, and an unknown measure.
    """
    return str(_BY_EDIT[type(edit)].say(edit, measures))


def write_edits(edits: Iterable[Edit], measures: Measures) -> str:
    """Edits one after the other."""
    return "".join(write_edit(edit, measures) for edit in edits)


def read_edits(text: str, measures: Measures, *, file: str = "") -> tuple[Edit, ...]:
    """The edits of a text. Raises DataRefused with all that is wrong in it, line by line."""
    clauses, findings = read_clauses(text, file=file)
    edits: list[Edit] = []
    refused: list[Finding] = list(findings)
    for clause in clauses:
        try:
            edits.append(read_edit(clause, measures))
        except DataRefused as fault:
            refused += fault.findings
    refuse(sorted(refused, key=_place))
    return tuple(edits)


def read_edit(clause: Clause, measures: Measures) -> Edit:
    """The edit of one clause. Raises DataRefused with all that is wrong in it."""
    verb = _BY_WORD.get(clause.verb.text)
    if verb is None:
        near = "、".join(nearest_names(clause.verb.text, WORDS))
        raise clause.verb.refused("planfile.verb_unknown", nearest=near)
    reading = Reading(clause, measures)
    edit = verb.read(reading)
    reading.close()
    return cast("Edit", edit)


def _place(finding: Finding) -> tuple[int, int]:
    return int(finding.params["row"]), int(finding.params["column"])
