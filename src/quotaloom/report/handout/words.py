"""The words on a handout, in Chinese and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.report.wording import Lang

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "member": ("名称", "Member"),
    "growth": ("增长", "Growth"),
    "last_year": ("去年", "Last year"),
    "about": ("说明", "About"),
    "measures": ("指标", "Measures"),
    "measure": ("{measure}（{unit}）", "{measure} ({unit})"),
    "and": ("、", ", "),
    "counted": ("个", "in number"),
    "unit": ("单位：{unit}", "Amounts in {unit}"),
    "元": ("元", "CNY"),
    "万": ("万元", "10k CNY"),
    "亿": ("亿元", "100M CNY"),
    "how": (
        "蓝字浅黄底的格子可以修改；其余是公式或已锁定，不要改动。改完直接保存、原样发回。",
        (
            "Blue figures on yellow may be changed; the rest are formulas or locked, please leave "
            "them. Save the file and send it back as it is."
        ),
    ),
    "how_rate": (
        "蓝字浅黄底的格子可以修改，改的是比率的分子（或约定的一方）；合计是下发时的数，收回后重新计算。",
        (
            "Blue figures on yellow may be changed and move the declared side of the rate; totals "
            "are as handed out and computed anew on return."
        ),
    ),
    "year": ("全年", "Year"),
    "whole": ("合计", "Total"),
    "rest": ("其余（未展开或未显示）", "The rest (not shown)"),
    "plan": ("计划", "Plan"),
    "scope": ("范围", "Scope"),
    "position": ("版本：第几次修改之后", "Version: after edit no."),
    "time": ("导出时间", "Written at"),
    "who": ("导出人", "Written by"),
    "number": ("编号", "Number"),
    "digest": ("校验码", "Digest"),
    "keep": (
        "带编号的隐藏行、隐藏列和本页用来认出这份文件，请勿修改或删除。",
        (
            "The hidden row, the hidden column and this sheet tell us which file this is: please "
            "leave them as they are."
        ),
    ),
}


def word(key: str, lang: Lang, **values: str) -> str:
    """The word or phrase of a key, its slots filled."""
    return WORDS[key][0 if lang == "zh" else 1].format_map(values)
