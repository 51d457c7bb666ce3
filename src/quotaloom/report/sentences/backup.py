"""Sentences about backups."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "backup.made": (
        "备份完成：{subject}（{count} 个文件，{size} 字节，审计日志到第 {number} 条）。"
        "其中含密钥与全部数据，请妥善保管。",
        "backed up to {subject}: {count} files, {size} bytes, audit up to row {number}. It holds "
        "the secret key and all data: keep it safe.",
    ),
    "backup.restored": (
        "已恢复到 {subject}：{count} 个文件逐一校验无误，审计日志到第 {number} 条。",
        "restored to {subject}: {count} files, each verified, audit up to row {number}.",
    ),
    "backup.nothing": (
        "{subject} 里没有数据库，没有可备份的内容；请用 --home 指明数据文件夹。",
        "There is no database in {subject}, so nothing to back up; name the data folder by --home.",
    ),
    "backup.damaged": (
        "{subject} 已损坏：内容与末尾的校验值不符，没有恢复任何数据；请换一份备份。",
        "{subject} is damaged: it does not fit the digest at its end. Nothing was restored; take "
        "another backup.",
    ),
    "backup.damaged_member": (
        "{subject} 里的 {member} 已损坏，没有恢复任何数据；请换一份备份。",
        "{member} in {subject} is damaged. Nothing was restored; take another backup.",
    ),
    "backup.unreadable": (
        "{subject} 读不了，或不是织标的备份：{why}。",
        "{subject} cannot be read, or is no backup of ours: {why}.",
    ),
    "backup.newer": (
        "{subject} 由更新的版本写成（格式 {format}），请先升级织标。",
        "{subject} was written by a newer version (format {format}); upgrade QuotaLoom first.",
    ),
    "backup.stray_member": (
        "{subject} 里的 {member} 指向数据文件夹之外，拒绝恢复。",
        "{member} in {subject} points outside the data folder; it is not restored.",
    ),
    "backup.unsound": (
        "数据库 {subject} 自检不通过：{why}。",
        "The database {subject} is not sound: {why}.",
    ),
    "backup.other_audit": (
        "{subject} 恢复出的审计日志（第 {number} 条）与备份清单不符，没有恢复。",
        "The audit that came out of {subject} (row {number}) is not the one of its manifest; "
        "nothing was restored.",
    ),
    "backup.other_version": (
        "这份备份由版本 {subject} 写成，现为 {ours}；启动时会自动升级数据库。",
        "The backup was written by version {subject}, this is {ours}; the database is brought up "
        "to date at the next start.",
    ),
    "backup.home_in_use": (
        "{subject} 已有内容或正在使用，不会覆盖；请用 --home 指定一个空的新文件夹。",
        "{subject} is in use or holds something and is never overwritten; name an empty new folder "
        "by --home.",
    ),
    "backup.not_written": (
        "写不进 {subject}：{why}；没有恢复任何数据。",
        "{subject} cannot be written: {why}; nothing was restored.",
    ),
    "backup.database_not_empty": (
        "PostgreSQL 数据库 {subject} 里已有表，不会覆盖；请新建一个空库，再用 --db 指定。",
        "The PostgreSQL database {subject} holds tables and is never overwritten; create an empty "
        "one and name it by --db.",
    ),
    "backup.needs_postgres": (
        "这是 PostgreSQL 的备份，请用 --db postgres://… 指定一个空库。",
        "This is a backup of PostgreSQL: name an empty database by --db postgres://….",
    ),
    "backup.no_program": (
        "找不到 {subject}，请先安装 PostgreSQL 客户端"
        "（Debian：apt-get install postgresql-client）。",
        "{subject} is missing: install the PostgreSQL client (Debian: apt-get install "
        "postgresql-client).",
    ),
    "backup.program_failed": (
        "{subject} 没有成功：{why}",
        "{subject} failed: {why}",
    ),
}
