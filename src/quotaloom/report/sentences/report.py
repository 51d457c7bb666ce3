"""Sentences about what is written, and what a re-check of it finds."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "pivot.unknown_level": (
        "方案里没有「{subject}」这样的行维度；请从页面的选项中选择。",
        "The plan has no rows by {subject}; choose one that the page offers.",
    ),
    "pivot.edited": (
        "方案「{subject}」在生成期间被修改过，未生成工作簿。请先完成修改，再下载当前视图。",
        "The plan “{subject}” was edited meanwhile, so no workbook was made. Finish the edits, "
        "then download what is shown.",
    ),
    "pivot.too_many_nodes": (
        "一次最多展开 {subject} 行；请逐个分支展开。",
        "At most {subject} rows open at once; open them branch by branch.",
    ),
    "write.unknown_format": (
        "不能写成「{subject}」这种格式；可选：{allowed}，请换一个文件名后缀。",
        "{subject}: this format cannot be written; choose one of {allowed} as the suffix.",
    ),
    "write.unknown_level": (
        "没有名为「{subject}」的层级，无法按它拆分文件；可选：{allowed}。",
        "There is no level “{subject}” to split the files by; choose one of {allowed}.",
    ),
    "write.disk_full": (
        "磁盘已满，「{file}」没有写成，原文件保持不变；请清理「{folder}」所在磁盘后重试。",
        "The disk is full: {file} was not written, an old one is unchanged; make room in {folder}.",
    ),
    "write.not_allowed": (
        "无法写入「{file}」，原文件保持不变：可能正被 Excel 或 WPS 打开，或「{folder}」不可写；"
        "请关闭文件或换一个位置。",
        (
            "{file} cannot be written, an old one is unchanged: it may be open in Excel or WPS, or "
            "{folder} may be read-only; close the file or choose another place."
        ),
    ),
    "write.no_folder": (
        "文件夹「{folder}」不存在，「{file}」没有写成；请先建立文件夹，或换一个位置。",
        "The folder {folder} does not exist, {file} was not written; create it or choose another.",
    ),
    "write.failed": (
        "「{file}」没有写成，原文件保持不变（系统提示：{reason}）；请检查「{folder}」后重试。",
        "{file} was not written, an old one is unchanged ({reason}); check {folder} and try again.",
    ),
    "workbook.rows_cut": (
        "「{subject}」本应有 {lines} 行，超出 Excel 的行数上限，只写入上层 {kept} 行；"
        "全部明细请另存为 .csv 或 .parquet。",
        (
            "{subject} should have {lines} rows, more than Excel holds; only the upper {kept} were "
            "written. Write .csv or .parquet for all of them."
        ),
    ),
    "workbook.outline_cut": (
        "「{subject}」有 {depth} 级，Excel 最多折叠 {limit} 级，更深的各级一起折叠；数字不受影响。",
        "{subject} has {depth} levels, Excel folds {limit}; deeper ones fold together.",
    ),
    "workbook.values_only": (
        "「{subject}」行数太多，公式会拖慢打开速度，故写成数值；改后请用 quotaloom check 核对。",
        (
            "{subject} is too large for live formulas, which would slow the workbook down, so it "
            "holds values; after an edit run quotaloom check."
        ),
    ),
    "workbook.members_left_out": (
        "成员有 {count} 个，多于 {limit} 个，没有逐个建表；需要时请用 --split-by 分成文件。",
        "{count} members are more than {limit}, so none got a sheet; use --split-by for files.",
    ),
    "recheck.format_refused": (
        "「{subject}」不是可以核对的格式；请核对 {allowed} 文件。",
        "{subject} is no format that can be checked; check a file of {allowed}.",
    ),
    "recheck.layout_missing": (
        "「{file}」里找不到 quotaloom 写在说明页末尾的核对信息：它不是 quotaloom 所写，"
        "或者那几行被改动、删除了；请从原文件恢复说明页，或核对 .csv、.parquet 明细。",
        (
            "{file} lacks the lines that quotaloom writes at the end of the about sheet: it was "
            "not made by quotaloom, or they were changed; restore that sheet, or check the leaves."
        ),
    ),
    "recheck.sheet_missing": (
        "工作表「{subject}」不见了（被删除或改名），无法核对；请恢复原来的表名。",
        "The sheet {subject} is gone or renamed and cannot be checked; restore its name.",
    ),
    "recheck.header_missing": (
        "「{sheet}」的表头缺列或被改名，无法核对；请恢复表头，或从原文件复制该表。",
        "{sheet} lacks columns in its header and cannot be checked; restore the header.",
    ),
    "recheck.column_missing": (
        "「{file}」缺少「{subject}」列，无法核对；请保留导出时的表头。",
        "{file} has no column “{subject}” and cannot be checked; keep the headers as written.",
    ),
    "recheck.row_unknown": (
        "「{sheet}」第 {row} 行（{subject}）有金额，但没有任何最末级指标属于它；"
        "请检查该行隐藏列里的成员名称，或删除此行。",
        (
            "{sheet}, row {row} ({subject}) shows amounts but no lowest-level quota belongs to it; "
            "check the member names in its hidden columns, or delete the row."
        ),
    ),
    "recheck.leaf_twice": (
        "{subject} 出现了两次，首次在第 {first} 行；金额被重复计算，请删除一行。",
        "{subject} stands twice, first in row {first}; it counts double, delete one of them.",
    ),
    "recheck.leaves_missing": (
        "「{sheet}」应有 {expected} 行最末级指标，现在只有 {count} 行；请恢复被删除的行。",
        "{sheet} should have {expected} lowest-level rows and has {count}; restore the others.",
    ),
    "recheck.leaf_missing": (
        "{subject} 没有 {period} 的指标，而其他成员都有；若不是有意为之，请补上这一行。",
        "{subject} has no quota in {period} where others have; add the row if it was lost.",
    ),
    "recheck.leaf_unreadable": (
        "{subject} 的指标不是可用的金额，按 0 计；请改为以元计的数字。",
        "{subject}: this quota is no usable amount and counts as 0; type a number in CNY.",
    ),
    "recheck.no_multiple": (
        "{subject} 的指标不是 {unit} 元的整数倍；最接近的是 {below} 和 {above}。",
        "{subject}: this quota is no multiple of {unit} CNY; the nearest are {below} and {above}.",
    ),
    "recheck.total_differs": (
        "最末级指标合计 {value} 元，目标总额 {expected} 元，差 {difference} 元；"
        "请调整最末级指标，或用新总额重新分解。",
        (
            "The lowest-level quotas add up to {value} CNY, the total target is {expected}: "
            "{difference} apart; adjust the quotas, or decompose the new total."
        ),
    ),
    "recheck.wish_missed": (
        "固定合计「{subject}」应为 {expected} 元，现在是 {value} 元；请改回，或重新分解。",
        "The fixed total “{subject}” must be {expected} CNY and is {value}; restore it.",
    ),
    "recheck.hold_moved": (
        "锁定的「{subject}」应为 {expected} 元，现在是 {value} 元；请改回锁定值。",
        "What “{subject}” holds must be {expected} CNY and is {value}; restore it.",
    ),
    "recheck.bound_broken": (
        "「{subject}」现在是 {value} 元，超出界限（下限 {low}，上限 {high}）；请改回界限之内。",
        "“{subject}” is {value} CNY, outside its bound (at least {low}, at most {high}).",
    ),
    "recheck.wish_unread": (
        "要求「{subject}」没有记下对应的单元格，未核对；请人工确认。",
        "The wish “{subject}” is not tied to cells and was not checked; please look yourself.",
    ),
    "recheck.sum_differs": (
        "「{sheet}」{column}{row}（{subject}）显示 {value}，应为 {expected}，差 {difference} 元；"
        "若是手工覆盖了公式，请撤销；若是改了最末级指标，请在 Excel 或 WPS 中重新计算并保存。",
        (
            "{sheet}, {column}{row} ({subject}) shows {value} CNY but its leaves add up to "
            "{expected}: {difference} apart. Undo an overwritten formula, or recalculate and save."
        ),
    ),
    "recheck.sum_unreadable": (
        "「{sheet}」{column}{row}（{subject}）显示「{value}」，应为 {expected} 元；请恢复公式。",
        "{sheet}, {column}{row} ({subject}) shows “{value}” instead of {expected} CNY; restore it.",
    ),
    "recheck.formula_without_value": (
        "「{sheet}」有 {count} 个公式没有保存计算结果（第一个在 {column}{row}），未核对；"
        "请用 Excel 或 WPS 打开并保存一次。",
        (
            "{sheet} has {count} formulas saved without a value, the first in {column}{row}; they "
            "were not checked. Open and save the file in Excel or WPS once."
        ),
    ),
    "recheck.two_parents": (
        "{subject} 的「{column}」在第 {row} 行是「{value}」，其他行是「{usual}」；请确认哪个正确。",
        "{subject}: {column} is “{value}” in row {row} and “{usual}” elsewhere; which is right?",
    ),
    "recheck.sums": (
        "逐格核对合计 {count} 处，不符 {failed} 处",
        "{count} totals compared with their leaves, {failed} differ",
    ),
    "recheck.total": (
        "最末级指标合计 = 目标总额 {total} 元",
        "Lowest-level quotas add up to the total of {total} CNY",
    ),
    "recheck.leaves_total": (
        "{count} 个最末级指标合计 {total} 元",
        "{count} lowest-level quotas add up to {total} CNY",
    ),
    "recheck.sheets": (
        "核对工作表 {count} 张，缺失或表头不全 {failed} 张",
        "{count} sheets compared, {failed} missing or without their headers",
    ),
    "workbook.digits_lost": (
        "总额 {total} 元，Excel 只有 15 位有效数字，不能保证精确到分；请以 csv 或 parquet 为准。",
        (
            "The total reaches {total} CNY; Excel keeps 15 digits, so the last cents are in doubt. "
            "Rely on .csv or .parquet."
        ),
    ),
    "recheck.unit": (
        "{count} 个最末级指标都是 {unit} 元的整数倍，不符 {failed} 个",
        "{count} lowest-level quotas are multiples of {unit} CNY, {failed} are not",
    ),
    "recheck.wishes": (
        "固定合计、锁定与上下限共 {count} 项，不符 {failed} 项",
        "{count} fixed totals, holds and bounds, {failed} broken",
    ),
    "recheck.leaf_lines": (
        "最末级指标 {count} 行，重复或缺失 {failed} 处",
        "{count} lowest-level rows, {failed} doubled or missing",
    ),
    "recheck.nesting": (
        "{count} 个「{below}」各只属于一个「{above}」，不符 {several} 个",
        "{count} members of {below} have one {above} each, but for {several}",
    ),
    "workbook.excerpt": (
        "本文件取自总表的 {count} 个最末级指标，逐一相同",
        "This file holds {count} lowest-level quotas of the whole plan, each unchanged",
    ),
}
