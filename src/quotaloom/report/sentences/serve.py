"""Sentences of the server: settings that cannot stand, starting, stopping, jobs."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "settings.no_yes_or_no": (
        "{subject}={value} 既不是“是”也不是“否”，请写 1 或 0。",
        "{subject}={value} is neither yes nor no: write 1 or 0.",
    ),
    "settings.no_time": (
        "设置 {subject} 写的是「{value}」，不是时刻；请写成 17:00 这样的形式。",
        "The setting {subject} says “{value}”, which is no time of day; write it as 17:00.",
    ),
    "settings.no_whole_number": (
        "{subject}={value} 不是整数。",
        "{subject}={value} is not a whole number.",
    ),
    "settings.no_secret_file": (
        "{subject} 指向的文件 {path} 读不了：{why}。",
        "{subject} names {path}, which cannot be read: {why}.",
    ),
    "settings.no_time_zone": (
        "不认识时区 {subject}；请把 QUOTALOOM_TIME_ZONE 改成如 Asia/Shanghai，或安装 tzdata。",
        "the time zone {subject} is unknown: set QUOTALOOM_TIME_ZONE to one such as "
        "Asia/Shanghai, or install tzdata.",
    ),
    "settings.home_unusable": (
        "数据文件夹 {subject} 不能用：{why}；请用 --home 指定一个可写的文件夹。",
        "The data folder {subject} cannot be used: {why}; name a writable one by --home.",
    ),
    "settings.weak_key": (
        "{subject} 太弱：至少要 {least} 个随机字符；留空则自动生成并保存在数据文件夹里。",
        "{subject} is too weak: use at least {least} random characters, or leave it empty to "
        "have one made and kept in the data folder.",
    ),
    "settings.no_postgres": (
        "{subject} 应以 postgres:// 开头，现在是 {scheme}://；留空则使用数据文件夹里的 SQLite。",
        "{subject} must begin with postgres://, not {scheme}://; leave it empty for SQLite in "
        "the data folder.",
    ),
    "settings.no_psycopg": (
        "{subject} 指向 PostgreSQL，但缺少驱动；请安装：pip install 'quotaloom[postgres]'。",
        "{subject} names PostgreSQL, but its driver is missing: pip install 'quotaloom[postgres]'.",
    ),
    "settings.debug_outside_demo": (
        "{subject} 只允许在演示中打开：调试页面会泄露数据与密钥。请去掉它。",
        "{subject} is for the demo only: its pages give away data and secrets. Take it out.",
    ),
    "settings.any_host": (
        "{subject} 不能写 *：请逐个列出网址中的主机名，用逗号隔开。",
        "{subject} must not be *: list the host names of your address, with commas between.",
    ),
    "settings.open_demo": (
        "这个数据文件夹是演示公司，密码人人皆知，不能在 {subject} 上对外开放；"
        "正式使用请换一个空文件夹。",
        "This data folder holds the demo company, whose passwords everybody knows: it is not "
        "served on {subject}. Take an empty folder for real work.",
    ),
    "serve.no_database": (
        "连不上数据库：{why}。请检查 --db（或 QUOTALOOM_DB），并确认数据库已启动。",
        "The database cannot be reached: {why}. Check --db (or QUOTALOOM_DB) and that it runs.",
    ),
    "serve.database_away": (
        "数据库暂时连不上，刚才的操作没有生效；请稍候再试。",
        "The database cannot be reached at the moment, so nothing was changed. Try again shortly.",
    ),
    "serve.disk_full": (
        "磁盘已满，没有改动任何数据；请腾出空间后重试。",
        "The disk is full; nothing was changed. Free some space and try again.",
    ),
    "serve.occupied": (
        "数据文件夹 {subject} 正在被另一个织标进程使用（{address}）；请先停掉它。",
        "The data folder {subject} is in use by another QuotaLoom ({address}); stop that first.",
    ),
    "serve.already": (
        "织标已在运行：{subject}",
        "QuotaLoom is running already: {subject}",
    ),
    "serve.migrating": (
        "正在准备数据库（{count} 步）…",
        "preparing the database ({count} steps) …",
    ),
    "serve.other_port": (
        "端口 {subject} 已被占用，改用 {port}。",
        "port {subject} is taken; using {port}.",
    ),
    "serve.listening": (
        "正在监听 {subject}，请让前面的 HTTPS 代理指向它。",
        "listening on {subject}: point the HTTPS proxy there.",
    ),
    "serve.ready": (
        "请在浏览器打开：{subject}",
        "open in your browser: {subject}",
    ),
    "serve.how_to_stop": (
        "按 Ctrl-C 停止。",
        "Ctrl-C stops it.",
    ),
    "serve.silent": (
        "三分钟内没有等到 {subject} 的回应，已放弃；请查看上面的日志。",
        "{subject} did not answer within three minutes; given up. See the log above.",
    ),
    "serve.child_died": (
        "进程 {subject} 意外退出（代码 {left_with}），{rest} 秒后重新启动。",
        "process {subject} ended unexpectedly (code {left_with}) and starts again in {rest} s.",
    ),
    "serve.waiting": (
        "正在等待手头的任务结束 …",
        "waiting for the work in hand to end …",
    ),
    "serve.stopped": (
        "已停止。",
        "stopped.",
    ),
    "serve.given_up": (
        "启动失败，已全部停止。",
        "could not start; everything is stopped.",
    ),
    "serve.demo_org": (
        "正在载入演示公司的组织、人员、产品和客户 …",
        "loading the demo company's organisation, people, products and customers …",
    ),
    "serve.demo_year": (
        "正在下达今年的目标，导入今年的订单 …",
        "releasing this year's target, importing this year's orders …",
    ),
    "serve.demo_plan": (
        "正在分解演示公司的明年目标 …",
        "decomposing the demo company's next year …",
    ),
    "serve.demo_company": (
        "正在生成演示公司 …",
        "building the demo company …",
    ),
    "worker.lost": (
        "处理这项任务的进程已经 {attempts} 次在中途退出，任务没有完成，数据没有改动；"
        "请稍后重试，仍不行请联系系统管理员（任务编号 {subject}）。",
        "The process doing this job ended in the middle {attempts} times; nothing was changed. "
        "Try again later, or tell your system administrator (job {subject}).",
    ),
    "worker.fault": (
        "程序内部出错，任务（{kind}）没有完成，数据没有改动；"
        "请联系系统管理员，并报上任务编号 {subject}。",
        "A fault of the program stopped this job ({kind}); nothing was changed. Tell your system "
        "administrator its number: {subject}.",
    ),
}
