"""Sentences about measures: how they are told, what they may add, what they lack."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "measure.formula_unreadable": (
        "指标「{subject}」的公式读不懂：{formula}。请检查括号、引号和运算符。",
        "The formula of “{subject}” cannot be read: {formula}. Look at brackets, quotes and signs.",
    ),
    "measure.formula_large": (
        "指标「{subject}」的公式太大：最多 {signs} 个字符、{parts} 个部分、{levels} 层。"
        "请拆成几个指标。",
        "The formula of “{subject}” is too large: at most {signs} signs, {parts} parts and "
        "{levels} levels. Part it into several measures.",
    ),
    "measure.formula_piece": (
        "指标「{subject}」的公式里有不允许的写法「{piece}」。"
        "可以用：数字、指标代码、数据.列、+ - * /，以及 sum、count、distinct 等函数。",
        "The formula of “{subject}” holds “{piece}”, which the language does not have. It has "
        "numbers, codes of measures, facts.column, + - * /, and functions such as sum and count.",
    ),
    "measure.formula_number": (
        "指标「{subject}」里的数字「{piece}」太长，最多 {digits} 位。",
        "The number “{piece}” in “{subject}” is too long: at most {digits} digits.",
    ),
    "measure.formula_column": (
        "指标「{subject}」的「{piece}」应是 数据.列，如 order_lines.amount。",
        "“{piece}” in “{subject}” must be facts.column, such as order_lines.amount.",
    ),
    "measure.formula_call": (
        "指标「{subject}」里「{piece}」的写法不对。函数有：sum(数据.列)、count(数据)、distinct(数据.列)、"
        "newcomers、retained、last、days、between、previous、last_year、to_date、whole、quota、elapsed。",
        "“{piece}” in “{subject}” is no call of the language. Its functions are sum(facts.column), "
        "count(facts), distinct(facts.column), newcomers, retained, last, days, between, previous, "
        "last_year, to_date, whole, quota and elapsed.",
    ),
    "measure.formula_condition": (
        "指标「{subject}」的条件「{piece}」读不懂。"
        "可以写：列 == 值、< <= > >= !=、in (…)、blank(列)，用 and、or、not 连接。",
        "The condition “{piece}” of “{subject}” cannot be read. Write column == value, "
        "< <= > >= !=, in (…), blank(column), joined by and, or, not.",
    ),
    "measure.formula_sources": (
        "指标「{subject}」的「{piece}」一次只能汇总一种数据的列。请分别汇总，再相加减。",
        "“{piece}” in “{subject}” adds columns of one kind of facts. Add each by itself.",
    ),
    "measure.row_outside": (
        "指标「{subject}」直接用了列 {column}。请写明怎样汇总，如 sum({column})。",
        "“{subject}” takes the column {column} as it is. Say how to add it up: sum({column}).",
    ),
    "measure.unknown": (
        "没有指标「{name}」。相近的有：{nearest}。",
        "There is no measure “{name}”. The nearest are: {nearest}.",
    ),
    "measure.source_unknown": (
        "指标「{subject}」用到的数据「{name}」没有定义。相近的有：{nearest}。",
        "“{subject}” asks for facts “{name}”, which are not known. The nearest are: {nearest}.",
    ),
    "measure.source_other": (
        "指标「{subject}」在汇总 {source} 时用了别的数据的列 {column}。请分别汇总。",
        "“{subject}” adds up {source} and takes the column {column} of other facts. Add each by "
        "itself.",
    ),
    "measure.column_unknown": (
        "指标「{subject}」的列 {column} 不存在。相近的有：{nearest}。",
        "“{subject}” asks for the column {column}, which is not there. The nearest: {nearest}.",
    ),
    "measure.column_no_figure": (
        "指标「{subject}」要把 {column} 相加，它不是数。要计数请用 count 或 distinct。",
        "“{subject}” adds up {column}, which is no figure. To count use count or distinct.",
    ),
    "measure.compared_unlike": (
        "指标「{subject}」的条件里，{column} 与比较的值不是同一类（数、日期、文本）或写得太细。",
        "A condition of “{subject}” compares {column} with a value of another sort (figure, day, "
        "text), or finer than it is kept.",
    ),
    "measure.row_arithmetic": (
        "指标「{subject}」在一行之内只能加、减、乘以整数，或在 sum 里乘以一个比率列（如概率）。"
        "相除请放在汇总之后：sum(甲) / sum(乙)。",
        "Within a row “{subject}” may add, subtract, take a whole number of times, or in a sum "
        "the share that a column says, such as a probability. Divide after adding up: "
        "sum(a) / sum(b).",
    ),
    "measure.on_no_day": (
        "指标「{subject}」按 {column} 计期，它不是日期列。",
        "“{subject}” counts rows on {column}, which is no day.",
    ),
    "measure.units_differ": (
        "指标「{subject}」把{left}和{right}放在一起加减或相除，单位不同，不能比较。"
        "金额可以除以个数，得到单价。",
        "“{subject}” puts {left} and {right} together, which are of different units. Money may be "
        "divided by a count.",
    ),
    "measure.taxes_differ": (
        "指标「{subject}」把{left}和{right}的金额放在一起，口径不同，合不起来。"
        "请都用同一口径，左边口径的指标有：{alike}。",
        "“{subject}” puts amounts with tax {left} and tax {right} together. Take both on one "
        "basis; measures on that of the left side: {alike}.",
    ),
    "measure.stages_differ": (
        "指标「{subject}」把{left}和{right}阶段的金额相加减，阶段不同。"
        "要看两个阶段之间的余额，请写 between(前, 后)；左边阶段的指标有：{alike}。",
        "“{subject}” adds amounts of the stages {left} and {right}. For what lies between two "
        "stages write between(earlier, later); measures of the left stage: {alike}.",
    ),
    "measure.number_viewed": (
        "指标「{subject}」里 {view}(…) 的括号内应是指标，不是一个数。",
        "{view}(…) in “{subject}” takes a measure, not a plain number.",
    ),
    "measure.view_not_additive": (
        "指标「{subject}」不能用 {view}：{kind}类指标各期或各组不能相加。请对可加的指标使用。",
        "“{subject}” cannot use {view}: what is {kind} does not add up. Use it on what does.",
    ),
    "measure.kinds_differ": (
        "指标「{subject}」把{left}和{right}类的数相加减，性质不同。余额请先用 to_date 累计。",
        "“{subject}” adds what is {left} to what is {right}. Make a balance with to_date first.",
    ),
    "measure.number_added": (
        "指标「{subject}」给{unit}加上一个没有单位的数。常数只能加在比率上，或作倍数。",
        "“{subject}” adds a plain number to {unit}. Numbers may be added to shares, or multiply.",
    ),
    "measure.no_product": (
        "指标「{subject}」把{left}乘以{right}，没有意义。只能乘以数或比率。",
        "“{subject}” multiplies {left} by {right}. Multiply by a number or a share.",
    ),
    "measure.number_divided": (
        "指标「{subject}」用一个数除以指标，没有意义。请把指标放在分子。",
        "“{subject}” divides a plain number by a measure. Put a measure above.",
    ),
    "measure.only_number": (
        "指标「{subject}」的公式只有数，没有数据。",
        "The formula of “{subject}” is a plain number without facts.",
    ),
    "measure.not_as_said": (
        "指标「{subject}」写明的是「{said}」，公式得出的是「{gives}」。请改其中一个。",
        "“{subject}” is said to be “{said}”, and its formula gives “{gives}”. Mend one of them.",
    ),
    "measure.version_twice": (
        "指标「{subject}」的第 {version} 版写了两次。请给新的一版更大的版本号。",
        "Version {version} of “{subject}” is told twice. Give the newer one a higher version.",
    ),
    "measure.version_order": (
        "指标「{subject}」第 {version} 版要写明 since，并且晚于前一版。",
        "Version {version} of “{subject}” needs a since that is later than that of the one before.",
    ),
    "measure.circle": (
        "这些指标互相引用，算不出来：{subject}。请去掉其中一处引用。",
        "These measures are made of each other: {subject}. Remove one of the references.",
    ),
    "measure.no_derivation": (
        "「{subject}」不能这样派生。可以用：attainment、year_on_year、period_on_period、share、pace，"
        "如 booked.share。",
        "“{subject}” is no derivation of a measure. There are attainment, year_on_year, "
        "period_on_period, share and pace: booked.share.",
    ),
    "measure.too_large": (
        "指标「{subject}」展开后超过 {most} 个部分。请拆小。",
        "“{subject}” has more than {most} parts when written out. Make it smaller.",
    ),
    "measure.text_unreadable": (
        "指标文件「{subject}」不是正确的 TOML：{why}。",
        "The file of measures “{subject}” is no TOML: {why}.",
    ),
    "measure.text_empty": (
        "指标文件「{subject}」里没有 [[measure]]，或有别的内容，或超过 100 万字符。",
        "The file of measures “{subject}” holds no [[measure]], something else, or more than a "
        "million signs.",
    ),
    "measure.field_missing": (
        "指标「{subject}」缺少 {field}。",
        "The measure “{subject}” lacks {field}.",
    ),
    "measure.field_unknown": (
        "指标「{subject}」有不认识的项 {field}。可以用：{known}。",
        "The measure “{subject}” has a field {field}, which is not known. There are: {known}.",
    ),
    "measure.field_unclear": (
        "指标「{subject}」的 {field} 读不懂：{value}。",
        "The {field} of the measure “{subject}” cannot be read: {value}.",
    ),
    "measure.sum_large": (
        "合计超过 int64 能放下的范围（约 900 万亿元）。请检查数据的单位。",
        "A sum is larger than 64 bits hold (about 900 trillion). Look at the units of the facts.",
    ),
    "measure.no_key": (
        "数据 {source} 里没有「{subject}」这样的成员列，不能按它分组，也不能按它限定范围。",
        "The facts {source} have no column of members “{subject}” to group or to choose by.",
    ),
    "measure.needs_quota": (
        "指标「{subject}」要与目标相比，这里没有目标。"
        "请看达成率：驾驶舱，或接口 /api/v1/attainment。",
        "“{subject}” is held against a quota, and there is none here. Ask for the attainment (the "
        "cockpit, /api/v1/attainment).",
    ),
    "measure.no_credit": (
        "指标「{subject}」是{kind}，不能按人逐日相加，不能用来跟踪。请选可加的指标，如 booked。",
        "“{subject}” is {kind} and does not add up over members and days. Track an additive "
        "measure, such as booked.",
    ),
    "measure.no_facts": (
        "没有导入过 {subject}，用到它的指标没有数。",
        "{subject} was never imported; measures that need it have no figure.",
    ),
    "measure.undated": (
        "{subject} 有 {count} 行没有日期，不在任何期间里；累计余额把它们算在内。",
        "{count} rows of {subject} have no day and lie in no period; balances count them.",
    ),
}
