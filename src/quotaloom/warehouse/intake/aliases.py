"""The headers by which offices know a date, an amount and a dimension, in both languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

# Only the characters that the vocabulary below needs: this is no general converter.
_TRADITIONAL: Final = str.maketrans(
    "銷額訂單簽約業務產線員戶區門類總計價稅開發貨驗團隊國縣長項經種權參數動離職繼後維來負責編號碼圖"
    "間時結實際應處歸屬認確單營廠個銀鋪導師戰係圍準標終從據幣費運輸據於與處廣東萬億淨觀認繳實體組織層級隊夥伴對稱狀階預費",
    "销额订单签约业务产线员户区门类总计价税开发货验团队国县长项经种权参数动离职继后维来负责编号码图"
    "间时结实际应处归属认确单营厂个银铺导师战系围准标终从据币费运输据于与处广东万亿净观认缴实体组织层级队伙伴对称状阶预费",
)
_SPACING: Final = re.compile(r"[\s_\-·.:\"'“”‘’]+")
_BRACKETS: Final = re.compile(r"[(\[{【〔](?P<inside>[^()\[\]{}【】〔〕]*)[)\]}】〕]$")
_BARE_UNIT: Final = re.compile(
    r"(?:/|单位)?(?P<unit>亿元?|[百千十]?万元?|千元|(?<=in)(?:thousand|million|billion)s?)$"
)
_FACTORS: Final[dict[str, Fraction]] = {
    "亿": Fraction(10**8),
    "千万": Fraction(10**7),
    "百万": Fraction(10**6),
    "十万": Fraction(10**5),
    "万": Fraction(10**4),
    "千": Fraction(1000),
    "元": Fraction(1),
    "角": Fraction(1, 10),
    "分": Fraction(1, 100),
    "k": Fraction(1000),
    "thousand": Fraction(1000),
    "m": Fraction(10**6),
    "mn": Fraction(10**6),
    "million": Fraction(10**6),
    "billion": Fraction(10**9),
    "bn": Fraction(10**9),
}
_CURRENCIES: Final[dict[str, str]] = {
    "人民币": "CNY", "rmb": "CNY", "cny": "CNY", "¥": "CNY",
    "美元": "USD", "usd": "USD", "$": "USD", "欧元": "EUR", "eur": "EUR", "€": "EUR",
    "港元": "HKD", "港币": "HKD", "hkd": "HKD", "日元": "JPY", "jpy": "JPY",
    "英镑": "GBP", "gbp": "GBP", "£": "GBP", "新台币": "TWD", "台币": "TWD", "twd": "TWD",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Headline:
    """A header read: its plain name, and the unit (times 元) and currency that it declares."""

    name: str
    unit: str = ""
    factor: Fraction = Fraction(1)
    currency: str = ""


@lru_cache(maxsize=1 << 13)  # every word of every kind is asked again for each header
def plain(header: str) -> str:
    """A header for comparison: NFKC, small letters, simplified, no spaces, dots or dashes."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return _SPACING.sub("", folded).translate(_TRADITIONAL)


def headline(header: str) -> Headline:
    """The plain name of a header without its unit: 销售额(万元) is 销售额 in units of 10,000."""
    whole = plain(header)
    if (brackets := _BRACKETS.search(whole)) is None:
        return _bare(whole)
    name, unit, currency = whole[: brackets.start()], "", ""
    for part in re.split(r"[,、/;]", brackets["inside"].removeprefix("单位")):
        found, rest = _currency(part)
        currency = currency or found
        if unit_factor(rest) is not None:
            unit = rest
        elif rest:
            name += rest
    if not brackets.start():
        return Headline(whole)
    return Headline(name, unit, unit_factor(unit) or Fraction(1), currency)


def unit_factor(unit: str) -> Fraction | None:
    """How many 元 a unit word stands for (万元 10,000, k 1,000); None where it is no unit."""
    return _FACTORS.get(unit) or _FACTORS.get(unit.removesuffix("元"))


def _bare(whole: str) -> Headline:
    found = _BARE_UNIT.search(whole)
    if found is None or found.start() == 0:
        return Headline(whole)
    unit = found["unit"].removesuffix("s")
    return Headline(
        whole[: found.start()].removesuffix("in"), unit, unit_factor(unit) or Fraction(1)
    )


def _currency(part: str) -> tuple[str, str]:
    """A currency named at the start of a text, and the text after it."""
    for word, code in _CURRENCIES.items():
        if part.startswith(word):
            return code, part.removeprefix(word)
    return "", part


def _tiers(*lines: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(plain(name) for name in line.split("|")) for line in lines)


