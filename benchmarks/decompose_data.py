"""Order lines of a large company, for the end-to-end comparison: generated, deterministic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE, PRODUCTS, PROVINCES, REGIONS, LINES = 2000, 200, 34, 7, 10
DAYS = 1096  # 2024 to 2026


def write_lines(path: Path, rows: int, tuples: int) -> None:
    """``rows`` order lines over ``tuples`` combinations of person and product, in Parquet."""
    rng = np.random.default_rng(7)
    drawn = rng.choice(PEOPLE * PRODUCTS, tuples, replace=False)
    keys = np.sort(drawn)
    weight = rng.lognormal(0, 1, tuples)
    which = rng.choice(tuples, rows, p=weight / weight.sum())
    which[:tuples] = np.arange(tuples)
    person, product = keys[which] // PRODUCTS, keys[which] % PRODUCTS
    day = np.datetime64("2024-01-01") + rng.integers(0, DAYS, rows).astype("timedelta64[D]")
    people, products = np.arange(PEOPLE), np.arange(PRODUCTS)
    frame = pl.DataFrame(
        {
            "订单日期": pl.Series(day).cast(pl.Date),
            "大区": _named("大区", people % PROVINCES % REGIONS).gather(person),
            "省份": _named("省", people % PROVINCES).gather(person),
            "客户经理": _named("E", people).gather(person),
            "产品线": _named("产品线", products % LINES).gather(product),
            "产品": _named("产品", products).gather(product),
            "金额": pl.Series(np.round(rng.lognormal(8, 1, rows), 2)).cast(pl.Decimal(18, 2)),
        }
    )
    frame.write_parquet(path)


def _named(prefix: str, numbers: np.ndarray) -> pl.Series:
    return pl.Series([f"{prefix}{number:04}" for number in numbers.tolist()])
