"""What was sold: order lines, contracts and their lines, and the schedule of their payments."""

from __future__ import annotations

from typing import Final

from quotaloom.warehouse.tables.column import Column, Kind
from quotaloom.warehouse.tables.shared import (
    CONTRACT,
    CURRENCY,
    LINE,
    NOTE,
    OPPORTUNITY,
    ORDER,
    QUANTITY,
    TAXED_NEEDS,
    WHAT,
    WHO,
    WITH,
    day,
    taxed,
)

_STARTS: Final = Column("starts", "day", "服务开始", "Service from", "开始日期|起始日期|start date")
_ENDS: Final = Column("ends", "day", "服务结束", "Service to", "结束日期|到期日|截止日期|end date")
_COST: Final = Column("cost", "money", "成本", "Cost", "销售成本|成本金额|total cost|product cost")

KINDS: Final = (
    Kind(
        "order_lines",
        "订单行",
        "Order lines",
        ("order", "line"),
        ("date", "order", TAXED_NEEDS),
        (
            day("订单日期", "Order date", "下单日期|成交日期|销售日期|sales date"),
            ORDER,
            LINE,
            *taxed(
                "订单金额", "Order amount", "销售额|销售金额|成交金额|sales amount|sales|revenue"
            ),
            QUANTITY,
            _COST,
            CONTRACT,
            *WHO,
            *WHAT,
            *WITH,
            CURRENCY,
            NOTE,
        ),
    ),
    Kind(
        "contracts",
        "合同",
        "Contracts",
        ("contract",),
        ("date", "contract", TAXED_NEEDS),
        (
            day("签约日期", "Contract date", "合同日期|签订日期|签单日期|signed date|booking date"),
            CONTRACT,
            *taxed("合同金额", "Contract amount", "签约金额|签约额|合同额|contract value"),
            Column("retention", "money", "质保金", "Retention", "保留金|质量保证金", least=0),
            Column("type", "member", "合同类型", "Contract type", "新签续签|业务类型"),
            _STARTS,
            _ENDS,
            OPPORTUNITY,
            *WHO,
            *WHAT,
            *WITH,
            CURRENCY,
            NOTE,
        ),
    ),
    Kind(
        "contract_lines",
        "合同行",
        "Contract lines",
        ("contract", "line"),
        ("date", "contract", "line", TAXED_NEEDS),
        (
            day("签约日期", "Contract date", "合同日期|签订日期|签单日期|signed date|booking date"),
            CONTRACT,
            LINE,
            *taxed("行金额", "Line amount", "合同行金额|合同金额|签约金额"),
            QUANTITY,
            _COST,
            _STARTS,
            _ENDS,
            *WHO,
            *WHAT,
            *WITH,
            CURRENCY,
            NOTE,
        ),
    ),
    Kind(
        "schedules",
        "收款计划",
        "Payment schedules",
        ("contract", "line", "date"),
        ("date", "contract", "amount"),
        (
            day("应收日期", "Due date", "计划收款日期|到期日期|付款日期"),
            CONTRACT,
            LINE,
            Column("amount", "money", "应收金额", "Due amount", "计划收款金额|金额|amount"),
            Column("milestone", "member", "收款节点", "Milestone", "付款节点|里程碑"),
            NOTE,
        ),
    ),
)
