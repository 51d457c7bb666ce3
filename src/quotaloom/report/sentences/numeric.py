"""Sentences of splitting, spreading and their bounds."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "apportion.weight_missing": (
        "{subject}：还没有权重。请补上权重；确实没有潜力的填 0，暂不参与的先排除。",
        "{subject} has no weight yet. Give one; 0 means no potential; exclude what stays out.",
    ),
    "apportion.weight_negative": (
        "{subject}：权重是负数（{value}），不能按它分摊。请改成 0 或正数，或换一个分摊依据。",
        "{subject} has a negative weight ({value}), by which nothing can be shared out. "
        "Make it 0 or more, or choose another basis.",
    ),
    "apportion.no_weight": (
        "{subject}：要分 {total}，但没有任何权重。请给出依据，或允许平均分摊。",
        "{subject} has {total} to share out but no weight at all. Give a basis, or allow equal "
        "shares.",
    ),
    "apportion.no_cell": (
        "{subject}：要分 {total}，但下面没有可以分到的成员。请先加上成员，或把目标改为 0。",
        "{subject} has {total} to share out but no member to take it. Add a member, or make the "
        "target 0.",
    ),
    "apportion.too_large": (
        "{subject}：{total} 或它的权重、上下限超出了可精确计算的范围。请换用更大的取整单位。",
        "{subject}: {total}, its weights or its bounds pass what is computed exactly. Choose a "
        "larger unit.",
    ),
    "apportion.and_more": (
        "同样的问题（{subject}）还有 {count} 处，未逐一列出。",
        "The same ({subject}) holds in {count} more places, not listed.",
    ),
    "spread.bounds_crossed": (
        "{subject}：下限 {low} 高于上限 {high}。请改其中一个。",
        "{subject}: the lower bound {low} is above the upper bound {high}. Change one of them.",
    ),
    "spread.out_of_bounds": (
        "{subject}：目标 {total} 分不下去：锁定值和上下限只允许 {least} 到 {most}。"
        "请放宽上下限、解除部分锁定，或调整目标。",
        "{subject}: {total} cannot be placed; holds and bounds allow {least} to {most} only. "
        "Loosen bounds, release holds, or change the target.",
    ),
    "spread.pattern_length": (
        "{subject}：有 {size} 格，不是模式长度 {length} 的整数倍。请换一个模式。",
        "{subject} has {size} cells, no multiple of the pattern's {length}. Choose another "
        "pattern.",
    ),
    "spread.mix_normalised": (
        "各依据的占比合计为 {sum}，不是 1，已按比例折算。",
        "The mix adds up to {sum}, not to 1; it was scaled.",
    ),
    "spread.driver_empty": (
        "第 {driver} 个依据在 {groups} 组里没有数据，这些组只按其余依据分摊。",
        "Driver {driver} has no figures in {groups} groups; these were shared out by the others.",
    ),
    "spread.null_basis": (
        "有 {cells} 格还没有依据，这次没有参与分摊。请补上依据后再分；没有潜力的填 0。",
        "{cells} cells have no basis yet and took no part. Give them one and spread again; 0 "
        "means no potential.",
    ),
    "spread.zero_basis": (
        "有 {groups} 组的依据全部为 0，已改为平均分摊。如不合适，请给出依据后重分。",
        "{groups} groups have a basis of 0 throughout and were shared out equally. If that is "
        "wrong, give a basis and spread again.",
    ),
}
