"""Sentences of the journal: what an edit may not do, and whom it meets."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "edit.unknown_member": (
        "维度“{axis}”里没有“{subject}”。最接近的是：{nearest}。请改用其中之一，或先新增这个成员。",
        "{axis} has no member {subject}. The nearest are: {nearest}. Use one of them, or open the "
        "member first.",
    ),
    "edit.name_twice": (
        "维度“{axis}”里有几个成员叫“{subject}”：{ids}。请改用编码。",
        "Several members of {axis} are called {subject}: {ids}. Use the id instead.",
    ),
    "edit.circle": (
        "“{subject}”不能移到这里，会形成循环：{path}。请选一个不在它下面的上级。",
        "{subject} cannot move there, it would make a circle: {path}. Choose a parent that is not "
        "below it.",
    ),
    "edit.unknown_axis": (
        "这份计划没有维度“{subject}”。可用的维度：{axes}。",
        "The plan has no axis {subject}. Its axes are: {axes}.",
    ),
    "edit.unknown_measure": (
        "这份计划没有指标“{subject}”。可用的指标：{measures}。",
        "The plan has no measure {subject}. Its measures are: {measures}.",
    ),
    "edit.unknown_layer": (
        "这份计划没有层“{subject}”。可用的层：{layers}。",
        "The plan has no layer {subject}. Its layers are: {layers}.",
    ),
    "edit.unknown_period": (
        "“{subject}”不是这份计划的期间。计划从 {first} 到 {last}。",
        "{subject} is no period of this plan, which runs from {first} to {last}.",
    ),
    "edit.mixed_signs": (
        "要分摊的格子有正有负（{positive} 格为正，{negative} 格为负），按现有比例分不出唯一结果。"
        "请锁定其中一类，或改用平均、参照等方法。",
        "The cells point both ways ({positive} above zero, {negative} below), so there is no one "
        "proportional answer. Hold one kind, or use another method, such as equal.",
    ),
    "edit.negative_solving": (
        "有 {cells} 格是负数，几个合计不能同时求解。请先锁定或清零这些格子。",
        "{cells} cells are negative, so several totals cannot be solved for together. Hold them or "
        "make them 0 first.",
    ),
    "edit.unknown_reference": (
        "没有参考数据“{subject}”。可用的有：{references}。",
        "There is no reference {subject}. There are: {references}.",
    ),
    "edit.reference_unpaired": (
        "参照“{subject}”合计 {total}，但没有一格与这里对得上（其他维度的成员不同），因此按 0 计。"
        "请换一个参照，或写明金额。",
        "The reference {subject} adds up to {total}, and yet none of its cells pairs with one here "
        "(other members on other axes), so it counts as 0. Choose another, or say the amount.",
    ),
    "edit.reference_periods": (
        "参照的期间“{subject}”有 {periods} 期，而这里有 {wanted} 期，对不上。请选同样多期的参照。",
        "The reference {subject} has {periods} periods and the slice {wanted}. Choose one of the "
        "same length.",
    ),
    "edit.several_measures": (
        "一次修改里出现了 {count} 个指标或层。请分开提交。",
        "One edit speaks of {count} measures or layers. Make one edit of each.",
    ),
    "edit.unknown_method": (
        "方法“{subject}”不能用在这里。可用的方法：{methods}。",
        "The method {subject} cannot be used here. These can: {methods}.",
    ),
    "edit.method_lacks": (
        "方法“{subject}”还缺少：{options}。请补上这些选项。",
        "The method {subject} lacks: {options}. Add these options.",
    ),
    "edit.reference_count": (
        "“{subject}”给了 {references} 个参照，需要 {wanted} 个，"
        "每个参照配一个权重，不能为负，也不能全为 0。",
        "{subject} has {references} references and takes {wanted}, each with a weight that is not "
        "below 0; one at least is above.",
    ),
    "edit.weights_too_fine": (
        "权重换算成整数后合计 {parts} 份，太细，数会超出范围。请用位数少一些的权重。",
        "As whole numbers the weights come to {parts} parts, too fine to count with. Use weights "
        "of fewer digits.",
    ),
    "edit.days_of_several": (
        "按工作日分摊时，一次只能填同一个期间的合计，这里有：{subject}。请分开提交。",
        "Working days are those of one period, and here are several: {subject}. Make one edit of "
        "each.",
    ),
    "edit.weights_zero": (
        "{weights} 个权重全是 0，已改为平均分。要按比例分，请填写不全为 0 的权重。",
        "All {weights} weights are 0, so it was shared out evenly. Type weights of which one at "
        "least is not 0 to share it out by them.",
    ),
    "edit.weights_zero_refused": (
        "方法“{subject}”的权重全是 0，分不下去。"
        "请填写不全为 0 的权重，或允许平均分（on_zero: equal）。",
        "All weights of {subject} are 0. Type weights of which one at least is not 0, or allow it "
        "to be shared out evenly (on_zero: equal).",
    ),
    "edit.wishes_share_cells": (
        "这几个合计有共同的格子，只能按现有比例同时求解，不能用“{subject}”。请用默认方法，或分开修改。",
        "These totals share cells, which only their own proportions can meet together, not "
        "{subject}. Leave the method out, or make one edit of each.",
    ),
    "edit.hold_parent_one": (
        "保持上级合计时一次只能改一个数，这里有 {count} 个。请分开提交。",
        "Inside a parent's total one figure is set at a time; here are {count}. Make one edit of "
        "each.",
    ),
    "edit.derived": (
        "“{subject}”是比率，由 {sides} 推算，不单独存数，不能在它上面锁定、设上下限或铺开。"
        "请对 {sides} 操作；改比率请直接填目标值。",
        "{subject} is a ratio of {sides} and holds no figures of its own to hold, bound or fill. "
        "Work on {sides}; to change the ratio, type it.",
    ),
    "edit.nothing_to_scale": (
        "“{subject}”在这里还没有数，无法按百分比调整。请直接填目标值。",
        "{subject} has no figure here yet that could be raised by a percentage. Type the figure.",
    ),
    "edit.nothing_below": (
        "这里按“{subject}”没有下级，没有可以校准的合计。请换一个维度，或选上一级。",
        "Nothing lies below along {subject}, so there is no total to calibrate. Name another axis, "
        "or a wider slice.",
    ),
    "edit.negative_total": (
        "“{subject}”是负数目标，已照填。如果不是有意的，请撤销。",
        "{subject} is a target below zero; it was set as typed. Take it back if it was not meant.",
    ),
    "edit.wish_outside": (
        "“{subject}”不在要保持合计不变的范围之内。请扩大范围，或改为直接设定。",
        "{subject} lies outside the total that is to stay. Widen it, or set the figure directly.",
    ),
    "edit.hold_parent_replaces": (
        "保持上级合计时只能直接填目标值，不能用“{subject}”。请填结果数。",
        "Inside a parent's total a figure can only be replaced, not “{subject}”. Type the result.",
    ),
    "edit.siblings_below_zero": (
        "“{subject}”超过了上级合计 {total}，其他下级会变成负数。请填小一些，或允许上级变动。",
        "{subject} passes the parent's total of {total}; its siblings would fall below zero. Type "
        "less, or let the parent move.",
    ),
    "edit.no_parent": (
        "“{subject}”没有上一级，无法保持上级合计。请改为允许上级变动。",
        "{subject} has no parent whose total could stay. Let the parent move instead.",
    ),
    "edit.distinct_total": (
        "“{subject}”是去重计数，合计不能由下级相加，也不能在合计上填写。请填到每个最末级。",
        "{subject} is a distinct count: its totals are no sums and cannot be typed. Type the "
        "leaves.",
    ),
    "edit.rate_zero": (
        "“{subject}”为 0 时推算不出另一侧。请填一个不为 0 的比率。",
        "{subject} cannot be 0 here: the other side cannot be derived from it. Type another rate.",
    ),
    "edit.member_twice": (
        "维度“{axis}”里已经有“{subject}”。请换一个编码。",
        "{axis} already has a member {subject}. Use another id.",
    ),
    "edit.close_not_empty": (
        "“{subject}”在停用之后还有 {cells} 格不为 0。请指定由谁接手，或先移走这些数。",
        "{subject} still has {cells} cells that are not 0 after its end. Say who takes them over, "
        "or move them first.",
    ),
    "edit.not_a_leaf": (
        "“{subject}”下面还有成员，不能整体拆分、合并或交接。请先处理它的下级。",
        "{subject} holds other members, so it cannot be split, merged or handed over as a whole. "
        "See to those below it first.",
    ),
    "edit.outside_scope": (
        "这次修改会改动您权限范围以外的格子，因此没有执行。请缩小范围，或请上级来改。",
        "The edit would write cells outside your scope, so nothing was done. Narrow it, or ask "
        "your manager.",
    ),
    "edit.below_base": (
        "有 {cells} 格的“{subject}”会低于“{base}”。挑战目标不能低于基础目标，请同时调整两者。",
        "{cells} cells of {subject} would fall below {base}. A challenge is never below its base: "
        "change both.",
    ),
    "edit.step_refused": (
        "当前状态是“{status}”，不能做“{subject}”这一步。请先刷新看看最新状态。",
        "The slice is {status}, so “{subject}” is not possible now. Refresh to see where it "
        "stands.",
    ),
    "edit.bound_crossed": (
        "下限 {low} 大于上限 {high}。请对调或改正。",
        "The lower bound {low} is above the upper one {high}. Swap or correct them.",
    ),
    "edit.bound_not_kept": (
        "现在的合计是 {total}，已经在上下限 {subject} 之外。请先调整数字，再设上下限。",
        "The total is {total} now, outside {subject}. Change the figure first, then set the bound.",
    ),
    "edit.touched_since": (
        "{subject} 改过的格子后来又被改动（{edits}，共 {count} 次），不能直接撤回。"
        "请先撤回后面的修改，或直接填新值。",
        "The cells of {subject} were changed again since ({edits}, {count} in all). Take those "
        "back first, or type new figures.",
    ),
    "edit.member_touched": (
        "维度“{axis}”的成员“{subject}”后来又有变动，不能直接撤回。请先撤回后面的变动。",
        "The member {subject} of {axis} changed again since. Take the later change back first.",
    ),
    "edit.weights_do_not_fit": (
        "方法“{subject}”给了 {weights} 个权重，而这里有 {periods} 份，对不上。"
        "请补齐权重，或换一个期间。",
        "The method {subject} has {weights} weights for {periods} parts. Give as many as there are "
        "parts, or choose another slice.",
    ),
    "edit.met": (
        "您看到之后，{author} 又改过同一处（{subject}，涉及 {cells} 格）。请比较后选择保留哪一个。",
        "Since you looked, {author} changed the same place ({subject}, {cells} cells). Compare, "
        "then choose which to keep.",
    ),
    "edit.too_busy": (
        "同时修改的人太多，这次没有写入。请再试一次。",
        "Too many people are editing at once; nothing was written. Try again.",
    ),
    "edit.nothing_to_undo": (
        "没有可以撤销的修改。",
        "There is nothing of yours to undo.",
    ),
    "edit.position_forgotten": (
        "第 {subject} 步之前的状态已不在本机缓存中。请从更早的存档点打开计划。",
        "Position {subject} lies before what was opened. Open the plan from an earlier checkpoint.",
    ),
    "edit.seen_unknown": (
        "您看到的位置 {subject} 不存在，计划目前在第 {head} 步。请刷新后再试。",
        "There is no position {subject}; the plan stands at {head}. Refresh and try again.",
    ),
    "edit.method_version": (
        "修改 {subject} 用的是方法 {method}，这个版本的程序不认识，无法重放。请升级程序。",
        "Edit {subject} was made by {method}, which this version does not know and so cannot "
        "replay. Upgrade it.",
    ),
    "edit.replay_differs": (
        "重放修改 {subject} 的结果与当时不同，计划没有打开。数据可能被改动过，请从备份恢复。",
        "Replaying {subject} gave other cells than it did then; the plan was not opened. Its files "
        "may have been altered: restore a backup.",
    ),
    "edit.copy_negative": (
        "“{subject}”里有负数，不能按增长率整体复制。请先调整为正数，或单独处理。",
        "{subject} has figures below zero, so it cannot be copied with growth. Correct them first.",
    ),
    "edit.not_a_branch": (
        "两份计划不是从同一份定义开始的，不能合并。请选择这份计划的分支。",
        "The two plans did not begin with the same definition, so they cannot be merged. Choose a "
        "branch of this plan.",
    ),
    "edit.period_closed": (
        "{subject} 及以前的期间已经结账，其中 {cells} 格不能再改，没有写入。请只改未结账的期间；"
        "确需更正，先撤回结账。",
        "The periods up to {subject} are closed: {cells} cells in them cannot change, and nothing "
        "was written. Change open periods only; to correct a closed one, take the close back "
        "first.",
    ),
    "edit.elapsed_already": (
        "{subject} 已经结账（目前结到 {last}）。请选一个更晚的期间。",
        "{subject} is closed already (closed up to {last}). Choose a later period.",
    ),
    "edit.elapsed_since": (
        "之后又结了 {subject} 的账，请先撤回后面的结账。",
        "{subject} was closed since. Take that close back first.",
    ),
    "edit.elapsed_released": (
        "已发布的版本把 {subject} 及以前的期间定为已结账，不能再打开。请在未结账的期间里更正。",
        "A released edition has the periods up to {subject} as closed; they cannot be opened "
        "again. Correct it in an open period.",
    ),
    "edit.edition_stays": (
        "{subject} 是一次发布，已发布的版本不能撤回。要调整，请修改计划后再发布新的一版。",
        "{subject} is a release, and an edition cannot be taken back. Change the plan and release "
        "another edition.",
    ),
    "edit.edition_by_release": (
        "版本只能通过“发布”产生，不能作为修改写入。",
        "An edition comes about by releasing the plan, not by an edit.",
    ),
    "edition.earlier": (
        "从 {subject} 起生效，早于已发布的版本“{edition}”。新版本只能从同一期或更晚的期间起生效。",
        "In force from {subject} is earlier than the released edition {edition}. A new edition "
        "begins in the same period or later.",
    ),
    "edition.changed": (
        "版本“{subject}”（第 {number} 版）的数据与发布时不同，不能使用。请从备份恢复。",
        "The cells of edition {subject} (number {number}) are not what was released. Restore a "
        "backup.",
    ),
    "edition.unknown": (
        "没有第 {subject} 版。请用 plan list 查看已发布的版本。",
        "There is no edition {subject}. See plan list for what was released.",
    ),
    "edition.no_period": (
        "“{subject}”不是这份计划的期间（{periods}）。请写一个期间，例如 2027-04。",
        "{subject} is no period of this plan ({periods}). Name one, such as 2027-04.",
    ),
    "edit.no_edits": ("没有写任何修改。请给出文件或 -e。", "There is no edit. Give a file, or -e."),
    "edit.no_file": (
        "找不到文件 {subject}。请检查路径。",
        "There is no file {subject}. Check its path.",
    ),
    "edit.same_year": (
        "新计划也是 {subject} 年。请用 --year 写另一年。",
        "The new plan would be of {subject} too. Name another year with --year.",
    ),
    "edit.no_lines": (
        "{subject} 不是 decompose 输出的明细：缺少列 {columns}。请用它的 csv 或 parquet 输出。",
        "{subject} is no output of decompose: it lacks {columns}. Use its csv or parquet.",
    ),
    "edit.no_column": (
        "文件里没有列 {subject}。可用的列：{columns}。",
        "The file has no column {subject}. It has: {columns}.",
    ),
    "edit.periods_missing": (
        "文件里的期间不是完整的一年，差在：{subject}。请补齐后再建计划。",
        "The periods of the file are not one whole year; they differ in {subject}. Complete them.",
    ),
    "edit.no_multiple": (
        "{subject} 有 {rows} 行不是 {unit} 元的整数倍。请换一个取整单位，或先取整。",
        "{rows} rows of {subject} are no multiple of {unit} yuan. Choose another unit, or round "
        "them first.",
    ),
    "edit.leaf_twice": (
        "{subject} 有 {rows} 行的成员和期间重复。请先合并，或用 --by 写全维度。",
        "{rows} rows of {subject} name the same members and period. Merge them, or name every axis "
        "with --by.",
    ),
    "edit.unknown_level": (
        "没有叫“{subject}”的层级。可用的层级：{levels}。",
        "There is no level {subject}. The levels are: {levels}.",
    ),
    "edit.over_beyond": (
        "“{subject}”的加码是 {over}，超过了这一级允许的上限 {most}。"
        "请减少加码，或先提高下级的目标。",
        "{subject} gives {over} over, more than the {most} that its level allows. Give less over, "
        "or raise what is below it first.",
    ),
    "edit.over_above_zero": (
        "“{subject}”是加码，只能是 0 或负数。要多给下级，请直接改下级的数。",
        "{subject} is an over-assignment: it is 0 or less. To give more, change the children.",
    ),
    "edit.workbook_cut": (
        "{subject} 超过了 Excel 的行数，只有一部分明细。请改用 csv 或 parquet 输出建计划。",
        "{subject} passed Excel's limits and holds only a part of the leaves. Begin the plan from "
        "the csv or parquet output.",
    ),
    "edit.parts_of_fen": (
        "{subject} 有 {cells} 格不是整分。请先取整再建计划。",
        "{cells} cells of {subject} hold fractions of a cent. Round them first.",
    ),
    "edit.no_rows": (
        "{subject} 只有表头，没有明细。请用 decompose 的完整输出。",
        "{subject} has headers and no line. Use the whole output of decompose.",
    ),
    "edit.member_missing": (
        "{subject} 有 {rows} 行没有写成员。请补上每行的成员。",
        "{rows} rows of {subject} name no member. Complete them.",
    ),
}
