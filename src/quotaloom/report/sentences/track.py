"""What is said of quotas in force, credit and pace."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "track.no_files": (
        "缺少 {subject}：业绩文件写在命令后面，目标文件用 --quota 给出。",
        "{subject} is missing: the facts follow the command, the quotas are given with --quota.",
    ),
    "track.as_of_unreadable": (
        "看不懂截止日「{subject}」。请写成 2026-03-31。",
        "The day {subject} cannot be read. Write it like 2026-03-31.",
    ),
    "track.out_kind": (
        "「{subject}」不能写出：只支持 .csv。",
        "{subject} cannot be written: only .csv is.",
    ),
    "track.by_names": (
        "--by「{subject}」里不能写 编码|名称，只写列名，层级用 > 连接。",
        "--by {subject} takes columns only, levels joined by >; code|name pairs are not read here.",
    ),
    "track.quota_parts": (
        "「{subject}」自 {start} 起的目标不足一分（共 {count} 处）。目标须以分为最小单位，请更正。",
        "The quota of “{subject}” from {start} has parts of a cent ({count} such). Quotas are "
        "whole cents; correct them.",
    ),
    "track.member_torn": (
        "「{subject}」在业绩里出现在 {places} 个上级下，而目标文件没有「{levels}」，"
        "无法判断目标属于哪里。请在目标文件中加上这一列，或只按成员查看。",
        "“{subject}” stands under {places} parents in the facts, and the quotas have no {levels}, "
        "so it is open where the quota belongs. Add the column to the quotas, or track by the "
        "member alone.",
    ),
    "track.nothing": (
        "{subject} 年度截至 {as_of} 既没有业绩也没有目标。请检查年度、截止日与文件。",
        "There is neither credit nor quota up to {as_of} (year {subject}). Check the year, "
        "the day and the files.",
    ),
    "track.without_quota": (
        "{subject} 元业绩所在的日子没有生效的目标（{count} 个成员·日），仍计入业绩合计。",
        "{subject} yuan of credit fell on days without a quota in force ({count} member days); "
        "it is in the totals of credit.",
    ),
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
        "“{subject}” has two quotas in force at once: one from {start} until {end}, one from "
        "{next}. A day can have one quota only; correct the dates or put the two rows together.",
    ),
    "attainment.more_overlap": (
        "另有 {count} 对目标的日期重叠。",
        "{count} more pairs of quotas overlap.",
    ),
}
