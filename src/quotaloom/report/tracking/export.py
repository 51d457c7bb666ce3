"""A tracking for other programs: JSON, and a csv of every node and period."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.report.atomic import replacing
from quotaloom.report.json_summary import dumps, finding_json
from quotaloom.report.numbers import yuan_text
from quotaloom.report.tracking.line import fixed, lines
from quotaloom.warehouse.spreadsheet_text import guarded

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from quotaloom.cycle.track.verb import Tracking
    from quotaloom.report.tracking.line import Line

RATIO_DECIMALS = 6


def tracking_json(tracking: Tracking) -> str:
    """``as_of levels gone nodes findings seconds``; amounts are exact numbers of 元.

    Ratios are numbers of six decimals; null where there is no quota. ``period`` is "" for all.
    """
    return dumps(
        {
            "as_of": str(tracking.as_of),
            "levels": tracking.levels,
            "gone": {label: _ratio(share) for label, share in tracking.gone.items()},
            "nodes": [_node(line) for line in lines(tracking)],
            "findings": [finding_json(finding) for finding in tracking.findings],
            "seconds": Decimal(str(round(tracking.seconds, 3))),
        }
    )


def write_tracking(tracking: Tracking, path: Path) -> Path:
    """Write a row a node and period: the levels (blank below a node's own), period, amounts.

    No name becomes a formula of a spreadsheet that opens the file.
    """
    levels = [guarded(name) for name in tracking.levels]
    rows = [
        {
            **dict(zip_longest(levels, map(guarded, line.path), fillvalue="")),
            "period": line.period,
            "quota": None if line.quota is None else yuan_text(line.quota),
            "credit": yuan_text(line.credit),
            "overlay": yuan_text(line.overlay),
            "attainment": None if line.attainment is None else fixed(line.attainment, 6),
            "light": line.light,
        }
        for line in lines(tracking)
    ]
    with replacing(path) as fresh:
        pl.DataFrame(rows, infer_schema_length=None).write_csv(fresh, include_bom=True)
    return path


def _node(line: Line) -> dict[str, object]:
    return {
        "path": line.path,
        "period": line.period,
        "quota": None if line.quota is None else Decimal(yuan_text(line.quota)),
        "credit": Decimal(yuan_text(line.credit)),
        "overlay": Decimal(yuan_text(line.overlay)),
        "attainment": _ratio(line.attainment),
        "lag_points": None if line.lag is None else Decimal(fixed(line.lag, 4).replace(",", "")),
        "light": line.light,
    }


def _ratio(ratio: Fraction | None) -> Decimal | None:
    if ratio is None:
        return None
    return Decimal(fixed(ratio, RATIO_DECIMALS).replace(",", ""))
