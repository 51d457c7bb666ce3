"""A finished decomposition: its leaves, its margins, its checks and how each number came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.core.model.periods import Period


@dataclass(frozen=True, slots=True)
class Check:
    """One law that was checked: how many times, and how many times it failed."""

    code: str
    count: int
    failed: int
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Margin:
    """A wish as it was written and what was reached, in 分. ``low`` and ``high`` are inclusive."""

    text: str
    kind: Literal["fix", "hold", "bound"]
    low: int | None
    high: int | None
    reached: int


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one node's number came: its weight among its siblings, raw and as a share of them."""

    hierarchy: str
    path: tuple[str, ...]
    method: str
    raw_weight: Decimal
    share: Decimal
    basis: int
    quota: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decomposition:
    """All that a workbook, a file or a page shows of one decomposition.

    ``leaves`` holds ``period``, one column a level under its own header, ``basis`` (whole numbers
    of ``10**-basis_scale``) and ``quota`` (分), members by code in tree order, then period.
    ``label_of`` names the column that holds the display name of a code column. ``rollups`` gives
    each leaf period the labels it adds up to, finest first. ``last_year`` is in 分;
    ``tuple_last_year`` the same of each tuple of members, in the order of the leaves, None where
    history has no dates.
    """

    leaves: pl.DataFrame
    hierarchies: tuple[tuple[str, tuple[str, ...]], ...]
    label_of: Mapping[str, str]
    periods: tuple[Period, ...]
    rollups: Mapping[str, tuple[str, ...]]
    total: int
    unit: int
    basis_scale: int
    last_year: int | None
    node_last_year: pl.DataFrame
    margins: tuple[Margin, ...]
    checks: tuple[Check, ...]
    derivations: tuple[Derivation, ...]
    findings: tuple[Finding, ...]
    parameters: Mapping[str, str]
    seconds: float
    tuple_last_year: NDArray[np.int64] | None = None
