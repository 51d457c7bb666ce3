"""Findings of the score of a plan."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "score.no_facts": (
        "没有给出实际数。请用 --facts 指标=文件 给出至少一个指标的业务数据。",
        "No facts are given. Name those of at least one measure by --facts MEASURE=FILE.",
    ),
    "score.no_targets": (
        "计划里没有“{subject}”的目标，没有可以比较的数。请先在计划里给出这个指标的数字再发布。",
        "The plan has no targets of {subject}, so there is nothing to compare. Give that measure "
        "figures and release the plan.",
    ),
    "score.no_edition": (
        "计划“{subject}”还没有发布过版本，评分只看已发布的目标。请先运行 quotaloom plan release。",
        "{subject} was never released, and a score is of released targets alone. Run quotaloom "
        "plan release first.",
    ),
    "score.other_year": (
        "{subject} 有 {count} 行不在计划的年份里，没有计入。",
        "{subject}: {count} rows lie outside the plan's year and are left out.",
    ),
    "score.unknown_member": (
        "{subject} 有 {count} 行的成员不在计划里，只计入合计。请核对编号，或先在计划里开设该成员。",
        "{subject}: {count} rows name no member of the plan and count in the whole alone. Check "
        "their codes, or open the members in the plan.",
    ),
    "score.left_out": (
        "总评分里没有 {subject}（权重 {weight}）：没有实际数，其余权重按比例放大。",
        "{subject} (weight {weight}) has no facts and is left out of the score; the other weights "
        "count for more.",
    ),
    "score.no_weights": (
        "这些指标都没有权重，只列达成率，没有总评分。可在指标目录里写 weight。",
        "None of these measures has a weight, so there are attainments and no score. Say weight in "
        "the catalogue of measures.",
    ),
}
