"""What is said of batches of facts: what cannot be imported or undone."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "batch.no_files": ("没有要导入的文件。", "There is no file to import."),
    "batch.dataset_name": (
        "「{subject}」不能作数据集的名称。请用小写字母开头，"
        "只含小写字母、数字和下划线，至多 40 个。",
        "{subject} is no name for a dataset. Begin with a small letter, and use small letters, "
        "digits and underscores only, 40 at most.",
    ),
    "batch.key_and_period": (
        "--append、--key 与 --replace 只能用一个：追加，按键更新，或取代整个期间。",
        "Use only one of --append, --key and --replace: add, update by a key, or take the place of "
        "a period.",
    ),
    "batch.key_twice": (
        "{file} › 第 {row} 行的键「{subject}」在文件中不止一次，无法判断以哪行为准。"
        "请只留一行，或增加 --key 列。",
        "{file} › row {row}: the key {subject} stands in the files more than once, so it is open "
        "which row counts. Keep one, or add a column to --key.",
    ),
    "batch.outside_period": (
        "{file} › 第 {row} 行的日期 {subject} 不在要取代的期间内。请更正日期或期间。",
        "{file} › row {row}: {subject} is not in the period to be replaced. Correct either.",
    ),
    "batch.no_dataset": (
        "数据集「{subject}」里没有数据。现有的数据集：{known}。",
        "The dataset {subject} has no facts. There are: {known}.",
    ),
    "batch.unknown": (
        "没有第 {subject} 批。用 quotaloom batches 查看批次。",
        "There is no batch {subject}. List them with quotaloom batches.",
    ),
    "batch.undone_already": (
        "第 {subject} 批已经撤回。",
        "Batch {subject} was taken back already.",
    ),
    "batch.unreadable": (
        "批次「{subject}」的文件缺失或已被改动。请从备份恢复。",
        "The file of batch {subject} is missing or was changed. Restore it from a backup.",
    ),
    "batch.log_damaged": (
        "批次日志的第 {subject} 行已损坏。请从备份恢复。",
        "Line {subject} of the log of batches is damaged. Restore it from a backup.",
    ),
    "batch.disk": (
        "无法写入「{subject}」：{reason}。没有导入任何数据。请清理磁盘空间或检查权限后重试。",
        "{subject} cannot be written: {reason}. Nothing was imported. Free some space or check "
        "the rights, then try again.",
    ),
    "batch.two_logs": (
        "「{subject}」由网页服务，其中又有命令行以前导入的数据（文件夹 {folder}），两处会各算各的。"
        "请把 {folder} 移到别处，再用网页或命令重新导入其中的文件；或用 --home 指定另一个文件夹。",
        "{subject} is served by pages and also holds what the command imported before (folder "
        "{folder}): each would count alone. Move {folder} away and import its files again, or "
        "name another folder with --home.",
    ),
    "batch.database_unnamed": (
        "「{subject}」由网页服务，但数据库不在其中。请像启动服务时那样设置 QUOTALOOM_DB。",
        "{subject} is served by pages, but its database is elsewhere. Set QUOTALOOM_DB as for "
        "the server.",
    ),
    "batch.pages_away": (
        "「{subject}」的数据库没有应答，没有写入任何数据。请用 quotaloom doctor 查看原因。",
        "The database of {subject} does not answer; nothing was written. Ask quotaloom doctor.",
    ),
    "batch.closed": (
        "第 {subject} 批已被第 {until} 步关账的结果使用，不能撤回。请用 --compensate 冲回，"
        "或导入更正数据。",
        "Batch {subject} was used by what was closed at step {until}, so it cannot be taken back. "
        "Compensate it with --compensate, or import a correction.",
    ),
    "batch.not_unknown": (
        "「{subject}」不是 {column} 列中待归属的名称。用 quotaloom unresolved 查看。",
        "{subject} is not among the unknown names of {column}. List them with quotaloom "
        "unresolved.",
    ),
    "batch.more_rows": ("还有 {count} 行有同样的问题。", "{count} more rows have the same fault."),
    "batch.no_days": (
        "「{subject}」的数据没有日期列，不能取代一个期间。",
        "The facts of {subject} have no date, so they cannot take the place of a period.",
    ),
    "batch.no_opposite": (
        "第 {subject} 批按键更新或取代了期间，没有可冲回的反向数据。请导入更正后的文件。",
        "Batch {subject} took the place of other rows, so it has no opposite. Import a corrected "
        "file.",
    ),
    "batch.overtaken": (
        "同时有另一个批次写入，第 {subject} 步已被占用。请再试一次。",
        "Another batch was written at the same time and has step {subject}. Try again.",
    ),
}
