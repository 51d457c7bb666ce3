"""Findings about workbooks that were handed out and came back."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "handout.no_stamp": (
        "这份文件里没有编号，认不出是哪一份下发表。请用系统下发的原文件修改后交回。",
        "There is no stamp in this file, so it is not known which workbook it is. Edit the one "
        "that was handed out and send that back.",
    ),
    "handout.two_stamps": (
        "文件里有几个不同的编号，像是几份表拼在一起的。请每份单独交回。",
        "There are several stamps in this file, as of several workbooks put together. Send each "
        "back alone.",
    ),
    "handout.unknown": (
        "这份计划没有下发过编号为 {subject} 的表。请确认交回到了正确的计划。",
        "This plan never handed out a workbook {subject}. Make sure that it is returned to the "
        "right plan.",
    ),
    "handout.other_plan": (
        "这份表属于另一份计划“{subject}”。请到那份计划里交回。",
        "This workbook is of another plan, {subject}. Return it there.",
    ),
    "handout.tampered": (
        "编号页的“{subject}”被改动过，与下发时的记录不符，整份不采纳。请用下发的原文件重做修改。",
        "The stamp was changed ({subject} is not what was handed out); nothing of the file is "
        "taken. Make the changes in the workbook as it was handed out.",
    ),
    "handout.sheets_too_many": (
        "文件有 {count} 个工作表，不是下发时的样子。请只留下下发时的工作表。",
        "The file has {count} sheets and is not as it was handed out. Keep those that it came "
        "with.",
    ),
    "handout.table_missing": (
        "数据表不见了，或隐藏的编号列被删掉了。请用下发的原文件重做修改。",
        "The table is gone, or its hidden keys are. Make the changes in the workbook as it was "
        "handed out.",
    ),
    "handout.table_twice": (
        "数据表被复制成了几张：{subject}，不知道以哪张为准。请只保留一张。",
        "The table is there several times ({subject}); it is not known which one counts. Keep one.",
    ),
    "handout.column_unknown": (
        "这一列的编号“{subject}”不是这份表的。请不要从别的表粘贴整列。",
        "The key {subject} of this column is not of this workbook. Do not paste whole columns "
        "from another.",
    ),
    "handout.column_twice": (
        "“{subject}”列出现了两次，不知道以哪一列为准。请删掉复制出来的一列。",
        "The column {subject} is there twice; it is not known which one counts. Delete the copy.",
    ),
    "handout.column_missing": (
        "“{subject}”列被删掉了。请恢复这一列；不想改的数保持原样即可。",
        "The column {subject} was deleted. Restore it; figures that shall not change can stay as "
        "they were.",
    ),
    "handout.column_mixed": (
        "这一列的标题不再是“{subject}”，可能列被错位粘贴。请恢复标题或重做修改。",
        "The title of this column is no longer {subject}: perhaps columns were pasted askew. "
        "Restore it, or make the changes again.",
    ),
    "handout.row_unknown": (
        "这一行的编号“{subject}”不是这份表的。请不要从别的表粘贴整行。",
        "The key {subject} of this row is not of this workbook. Do not paste whole rows from "
        "another.",
    ),
    "handout.row_twice": (
        "“{subject}”这一行出现了两次，不知道以哪一行为准。请删掉复制出来的一行。",
        "The row {subject} is there twice; it is not known which one counts. Delete the copy.",
    ),
    "handout.row_missing": (
        "“{subject}”这一行被删掉了。要清零请填 0；不想改的保持原样。",
        "The row {subject} was deleted. Type 0 to clear it, or leave it as it was.",
    ),
    "handout.row_mixed": (
        "这一行本来是“{subject}”，现在名称对不上，可能只排序了部分列。请撤销排序后重新填写。",
        "This row was {subject} and its name no longer says so: perhaps some columns alone were "
        "sorted. Undo that and fill it in again.",
    ),
    "handout.row_added": (
        "这一行是后来加进来的，表里没有对应的成员，数字不会被采纳。新成员请在系统里新增。",
        "This row was added; no member of the plan is behind it and its figures are not taken. "
        "Open new members in the plan.",
    ),
    "handout.row_beside": (
        "表格以外的数字没有读取。",
        "Figures outside the table are not read.",
    ),
    "handout.rows_moved": (
        "行的顺序变了，按编号逐行认出；表里的合计不再核对。",
        "The rows were moved; each was found by its key, and the sums in the file were not "
        "checked.",
    ),
    "handout.typed_over_sum": (
        "“{subject}”的这一格是合计，被改成了别的数。请恢复公式，改它下面的数字。",
        "This cell of {subject} is a sum and was typed over. Restore the formula and change the "
        "figures below it.",
    ),
    "handout.locked": (
        "这一格是锁定的（已过期间、已锁定或不在范围内），不能改。请恢复原来的数。",
        "This cell is locked (its period is over, it is held, or it is not in scope). Restore its "
        "figure.",
    ),
    "handout.empty": (
        "这一格的数被清空了。要清零请填 0，不想改请恢复原来的数。",
        "The figure of this cell was cleared. Type 0 if it shall be nothing, or restore it.",
    ),
    "handout.unsaved": (
        "这一格的公式没有算出结果。请在 Excel 或 WPS 里打开、保存后再交回。",
        "The formula in this cell has no saved result. Open and save the file in Excel or WPS, "
        "then send it back.",
    ),
    "handout.broken": (
        "这一格是错误值或不是数字。请填一个数。",
        "This cell holds an error or no number. Type a figure.",
    ),
    "handout.too_large": (
        "这个数太大，表格软件已经保不住它的每一位。请核对单位。",
        "This figure is too large for a workbook to keep every digit of it. Check the unit.",
    ),
    "handout.currency": (
        "这一格写的是 {subject}，计划的金额是人民币。请换算后再填。",
        "This cell says {subject}; the plan counts CNY. Convert it first.",
    ),
    "handout.text_read": (
        "这一格是文本，读作 {amount} 元。",
        "This cell is text, read as CNY {amount}.",
    ),
    "handout.rounded": (
        "比计划的取整单位更细，按四舍五入取 {amount} 元。",
        "Finer than the plan's unit, rounded to CNY {amount}.",
    ),
    "handout.text_taken": (
        "这一格是文本，读作 {amount}。",
        "This cell is text, read as {amount}.",
    ),
    "handout.rate_rounded": (
        "比百万分之一更细，按四舍五入取 {amount}。",
        "Finer than a millionth, rounded to {amount}.",
    ),
    "handout.not_whole": (
        "这里数的是个数，不能有小数。请填整数。",
        "Whole things are counted here; a part of one cannot be. Type a whole number.",
    ),
    "handout.rate_and_side": (
        "同一格的比率和它要改动的那一方（如毛利率和毛利）在文件里都改了，两个数互相推翻。请只改其中一处。",
        "The file changes a rate and also the side that the rate moves (such as the margin rate "
        "and the margin) at the same place; one would undo the other. Change one of them.",
    ),
    "handout.undecided": (
        "您改了 {count} 处，别人在此期间也改了同样的地方，要先逐处选择。",
        "{count} cells were changed by somebody else as well since; choose for each first.",
    ),
    "handout.not_additive": (
        "指标“{subject}”不能相加（时点数或去重数），不能下发成带合计的表。请选可以相加的指标或比率。",
        "{subject} does not add up (it is a balance or a distinct count), so it cannot go out as a "
        "table with totals. Choose a measure that adds up, or a rate.",
    ),
    "handout.nothing_to_edit": (
        "“{subject}”这一层没有您可以修改的数：期间已过、已锁定，或不在您的范围内。",
        "There is nothing at the level {subject} that you may edit: periods are over, figures are "
        "held or out of your scope.",
    ),
    "handout.taken_before": (
        "这份文件（逐字节相同）已经在第 {edit} 次修改时采纳过，不再写入。",
        "This very file was taken before, by edit no. {edit}; nothing is written again.",
    ),
}
