"""What the demo company may still sell in its running year: opportunities and their stages.

Deals of partners come from their CRM as files; those that are sold directly are kept in the
company's own register.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.cycle.demo_company.catalogue import PRODUCTS, Product
from quotaloom.cycle.demo_company.dice import Dice
from quotaloom.cycle.demo_company.year import KNOWN_UNTIL, YEAR
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quotaloom.cycle.demo_company.dice import Ints
    from quotaloom.warehouse.batches.shelf import Shelf

CRM: Final = "CRM"  # the source of the files
STAGES: Final = ("线索确认", "需求确认", "方案报价", "商务谈判")
GOES_ON: Final = (78, 72, 66, 60)  # of a hundred in each stage; after the last: won
CHANCES: Final = (10, 25, 50, 75)  # the usual probability of each, in per cent
TO_RIVAL: Final = "选择竞品"
REASONS: Final = ("价格", "预算取消", TO_RIVAL, "项目延期")
RIVALS: Final = ("启明工控", "远图软件", "数擎科技")
_SIZES: Final = (30, 420)  # usual orders in a deal: what is open is a third of a year's orders
_SEED: Final = 2027
_FIRST: Final = date(YEAR, 1, 5)
_FILES: Final = {"opportunities": "商机_CRM.csv", "stage_changes": "商机阶段历史_CRM.csv"}


@dataclass(frozen=True, slots=True)
class Deal:
    """An opportunity as it stands on KNOWN_UNTIL; ``steps`` are the stages with their first day.

    ``outcome`` is "" while it is open. ``amount`` is in 元.
    """

    number: str
    account: Mapping[str, str]
    holder: Mapping[str, str]
    product: Product
    amount: int
    steps: tuple[tuple[date, str], ...]
    expected: date
    outcome: str
    closed: date | None
    reason: str
    rival: str

    @property
    def name(self) -> str:
        """What it is about."""
        return f"{self.account['城市']}{self.product.line}项目"

    @property
    def probability(self) -> int:
        """In per cent."""
        last = CHANCES[len(self.steps) - 1]
        return {"赢单": 100, "输单": 0}.get(self.outcome, last)

    @property
    def person(self) -> str:
        """Who holds the seat now, "" where it is vacant."""
        return self.holder["现任姓名"] if self.holder["现任工号"] else ""

    @property
    def is_direct(self) -> bool:
        """Whether no partner has it in hand."""
        return self.account["渠道"] == "直销"


def deals(home: Path) -> tuple[Deal, ...]:
    """The deals of the year; the same ones from the same files, on every machine."""
    dice = Dice(_SEED, "deals")
    holders = {row["岗位"]: row for row in _rows(home / "组织.csv")}
    accounts = _rows(home / "客户.csv")
    counts = dice.pick((5, 4, 1), len(accounts))
    drawn = [row for row, count in zip(accounts, counts, strict=True) for _ in range(int(count))]
    return tuple(
        _deal(f"SJ-{number:04}", row, holders[row["归属岗位"]], dice)
        for number, row in enumerate(drawn, 1)
    )


def import_pipeline(home: Path, shelf: Shelf, *, author: str) -> None:
    """Write the files of the partners' CRM, and import them as opportunities and their stages."""
    partners = [one for one in deals(home) if not one.is_direct]
    tables = {
        "opportunities": pl.DataFrame([_row(one) for one in partners]),
        "stage_changes": pl.DataFrame([row for one in partners for row in _stage_rows(one)]),
    }
    for kind, table in tables.items():
        path = home / _FILES[kind]
        table.write_csv(path, include_bom=True)
        take(shelf, ImportRequest(files=(path,), into=kind, source=CRM), author=author)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _deal(number: str, account: dict[str, str], holder: dict[str, str], dice: Dice) -> Deal:
    begun = _FIRST + timedelta(_one(dice.below((KNOWN_UNTIL - _FIRST).days, 1)))
    product = PRODUCTS[_one(dice.pick([one.weight for one in PRODUCTS], 1))]
    steps, end, is_won = _path(begun, dice)
    known = tuple(step for step in steps if step[0] <= KNOWN_UNTIL)
    is_over = end <= KNOWN_UNTIL
    reason = REASONS[_one(dice.below(len(REASONS), 1))]
    rival = RIVALS[_one(dice.below(len(RIVALS), 1))]
    is_lost = is_over and not is_won
    return Deal(
        number,
        account,
        holder,
        product,
        product.price * product.quantity * _one(dice.between(*_SIZES, 1)),
        known,
        begun + timedelta(_one(dice.between(60, 150, 1))),
        ("赢单" if is_won else "输单") if is_over else "",
        end if is_over else None,
        reason if is_lost else "",
        rival if is_lost and reason == TO_RIVAL else "",
    )


def _path(begun: date, dice: Dice) -> tuple[list[tuple[date, str]], date, bool]:
    """The stages with their days, the day on which it ends, and whether it is won."""
    steps, day = [], begun
    luck, lasts = dice.below(100, len(STAGES)), dice.between(14, 62, len(STAGES))
    for stage, chance, drawn, days in zip(STAGES, GOES_ON, luck, lasts, strict=True):
        steps.append((day, stage))
        day += timedelta(int(days))
        if drawn >= chance:
            return steps, day, False
    return steps, day, True


def _one(drawn: Ints) -> int:
    """The only one that was drawn."""
    return int(drawn[0])


def _row(one: Deal) -> dict[str, str]:
    return {
        "商机编号": one.number,
        "商机名称": one.name,
        "创建日期": str(one.steps[0][0]),
        "阶段": one.steps[-1][1],
        "结果": one.outcome or "进行中",
        "预计金额": f"{one.amount}.00",
        "赢率": f"{one.probability}%",
        "预计签约日期": str(one.expected),
        "关闭日期": str(one.closed or ""),
        "输赢原因": one.reason,
        "竞争对手": one.rival,
        "大区": one.holder["现大区"],
        "省份": one.account["省份"],
        "岗位": one.holder["岗位"],
        "销售人员": one.person,
        "产品线": one.product.line,
        "产品": one.product.name,
        "客户": one.account["客户"],
        "渠道": one.account["渠道"],
        "行业": one.account["行业"],
    }


def _stage_rows(one: Deal) -> Iterator[dict[str, str]]:
    before = ""
    for day, stage in one.steps:
        yield {
            "变更日期": str(day),
            "商机编号": one.number,
            "阶段": stage,
            "原阶段": before,
            "大区": one.holder["现大区"],
            "岗位": one.holder["岗位"],
            "销售人员": one.person,
        }
        before = stage
