"""The same numbers faster: compiled twins of the NumPy engine, where the extra is installed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from numpy import generic, int32, integer
    from numpy.typing import NDArray

    from quotaloom.core.numeric.groups import Bytes, Ints, Mask, Reals

    Codes = NDArray[int32]
    Table = tuple[Reals, Ints, Ints, Codes]  # seed, first cell of rows, window edges, columns
    Factors = tuple[Reals, Reals]  # of rows, of columns
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

    def row_sums(
        self, seed: Reals, starts: Ints, columns: Codes, factors: Reals, out: Reals
    ) -> None:
        """Each row of a table, its cells times the factors of their columns."""

    def column_sums(self, table: Table, factors: Reals, out: Reals) -> None:
        """Each column, its cells times the factors of their rows."""

    def free_column_sums(self, table: Table, moving: Bytes, factors: Reals, out: Reals) -> None:
        """The same over the cells that are marked."""

    def product(
        self, seed: Reals, starts: Ints, columns: Codes, factors: Factors, out: Reals
    ) -> None:
        """Each cell times both its factors."""

    def leaves(self, table: Table, factors: Factors, bounds: Factors) -> bool:
        """Whether a cell of the product lies outside of its bounds."""

    def cut(
        self,
        table: Table,
        factors: Factors,
        bounds: Factors,
        out: Reals,
        sums: tuple[Reals, Reals],
    ) -> bool:
        """The product within its bounds, with sums of rows and columns; False: not all finite."""

    def parted(
        self,
        table: Table,
        factors: Factors,
        bounds: Factors,
        moving: Bytes,
        sums: tuple[Reals, Reals, Reals],
    ) -> None:
        """Which cells lie between their bounds, their row sums, row and column sums of others."""

    def group_sums(self, codes: Codes, cells: Ints, out: Ints) -> None:
        """Exact sums by group."""

    def line_sums(self, cells: NDArray[integer], starts: Ints, out: Ints) -> None:
        """Exact sums of runs."""

    def still_cells(self, seed: Reals, low: Ints, high: Ints, cells: Ints, moving: Mask) -> int:
        """Which cells can move."""

    def nests(self, finer: Codes, coarser: Codes, over: Codes) -> bool:
        """The coarser group around each finer one."""

    def seats(self, rows: Codes, columns: Codes, width: int, taken: Codes) -> bool:
        """The cell on each place of a full table."""

    def seated(self, taken: Codes, width: int, order: Ints, rows: Codes, columns: Codes) -> None:
        """The cells of the taken places in order."""

    def gather(self, cells: NDArray[generic], order: Ints, out: NDArray[generic]) -> None:
        """The cells in another order."""

    def on_grid(self, cells: Reals, grid: int, whole: Ints, part: Codes) -> None:
        """Whole part and fraction."""

    def running(self, part: Codes, starts: Ints, begin: Ints, bits: int, out: Codes) -> None:
        """The units that running totals pass."""


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
