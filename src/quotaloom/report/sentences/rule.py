"""Findings of the rules with which a plan begins, and of aims by class."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "rule.none": (
        "{subject} 里没有可用的规则。这里用到的是：{verbs}。",
        "{subject} has no rule for this. What is used here: {verbs}.",
    ),
    "rule.about_nothing": (
        "规则“{subject}”对不上任何一行。请核对列名和成员。",
        "The rule {subject} is about no line. Check its column and its member.",
    ),
    "rule.lines_missed": (
        "有 {rows} 行没有规则，第一行是“{subject}”。请补一条规则，或用 * 表示全部。",
        "{rows} lines have no rule, first {subject}. Add a rule, or say * for all of them.",
    ),
    "rule.lines_twice": (
        "有 {rows} 行同时适用两条规则，第一行是“{subject}”。请让每一行只归一条规则。",
        "{rows} lines have two rules, first {subject}. Let each line have one.",
    ),
    "rule.column_there": (
        "文件里已经有“{subject}”列，不能再分存量与新客户。请改列名，或去掉 clientele 规则。",
        "There is a column {subject} already, so customers cannot be told apart again. Rename it, "
        "or leave the clientele rules out.",
    ),
    "rule.members_only": (
        "规则“{subject}”只能写成员，如 大区=华东，或 * 表示全部；不写期间和指标。",
        "The rule {subject} names members alone, such as region=E, or * for all; no period and no "
        "measure.",
    ),
    "rule.no_months": (
        "收入确认按月计算，而计划的期间是“{subject}”这样的。请用按月的明细新建计划。",
        "Revenue is recognised month by month, and the periods are like {subject}. Begin the plan "
        "with monthly lines.",
    ),
    "rule.months_range": (
        "月数“{subject}”要在 1 到 {most} 之间。",
        "The months {subject} must be 1 to {most}.",
    ),
    "rule.milestone_unreadable": (
        "看不懂里程碑“{subject}”。请写 月数=权重，如 0=30, 3=40, 6=30。",
        "“{subject}” is no milestone. Write months=weight, such as 0=30, 3=40, 6=30.",
    ),
    "rule.later": (
        "{subject}：{later} 元在计划年度之后确认。",
        "{subject}: {later} yuan are recognised after the plan's year.",
    ),
    "rule.arr": (
        "{subject}：年末年度经常性收入（ARR）{arr} 元。",
        "{subject}: {arr} yuan of yearly recurring revenue (ARR) at the end of the year.",
    ),
    "class.figure_missing": (
        "{subject} 缺少 {figure}，这一类目标要用到它。",
        "{subject} lacks {figure}, which a target of this class needs.",
    ),
    "class.figure_foreign": (
        "{subject} 写了 {figure}，这一类目标不用它；它要的是 {needed}。请核对类别。",
        "{subject} has {figure}, which a target of this class does not take; it takes {needed}. "
        "Check the class.",
    ),
    "class.out_of_range": (
        "{subject} 的 {figure} 应为 {allowed}，与这一类目标的含义不符，请核对数字或类别。",
        "{subject}: {figure} must be {allowed} for a target of this class. Check the figure or the "
        "class.",
    ),
    "class.no_measure": (
        "{subject} 这一类要考核 {measures}，计划里没有。请在新建计划时用 --measures 加上。",
        "{subject} is of a class that is held to {measures}, which the plan lacks. Add it with "
        "--measures when the plan is begun.",
    ),
}
