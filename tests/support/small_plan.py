"""A small plan on the seats of the cast, and files to make more of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.cycle.request import DecomposeRequest
from quotaloom.web.audit.services import Actor
from quotaloom.web.plans.services import Order, plan_create

if TYPE_CHECKING:
    from pathlib import Path

SEATS = {"E1": ("华东", "江苏"), "E2": ("华东", "浙江"), "N1": ("华北", "北京")}
PRODUCTS = ("平台", "终端")


def orders_text(*, years=(2025, 2026), spoiled: str = "", seats=tuple(SEATS)) -> str:
    """Order lines of seats, products and months; ``spoiled`` replaces the amount of line 5."""
    lines = ["订单日期,大区,省份,岗位,产品,金额"]
    for year in years:
        for month in range(1, 13):
            for number, seat in enumerate(seats, 1):
                region, province = SEATS[seat]
                for weight, product in enumerate(PRODUCTS, 1):
                    amount = 1000 * number * weight + 37 * month
                    lines.append(
                        f"{year}-{month:02d}-15,{region},{province},{seat},{product},{amount}.50"
                    )
    if spoiled:
        lines[4] = lines[4].rsplit(",", 1)[0] + "," + spoiled
    return "\n".join(lines) + "\n"


def orders_file(folder: Path, **how: object) -> Path:
    """The lines as a file."""
    path = folder / "订单.csv"
    path.write_text(orders_text(**how), encoding="utf-8")
    return path


def small_plan(
    owner, folder: Path, total: str = "1200000", name: str = "小方案", seats=tuple(SEATS), **asked
):
    """A plan of the small company by 大区>省份>岗位 and 产品."""
    request = DecomposeRequest(
        (orders_file(folder, seats=seats),),
        total,
        2027,
        by=("大区>省份>岗位", "产品"),
        date="订单日期",
        amount="金额",
    )
    return plan_create(owner=owner, order=Order(name, request, asked), actor=Actor(str(owner.pk)))
