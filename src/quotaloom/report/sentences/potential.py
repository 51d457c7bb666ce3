"""Findings about the potential that is given beside a plan."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "potential.no_level": (
        "潜力文件里没有与计划层级同名的列，不知道数字是谁的。请把列名改成其中之一：{levels}。",
        "No column of the potential is called like a level of the plan, so it is not known whose "
        "the figures are. Name a column after one of: {levels}.",
    ),
    "potential.unknown_member": (
        "潜力文件里有计划没有的成员：{subject}（共 {count} 行，首处第 {row} 行）。"
        "请改成计划里的编码或名称，或删去。",
        "The potential names members that the plan has not: {subject} ({count} rows, the first is "
        "row {row}). Use their codes or names in the plan, or remove these rows.",
    ),
    "potential.none_given": (
        "有 {count} 个成员在潜力文件里没有数字，潜力按 0 计，按潜力分摊时得 0；需要的话请补上。",
        "{count} members have no figure in the potential and count as 0: spread by it, they get "
        "nothing. Add them where that is not meant.",
    ),
}
