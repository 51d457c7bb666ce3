"""QuotaLoom 织标: one sales number becomes a plan that everybody can carry."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["decompose"]

VERBS = "quotaloom.cycle.api"  # named in text: the root stands on no floor, and imports no other


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module's name may hold
    """The verbs, imported when they are first asked for."""
    if name in __all__:
        return getattr(import_module(VERBS), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
