"""A plan begun with its customers told apart: what existing ones carry, what new ones bring (F15).

The split is made over each rule's lines together, then line by line in proportion.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import MINOR
from quotaloom.core.numeric.apportion import apportion
from quotaloom.core.targets.clientele import clientele
from quotaloom.cycle.plan.ruled import ruled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.cycle.plan.lines import Lines
    from quotaloom.planfile.rule_text import ClienteleRule

    Ints = NDArray[np.int64]
CUSTOMERS: Final = "客户"
EXISTING, NEW = "存量客户", "新客户"


def by_clientele(lines: Lines, rules: Sequence[ClienteleRule]) -> tuple[Lines, Lines]:
    """The lines over one axis more, of existing and new customers, and how many new ones.

    Every line's two parts add up to it, each a multiple of the unit. UsageRefused where the lines
    tell customers apart already; DataRefused as by ``clientele`` and ``ruled``.
    """
    if CUSTOMERS in lines.frame.columns:
        raise UsageRefused([error("rule.column_there", CUSTOMERS)])
    units = lines.frame["quota"].to_numpy() // lines.unit
    existing, logos = np.zeros_like(units), np.zeros_like(units)
    for rule, mask in ruled(lines, rules):
        mine = units[mask]
        total = int(mine.sum()) * lines.unit
        found = clientele(
            total, rule.base, rule.retention, rule.expansion, first_deal=rule.first_deal
        )
        kept = _shared(found.existing // lines.unit, mine)
        existing[mask] = kept
        logos[mask] = _shared(found.logos, mine - kept)
    axes = (*lines.axes, (CUSTOMERS,)) if lines.axes else ()
    parts = [(EXISTING, existing), (NEW, units - existing)]
    money = pl.concat([_part(lines, name, part * lines.unit) for name, part in parts])
    names = _part(lines, NEW, logos * MINOR)
    return replace(lines, frame=money, axes=axes), replace(
        lines, frame=names, axes=axes, unit=MINOR
    )


def _shared(total: int, weights: Ints) -> Ints:
    """The total over the lines by weight; over all alike where nothing weighs."""
    return apportion([total], weights, [0, len(weights)], on_zero="equal")


def _part(lines: Lines, name: str, quota: Ints) -> pl.DataFrame:
    """The lines of one kind of customers; history is not known by kind."""
    frame = lines.frame.drop("basis", strict=False)
    return frame.with_columns(pl.lit(name).alias(CUSTOMERS), pl.Series("quota", quota, pl.Int64))
