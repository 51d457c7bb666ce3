"""The words of a definition, in Chinese and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.measures.quantity import Quantity

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "money": ("金额", "money"),
    "count": ("个数", "a count"),
    "day": ("天数", "days"),
    "point": ("评分", "points"),
    "share": ("比率", "a share"),
    "included": ("含税", "with tax"),
    "excluded": ("不含税", "without tax"),
    "none": ("未定", "not told"),
    "booked": ("签约", "booked"),
    "shipped": ("发货", "shipped"),
    "accepted": ("验收", "accepted"),
    "invoiced": ("开票", "invoiced"),
    "recognised": ("确认收入", "recognised"),
    "collected": ("回款", "collected"),
    "returned": ("退货", "returned"),
    "additive": ("可加", "additive"),
    "ratio": ("比率", "ratio"),
    "balance": ("余额", "balance"),
    "distinct": ("去重", "distinct"),
    "higher": ("越高越好", "higher is better"),
    "lower": ("越低越好", "lower is better"),
    "core": ("五个核心指标", "The five core measures"),
    "chain": ("商务链条", "The commercial chain"),
    "result": ("结果指标", "Result measures"),
    "process": ("过程指标", "Process measures"),
    "team": ("团队指标", "Team measures"),
    "development": ("发展指标", "Development measures"),
    "any": ("对任何指标：写作 指标.派生", "Of any measure: asked as CODE.derivation"),
    "own": ("自定义指标", "Measures of one's own"),
    "sales": ("销售", "sales"),
    "finance": ("财务", "finance"),
    "marketing": ("市场", "marketing"),
    "operations": ("运营", "operations"),
    "people": ("人力资源", "human resources"),
    "product": ("产品", "product"),
    "service": ("客户服务", "customer service"),
}
"""A word that is not here (an owner of one's own) is shown as it is."""


def word(code: str, at: int) -> str:
    """A word: Chinese at 0, English at 1."""
    return WORDS[code][at] if code in WORDS else code


COUNTED: Final[Mapping[str, str]] = {
    "件": "pieces",
    "家": "companies",
    "个": "in number",
    "分": "points",
    "条": "entries",
    "次": "times",
}
"""The words behind figures of what is counted, in English."""


def counted_in(text: str, at: int) -> str:
    """The word behind a figure of what is counted: Chinese at 0, English at 1."""
    return COUNTED.get(text, text) if at else text


def basis(counts: Quantity, at: int) -> str:
    """What a measure counts: 金额 · 含税 · 签约."""
    parts = (counts.unit, counts.tax, counts.stage)
    return " · ".join(word(part, at) for part in parts if part)
