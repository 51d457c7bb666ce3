"""Sentences about working days."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "workdays.provisional": (
        (
            "{year} 年的放假调休通知尚未收录，工作日暂按法定节假日推算（{country}），不含调休；"
            "通知公布后请升级 holidays 库并重新计算。"
        ),
        (
            "The official holiday notice for {year} is not known yet: working days count the "
            "statutory holidays only ({country}), without moved days. Upgrade the holidays "
            "library once the notice is out and run again."
        ),
    ),
    "workdays.unknown_country": (
        "没有国家或地区「{country}」的工作日历；请用 ISO 3166 代码，例如 CN、US、DE。",
        "There is no working-day calendar for “{country}”; use a code such as CN, US or DE.",
    ),
}
