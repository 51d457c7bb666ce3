"""What carries the sale: people, their start and training, what customers say, stock at dealers."""

from __future__ import annotations

from typing import Final

from quotaloom.warehouse.tables.column import Column, Kind
from quotaloom.warehouse.tables.shared import (
    CUSTOMER,
    NOTE,
    PERSON,
    QUANTITY,
    WHAT,
    WHO,
    WITH,
    day,
)

KINDS: Final = (
    Kind(
        "headcounts",
        "在岗人数",
        "Headcounts",
        ("date", "region", "team"),
        ("date", "heads"),
        (
            day("统计日期", "Counted on", "月末|盘点日期|count date"),
            Column("heads", "quantity", "在岗人数", "Heads", "人数|销售人数|headcount", least=0),
            Column("leavers", "quantity", "离职人数", "Leavers", "离职|流失人数", least=0),
            *WHO,
            NOTE,
        ),
    ),
    Kind(
        "starters",
        "新人",
        "Starters",
        ("person",),
        ("date", "person"),
        (
            day("入职日期", "Joined on", "到岗日期|hire date"),
            Column("first_deal", "day", "首单日期", "First deal on", "首次签单日期|first order"),
            *WHO,
            NOTE,
        ),
    ),
    Kind(
        "trainings",
        "培训",
        "Trainings",
        ("person", "course"),
        ("date", "person", "course"),
        (
            day("指派日期", "Assigned on", "安排日期|assigned date"),
            Column("course", "member", "课程", "Course", "培训课程|课程名称"),
            Column("completed", "day", "完成日期", "Completed on", "结业日期|completion date"),
            *WHO,
            NOTE,
        ),
    ),
    Kind(
        "surveys",
        "满意度调查",
        "Surveys",
        ("customer", "date"),
        ("date", "score"),
        (
            day("调查日期", "Asked on", "回访日期|survey date"),
            Column("score", "quantity", "评分", "Score", "满意度|得分|csat", least=0),
            CUSTOMER,
            PERSON,
            NOTE,
        ),
    ),
    Kind(
        "stocks",
        "渠道库存",
        "Channel stocks",
        ("date", "channel", "product"),
        ("date", "cost"),
        (
            day("盘点日期", "Counted on", "库存日期|月末|stock date"),
            Column("cost", "money", "库存成本", "Stock at cost", "库存金额|stock value", least=0),
            QUANTITY,
            *WHAT,
            *WITH,
            NOTE,
        ),
    ),
)
