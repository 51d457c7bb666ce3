"""Sentences about the demo company."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "demo.out_of_range": (
        (
            "演示公司的种子必须不小于零（现为 {seed}），"
            "截止日须在 {first} 至 {last} 之间（现为 {through}）。"
        ),
        (
            "The demo company needs a seed >= 0 (here {seed}) and a last day from {first} to "
            "{last} (here {through})."
        ),
    ),
    "demo.no_room": (
        "这里已有 {count} 个成员，演示公司只能装入空的工作区（顶层单位除外）。",
        "There are {count} members here already; the demo company goes only into an empty house "
        "(its top unit aside).",
    ),
    "demo.plan_held": (
        "方案「{subject}」还有别的内容依赖它，演示公司不能清除。请先删除那些内容。",
        "Something depends on the plan “{subject}”, so the demo company cannot be cleared. Delete "
        "that first.",
    ),
}