DATES: Final = _tiers(
    "日期|订单日期|下单日期|签约日期|签单日期|成交日期|合同日期|业务日期|交易日期|销售日期"
    "|单据日期|date|order date"
    "|booking date|booked on|sales date|sale date|transaction date|contract date|signed date",
    "订单时间|下单时间|签约时间|成交时间|交易时间|时间|close date|closed date|结单日期"
    "|赢单日期|closed on"
    "|发货日期|验收日期|开票日期|回款日期|收款日期|确认日期|ship date|invoice date"
    "|acceptance date|payment date",
    "订单月份|签约月份|销售月份|月份|年月|月|期间|会计期间|month|year month|period"
    "|order date key|date key",
    "年度|年份|年|year|fiscal year",
)
AMOUNTS: Final = _tiers(
    "金额|销售额|销售金额|签约金额|签约额|合同金额|合同额|订单金额|订单额|成交金额|成交额"
    "|业绩|业绩金额|收入|销售收入"
    "|营业收入|回款金额|回款额|开票金额|发货金额|验收金额|含税金额|不含税金额|金额含税"
    "|金额不含税|净额|实收金额"
    "|amount|amt|sales|sales amount|revenue|net sales|bookings|booked amount|order amount"
    "|contract amount"
    "|close value|deal value|net amount|invoice amount|collected amount|sales revenue|turnover",
    "总价|总额|总金额|合计金额|价税合计|total|total amount|value|total sales"
    "|extended amount|line total",
)
QUOTAS: Final = _tiers(
    "目标|目标额|目标金额|销售目标|业绩目标|年度目标|指标|任务|任务额|定额|配额"
    "|quota|sales quota|quota amount|sales amount quota|target|target amount|sales target|goal"
)[0]
WEIGHTS: Final = _tiers(
    "权重|占比|比例|份额|系数|百分比|weight|weights|share|ratio|pct|percent|percentage|%"
    "|权重%|占比%|比例%",
    "潜力|潜力指数|市场规模|gdp|指数|potential|market size|index|basis|依据",
)
DIMENSIONS: Final = _tiers(
    "大区|区域|地区|片区|战区|销售大区|销售区域|省|省份|省市|省区|省/自治区"
    "|省/自治区/直辖市|城市|市|地市|区县|国家|辖区"
    "|region|area|territory|province|state|city|country|sales region|sales territory"
    "|regional office|zone"
    "|产品线|产品|产品类别|产品大类|产品系列|产品名称|品类|品类名称|品牌|系列|型号|业务线"
    "|业务类型|收入类型"
    "|product|product line|product category|category|subcategory|product family|series"
    "|brand|sku|business line"
    "|revenue type|销售人员|销售员|销售|业务员|客户经理|销售经理|销售代表|负责人|归属人"
    "|人员|员工|岗位|席位"
    "|sales person|salesperson|sales rep|rep|owner|account manager|sales agent|employee"
    "|seller|seat|manager"
    "|客户|客户名称|客户类型|客户类别|客户等级|客户群|终端客户|customer|customer name"
    "|customer type|account"
    "|segment|customer segment|行业|所属行业|细分行业|industry|sector|渠道|渠道类型"
    "|销售渠道|channel"
    "|sales channel|经销商|代理商|dealer|distributor|reseller|部门|事业部|团队|销售团队"
    "|组别|小组|分公司|办事处"
    "|department|division|team|branch|business unit|bu|公司|法人|company",
)
PERCENT: Final = _tiers("占比|比例|百分比|份额|pct|percent|percentage|share|ratio")[0]
"""Weights under these headers, or with a percent sign, are shares of one whole."""

ROSTER: Final[dict[str, frozenset[str]]] = {
    role: _tiers(names)[0]
    for role, names in {
        "dimension": "维度|维度名称|列|层级|dimension|column|axis|level",
        "member": "成员|姓名|名称|人员|销售人员|产品|对象|成员名称|member|name|person|who",
        "action": "动作|操作|变动|变动类型|事项|类型|状态|action|change|event",
        "successor": (
            "接替人|接任人|继任|继任者|接替者|接手人|承接人|接替|successor|replaced by|heir"
        ),
        "like": "参照|参考|参照成员|参考成员|比照|类似|模板|like|same as|model|pattern of",
        "ramp": "爬坡|爬坡曲线|爬坡比例|爬坡期|成长曲线|ramp|ramp up",
        "from": (
            "开始|开始日期|生效日期|生效|起|起始|起始日期|自|从|入职日期|from|start|start date"
            "|effective"
        ),
        "to": "结束|结束日期|失效日期|失效|止|截止|截止日期|至|离职日期|to|end|end date|until",
    }.items()
}
PROFILE: Final[dict[str, frozenset[str]]] = {
    "period": _tiers("期间|月份|月|季度|季|周|周期|时间|时段|period|month|quarter|week|label")[0],
    "weight": WEIGHTS[0]
    | _tiers("季节系数|季节性|季节指数|销售额|金额|seasonality|factor|amount|value")[0],
}
