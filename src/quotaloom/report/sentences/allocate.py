"""Sentences about wishes that meet or clash when a total is cascaded or a table is raked."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "allocate.conflict": (
        (
            "以下 {count} 项要求互相矛盾，不能同时满足：{subject}。"
            "放宽或去掉其中任意一项，其余各项就能成立。"
        ),
        (
            "These {count} wishes contradict each other: {subject}. "
            "Relax or drop any one of them and the others can be met."
        ),
    ),
    "allocate.conflict_with_total": (
        (
            "在总目标之内，以下 {count} 项要求不能同时满足：{subject}。"
            "请放宽或去掉其中任意一项，或调整总目标。"
        ),
        (
            "Within the total, these {count} wishes cannot be met together: {subject}. "
            "Relax or drop any one of them, or change the total."
        ),
    ),
    "allocate.conflict_with_growth": (
        (
            "在增长上限之内，总目标与以下 {count} 项要求不能同时满足：{subject}。"
            "请提高增长上限，或放宽其中任意一项。"
        ),
        (
            "Under the growth limit, the total and these {count} wishes cannot be met: {subject}. "
            "Raise the limit, or relax any one of them."
        ),
    ),
    "allocate.total_beyond_growth": (
        "总目标超过了各单元在增长上限之内所能承担之和。请提高增长上限，或降低总目标。",
        "The total is more than all cells can hold under the growth limit. Raise it or lower it.",
    ),
    "allocate.total_out_of_range": (
        "总目标为 {subject} 个取整单位，只能在 0 与 2 的 50 次方之间。请改用更大的取整单位。",
        "The total is {subject} units and must be between 0 and 2 to the 50. Choose a larger unit.",
    ),
    "allocate.zero_basis_opened": (
        "有要求落在历史为零的单元上，共 {units} 个取整单位；它们在这些单元间平均分配。",
        (
            "Wishes fall on cells whose history is zero: {units} units in all, "
            "spread evenly over those cells."
        ),
    ),
    "allocate.hold_reshaped": (
        "锁定的合计保持不变，但其内部比例与其他要求冲突，已按其他要求调整。",
        "The held totals stand, but the proportions inside them had to give way to other wishes.",
    ),
    "rake.conflict": (
        (
            "以下 {count} 项合计互相矛盾，任何取值都无法同时满足：{subject}。"
            "放宽或去掉其中任意一项，其余各项就能成立。"
        ),
        (
            "No values meet these {count} totals together: {subject}. "
            "Relax or drop any one of them and the others can be met."
        ),
    ),
    "rake.no_whole_solution": (
        (
            "没有找到能让各项合计全部精确成立的整单位分解（{subject}）。"
            "请放宽其中一项、换用更小的取整单位，或开放更多单元。"
        ),
        (
            "No breakdown in whole units was found that meets all totals exactly ({subject}). "
            "Relax one of them, choose a smaller unit, or open more cells."
        ),
    ),
    "rake.bounds_crossed": (
        "有 {cells} 个单元的下限高于上限，请更正。",
        "In {cells} cells the lower bound lies above the upper one. Correct them.",
    ),
}
