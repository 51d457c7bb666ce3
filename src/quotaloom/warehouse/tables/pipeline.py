"""What may be sold: leads, opportunities with their stages and overlays, updates, activities."""

from __future__ import annotations

from typing import Final

from quotaloom.warehouse.tables.column import Column, Kind
from quotaloom.warehouse.tables.shared import (
    CONTRACT,
    CURRENCY,
    CUSTOMER,
    LEAD,
    NOTE,
    OPPORTUNITY,
    WHAT,
    WHO,
    WITH,
    YES_NO,
    day,
)

_SOURCE: Final = Column(
    "source", "member", "来源", "Source", "线索来源|商机来源|渠道来源|lead source"
)
_STAGE: Final = Column(
    "stage", "member", "阶段", "Stage", "商机阶段|销售阶段|当前阶段|deal stage|sales stage"
)

KINDS: Final = (
    Kind(
        "opportunities",
        "商机",
        "Opportunities",
        ("opportunity",),
        ("opportunity", "stage"),
        (
            day("创建日期", "Created on", "商机日期|接触日期|engage date|created date|create date"),
            OPPORTUNITY,
            Column("name", "text", "商机名称", "Opportunity name", "项目名称|deal name|name"),
            _STAGE,
            Column(
                "outcome",
                "choice",
                "结果",
                "Outcome",
                "赢单状态|商机状态|状态|status",
                {
                    "open": "进行中|跟进中|在谈",
                    "won": "赢单|成交|已赢单",
                    "lost": "输单|丢单|失败|已输单",
                },
            ),
            Column(
                "amount",
                "money",
                "预计金额",
                "Amount",
                "商机金额|预计签约金额|成交金额|金额|close value|deal value|expected amount",
                least=0,
            ),
            Column("probability", "rate", "赢率", "Probability", "成功率|概率|win rate", least=0),
            Column(
                "expected",
                "day",
                "预计签约日期",
                "Expected close",
                "预计成交日期|expected close date",
            ),
            Column(
                "closed", "day", "关闭日期", "Closed on", "结单日期|赢单日期|成交日期|close date"
            ),
            LEAD,
            CONTRACT,
            _SOURCE,
            Column("competitor", "member", "竞争对手", "Competitor", "主要竞争对手|竞品"),
            Column("reason", "member", "输赢原因", "Reason", "输单原因|赢单原因|loss reason"),
            *WHO,
            *WHAT,
            *WITH,
            CURRENCY,
            NOTE,
        ),
    ),
    Kind(
        "stage_changes",
        "商机阶段历史",
        "Stage changes",
        ("opportunity", "date", "stage"),
        ("date", "opportunity", "stage"),
        (
            day("变更日期", "Changed on", "进入日期|阶段日期|change date|entered on"),
            OPPORTUNITY,
            _STAGE,
            Column("from_stage", "member", "原阶段", "From stage", "变更前阶段|previous stage"),
            *WHO,
            NOTE,
        ),
    ),
    Kind(
        "opportunity_overlays",
        "商机补充",
        "Opportunity overlays",
        ("opportunity",),
        ("date", "opportunity", "amount|expected|seen"),
        (
            day("补充日期", "Seen on"),
            OPPORTUNITY,
            Column("amount", "money", "我看的金额", "Amount as I see it", least=0),
            Column("expected", "day", "我看的签约日期", "Close as I see it"),
            Column("seen", "text", "补充说明", "What I see"),
            *WHO,
        ),
    ),
    Kind(
        "record_updates",
        "记录更新",
        "Record updates",
        ("update",),
        ("date", "update", "record"),
        (
            day("更新日期", "Updated on"),
            Column("update", "code", "更新编号", "Update no"),
            Column("register", "member", "登记簿", "Register"),
            Column("record", "code", "记录编号", "Record no"),
            Column("on_time", "choice", "按时", "On time", "", YES_NO),
            Column("within_day", "choice", "二十四小时内", "Within 24 hours", "24小时内", YES_NO),
            *WHO,
        ),
    ),
    Kind(
        "leads",
        "线索",
        "Leads",
        ("lead",),
        ("date", "lead"),
        (
            day("线索日期", "Lead date", "创建日期|获取日期|created on|created date"),
            LEAD,
            Column("name", "text", "线索名称", "Lead name", "联系人|name"),
            _SOURCE,
            Column("status", "member", "线索状态", "Status", "状态|lead status"),
            Column(
                "followed",
                "day",
                "首次跟进日期",
                "First followed up on",
                "首次联系日期|首次响应日期|first contact date|first response date",
            ),
            Column("converted", "day", "转化日期", "Converted on", "转商机日期|conversion date"),
            OPPORTUNITY,
            *WHO,
            *WHAT,
            *WITH,
            NOTE,
        ),
    ),
    Kind(
        "activities",
        "销售活动",
        "Activities",
        ("activity",),
        ("date", "type"),
        (
            day("活动日期", "Activity date", "拜访日期|跟进日期|visit date"),
            Column("activity", "code", "活动编号", "Activity no", "拜访编号|activity id"),
            Column("type", "member", "活动类型", "Type", "类型|拜访方式|跟进方式|activity type"),
            Column("minutes", "quantity", "时长", "Minutes", "时长分钟|duration", least=0),
            Column("result", "member", "活动结果", "Result", "拜访结果|outcome"),
            OPPORTUNITY,
            LEAD,
            CUSTOMER,
            *WHO,
            NOTE,
        ),
    ),
)
