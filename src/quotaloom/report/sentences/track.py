"""What is said of quotas in force, credit and pace."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "track.nothing_in_force": (
        "这一天没有生效的目标，或者还没有导入订单明细。请先发布方案并导入业务数据。",
        "No plan is in force on that day, or no order lines were imported. Release a plan and "
        "import facts first.",
    ),
    "track.no_files": (
        "缺少 {subject}：业绩文件写在命令后面，"
        "目标用 --quota（文件）或 --edition（已发布版本）给出。",
        "{subject} is missing: the facts follow the command, the quotas are given with --quota "
        "(files) or --edition (released plans).",
    ),
    "track.no_edition": (
        "「{subject}」里没有已发布的版本。请先发布计划，或检查文件夹。",
        "Nothing was released in {subject}. Release the plan, or check the folder.",
    ),
    "track.level_not_planned": (
        "计划里没有「{subject}」这一级；已有：{known}。请改 --by。",
        "The plan has no level {subject}; it has {known}. Change --by.",
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
    "credit.rule_backwards": (
        "归属规则「{subject}」自 {start} 起，却在 {end} 就失效。请更正起止日期。",
        "The assignment “{subject}” from {start} ends on {end}, before it starts. Correct the "
        "dates.",
    ),
    "credit.share_not_positive": (
        "归属规则「{subject}」给 {member} 的份额不大于 0。请填写大于 0 的份额，或删去这一行。",
        "The assignment “{subject}” gives {member} no share above 0. Give one, or remove the row.",
    ),
    "credit.shares_not_whole": (
        "归属规则「{subject}」自 {start} 起的分摊份额合计 {sum}，应为 100%。"
        "额外的业绩请把性质写成「叠加」。",
        "The splits of “{subject}” from {start} are {sum} in sum, and must be 100%. Credit beside "
        "them is of the kind overlay.",
    ),
    "credit.member_twice": (
        "归属规则「{subject}」自 {start} 起把同一成员写了两次。请合并成一行。",
        "The assignment “{subject}” from {start} names a member twice. Put the rows together.",
    ),
    "credit.rules_overlap": (
        "归属规则「{subject}」与「{other}」条件相同，{start} 起有同一天都生效的日子。"
        "请给前一条写上失效日期。",
        "The assignments “{subject}” and “{other}” have the same conditions and share days from "
        "{start}. Give the earlier one its last day.",
    ),
    "credit.two_rules": (
        "{date} 的一笔业绩同时符合两条同样具体的归属规则：{subject}。请给其中一条再加一个条件。",
        "A fact of {date} fits two assignments with equally many conditions: {subject}. Add a "
        "condition to one of them.",
    ),
    "credit.column_unknown": (
        "归属规则的条件列「{subject}」不是 {kind} 的列；请改成其中的列名，或者去掉它",
        "the condition “{subject}” of the crediting rules is no column of {kind}; "
        "name one of its columns, or leave it out",
    ),
    "credit.unknown_kind": (
        "看不懂这个性质。请写「分摊」或「叠加」。",
        "This kind cannot be read. Write split or overlay.",
    ),
    "credit.member_blank": (
        "没有写业绩归谁。请填上成员。",
        "The row credits nobody. Fill in the member.",
    ),
    "credit.share_unreadable": (
        "看不懂这个份额，或它比百分数的四位小数更细。请写成 60% 或 0.6。",
        "This share cannot be read, or is finer than four decimals of a per cent. Write 60% or "
        "0.6.",
    ),
    "credit.hold_over_without_assign": (
        "--origin 与 --hold-over 只在用 --assign 归属业绩时有意义。请加上 --assign，或去掉它们。",
        "--origin and --hold-over mean something with --assign only. Add it, or leave them out.",
    ),
    "credit.hold_over_needs_origin": (
        "留存业绩需要同时给出 --hold-over（天数）和 --origin（业绩的起始日列）。",
        "Credit is held over with both --hold-over (days) and --origin (the column of the day on "
        "which a fact was begun).",
    ),
    "credit.origin_unreadable": (
        "起始日列「{subject}」里的「{value}」看不懂。请写成 2026-03-31。",
        "“{value}” in the column {subject} cannot be read as a day. Write it like 2026-03-31.",
    ),
    "credit.quotas_without_place": (
        "用 --assign 归属业绩时，目标文件要有每一层的列，才知道成员在哪一级下；缺少：{subject}。",
        "With --assign the quotas say under whom a member stands, so they need the column of every "
        "level; missing: {subject}.",
    ),
}
