"""What a reconciliation is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

By = Literal["", "region", "contract"]
Bills = Literal["receipt", "maturity"]
Years = Literal["whole", "part"]
BYS, BILLS, YEARS = (get_args(one) for one in (By, Bills, Years))


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksRequest:
    """A period (label), the parts, and the settings of the chain.

    ``region`` and ``contract`` narrow the bridge to one, "" for all; a region is that in which all
    lines of a contract stand, or 跨大区, or 未归属.
    ``bills``: a banker's acceptance 承兑汇票 counts on its receipt or at its maturity. ``years``: a
    contract over several years counts whole when it is signed, or each year's part by days in its
    year. ``internal``: whether deals with internal counterparties count.
    """

    period: str
    by: By = ""
    region: str = ""
    contract: str = ""
    bills: Bills = "receipt"
    years: Years = "whole"
    internal: bool = False
    fiscal_start: int = 1
    cutoff_day: int = 0
