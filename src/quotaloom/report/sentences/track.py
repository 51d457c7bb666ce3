"""What is said of quotas in force, credit and pace."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "attainment.quota_backwards": (
        "「{subject}」自 {start} 起的目标在 {end} 就结束了，结束日早于开始日。请更正起止日期。",
        "The quota of “{subject}” from {start} ends on {end}, before it starts. Correct the dates.",
    ),
    "attainment.more_backwards": (
        "另有 {count} 个目标的结束日早于开始日。",
        "{count} more quotas end before they start.",
    ),
    "attainment.quotas_overlap": (
        "「{subject}」有两个目标同时生效：一个自 {start} 起，到 {end} 为止；另一个自 {next} 起。"
        "同一天只能有一个目标，请更正日期或把两行合成一行。",
        "“{subject}” has two quotas in force at once: one from {start} until {end}, one from {next}."
        " A day can have one quota only; correct the dates or put the two rows together.",
    ),
    "attainment.more_overlap": (
        "另有 {count} 对目标的日期重叠。",
        "{count} more pairs of quotas overlap.",
    ),
}
