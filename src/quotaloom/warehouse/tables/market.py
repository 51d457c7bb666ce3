"""What surrounds the sale: customers, the market and its sizes, competitors, and budgets."""

from __future__ import annotations

from typing import Final

from quotaloom.warehouse.tables.column import Column, Kind
from quotaloom.warehouse.tables.shared import (
    CHANNEL,
    CITY,
    CUSTOMER,
    DEPARTMENT,
    ENTITY,
    INDUSTRY,
    INTERNAL,
    NOTE,
    PRODUCT,
    PROVINCE,
    REGION,
    TEAM,
    WHAT,
    WHO,
    day,
)

_SHARE: Final = Column(
    "share", "rate", "市场份额", "Share", "占有率|市占率|份额|market share", least=0
)
_FROM: Final = Column("source", "text", "数据来源", "Source", "来源|出处")

KINDS: Final = (
    Kind(
        "customers",
        "客户",
        "Customers",
        ("customer",),
        ("customer",),
        (
            CUSTOMER,
            Column("name", "text", "客户全称", "Full name", "工商名称|name"),
            day("建档日期", "Since", "首次合作日期|创建日期|created on"),
            Column("type", "member", "客户类型", "Customer type", "客户类别"),
            Column("grade", "member", "客户等级", "Grade", "客户级别|等级|tier|level"),
            Column("status", "member", "客户状态", "Status", "状态"),
            Column(
                "parent", "member", "所属集团", "Parent", "集团|母公司|subsidiary of|parent account"
            ),
            Column("potential", "money", "年采购潜力", "Potential", "潜力|采购预算", least=0),
            Column("revenue", "money", "年营业额", "Revenue", "营业收入|annual revenue", least=0),
            Column("employees", "quantity", "员工人数", "Employees", "人数|headcount", least=0),
            CHANNEL,
            INDUSTRY,
            INTERNAL,
            *WHO,
            NOTE,
        ),
    ),
    Kind(
        "market_sizes",
        "市场规模",
        "Market sizes",
        ("date", "region", "province", "product_line", "industry"),
        ("date", "amount|share"),
        (
            day("期间", "Period", "年度|年份|月份|year"),
            Column(
                "amount", "money", "市场规模", "Market size", "规模|市场容量|金额|amount", least=0
            ),
            _SHARE,
            REGION,
            PROVINCE,
            CITY,
            INDUSTRY,
            *WHAT,
            _FROM,
            NOTE,
        ),
    ),
    Kind(
        "competitors",
        "竞争对手",
        "Competitors",
        ("competitor", "date", "region", "product_line", "product"),
        ("date", "competitor"),
        (
            Column("competitor", "member", "竞争对手", "Competitor", "竞品|对手|友商"),
            day("期间", "Period", "年度|年份|月份|year"),
            Column("amount", "money", "对手销售额", "Sales", "销售额|金额|amount", least=0),
            _SHARE,
            Column("price", "money", "对手价格", "Price", "价格|报价|单价", least=0),
            REGION,
            PROVINCE,
            INDUSTRY,
            *WHAT,
            _FROM,
            NOTE,
        ),
    ),
    Kind(
        "budgets",
        "费用预算",
        "Budgets",
        ("date", "category", "department", "region", "team"),
        ("date", "category", "amount"),
        (
            day("期间", "Period", "预算期间|月份|年度|year"),
            Column("category", "member", "费用科目", "Category", "科目|费用类型|预算项目|account"),
            Column("amount", "money", "预算金额", "Budget", "预算|金额|amount"),
            Column("spent", "money", "已用金额", "Spent", "实际费用|已支出|actual"),
            DEPARTMENT,
            TEAM,
            REGION,
            PRODUCT,
            ENTITY,
            NOTE,
        ),
    ),
)
