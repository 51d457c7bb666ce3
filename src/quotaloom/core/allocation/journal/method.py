"""The methods by which a wish becomes cells: what each needs, and the version that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.edit import Method

SHARING: Final[Mapping[str, tuple[str, ...]]] = {
    "proportional": (),
    "equal": (),
    "by_reference": ("reference",),
    "blend": ("reference", "weights"),
    "by_weights": ("weights",),
    "seasonal": ("weights",),
    "pattern": ("weights",),
}
"""The methods that share a typed total out, with the options that each must be given."""
FILLING: Final[Mapping[str, tuple[str, ...]]] = {
    "repeat": ("amount",),
    "straight_line": ("amount", "end"),
    "growth": ("amount", "rate"),
    "percent": ("rate",),
    "by_reference": ("reference",),
    "blend": ("reference", "weights"),
}
"""The methods that say themselves how much the cells hold."""
PHASED: Final = ("by_weights", "seasonal", "pattern", "straight_line", "growth")
"""The methods that first cut an amount over time, or over the children of an axis."""
VERSIONS: Final = {f"{name}@1" for name in (*SHARING, *FILLING, "rake", "calibrate", "reconcile")}
"""What this house can replay. A method that ever answers otherwise gets another number."""


def versioned(name: str) -> str:
    """The method as records name it."""
    return f"{name}@1"


def check_method(
    method: Method, known: Mapping[str, tuple[str, ...]], amount: int | None = None
) -> None:
    """Refuse a method that the verb does not know, and one that lacks what it reads."""
    if method.name not in known:
        shown = "、".join(known)
        raise UsageRefused([error("edit.unknown_method", method.name, methods=shown)])
    given = {
        "amount": amount is not None,
        "reference": bool(method.references),
        "weights": bool(method.weights or method.place),
        "rate": method.rate is not None,
        "end": method.end is not None,
    }
    lacking = [option for option in known[method.name] if not given[option]]
    if lacking:
        raise UsageRefused([error("edit.method_lacks", method.name, options="、".join(lacking))])
    _check_references(method)


def _check_references(method: Method) -> None:
    """One slice to follow, or as many weights in the mix of a blend as it has slices."""
    wanted = len(method.weights) if method.name == "blend" else 1
    if method.references and len(method.references) != wanted:
        raise UsageRefused(
            [
                error(
                    "edit.reference_count",
                    method.name,
                    references=len(method.references),
                    wanted=wanted,
                )
            ]
        )
