"""Control totals that somebody types: kept as an import of one row, so that they are traced too."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.web.data.shelf import writing_shelf

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.web.audit.services import Actor

NAMED: Final = {  # figure → stage and tax, as the kind of facts knows them
    "booked_gross": ("booked", "gross"),
    "booked_net": ("booked", "net"),
    "recognised_net": ("recognised", "net"),
    "invoiced": ("invoiced", "gross"),
    "collected": ("collected", "gross"),
}
FILE: Final = "手工录入的控制数.csv"
HEADS: Final = ("期间", "口径", "含税", "金额", "大区", "合同号")


@dataclass(frozen=True, slots=True)
class Control:
    """A total as typed, in 元; it counts in the period that holds ``day``."""

    day: date
    figure: str
    amount: str
    region: str
    contract: str


def control_keep(*, told: Control, author: str, actor: Actor) -> None:
    """Import the total as an audited batch; it takes the place of the same one of before.

    Raises QuotaLoomError for a figure that is none and an amount that cannot be read.
    """
    if told.figure not in NAMED:
        raise UsageRefused([error("books.unknown_figure", told.figure)])
    cells = (told.day, *NAMED[told.figure], told.amount, told.region, told.contract)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, FILE)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADS, cells])
        asked = ImportRequest(files=(path,), into="control_totals")
        take(writing_shelf(actor), asked, author=author)
