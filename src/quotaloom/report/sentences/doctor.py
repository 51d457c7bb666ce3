"""Sentences of `quotaloom doctor`."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "doctor.python": ("Python 版本 {subject}", "Python {subject}"),
    "doctor.python_old": (
        "Python {subject} 太旧，需要 3.11 或更新版本。",
        "Python {subject} is too old: 3.11 or newer is needed.",
    ),
    "doctor.disk": (
        "磁盘剩余 {free} MiB（{subject}）",
        "{free} MiB free on the disk of {subject}",
    ),
    "doctor.disk_little": (
        "{subject} 所在磁盘只剩 {free} MiB，请尽快清理或扩容。",
        "only {free} MiB free on the disk of {subject}: make room soon.",
    ),
    "doctor.disk_full": (
        "{subject} 所在磁盘只剩 {free} MiB，无法正常工作；请立即腾出空间。",
        "{free} MiB free on the disk of {subject} are too few to work with: make room now.",
    ),
    "doctor.wal": (
        "{subject} 的文件系统支持 SQLite 的 WAL 方式",
        "the disk of {subject} lets SQLite write ahead (WAL)",
    ),
    "doctor.no_wal": (
        "{subject} 的文件系统不支持 SQLite 的 WAL 方式（{why}）；"
        "请换成本机磁盘，或用 --db 连接 PostgreSQL。",
        "the disk of {subject} does not let SQLite write ahead ({why}): use a local disk, or "
        "PostgreSQL by --db.",
    ),
    "doctor.postgres": ("使用 PostgreSQL（{subject}）", "PostgreSQL on {subject}"),
    "doctor.database": (
        "数据库可用，结构是最新的",
        "the database answers and its tables are up to date",
    ),
    "doctor.no_database": (
        "{subject} 里还没有数据库；第一次 quotaloom run 会建好。",
        "there is no database in {subject} yet; the first quotaloom run makes it.",
    ),
    "doctor.migrations_pending": (
        "数据库有 {count} 步待升级；下次 quotaloom run 会自动完成，建议先备份。",
        "{count} steps of the database are to be brought up to date; the next quotaloom run does "
        "it. Back up first.",
    ),
    "doctor.worker": (
        "后台任务进程 {count} 个，{seconds} 秒前有心跳",
        "{count} worker(s) alive, heard of {seconds} s ago",
    ),
    "doctor.no_worker_yet": (
        "没有在运行，后台任务进程会随 quotaloom run 启动",
        "nothing runs at the moment; the worker starts with quotaloom run",
    ),
    "doctor.worker_gone": (
        "后台任务进程没有心跳，{count} 项任务在排队；请重新启动 quotaloom run。",
        "no worker is alive and {count} jobs wait: start quotaloom run anew.",
    ),
    "doctor.static": ("静态文件齐全", "static files are complete"),
    "doctor.static_old": (
        "静态文件不是当前版本的；下次 quotaloom run 会自动更新。",
        "static files are not of this version; the next quotaloom run brings them up to date.",
    ),
    "doctor.secret": (
        "密钥够强，只有本账户可读",
        "the secret key is strong and readable by this account only",
    ),
    "doctor.secret_readable": (
        "其他账户可以读取 {subject}；请执行 chmod 600 '{subject}'。",
        "other accounts may read {subject}: run chmod 600 '{subject}'.",
    ),
    "doctor.factors": (
        "两步验证的密钥都能解开",
        "the secrets of all second factors can be read",
    ),
    "doctor.factors_unreadable": (
        "有 {count} 个两步验证无法解开：本机密钥与当初的不同。"
        "请恢复原来的 secret.key（或 QUOTALOOM_SECRET_KEY），"
        "或由安全管理员取消这些账号的两步验证后重新设置。",
        "{count} second factors cannot be read: the secret key is not the one that sealed them. "
        "Bring the former secret.key (or QUOTALOOM_SECRET_KEY) back, or let the security "
        "administrator take them away, to be set up anew.",
    ),
    "doctor.hosts": ("允许的主机名：{subject}", "host names: {subject}"),
    "doctor.hosts_without_tls": (
        "{subject} 可从其他机器访问，但没有 HTTPS；"
        "请在前面放一个 HTTPS 代理并设 QUOTALOOM_BEHIND_TLS=1。",
        "{subject} is reached from other machines without HTTPS: put a proxy with HTTPS in front "
        "and set QUOTALOOM_BEHIND_TLS=1.",
    ),
    "doctor.demo": (
        "{subject} 是演示公司，密码人人皆知；正式使用请换一个空文件夹。",
        "{subject} holds the demo company with passwords that everybody knows; take an empty "
        "folder for real work.",
    ),
    "doctor.no_demo": ("没有演示账号", "no accounts of the demo"),
    "doctor.demo_accounts": (
        "账号 {subject} 仍用演示密码；请立即改密码或停用。",
        "the accounts {subject} still have the demo's passwords: change or close them now.",
    ),
    "doctor.time_zone": ("时区 {subject}，现在是 {now}", "time zone {subject}, now {now}"),
    "doctor.font": ("中文字体：{subject}", "Chinese font: {subject}"),
    "doctor.no_font": (
        "没有中文字体，打印和导出图片会出现方框；Debian：apt-get install fonts-noto-cjk。",
        "no Chinese font: prints and pictures would show boxes; Debian: apt-get install "
        "fonts-noto-cjk.",
    ),
    "doctor.no_fontconfig": (
        "没有 fontconfig，无法查看中文字体；Debian：apt-get install fontconfig fonts-noto-cjk。",
        "fontconfig is missing, so fonts cannot be looked at; Debian: apt-get install fontconfig "
        "fonts-noto-cjk.",
    ),
}
