"""What else is verified with the audit: records that other apps keep and the audit speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quotaloom.core.model.findings import Finding

PROOFS: list[Callable[[], Iterable[Finding]]] = []


def proof_faults() -> Iterator[Finding]:
    """All that is not as the audit recorded it."""
    for proof in PROOFS:
        yield from proof()
