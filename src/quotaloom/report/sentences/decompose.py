"""Sentences of the decomposition: goal, wishes, history, seasons, roster, options, checks."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "decompose.no_files": (
        "没有给出历史数据文件。请在命令后写上文件名，或用 --weights 给出依据文件。",
        "No file of history was given. Name one after the command, or give a basis with --weights.",
    ),
    "decompose.no_rows": (
        "筛选后没有剩下任何数据行。请放宽 --where，或检查文件。",
        "No row is left after the filter. Loosen --where, or check the file.",
    ),
    "decompose.dimensions_found": (
        "没有写 --by 或 --tree，按认出的列分解：{subject}",
        "Neither --by nor --tree was given; the recognised columns are used: {subject}",
    ),
    "decompose.no_dimension": (
        '没有认出可以分解的维度列。请用 --by 指明，例如 --by "大区>省份"。',
        'No dimension column was recognised. Name one with --by, such as --by "region>city".',
    ),
    "dimension.column_twice": (
        "列「{subject}」用在了两个维度里。每列只能属于一个维度。",
        "Column “{subject}” stands in two hierarchies. A column belongs to one only.",
    ),
    "dimension.unreadable": (
        "层级「{subject}」看不懂。编码与名称写成 编码|名称，层级用 > 连接。",
        "The level “{subject}” cannot be read. Write code|name, and join levels with >.",
    ),
    "dimension.unreadable_tree": (
        "--tree「{subject}」看不懂。请写成 名称=成员列<上级列。",
        "--tree “{subject}” cannot be read. Write name=member<parent.",
    ),
    "dimension.tree_columns": (
        "上下级维度「{subject}」：没有一个关联文件同时有列「{member}」和「{parent}」。"
        "请用 --join 关联含这两列的文件。",
        "Hierarchy “{subject}”: no joined file has both columns “{member}” and “{parent}”. "
        "Join the file that has them with --join.",
    ),
    "alias.unreadable": (
        "--alias「{subject}」看不懂。请写成 旧名=新名。",
        "--alias “{subject}” cannot be read. Write old=new.",
    ),
    "join.unreadable": (
        "--join「{subject}」看不懂。请写成 文件 on 左列=右列 [as 别名]。",
        "--join “{subject}” cannot be read. Write FILE on left=right [as alias].",
    ),
    "output.unknown_kind": (
        "不会写「{subject}」这种文件。--out 请用 .xlsx、.csv 或 .parquet。",
        "“{subject}” is no kind of file that is written. Use .xlsx, .csv or .parquet with --out.",
    ),
    "output.is_folder": (
        "「{subject}」是一个文件夹，--out 请写文件名。",
        "“{subject}” is a folder. Name a file with --out.",
    ),
    "output.is_input": (
        "「{subject}」是要读取的文件，不能同时作为输出。请换一个文件名。",
        "“{subject}” is a file that is read; it cannot be an output too. Choose another name.",
    ),
    "output.twice": (
        "--out「{subject}」写了两次。",
        "--out “{subject}” is given twice.",
    ),
    "output.split_without_workbook": (
        "--split-by「{subject}」需要一个 .xlsx 输出。请加上 --out 文件名.xlsx。",
        "--split-by “{subject}” needs an .xlsx output. Add one with --out.",
    ),
    "config.not_readable": (
        "参数文件「{subject}」读不出来：{cause}。请检查路径和权限。",
        "The config file “{subject}” cannot be read: {cause}. Check its path and permissions.",
    ),
    "config.not_toml": (
        "参数文件「{subject}」不是合法的 TOML：{cause}。",
        "The config file “{subject}” is not TOML: {cause}.",
    ),
    "config.unknown_name": (
        "参数文件「{file}」里的「{subject}」不是一个选项。最接近的是：{nearest}。",
        "“{subject}” in the config file “{file}” is no option. The nearest: {nearest}.",
    ),
    "config.wrong_type": (
        "参数文件「{file}」里「{subject}」的值「{value}」类型不对，应写成 {expected}。",
        "In the config file “{file}” the option “{subject}” has a value of the wrong type: "
        "“{value}”. Write it like {expected}.",
    ),
    "option.wrong_type": (
        "选项「{subject}」的值「{value}」类型不对，应写成 {expected}。",
        "The option “{subject}” has a value of the wrong type: “{value}”. Write {expected}.",
    ),
    "option.unknown": (
        "没有选项「{subject}」。最接近的是：{nearest}。",
        "There is no option “{subject}”. The nearest: {nearest}.",
    ),
    "option.unknown_choice": (
        "选项 {subject} 没有「{value}」这个取值，可选：{allowed}。",
        "The option {subject} has no choice “{value}”. Choose one of: {allowed}.",
    ),
    "year.out_of_range": (
        "目标年度「{subject}」超出 {first} 至 {last} 的范围。",
        "The target year “{subject}” lies outside {first} to {last}.",
    ),
    "option.missing": ("缺少选项 {subject}。", "The option {subject} is missing."),
    "unit.not_positive": (
        "最小单位「{subject}」必须大于零。",
        "The unit “{subject}” must be above zero.",
    ),
    "currency.differs": (
        "「{subject}」的币种是 {found}，总额是 {wanted}。一个计划只用一种货币，请先换算。",
        "“{subject}” is in {found}, the total in {wanted}. A plan has one currency: convert first.",
    ),
    "total.negative": (
        "总额「{subject}」不能为负。",
        "The total “{subject}” must not be negative.",
    ),
    "total.zero": (
        "总额是 0，每个指标都会是 0。若不是这个意思，请检查 --total。",
        "The total is 0, and so is every quota. Check --total if that is not meant.",
    ),
    "total.no_last_year": (
        "「{subject}」要以去年为基数，但数据里没有去年的正数。请改用绝对金额。",
        "“{subject}” needs last year's amount, and the data have none above zero. "
        "Use an amount instead.",
    ),
    "total.from_last_year": (
        "总额 {subject}：去年 {last_year} 元，得 {total} 元。",
        "Total {subject}: last year {last_year}, so {total}.",
    ),
    "growth.uncapped": (
        "{count} 个组合去年没有销售，增长上限对它们不适用。",
        "{count} combinations sold nothing last year; the growth cap does not apply to them.",
    ),
    "zone.unknown": (
        "没有「{subject}」这个时区；请写成 Asia/Shanghai、Europe/Berlin 这样的名称（--zone）。",
        "No time zone is called {subject}; name one like Asia/Shanghai or Europe/Berlin (--zone).",
    ),
    "recency.out_of_range": (
        "--recency「{subject}」必须大于 0 且不超过 1。",
        "--recency “{subject}” must lie above 0 and not above 1.",
    ),
    "basis.years_out_of_range": (
        "--basis-years「{subject}」必须在 1 到 {most} 之间。",
        "--basis-years “{subject}” must lie between 1 and {most}.",
    ),
    "wish.unreadable": (
        "「{subject}」看不懂。请写成「节点:」加金额，例如 地区=华东:1.5亿、2027Q4:35%；"
        "名称里有 : > / = & 时用双引号括起。",
        "“{subject}” cannot be read. Write node:amount, such as region=East:1000000 or 2027Q4:35%; "
        "put a name that holds : > / = & in double quotes.",
    ),
    "wish.no_cell": (
        "「{subject}」里没有任何单元：这些成员与时间的组合在依据中不存在。",
        "“{subject}” holds no cell: this combination does not exist in the basis.",
    ),
    "wish.negative": (
        "「{subject}」的金额不能为负。",
        "The amount of “{subject}” must not be negative.",
    ),
    "wish.share_is": ("「{subject}」合 {amount} 元。", "“{subject}” is {amount}."),
    "wish.period_outside": (
        "期间「{subject}」不是 {year} 年度计划里若干期间（{first} 至 {last}）的合计。"
        "请换一个期间，或用 --time 选更细的时间颗粒。",
        "Period “{subject}” is no sum of periods of the plan of {year} ({first} to {last}). "
        "Name another one, or plan in finer periods with --time.",
    ),
    "wish.unknown_header": (
        "没有维度或列「{subject}」。现有：{known}。",
        "There is no dimension or column “{subject}”. Known: {known}.",
    ),
    "wish.unknown_member": (
        "没有成员「{subject}」。最接近的是：{nearest}。",
        "There is no member “{subject}”. The nearest: {nearest}.",
    ),
    "wish.several_members": (
        "「{subject}」对应多个成员：{paths}。请写出上级，例如 列=上级>成员。",
        "“{subject}” fits several members: {paths}. Write the parent too: column=parent>member.",
    ),
    "event.unreadable": (
        "看不懂活动“{subject}”。请写 期间:+百分比 名称，如 2027-06:+20% 新品上市。",
        "“{subject}” is no event. Write PERIOD:+PERCENT NAME, such as 2027-06:+20% launch.",
    ),
    "event.other_year": (
        "活动“{subject}”不在 {year} 年。请改为目标年度内的期间。",
        "The event {subject} is not in {year}. Name a period of the target year.",
    ),
    "event.too_fine": (
        "活动“{subject}”比计划的期间（如 {period}）还细，无法单独加重。"
        "请按计划的期间写，或把 --time 改细。",
        "The event {subject} is finer than the plan's periods, such as {period}. Name one of "
        "those, or choose a finer --time.",
    ),
    "event.below_nothing": (
        "活动（{subject}）使某一期的权重小于零，或全年都为零。请减小降幅。",
        "The events {subject} take a period below nothing, or leave nothing at all. Lower them.",
    ),
    "seasonality.wrong_count": (
        "季节权重有 {subject} 个，应为 {allowed} 个之一。",
        "There are {subject} seasonal weights; there may be {allowed}.",
    ),
    "seasonality.bad_weights": (
        "季节权重 {subject} 不可用：不能为负，也不能全为零。",
        "The seasonal weights {subject} cannot be used: none may be negative, nor all zero.",
    ),
    "seasonality.normalised": (
        "季节权重 {raw} 合计为 {subject}，不是 100，已按比例折算为 {shares}。",
        "The seasonal weights {raw} sum to {subject}, not 100; they were normalised to {shares}.",
    ),
    "seasonality.unreadable": (
        "季节形状「{subject}」看不懂：它不是 history、equal、workdays，也不是一串权重或现有文件。",
        "The seasonality “{subject}” is neither history, equal, workdays, a list of weights, "
        "nor a file that exists.",
    ),
    "history.no_year_before_target": (
        "数据只有 {subject} 年，没有 {year} 年之前的历史可作依据。"
        "请检查 --year，或用 --weights 给出依据。",
        "The data have the years {subject} only, none before {year}. "
        "Check --year, or give a basis with --weights.",
    ),
    "history.under_one_year": (
        "历史只覆盖 {slots}/{of} 个时段，不足一年，季节按平均处理。",
        "History covers {slots} of {of} slots, less than a year; the seasons are taken as equal.",
    ),
    "history.thin_top_nodes": (
        "{of} 个顶层组合中有 {count} 个历史太少，改用全公司的季节形状。",
        "{count} of {of} top nodes have too little history; they take the company's season.",
    ),
    "history.negative_season": (
        "有 {count} 个时段的历史合计为负，季节权重按零处理。",
        "{count} slots have a negative sum in history; their seasonal weight is zero.",
    ),
    "history.year_completed": (
        "{subject} 年只有 {covered}/{of} 个时段有数据，已按季节形状补全为全年。",
        "{subject} has data for {covered} of {of} slots; it was completed by the season.",
    ),
    "history.year_left_out": (
        "{subject} 年只有 {covered}/{of} 个时段有数据，未计入依据。",
        "{subject} has data for {covered} of {of} slots; it was left out of the basis.",
    ),
    "history.gap_before_target": (
        "最近的历史是 {subject} 年，与目标年度 {year} 之间有空档。",
        "The newest history is of {subject}; there is a gap before the target year {year}.",
    ),
    "history.target_year_ignored": (
        "{subject} 年及以后的 {rows} 组数据不作依据。",
        "{rows} groups of facts of {subject} or later are not part of the basis.",
    ),
    "history.year_empty": (
        "{subject} 年没有任何数据，未计入依据。若是漏了文件，请补上。",
        "{subject} has no facts at all and does not count. Add its file if one was forgotten.",
    ),
    "history.starts_inside": (
        "数据始于 {subject}，{period} 不完整，仍按整期计入。若偏差大，请用 --where 去掉这一期。",
        "The facts start on {subject}, so {period} is not whole; it counts as if it were. "
        "Leave it out with --where if that matters.",
    ),
    "history.ends_inside": (
        "数据止于 {subject}，{period} 不完整，仍按整期计入。若偏差大，请用 --where 去掉这一期。",
        "The facts end on {subject}, so {period} is not whole; it counts as if it were. "
        "Leave it out with --where if that matters.",
    ),
    "history.too_large": (
        "依据合计达到 {subject} 元，超出可精确计算的范围。请检查金额列的单位。",
        "The basis adds up to {subject}, more than can be held exactly. Check the amount's unit.",
    ),
    "history.negative_basis": (
        "「{subject}」的依据为负（{amount}），共 {count} 个这样的组合。"
        "请更正数据，或用 --on-negative-basis zero 按零处理。",
        "“{subject}” has a negative basis ({amount}), one of {count}. "
        "Correct the data, or count them as zero with --on-negative-basis zero.",
    ),
    "history.negative_basis_zeroed": (
        "{count} 个组合的依据为负，已按零处理。",
        "{count} combinations have a negative basis and count as zero.",
    ),
    "roster.twice": (
        "名册里「{subject}」在同一天有两行相互冲突的变动。请只保留一行。",
        "“{subject}” changes twice on one day in the roster. Keep one of the lines.",
    ),
    "roster.two_dates": (
        "名册第 {row} 行「{subject}」同时写了开始 {first} 和结束 {last}，不知道哪天离开。"
        "离职和接替请只写开始日期。",
        "Row {row} of the roster gives “{subject}” a start {first} and an end {last}, so the day "
        "of leaving is unclear. Give only the start of a leave or a succession.",
    ),
    "roster.nobody_left": (
        "按名册变动后没有任何成员留下，无法分解。请检查名册。",
        "Nobody is left after the changes of the roster. Check the roster.",
    ),
    "roster.opened": (
        "新增「{subject}」，参照「{like}」：得到 {tuples} 个组合。",
        "“{subject}” is new, like “{like}”: {tuples} combinations.",
    ),
    "roster.succeeded": (
        "「{subject}」由「{successor}」接替：{tuples} 个组合。",
        "“{subject}” is succeeded by “{successor}”: {tuples} combinations.",
    ),
    "roster.left": (
        "「{subject}」离开：{tuples} 个组合，其权重由其余成员分担。",
        "“{subject}” leaves: {tuples} combinations; the others carry their weight.",
    ),
    "roster.without_history": (
        "名册中的「{subject}」没有可用的历史，未产生组合。",
        "“{subject}” of the roster has no history to go by; it got no combination.",
    ),
    "allocate.zero_basis_refused": (
        "有目标落在依据为零的单元上。请补充依据，或用 --on-zero-basis equal 平均分配。",
        "A wish falls on cells whose basis is zero. Give them a basis, "
        "or spread evenly with --on-zero-basis equal.",
    ),
    "allocate.units_astray": (
        "组合较稀疏：共有 {units} 个单位未落在各维度单独取整的位置上，各合计与目标仍然精确。",
        "The combinations are sparse: {units} units lie off the rounding of a hierarchy by itself. "
        "All sums and wishes are exact.",
    ),
    "check.total": ("总额等于所有叶子之和（{count} 项）", "the leaves sum to the total ({count})"),
    "check.nodes": (
        "{hierarchy}：{count} 个节点各等于其下级之和",
        "{hierarchy}: Σ leaves = node for {count} nodes",
    ),
    "check.periods": ("{count} 个期间之和等于总额", "{count} periods sum to the total"),
    "check.fix": ("{count} 个固定合计精确达到", "fixed totals met exactly: {count}"),
    "check.hold": ("{count} 个锁定合计未变", "holds kept: {count}"),
    "check.bound": ("{count} 个上下限得到遵守", "bounds kept: {count}"),
    "check.unit": (
        "{count} 个单元都是最小单位的整数倍且不为负",
        "{count} cells are whole units, none negative",
    ),
    "check.growth": ("{count} 个单元未超过增长上限", "cells within the growth cap: {count}"),
}
