"""Findings of versions: what stands before a release, what an edition keeps, what is compared."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "release.sums_agree": (
        "{count} 个合计与下级之和一致。",
        "{count} totals are the sums of those below them.",
    ),
    "release.sums_differ": (
        "合计与下级之和不一致：{subject}。不能发布，请先运行核对。",
        "Totals are not the sums of those below them: {subject}. Nothing can be released; verify "
        "the plan first.",
    ),
    "release.holds": (
        "锁定和上下限共 {count} 处，没有过期的。",
        "{count} holds and bounds are set; none has passed its day.",
    ),
    "release.holds_ended": (
        "{count} 处锁定已到期但还没有解除：{subject}。请确认后解除，或延长期限。",
        "{count} holds have passed their day and are still set: {subject}. Release or renew them.",
    ),
    "release.steps_done": ("没有待处理的上报。", "No submission is waiting."),
    "release.steps_open": (
        "有 {count} 处上报或退回还没有商定。请先处理，或确认就这样发布。",
        "{count} submissions or returns are not agreed yet. See to them, or release all the same.",
    ),
    "release.all_assigned": (
        "全部数字都落到了成员身上，没有未分配的余额。",
        "Every figure is carried by a member; nothing is unallocated.",
    ),
    "release.unassigned": (
        "还有数字没有分到人：{subject}。请分完，或确认就这样发布。",
        "Some figures are carried by nobody: {subject}. Share them out, or release all the same.",
    ),
    "release.cells_given": ("每个格子都有数。", "Every cell has a figure."),
    "release.cells_missing": (
        "有 {count} 格还没有填数（不等于 0）。请补齐，或确认就这样发布。",
        "{count} cells have no figure yet, which is not 0. Fill them, or release all the same.",
    ),
    "release.scenarios": (
        "没有与目标方案冲突的情景。",
        "No scenario clashes with the plan.",
    ),
    "release.scenarios_clash": (
        "{count} 个情景里有与目标方案冲突、还没有处理的修改：{subject}。"
        "请先采用或归档，或确认就这样发布。",
        "{count} scenarios hold edits that clash with the plan: {subject}. Promote or archive them "
        "first, or release all the same.",
    ),
    "release.moved": (
        "您查看之后计划又有修改（您看到第 {seen} 次，现在是第 {subject} 次），没有发布。"
        "请重新查看后再发布。",
        "The plan was edited since you looked (you saw edit {seen}, it is at {subject}); nothing "
        "was released. Look again, then release.",
    ),
    "edit.nothing_closed": (
        "没有可以撤回的结账。",
        "No period was closed here that could be opened again.",
    ),
    "edition.without_plan": (
        "版本 {subject} 里只有数据，没有当时的计划，不能复制或比较。请用计划的某个位置代替。",
        "The edition {subject} holds its cells only, not the plan of that time; it cannot be "
        "copied or compared. Use a position of the plan instead.",
    ),
    "edition.unreadable": (
        "版本 {subject} 的说明文件读不出来，不能使用。请从备份恢复。",
        "What the edition {subject} says of itself cannot be read. Restore a backup.",
    ),
    "edition.period_closed": (
        "{subject} 已经结账（结到 {last}），那里生效的是“{edition}”，不能改由新版本生效。"
        "请从未结账的期间起生效。",
        "{subject} is closed (up to {last}) under the edition {edition}, which stays in force "
        "there. Let the new one begin in an open period.",
    ),
    "edition.foreign": (
        "版本“{subject}”（第 {number} 版）不是从这份计划的日志发布的。请从备份恢复。",
        "Edition {subject} (number {number}) was not released from this plan's journal. Restore a "
        "backup.",
    ),
    "edition.stays": (
        "已发布的版本“{subject}”不能修改或删除。要调整，请发布新的一版。",
        "A released edition ({subject}) cannot be changed or deleted. Release another one instead.",
    ),
    "edition.row_changed": (
        "第 {subject} 版的登记与发布时的审计记录不一致。请从备份恢复。",
        "The entry of edition {subject} is not what the audit recorded at its release. Restore a "
        "backup.",
    ),
    "version.unlike": (
        "“{subject}”没有可以对照的期间或指标，不能放在一起比较。请换一个版本。",
        "{subject} has no such period or measure to set beside the others. Choose another version.",
    ),
}
