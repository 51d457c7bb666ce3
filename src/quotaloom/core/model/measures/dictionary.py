"""All measures together: each formula checked against the facts and the measures it names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.measures.check import told_of
from quotaloom.core.model.measures.expression import STANDS_FOR_ANY, Reference, replaced, walk
from quotaloom.core.model.measures.scope import Scope, Told
from quotaloom.core.model.names import nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.model.measures.definition import Definition
    from quotaloom.core.model.measures.expression import Node
    from quotaloom.core.model.measures.source import Source

MOST_PARTS: Final = 1000  # of a formula with all measures that it names written out


@dataclass(frozen=True)
class Dictionary:
    """The measures that count on one day, in the order in which they were told."""

    definitions: Mapping[str, Definition]
    sources: Mapping[str, Source]

    def find(self, code: str) -> Definition:
        """The measure of a code; ``booked.share`` is a derivation of another measure.

        Raises UsageRefused for an unknown one, naming the nearest.
        """
        base, _, derived = code.partition(".")
        found = self._known(base)
        return self._derived(found, self._known(derived)) if derived else found

    def _known(self, code: str) -> Definition:
        if code in self.definitions:
            return self.definitions[code]
        nearest = ", ".join(nearest_names(code, self.definitions))
        raise UsageRefused([error("measure.unknown", code, name=code, nearest=nearest)])

    def _derived(self, base: Definition, how: Definition) -> Definition:
        if how.group != "any" or base.group == "any":
            raise UsageRefused([error("measure.no_derivation", how.code)])
        expression = replaced(how.expression, STANDS_FOR_ANY, Reference(base.code))
        code = f"{base.code}.{how.code}"
        scope = Scope(code, self.sources, tolds(self.definitions.values()))
        told = told_of(expression, scope)
        if told is None or told.counts is None:
            raise UsageRefused(scope.findings)
        zh, en = (f"{one} · {other}" for one, other in zip(base.names, how.names, strict=True))
        return replace(
            base,
            code=code,
            names=(zh, en),
            meanings=how.meanings,
            formula=how.formula.replace(STANDS_FOR_ANY, base.code),
            expression=expression,
            kind=told.kind,
            counts=told.counts,
        )

    def written_out(self, definition: Definition) -> Node:
        """The formula of a measure without references to others."""
        found = definition.expression
        while True:
            named = next((one for one in walk(found) if isinstance(one, Reference)), None)
            if named is None:
                return found
            found = replaced(found, named.code, self.definitions[named.code].expression)
            if sum(1 for _ in walk(found)) > MOST_PARTS:
                raise UsageRefused([error("measure.too_large", definition.code, most=MOST_PARTS)])


def tolds(definitions: Iterable[Definition]) -> dict[str, Told]:
    """What each measure says that it counts."""
    return {one.code: Told(one.counts, one.kind) for one in definitions if one.group != "any"}


def dictionary(
    told: Iterable[Definition], sources: Mapping[str, Source], on: date | None = None
) -> Dictionary:
    """The measures as they count on a day (None: the newest of each), all checked.

    Raises DataRefused with everything that is wrong: a version twice, circles, unknown names,
    unlike things added, and a kind or basis that is not what the formula gives.
    """
    versions = list(told)
    refused = _twice(versions)
    chosen = _in_force(versions, on)
    refused += _circles(chosen)
    if not refused:
        refused += [fault for one in chosen.values() for fault in _faults(one, chosen, sources)]
    if refused:
        raise DataRefused(refused)
    return Dictionary(chosen, sources)


def _twice(versions: list[Definition]) -> list[Finding]:
    """A version told twice, and versions that do not follow each other in time."""
    found, last = [], dict[str, "Definition"]()
    for one in sorted(versions, key=lambda each: (each.code, each.version)):
        before = last.get(one.code)
        if before and before.version == one.version:
            found.append(error("measure.version_twice", one.code, version=one.version))
        elif before and (one.since is None or (before.since and one.since <= before.since)):
            found.append(error("measure.version_order", one.code, version=one.version))
        last[one.code] = one
    return found


def _in_force(versions: list[Definition], on: date | None) -> dict[str, Definition]:
    """The newest version of each measure that counts on the day, where it was told first."""
    chosen: dict[str, Definition] = {}
    for one in versions:
        counts = on is None or one.since is None or one.since <= on
        kept = chosen.get(one.code)
        if counts and (kept is None or kept.version < one.version):
            chosen[one.code] = one
    return chosen


def _circles(chosen: Mapping[str, Definition]) -> list[Finding]:
    """The measures that are made of themselves."""
    names = {code: _names(one.expression) & set(chosen) for code, one in chosen.items()}
    left = dict(names)
    while True:
        settled = [code for code, others in left.items() if not others & set(left)]
        if not settled:
            break
        for code in settled:
            del left[code]
    return [error("measure.circle", ", ".join(sorted(left)))] if left else []


def _names(node: Node) -> set[str]:
    return {one.code for one in walk(node) if isinstance(one, Reference)}


def _faults(
    one: Definition, chosen: Mapping[str, Definition], sources: Mapping[str, Source]
) -> list[Finding]:
    known = tolds(chosen.values())
    if one.group == "any":
        known[STANDS_FOR_ANY] = Told(one.counts)
    scope = Scope(one.code, sources, known)
    found = told_of(one.expression, scope)
    if scope.findings or found is None:
        return scope.findings
    if found.counts is None:
        return [error("measure.only_number", one.code)]
    if one.group == "any":
        return []
    said, gives = _words(Told(one.counts, one.kind)), _words(found)
    return [error("measure.not_as_said", one.code, said=said, gives=gives)] if said != gives else []


def _words(told: Told) -> str:
    """What a figure counts, in the words in which a dictionary says it."""
    counts = told.counts
    parts = (told.kind, counts.unit, counts.tax, counts.stage) if counts else (told.kind,)
    return " ".join(part for part in parts if part)
