"""A benchmark is a file ``spec_*.py`` with a ``SPEC``; nothing else has to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SLACK = 0.7  # a ratio may be this much of its line before --check complains


@dataclass(frozen=True, slots=True)
class Line:
    """One measured ratio, ours / peer, and what it must reach. Seconds are medians.

    Without a peer ``reach`` counts ``unit``. ``reach=1/30`` reads "30 times faster".
    """

    task: str
    ours: float
    reach: float
    peer: str = ""
    theirs: float = 1.0
    stretch: float | None = None
    note: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Ours in units of the peer."""
        return self.ours / self.theirs

    @property
    def verdict(self) -> str:
        """Where the ratio stands."""
        if self.stretch is not None and self.ratio <= self.stretch:
            return "stretch"
        if self.ratio <= self.reach:
            return "reached"
        return "within slack" if self.ratio * SLACK <= self.reach else "MISSED"


@dataclass(frozen=True, slots=True)
class Skip:
    """A line that cannot be measured here, and why."""

    task: str
    reason: str


@dataclass(frozen=True, slots=True)
class Spec:
    """A benchmark: its name on the command line, and what it measures, line by line."""

    name: str
    measure: Callable[[], Iterable[Line | Skip]]


def specs() -> dict[str, Spec]:
    """Every benchmark of this folder, by name."""
    files = sorted(Path(__file__).parent.glob("spec_*.py"))
    found: list[Spec] = [import_module(f"benchmarks.{file.stem}").SPEC for file in files]
    return {spec.name: spec for spec in found}
