"""What is said of a file of facts of a kind: its columns, cells and rows."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "tables.two_headers": (
        "{file}：{choices} 都可以作「{subject}」列，无法判断用哪一列。请用 --map 表头=列 指明。",
        "{file}: {choices} could each be the column {subject}. Name one with --map HEADER=COLUMN.",
    ),
    "tables.no_column": (
        "{file}：没有名为「{subject}」的列。可用的列：{found}。",
        "{file}: there is no column {subject}. There are: {found}.",
    ),
    "tables.column_missing": (
        "{file}：缺少「{subject}」列。文件里有：{found}；最接近的：{near}。"
        "若就是它，请用 --map 表头={column} 指明。",
        "{file}: the column {subject} is missing. The file has: {found}; nearest: {near}. "
        "If that is it, say --map HEADER={column}.",
    ),
    "tables.columns_left": (
        "{file}：没有导入的列：{headers}。",
        "{file}: columns that are not imported: {headers}.",
    ),
    "tables.cell_blank": (
        "不能为空。请补上再导入。",
        "This must not be blank. Fill it in.",
    ),
    "tables.too_small": (
        "不能小于 0。请更正；退回的数量和金额写正数。",
        "This must not be below 0. Correct it; what came back is written as positive.",
    ),
    "tables.choice_unknown": (
        "不在可选的词中。请改为：{choices}。",
        "This is none of the words. Write one of: {choices}.",
    ),
    "tables.rate_unclear": (
        "可能是 {value}%，也可能是 {value} 倍。请写百分号，或在表头写（%）。",
        "This could mean {value}% or {value} times. Write a percent sign, or (%) in the header.",
    ),
    "tables.rate_too_large": (
        "超过 100%。请更正。",
        "This is more than 100%. Correct it.",
    ),
    "tables.red_positive": (
        "红字发票的金额应为负数。请更正金额或发票类别。",
        "A red-letter invoice has a negative amount. Correct the amount or the sort.",
    ),
    "tables.net_above_gross": (
        "不含税金额大于含税金额，或正负相反。请更正其一。",
        "The net amount exceeds the one with tax, or has the other sign. Correct one.",
    ),
    "tables.by_key": (
        "按「{columns}」更新：同一键的旧行由新行取代。",
        "Updated by {columns}: a row takes the place of the one of the same key.",
    ),
    "tables.no_key": (
        "文件缺少键列 {columns}，因此按追加导入；同一业务再次导入会重复计入。",
        "The file lacks the key {columns}, so rows are added; the same fact again counts twice.",
    ),
    "tables.mapping_remembered": (
        "沿用上次的列对应：「{subject}」作 {column}。",
        "As last time, {subject} is taken as {column}.",
    ),
    "tables.members_unknown": (
        "「{subject}」列有 {count} 个名称不在成员名单里（如 {example}），"
        "先计入未归属，可稍后归属到成员。",
        "{count} names of {subject} are on no list, such as {example}; they count as unassigned "
        "until they are resolved.",
    ),
    "tables.rows_left_out": (
        "按「只导入有效行」的选择，{subject} 行有错误（共 {faults} 处），没有导入，"
        "已逐一列出。改好后再导入这些行即可。",
        "As asked, only the valid rows are taken: {subject} rows with {faults} mistakes are left "
        "out, each listed. Correct them and import them again.",
    ),
    "tables.mend_unmet": (
        "这一格改成了「{subject}」，按现在的读法没有这一格，没有用到。请检查工作表和表头，或恢复原值。",
        "This cell was put right as {subject}, but the file as it is read now has no such cell. "
        "Check the sheet and the header row, or restore the cell.",
    ),
    "tables.valid_only_kind": (
        "「{subject}」不是业务数据的类别，不能只导入有效行。请去掉 --valid-only，或指定一个类别。",
        "{subject} is no kind of facts, so it cannot be taken in part. Drop --valid-only or name "
        "a kind.",
    ),
    "tables.map_unreadable": (
        "「{subject}」看不懂。请写成 --map 表头=列。",
        "{subject} cannot be read. Write --map HEADER=COLUMN.",
    ),
}
