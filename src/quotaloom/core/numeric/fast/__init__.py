"""The same numbers faster: compiled twins of the NumPy engine, where the extra is installed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from quotaloom.core.numeric.groups import Bytes, Ints, Mask, Reals

    Task = tuple[Ints, Ints, Ints, Ints]  # totals, weights, starts, rank
    Hold = tuple[Bytes, Ints]  # held (1 or 0), kept

WARM = 50_000  # cells from which loaded kernels are asked
COLD = 5_000_000  # cells for which it pays to load them; the very first time they are compiled, too


class Kernels(Protocol):
    """What the compiled module offers.

    An array that is not given is empty; ``equal`` says that a group without weight is split
    equally. A splitting kernel answers -1, or the first group that it leaves to NumPy.
    """

    def split(self, task: Task, equal: int, out: Ints) -> int:
        """Largest remainder, as ``apportion``."""

    def split_held(self, task: Task, hold: Hold, equal: int, out: Ints) -> int:
        """The same around held cells."""

    def split_bounded(
        self, task: Task, edges: tuple[Ints, Ints], hold: Hold, equal: int, out: Ints
    ) -> int:
        """The same between the lower and the upper bound of each cell."""

    def real_shares(self, totals: Reals, weights: Reals, starts: Ints, out: Reals) -> None:
        """Shares that are not rounded."""

    def roll_rows(self, leaves: Ints, rows: Ints, first: Ints, past: Ints, cube: Ints) -> None:
        """Leaves to their nodes."""

    def roll_axis(self, cube: Ints, rows: Ints, parents: Ints, newest: Mask, inner: int) -> None:
        """Each node of one axis into its parent."""


@cache
def compiled() -> Kernels | None:
    """Load the compiled kernels; None where numba is not installed.

    What runs for long calls this once at its start; from then on smaller work is worth it.
    """
    try:
        import_module("numba")
    except ImportError:
        return None
    return cast("Kernels", import_module("quotaloom.core.numeric.fast.kernels"))


def kernels_for(cells: int) -> Kernels | None:
    """The compiled kernels where they are installed and the work is worth asking them."""
    loaded = compiled.cache_info().currsize > 0
    return compiled() if cells >= (WARM if loaded else COLD) else None
