"""The hash chain of the audit rows: canonical text in, digest out."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHM = "sha256"
START = "0" * 64


def digest(row: Mapping[str, object], previous: str, algorithm: str = ALGORITHM) -> str:
    """The digest of a row that follows ``previous``; keys sorted, no blanks, UTF-8."""
    text = json.dumps([previous, row], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.new(algorithm, text.encode()).hexdigest()
