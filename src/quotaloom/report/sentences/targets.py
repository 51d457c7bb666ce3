"""Sentences about the three growth formulas."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "calibrate.factor_out_of_band": (
        "{subject} 的系数 {factor} = {value}，超出允许区间 {low}–{high}；请改到区间之内。",
        "{subject}: the factor {factor} = {value} lies outside {low}–{high}; choose one inside.",
    ),
    "calibrate.unknown_setting": (
        "设置「{subject}」没有取值「{value}」；可选：{allowed}。",
        "The setting {subject} has no value “{value}”; choose one of {allowed}.",
    ),
    "calibrate.falling_undecided": (
        (
            "行业增速为 {value}，小于零：再乘以系数只会放大跌幅。请明确选择 falling = floor"
            "（按零增长）或 widen（按 g + |g|×(k−1) 收窄跌幅）。"
        ),
        (
            "The industry grows by {value}, below zero, where multiplying would deepen the fall. "
            "Decide: falling = floor (grow by 0) or widen (g + |g|×(k−1))."
        ),
    ),
    "calibrate.industry_falls": (
        "行业增速为 {value}，小于零；已按 {falling} 处理，请确认目标是否合理。",
        "The industry grows by {value}, below zero; handled as {falling}. Please confirm it.",
    ),
    "calibrate.base_not_positive": (
        "{subject} 的基数为 {base}，必须大于零；请核对上年数据。",
        "{subject}: the base is {base} and must be above zero; check last year's figure.",
    ),
    "calibrate.base_negative": (
        "{subject} 的上年基数为 {base}，小于零；请核对退货冲减，或作为新人按同级中位数设定。",
        (
            "{subject}: last year's base is {base}, below zero; check the returns, or set the "
            "person from the peers' median as a new hire."
        ),
    ),
    "calibrate.base_zero": (
        "{subject} 的上年基数为零，目标也为零；若是新人，请留空基数并给出爬坡系数。",
        "{subject}: a base of zero gives a target of zero; a new hire has no base but a ramp.",
    ),
    "calibrate.figure_missing": (
        "按 {reading} 口径计算 {subject} 目标时缺少 {figure}，请补充。",
        "{subject}: the reading {reading} needs {figure}; please give it.",
    ),
    "calibrate.history_too_short": (
        "{subject} 只有 {years} 年历史，算不出复合增长率；至少需要两年。",
        "{subject}: {years} year(s) of history give no compound growth; two are needed.",
    ),
    "calibrate.history_short": (
        "{subject} 的历史只够计算 {years} 年的复合增长率（要求 {asked} 年），已按现有年数计算。",
        "{subject}: the compound growth spans {years} year(s), not {asked}: no longer history.",
    ),
    "calibrate.history_not_positive": (
        "{subject} 的首年为 {first}、末年为 {last}，必须都大于零才能计算复合增长率。",
        "{subject}: the first year is {first}, the last {last}; both must be above zero.",
    ),
    "calibrate.region_falls": (
        "{subject} 的复合增长率为 {cagr}，小于零：资源系数或潜力指数越大，目标反而越低，请确认。",
        (
            "{subject}: the compound growth is {cagr}, below zero, so that a larger resource or "
            "potential factor lowers the target. Please decide by hand."
        ),
    ),
    "calibrate.resource_not_positive": (
        "{subject} 的资源投入系数为 {value}，必须大于零（1 表示不变）。",
        "{subject}: the resource factor is {value} and must be above zero (1: unchanged).",
    ),
    "calibrate.unknown_grade": (
        "{subject} 的职级「{grade}」不在系数表中；表中有：{known}。",
        "{subject}: the grade “{grade}” is not in the table, which has {known}.",
    ),
    "calibrate.ramp_missing": (
        "{subject} 没有上年基数，也没有爬坡系数；请给出 0–1 之间的爬坡系数。",
        "{subject} has neither a base nor a ramp; give a ramp from 0 to 1.",
    ),
    "calibrate.no_peers": (
        "{subject} 没有上年基数，同组「{peers}」里也无人有基数可参照；请换一个参照组或直接给基数。",
        "{subject} has no base and nobody in “{peers}” has one; name another group or a base.",
    ),
    "calibrate.new_hire": (
        "{subject} 为新人：基数取同组中位数乘以爬坡系数，得 {base}。",
        "{subject} is new: the base is the peers' median times the ramp, {base}.",
    ),
    "calibrate.literal_reading": (
        "{subject} 按字面口径「基数×增长率×职级系数」计算，所得只是增量而非全年目标。",
        "{subject}: base × growth × grade, read literally, is the increment, not the target.",
    ),
    "calibrate.no_path": (
        "无法计算增长路径：基数 {base}、倍数 {multiple}、{years} 年；三者都要为正，且至少一步。",
        "No path from base {base} by {multiple} in {years} year(s): all must be positive.",
    ),
    "clientele.out_of_range": (
        "“{subject}”是 {value}，应在 {allowed} 之内。请改正后再算新老客户的分配。",
        "{subject} is {value}; it must be {allowed}. Correct it before sharing the target between "
        "existing and new customers.",
    ),
}
