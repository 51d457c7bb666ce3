"""The real data sets beside the project, where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"


def shared(path: str) -> Path:
    """A file of the shared data; the test is skipped where the folder is missing."""
    found = FOLDER / path
    if not found.exists():
        pytest.skip(f"the shared data set {path} is not here")
    return found
