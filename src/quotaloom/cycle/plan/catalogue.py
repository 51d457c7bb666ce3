"""Measures that a plan may have: what they are called, what they count, how they hang together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.plan import PlanMeasure
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, info
from quotaloom.core.model.measures.kind import Measure, registry
from quotaloom.planfile.measure_file import read_measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding

WHOLE: Final = 100
TEXT: Final = """\
measure booked
  unit: 1
  name: 签约额
  name_en: Bookings
measure invoiced
  unit: 1
  name: 开票额
  name_en: Invoiced
measure recognised
  unit: 1
  name: 确认收入
  name_en: Recognised revenue
measure collected
  unit: 1
  name: 回款额
  name_en: Collected
measure stretch
  unit: 1
  at_least: booked
  name: 挑战目标
  name_en: Stretch target
measure margin
  unit: 1
  name: 毛利
  name_en: Gross margin
measure margin_rate
  unit: 1
  kind: ratio
  numerator: margin
  denominator: booked
  name: 毛利率
  name_en: Margin rate
measure receivable
  unit: 1
  kind: balance
  name: 应收账款
  name_en: Receivables
  better: lower
measure inventory
  unit: 1
  kind: balance
  name: 库存
  name_en: Stock
  better: lower
measure market_size
  unit: 1
  name: 市场容量
  name_en: Market size
measure market_share
  unit: 1
  kind: ratio
  numerator: booked
  denominator: market_size
  name: 市场份额
  name_en: Market share
measure quantity
  unit: 1
  money: no
  name: 销量
  name_en: Quantity
  counted_in: 件
measure new_customers
  unit: 1
  money: no
  name: 新客户数
  name_en: New customers
  counted_in: 家
  financial: no
measure leads
  unit: 1
  money: no
  name: 线索量
  name_en: Leads
  counted_in: 条
  financial: no
measure lead_conversion
  unit: 1
  kind: ratio
  numerator: new_customers
  denominator: leads
  name: 线索转化率
  name_en: Lead conversion
  financial: no
measure active_customers
  unit: 1
  money: no
  kind: distinct
  name: 活跃客户数
  name_en: Active customers
  counted_in: 家
  financial: no
measure new_markets
  unit: 1
  money: no
  name: 新进入市场
  name_en: New markets entered
  counted_in: 个
  financial: no
measure iterations
  unit: 1
  money: no
  name: 产品迭代
  name_en: Product iterations
  counted_in: 次
  financial: no
measure satisfaction
  unit: 1
  money: no
  kind: distinct
  name: 客户满意度
  name_en: Customer satisfaction
  counted_in: 分
  financial: no
measure awareness
  unit: 1
  money: no
  kind: distinct
  name: 品牌知名度
  name_en: Brand awareness
  counted_in: 分
  financial: no
measure complaints
  unit: 1
  money: no
  name: 客诉件数
  name_en: Complaints
  counted_in: 件
  financial: no
  better: lower
"""
"""The catalogue of the house, in the clauses of a plan's definition."""
CATALOGUE: Final = {one.code: one for one in read_measures(TEXT)}


def known(code: str) -> PlanMeasure:
    """The measure as the catalogue has it; money without a name for a code that it lacks."""
    return CATALOGUE.get(code) or PlanMeasure(code)


def check_measures(measures: Sequence[PlanMeasure]) -> tuple[Finding, ...]:
    """What is to be said of the measures of one plan.

    UsageRefused for a code twice, a ratio without two additive sides, a base that is not there, and
    weights of a score that do not add up to 100. Told where all of several are of one category.
    """
    registry(
        Measure(one.code, one.kind, one.numerator, one.denominator, one.declared)
        for one in measures
    )
    codes = [one.code for one in measures]
    baseless = [one for one in measures if one.at_least and one.at_least not in codes]
    refused = [error("measure.no_base", one.code, base=one.at_least) for one in baseless]
    total = sum(one.weight for one in measures)
    if total not in (0, WHOLE):
        refused.append(error("measure.weights_sum", total=total))
    if refused:
        raise UsageRefused(refused)
    categories = {one.is_financial for one in measures}
    if len(measures) > 1 and len(categories) == 1:
        is_financial = categories.pop()
        return (info("measure.only_financial" if is_financial else "measure.none_financial"),)
    return ()


def in_units(measure: PlanMeasure, unit: int) -> PlanMeasure:
    """The measure rounded to a unit in 分; what is no money keeps its own."""
    return replace(measure, unit=unit) if measure.is_money else measure
