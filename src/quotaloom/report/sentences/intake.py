"""Sentences about the values of files: columns, amounts, dates, names, joins, filters, sums."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, str]] = {
    "intake.column_chosen": (
        "{subject} 采用列「{header}」。不对的话，请用 {subject} 指明。",
        "{subject} is the column “{header}”. If it should be another, name it with {subject}.",
    ),
    "intake.column_missing": (
        "找不到列「{subject}」。文件中有：{found}。最接近的是：{nearest}。请核对列名。",
        "There is no column “{subject}”. The file has: {found}. The nearest are: {nearest}. "
        "Check the name.",
    ),
    "intake.column_ambiguous": (
        "列「{subject}」有多处：{choices}。请写明是哪一个。",
        "The column “{subject}” is in several places: {choices}. Write which one you mean.",
    ),
    "intake.column_unclear": (
        "{choices} 都可能是 {subject} 要的列。请用 {subject} 指明一个。",
        "{choices} could each be the column for {subject}. Name one with {subject}.",
    ),
    "intake.column_unknown": (
        "认不出 {subject} 该用哪一列。文件中有：{found}。请用 {subject} 指明。",
        "No header tells which column {subject} is. The file has: {found}. Name it with {subject}.",
    ),
    "intake.column_reserved": (
        "维度列不能叫「{subject}」，这个名字留给结果使用。请改一下列名。",
        "A dimension cannot be called “{subject}”: the result uses that name. Rename the column.",
    ),
    "intake.column_type": (
        "列「{subject}」的类型是 {found}，一格里不是一个值，无法使用。",
        "The column “{subject}” is of type {found}, which is not one value a cell.",
    ),
    "intake.amount_joined": (
        "金额列「{subject}」在关联的表里，重复计数就说不清了。金额要取自业务数据本身。",
        "The amount “{subject}” lies in a joined table and would be counted again for each row. "
        "Take the amount from the facts themselves.",
    ),
    "intake.role_missing": (
        "缺少一列。可用的列名：{wanted}。文件中有：{found}。",
        "A column is missing. Its header may be: {wanted}. The file has: {found}.",
    ),
    "intake.role_unclear": (
        "有几列是同一个意思：{choices}。请只保留一列。",
        "Several columns mean the same: {choices}. Keep one of them.",
    ),
    "intake.more_cells": (
        "「{subject}」列还有 {count} 处同样的问题，这里只列出前 {shown} 处。",
        "{count} more cells of “{subject}” have the same fault; only the first {shown} are listed.",
    ),
    "intake.file_twice": (
        "与「{first}」是同一个文件（内容完全相同），会重复计数。请去掉一个。",
        "This is the same file as “{first}” (equal to the byte) and would count again. Leave one "
        "of them out.",
    ),
    "intake.no_facts": (
        "没有任何一行可用。请检查筛选条件和文件。",
        "Not one row is left. Check the filter and the files.",
    ),
}
AMOUNTS: dict[str, tuple[str, str]] = {
    "intake.amount_blank": (
        "金额是空的。没有金额请填 0，不该计入的行请删去或用 --where 排除。",
        "The amount is blank. Write 0 where there is none, or leave the row out with --where.",
    ),
    "intake.amount_too_large": (
        "金额超过 900 万亿，放不下。请检查单位是否多乘了。",
        "The amount is beyond 900 trillion. Check whether the unit was applied twice.",
    ),
    "intake.total_too_large": (
        "「{subject}」全部相加超过 900 万亿，放不下。请检查单位是否多乘了。",
        "“{subject}” adds up to more than 900 trillion. Check whether the unit was applied twice.",
    ),
    "intake.decimal_comma": (
        "「{subject}」列有 {count} 处像是用逗号作小数点（如 1.234,56）。"
        "请用 --decimal-mark , 说明，或统一成 1,234.56 的写法。",
        "{count} cells of “{subject}” seem to use a decimal comma (1.234,56). Say so with "
        "--decimal-mark , or write them as 1,234.56.",
    ),
    "intake.two_units": (
        "同一列里单位不同：有 {count} 处写了 {units}，其余按 {header_unit} 计（如「{other}」）。"
        "请把整列统一成一个单位。",
        "One column mixes units: {count} cells write {units}, the rest counts in {header_unit} "
        "(such as “{other}”). Give the whole column one unit.",
    ),
    "intake.two_currencies": (
        "这一列混着几种币种，各有几格：{currencies}。请按计划汇率折成一种，再导入。",
        "The column mixes currencies, with so many cells each: {currencies}. Convert them to one "
        "at the plan rate first.",
    ),
    "intake.amount_currency": (
        "「{subject}」列的币种是 {currency}，计划也按这个币种计。",
        "“{subject}” is in {currency}, and so is the plan.",
    ),
    "intake.amount_units_read": (
        "「{subject}」列有 {count} 处自带单位，例如「{example}」读作 {amount}。",
        "{count} cells of “{subject}” write their own unit; “{example}” was read as {amount}.",
    ),
    "intake.amount_rounded": (
        "「{subject}」列有 {count} 处超过四位小数，已四舍五入，例如「{example}」读作 {amount}。",
        "{count} cells of “{subject}” have more than four decimals and were rounded; “{example}” "
        "was read as {amount}.",
    ),
    "intake.header_unit": (
        "「{subject}」列按表头的单位 {unit} 换算成元，例如「{example}」读作 {amount}。",
        "“{subject}” was read in the header's unit {unit}; “{example}” is {amount}.",
    ),
}
DATES: dict[str, tuple[str, str]] = {
    "intake.date_blank": (
        "日期是空的。请补上，或用 --where 排除这样的行。",
        "The date is blank. Fill it in, or leave such rows out with --where.",
    ),
    "intake.date_impossible": (
        "没有这一天。请改正日期。",
        "There is no such day. Correct the date.",
    ),
    "intake.date_unreadable": (
        "这不是日期。请写成 2025-01-31 这样。",
        "This is no date. Write it like 2025-01-31.",
    ),
    "intake.date_far": (
        "日期不在 1950 到 2150 年之间。请改正。",
        "The date is not between 1950 and 2150. Correct it.",
    ),
    "intake.date_no_year": (
        "日期没有年份。请写成 2025-01 这样。",
        "The date has no year. Write it like 2025-01.",
    ),
    "intake.date_ambiguous": (
        "「{subject}」列有 {count} 处看不出日在前还是月在前。请用 --date-order dmy（日/月/年）"
        "或 --date-order mdy（月/日/年）说明。",
        "In {count} cells of “{subject}” the day or the month may come first. Say which with "
        "--date-order dmy or --date-order mdy.",
    ),
    "intake.date_order_used": (
        "「{subject}」列的日期按 {order} 的顺序读（d 日 m 月 y 年）。",
        "The dates of “{subject}” were read in the order {order} (day, month, year).",
    ),
    "intake.date_serial_read": (
        "「{subject}」列有 {count} 处是 Excel 日期序号，例如 {example} 读作 {day}。",
        "{count} cells of “{subject}” are Excel day numbers; {example} was read as {day}.",
    ),
    "intake.date_zone_read": (
        "「{subject}」列有 {count} 处带时区，已换成计划所在时区的日期，例如 {example} 读作 {day}。",
        "{count} cells of “{subject}” name a time zone and became days of the plan's zone; "
        "{example} was read as {day}.",
    ),
    "intake.date_month_read": (
        "「{subject}」列有 {count} 处只到月（或周），按首日计，例如 {example} 读作 {day}。",
        "{count} cells of “{subject}” name a month or week only; {example} was read as {day}.",
    ),
    "intake.date_quarter_read": (
        "「{subject}」列有 {count} 处只到季度，全部计入首月，例如 {example} 读作 {day}。"
        "月度节奏会失真，请尽量给出月份。",
        "{count} cells of “{subject}” name a quarter only and fall into its first month; {example} "
        "was read as {day}. Months will look wrong: give months where you can.",
    ),
    "intake.date_year_read": (
        "「{subject}」列有 {count} 处只到年，全部计入首日，例如 {example} 读作 {day}。"
        "数据全部只到年时按全年平均计，可用 --seasonality 指明节奏。",
        "{count} cells of “{subject}” name a year only and fall on its first day; {example} was "
        "read as {day}. Where all do, they count as even years: say a shape with --seasonality.",
    ),
}
MEMBERS: dict[str, tuple[str, str]] = {
    "intake.error_cell": (
        "这是 Excel 的错误值。请修好公式，保存后再导入。",
        "This is an error of Excel. Repair the formula and save the file.",
    ),
    "intake.members_cleaned": (
        "「{subject}」列有 {count} 格、{names} 个名称含看不见的字符或首尾空格，已去掉，"
        "例如「{example}」"
        "读作「{name}」。",
        "{count} cells ({names} names) of “{subject}” had unseen signs or blanks at their ends, "
        "which were removed: “{example}” is “{name}”.",
    ),
    "intake.members_blank": (
        "有 {count} 行没有「{subject}」，归入「{name}」，仍计入合计。",
        "{count} rows have no “{subject}”; they count under “{name}”.",
    ),
    "intake.members_alike": (
        "「{subject}」列的「{first}」和「{second}」"
        "只差全半角、大小写、空格或前导零（共 {count} 个写法）。"
        "若是同一个，请用 --alias 合并。",
        "“{first}” and “{second}” in “{subject}” differ only in width, case, spaces or leading "
        "zeros ({count} spellings). If they are one, join them with --alias.",
    ),
    "intake.members_alike_more": (
        "「{subject}」列还有 {count} 组相近的名称。",
        "“{subject}” has {count} more groups of names that look alike.",
    ),
    "intake.alias_applied": (
        "「{subject}」按别名改为「{name}」，共 {count} 格。",
        "“{subject}” became “{name}” in {count} cells.",
    ),
    "intake.alias_unused": (
        "别名「{subject}」→「{name}」没有用上，数据里没有这个名称。",
        "The alias “{subject}” → “{name}” met nothing: no cell has that name.",
    ),
}
JOINS: dict[str, tuple[str, str]] = {
    "join.alias_twice": (
        "两张表都叫「{subject}」。请用 as 给关联的表另起一个名字。",
        "Two tables are called “{subject}”. Give one another name with as.",
    ),
    "join.double_key": (
        "「{subject}」有 {count} 个值在关联的表里出现了不止一次，关联后会重复计数。"
        "例如（行号）：{examples}。"
        "请先去重。",
        "{count} values of “{subject}” stand in the joined table more than once, which would count "
        "facts again. For example (rows): {examples}. Remove the doubles.",
    ),
    "join.unmatched": (
        "「{subject}」列有 {count} 行（{keys} 个值）在 {table} 里找不到，归入「{name}」。"
        "括号里是行数：{examples}。最接近的是：{nearest}。可用 --alias 改名。",
        "{count} rows ({keys} values) of “{subject}” are not in {table} and count under “{name}”: "
        "{examples}. The nearest are: {nearest}. An --alias can rename them.",
    ),
    "join.blank_key": (
        "有 {count} 行的「{subject}」是空的，没有关联到 {table}。",
        "{count} rows have no “{subject}” and were not joined to {table}.",
    ),
    "join.leading_zeros": (
        "前导零丢了：「{value}」在 {table} 里是「{suggestion}」，共 {count} 行。"
        "请把这一列设为文本后重新导出。",
        "Leading zeros are lost: “{value}” is “{suggestion}” in {table} ({count} rows). "
        "Make the column text and export it again.",
    ),
}
WHERE: dict[str, tuple[str, str]] = {
    "where.unreadable": (
        "筛选条件从第 {position} 个字起看不懂：「{subject}」。全文：{text}。"
        "写法见 docs/reference/filters.md。",
        "The filter cannot be read from position {position}: “{subject}”. The whole: {text}. See "
        "docs/reference/filters.md.",
    ),
    "where.too_long": (
        "筛选条件有 {count} 个字，最多 {limit} 个。请写短一些。",
        "The filter has {count} signs, at most {limit} are read. Make it shorter.",
    ),
    "where.too_deep": (
        "筛选条件的括号和 not 嵌套超过 {limit} 层。请拆开写。",
        "The filter nests brackets and nots more than {limit} deep. Write it flatter.",
    ),
    "where.not_comparable": (
        "筛选条件拿「{subject}」与 {literal} 比大小，但有 {count} 行既不是数也不是日期。"
        "请改正这些格，或换一个条件。",
        "The filter compares “{subject}” with {literal}, but {count} rows are neither a number nor "
        "a date. Correct the cells, or filter otherwise.",
    ),
    "where.value_not_comparable": (
        "筛选条件里的「{literal}」既不是数也不是日期，不能与「{subject}」比大小。",
        "“{literal}” in the filter is neither a number nor a date, so “{subject}” has no order "
        "with it.",
    ),
    "where.kept": (
        "筛选后留下 {kept} 行，共 {count} 行。",
        "The filter keeps {kept} of {count} rows.",
    ),
}
SUBTOTALS: dict[str, tuple[str, str]] = {
    "subtotals.found": (
        "有 {count} 行是合计（第 {rows} 行；{labels}），相加为 {sum}，不能重复计数。"
        "请用 --subtotals drop 去掉它们，或先在文件里删去。",
        "{count} rows are sums of others (rows {rows}; {labels}), {sum} together, and must not "
        "count again. Leave them out with --subtotals drop, or delete them in the file.",
    ),
    "subtotals.dropped": (
        "去掉了 {count} 行合计（第 {rows} 行；{labels}），相加为 {sum}。",
        "{count} rows that are sums of others were left out (rows {rows}; {labels}), {sum} "
        "together.",
    ),
    "subtotals.sum_differs": (
        "这一行合计与明细不符：明细相加为 {real}，相差 {difference}。已按明细计。",
        "This total is not the sum of its rows, which is {real}; it is off by {difference}. The "
        "rows were taken.",
    ),
    "subtotals.name_kept": (
        "「{subject}」这一行的名称像合计，但金额不是任何几行之和，已当作普通数据。",
        "This row of “{subject}” is named like a total, but its amount is no sum of rows. It was "
        "kept.",
    ),
}
WEIGHTS: dict[str, tuple[str, str]] = {
    "weights.negative": (
        "权重不能是负数。请改正。",
        "A weight cannot be negative. Correct it.",
    ),
    "weights.all_zero": (
        "权重全是 0，无从分解。",
        "All weights are 0: there is nothing to divide by.",
    ),
    "weights.mixed_percent": (
        "同一列里有的带百分号，有 {count} 格没有，分不清 120 是不是 120%。请统一写法。",
        "Some cells of the column have a percent sign and {count} have none, so 120 may or may not "
        "be 120%. Write them alike.",
    ),
    "weights.not_whole": (
        "占比相加是 {sum}，不是 100%。请改正；若只是相对权重，请去掉百分号，表头用「权重」。",
        "The shares add up to {sum}, not to 100 %. Correct them; if they are relative weights, "
        "leave the percent signs out and call the column weight.",
    ),
    "weights.rounded_shares": (
        "占比相加是 {sum}，相差的是各自的四舍五入，已按比例归一。",
        "The shares add up to {sum}; what is missing is their rounding. They were normalised.",
    ),
    "weights.double_row": (
        "有 {count} 行完全重复，只是权重不同或相同：{examples}。请只保留一行。",
        "{count} rows repeat each other: {examples}. Keep one of each.",
    ),
    "weights.rows_added": (
        "有 {count} 个成员出现在不止一行，权重已相加：{examples}。若多读了年份，"
        "请用 --where 筛选。",
        "{count} members stand in several rows, whose weights were added: {examples}. If years "
        "were mixed, choose one with --where.",
    ),
}
ROSTER: dict[str, tuple[str, str]] = {
    "roster.unknown_dimension": (
        "没有这个维度。可用的是：{known}。",
        "There is no such dimension. There are: {known}.",
    ),
    "roster.unknown_member": (
        "没有这个成员。最接近的是：{nearest}。请核对名称。",
        "There is no such member. The nearest are: {nearest}. Check the name.",
    ),
    "roster.member_blank": (
        "没有写是谁。请填上成员。",
        "The row names nobody. Fill in the member.",
    ),
    "roster.unknown_action": (
        "看不懂这个动作。请用：离职、停产、接替、新增、入职、上市。",
        "The action is not known. Use: leave, discontinue, succeed, new, join or launch.",
    ),
    "roster.successor_missing": (
        "写了接替，却没有接替人。请填上，或改成离职。",
        "The row says succeed but names no successor. Fill it in, or write leave.",
    ),
    "roster.own_successor": (
        "自己不能接替自己。请改正。",
        "Nobody succeeds themselves. Correct the successor.",
    ),
    "roster.date_ambiguous": (
        "看不出哪个是日、哪个是月。请写成 2027-04-03 这样。",
        "Either number may be the day. Write the date like 2027-04-03.",
    ),
    "roster.empty_interval": (
        "结束日期不晚于开始日期。请改正。",
        "The end is not after the start. Correct the dates.",
    ),
    "roster.ramp_unreadable": (
        "看不懂爬坡。请写成 30%,60%,100% 这样，每月一个。",
        "The ramp cannot be read. Write it like 30%,60%,100%, one share a month.",
    ),
    "roster.ramp_out_of_range": (
        "爬坡的每一步都应在 0 到 100% 之间，且不能全是 0。",
        "Each step of a ramp is between 0 and 100 %, and not all are 0.",
    ),
    "roster.member_twice": (
        "这个成员在第 {first} 行已有同样的变动。请只保留一行。",
        "Row {first} already says this of the member. Keep one of the two.",
    ),
    "roster.already_there": (
        "名册第 {row} 行新增的「{subject}」在历史里已经有了，新增的部分会加在原有的之上。",
        "“{subject}” in row {row} of the roster already has a history; what is opened is added to "
        "it.",
    ),
    "roster.successor_new": (
        "名册第 {row} 行的接替人「{subject}」是新名字，已按新成员建立。若是笔误，"
        "最接近的是：{nearest}。",
        "The successor “{subject}” in row {row} of the roster is a new name and was opened. If it "
        "is a slip, the nearest are: {nearest}.",
    ),
}
PROFILE: dict[str, tuple[str, str]] = {
    "profile.kinds_mixed": (
        "一个季节曲线里只能有一种周期，这里有：{kinds}。",
        "A seasonal profile has periods of one kind; this one has: {kinds}.",
    ),
    "profile.period_outside": (
        "这个周期不在 {year} 年里，或不是半年、季度、月、周。",
        "The period is not in {year}, or is no half, quarter, month or week.",
    ),
    "profile.period_twice": (
        "第 {first} 行已有这个周期。请只保留一行。",
        "Row {first} already has this period. Keep one of the two.",
    ),
    "profile.period_missing": (
        "缺少这些周期：{missing}。没有销售的请写 0。",
        "These periods are missing: {missing}. Write 0 where nothing is sold.",
    ),
}
SENTENCES: dict[str, tuple[str, str]] = (
    COLUMNS | AMOUNTS | DATES | MEMBERS | JOINS | WHERE | SUBTOTALS | WEIGHTS | ROSTER | PROFILE
)
