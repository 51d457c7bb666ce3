"""What the demo company asks of its next year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.cycle.request import DecomposeRequest

if TYPE_CHECKING:
    from pathlib import Path

YEAR: Final = 2027
TOTAL: Final = "+15%"
UNIT: Final = "10000"


def demo_request(folder: Path) -> DecomposeRequest:
    """Next year's target of the demo company: +15 %, by region and person, and by product.

    Regions are those of today, so that nobody gets a target where she has left.
    """
    return DecomposeRequest(
        (folder / "订单明细.csv",),
        TOTAL,
        YEAR,
        by=("现大区>现省份>岗位|现任姓名", "产品线>产品"),
        join=(f"{folder / '组织.csv'} on 岗位编码=岗位",),
        date="订单日期",
        amount="不含税金额",
        roster=folder / "次年岗位产品变动.csv",
        unit=UNIT,
    )
