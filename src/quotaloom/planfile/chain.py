"""The chain of a journal: each record is sealed over its text, in which the seal before stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.digest import ALGORITHM, HASHES, digest
from quotaloom.planfile.store import Head

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding
    from quotaloom.planfile.store import JournalStore

_LINK: Final = re.compile(
    r"edit (?P<seq>[1-9][0-9]*)\n.*\n  previous: (?P<previous>[0-9a-f]{64})\n"
    r"  (?P<algorithm>[a-z0-9_]+): (?P<seal>[0-9a-f]{64})\n",
    re.DOTALL,
)


class Link(NamedTuple):
    """What ties a record into the chain."""

    seq: int
    previous: str
    hash: str


def sealed(body: str, algorithm: str = ALGORITHM) -> str:
    """The text of a record with its last line, which seals all that is before."""
    return f"{body}  {algorithm}: {_seal(body, algorithm)}\n"


def link(text: str) -> Link | None:
    """The link of a sealed record; None where its seal does not fit its text."""
    match = _LINK.fullmatch(text)
    if not match or match["algorithm"] not in HASHES:
        return None
    body = text[: match.start("algorithm") - 2]
    if _seal(body, match["algorithm"]) != match["seal"]:
        return None
    return Link(int(match["seq"]), match["previous"], match["seal"])


def first_head(definition: str) -> Head:
    """The head of a journal without records."""
    return Head(0, digest(definition.encode()))


def follow(text: str, head: Head) -> Head:
    """The head after one more record. DataRefused where it is not sealed or does not follow."""
    found = link(text)
    if found is None:
        raise DataRefused([error("planfile.record_changed", str(head.position + 1))])
    if (found.seq, found.previous) != (head.position + 1, head.hash):
        raise DataRefused([error("planfile.record_unlinked", str(head.position + 1))])
    return Head(found.seq, found.hash)


def verify(records: Iterable[str], definition: str, *, exported: Head | None = None) -> Head:
    """The head of a sound chain, recomputed from its first record.

    Raises DataRefused that names the first record that was changed, put in, taken out or swapped.
    With a head that was exported earlier it also refuses a chain that lacks it: one that was cut
    or written anew.
    """
    head = first_head(definition)
    seen = exported is None or exported == head
    for text in records:
        head = follow(text, head)
        seen = seen or head == exported
    if exported is not None and not seen:
        raise DataRefused([_missing(exported, head)])
    return head


def verify_store(store: JournalStore, *, exported: Head | None = None) -> Head:
    """The head of a plan's journal after each record was verified; see ``verify``."""
    return verify(store.records(), store.definition(), exported=exported)


def _missing(exported: Head, head: Head) -> Finding:
    if head.position < exported.position:
        return error("planfile.chain_cut", str(head.position), expected=exported.position)
    return error("planfile.chain_rewritten", str(exported.position))


def _seal(body: str, algorithm: str) -> str:
    return HASHES[algorithm](f"{body}  {algorithm}: ".encode())
