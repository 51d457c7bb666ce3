"""QuotaLoom 织标: one sales number becomes a plan that everybody can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotaloom.cycle.api import decompose

__all__ = ["decompose"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module's name may hold
    """The verbs, imported when they are first asked for."""
    if name == "decompose":
        from quotaloom.cycle.api import decompose  # noqa: PLC0415 - importing the package is cheap

        return decompose
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
