"""The crediting rules of the data folder, as they are now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.track.crediting import RULES, Crediting, read_crediting
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Ruled:
    """The rules, None where there are none or they cannot be used; ``faults`` say why."""

    crediting: Crediting | None = None
    digest: str = ""
    faults: tuple[Finding, ...] = ()

    def refused(self, faults: Sequence[Finding]) -> Ruled:
        """The same rules; none where the facts have shown faults in them."""
        return replace(self, crediting=None, faults=tuple(faults)) if faults else self


def ruled(level: str) -> Ruled:
    """The rules by which the members of a level are credited."""
    path = Path(settings.HOME, RULES)
    if not path.exists():
        return Ruled()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        return Ruled(read_crediting(path, level, KINDS["order_lines"]), digest)
    except DataRefused as refusal:
        return Ruled(None, digest, tuple(refusal.findings))
