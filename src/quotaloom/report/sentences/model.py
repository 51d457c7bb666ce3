"""Sentences about what things are: periods, hierarchies, amounts, measures, frames."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "calendar.setting_refused": (
        "财年设置 {subject} 不能是「{value}」，可用的取值为 {allowed}。",
        "The calendar setting {subject} cannot be “{value}”; it takes {allowed}.",
    ),
    "period.out_of_range": (
        "「{value}」不在可用的年份之内（1900–2199 年），请核对日期是否录错。",
        "“{value}” lies outside the years that can be planned (1900–2199). Check the date.",
    ),
    "period.unreadable": (
        (
            "看不懂期间「{value}」。请写成 2027-01、2027年1月、2027Q1、上半年、FY27-P01、2027W05 "
            "或 2027 这样的形式。"
        ),
        (
            "“{value}” is no period. Write it like 2027-01, 2027Q1, 2027H1, FY27-P01, 2027W05 "
            "or 2027."
        ),
    ),
    "period.year_missing": (
        "期间「{value}」没有写年份，请补上，例如 2027Q4。",
        "The period “{value}” has no year. Add it, for example 2027Q4.",
    ),
    "period.not_in_year": (
        "{year} 财年里没有「{value}」：这一类期间只有 {count} 个。请核对序号。",
        "Fiscal year {year} has no “{value}”: it has {count} such periods. Check the number.",
    ),
    "hierarchy.two_parents": (
        (
            "「{hierarchy}」中的「{subject}」同时出现在两个上级之下：{first} 与 {second}。"
            "请更正其中一处，或检查 --by 的层级次序（上级在前）；"
            "如果确是两个同名成员，请加 --repeated-names separate，按完整路径区分。"
        ),
        (
            "In “{hierarchy}”, “{subject}” stands under two parents: {first} and {second}. "
            "Correct one of them, or the order of --by (top level first); say --repeated-names "
            "separate if they are two members of one name."
        ),
    ),
    "hierarchy.cycle": (
        "「{hierarchy}」的上下级关系绕成了圈：{path}。请改掉其中一条上级关系。",
        "The parents in “{hierarchy}” run in a circle: {path}. Change one of these parents.",
    ),
    "hierarchy.orphan": (
        "「{hierarchy}」中「{subject}」的上级「{parent}」不在成员表里。请补上这个成员，或改正上级。",
        (
            "In “{hierarchy}”, the parent “{parent}” of “{subject}” is not among the members. "
            "Add it, or correct the parent."
        ),
    ),
    "hierarchy.unknown_member": (
        "「{hierarchy}」的成员表里没有「{subject}」。请补上这个成员，或改正代码。",
        "“{subject}” is not among the members of “{hierarchy}”. Add it, or correct the code.",
    ),
    "hierarchy.more_refused": (
        "「{subject}」还有 {count} 处同类问题没有逐条列出，请先更正上面各项再试。",
        "“{subject}” has {count} more such faults that are not listed. Correct the ones above.",
    ),
    "hierarchy.too_deep": (
        "「{hierarchy}」在「{subject}」处超过了 {limit} 层，请检查上级列是否填错。",
        (
            "“{hierarchy}” is more than {limit} levels deep at “{subject}”. "
            "Check the column of parents."
        ),
    ),
    "hierarchy.sum_too_large": (
        "「{subject}」的合计超出可以精确计算的范围，请检查金额单位是否写错。",
        "The sums of “{subject}” pass what can be computed exactly. Check the unit of the amounts.",
    ),
    "hierarchy.two_names": (
        "「{subject}」列有 {count} 个代码不止一个名称，如 {member}：{first}、{second}，显示前者。",
        (
            "In “{subject}” {count} codes have several names, such as {member}: {first}, {second}; "
            "the first is shown."
        ),
    ),
    "hierarchy.renamed": (
        "「{subject}」列有 {count} 个代码先后有过不止一个名称，都显示最近的一个，"
        "例如 {member} 显示「{first}」，此前是「{second}」。",
        (
            "In “{subject}” {count} codes had several names over time; the latest is shown, such "
            "as “{first}” for {member}, which was “{second}” before."
        ),
    ),
    "hierarchy.overlap": (
        (
            "「{subject}」的上级在生效日期上重叠：第 {first_row} 行 {first} 与第 {second_row} 行 "
            "{second}。请让前一行在后一行开始之日结束。"
        ),
        (
            "The parents of “{subject}” overlap in time: row {first_row}, {first}, and row "
            "{second_row}, {second}. End the earlier row on the day on which the later one starts."
        ),
    ),
    "hierarchy.empty_interval": (
        "「{subject}」的生效日期 {start} 不早于失效日期 {end}，请更正这一行。",
        "“{subject}” is valid from {start} until {end}, which is no day at all. Correct the row.",
    ),
    "amount.empty": (
        "金额为空，请填写数字；确实没有金额时请填 0。",
        "The amount is empty. Write a number, or 0 where there is none.",
    ),
    "amount.too_long": (
        "「{value}」太长，不像金额，请核对内容。",
        "“{value}” is too long for an amount. Check the cell.",
    ),
    "amount.only_dash": (
        "只有一个短横线，无法判断是空还是 0，请写明。",
        "There is only a dash, which may mean empty or 0. Write which.",
    ),
    "amount.underscore": (
        "「{value}」里有下划线，不能确定数值；请用逗号作千分位，或去掉下划线。",
        "“{value}” holds an underscore. Group digits with commas, or not at all.",
    ),
    "amount.hexadecimal": (
        "「{value}」是程序里的进制写法，请改用普通的十进制数字。",
        "“{value}” is a number for programs. Write it in plain decimal digits.",
    ),
    "amount.exponent": (
        (
            "「{value}」是科学计数法，可能已经丢失精度；请写出完整数字"
            "（在 Excel 里先把单元格设为数值格式）。"
        ),
        (
            "“{value}” is in scientific notation and may have lost digits. Write all digits (in "
            "Excel format the cell as a number first)."
        ),
    ),
    "amount.foreign_digits": (
        "「{value}」里有其他文字的数字，请用 0–9 书写。",
        "“{value}” holds digits of another script. Write them as 0–9.",
    ),
    "amount.not_a_number": (
        "「{value}」不是一个确定的数，请填写具体金额。",
        "“{value}” is not a definite number. Write an amount.",
    ),
    "amount.percent": (
        "这里需要金额，而「{value}」是百分比，请写出金额。",
        "An amount is wanted here, and “{value}” is a percentage. Write the amount.",
    ),
    "amount.chinese_numerals": (
        "「{value}」用中文数字书写，请改用阿拉伯数字，例如 120万元。",
        "“{value}” is written in Chinese numerals. Use digits, for example 1200000.",
    ),
    "amount.grouping": (
        (
            "「{value}」的逗号、小数点或空格不合三位一组的写法，可能差了若干位；"
            "请写成 1234.56 或 1,234.56。"
        ),
        (
            "The commas, points or blanks of “{value}” do not group by three, so its size is in "
            "doubt. Write it as 1234.56 or 1,234.56."
        ),
    ),
    "amount.two_currencies": (
        "「{value}」里写了两种货币，请只保留一种。",
        "“{value}” names two currencies. Keep one of them.",
    ),
    "amount.unreadable": (
        "看不懂金额「{value}」。请写成 500000000、5亿、350万元 或 1,234.50 这样的形式。",
        "“{value}” is no amount. Write it like 500000000 or 1,234.50.",
    ),
    "amount.too_large": (
        "金额 {value} 元超出可以精确计算的范围（约 9.2 亿亿元），请检查单位是否写错。",
        (
            "The amount {value} passes what can be computed exactly (about 92 quadrillion). "
            "Check its unit."
        ),
    ),
    "amount.no_multiple": (
        "{value} 元不是取整单位 {unit} 元的整数倍，请改为 {below} 或 {above}，或换一个更小的单位。",
        (
            "{value} is no multiple of the plan's unit {unit}. Write {below} or {above}, "
            "or choose a smaller unit."
        ),
    ),
    "share.unreadable": (
        "看不懂占比「{value}」，请写成 35% 这样的形式，不带正负号。",
        "“{value}” is no share. Write it like 35%, without a sign.",
    ),
    "target.percent_unsigned": (
        "「{value}」没有写明是增是减：增长请写 +{value}，下降请写 -{value}，也可以直接写总额。",
        "“{value}” could mean growth or decline: write +{value}, -{value}, or the total itself.",
    ),
    "target.sign_unclear": (
        (
            "「{value}」带了正负号，分不清是总额还是增减额；请直接写总额（如 5亿），"
            "或写增长率（如 +15%）。"
        ),
        (
            "“{value}” has a sign and could be a total or a change. Write the total itself "
            "(500000000), or the growth (+15%)."
        ),
    ),
    "target.below_zero": (
        "「{value}」会让目标变成负数，降幅最多为 100%。",
        "“{value}” would make the target negative; it can fall by 100% at most.",
    ),
    "measure.twice": (
        "指标「{subject}」定义了两次，请去掉一个。",
        "The measure “{subject}” is defined twice. Remove one of them.",
    ),
    "measure.ratio_side": (
        "比率「{subject}」的分子或分母「{side}」不是可以相加的指标，请改用可加指标。",
        "“{side}”, a side of the ratio “{subject}”, is no additive measure. Name one that is.",
    ),
    "measure.file_unclear": (
        "“{subject}”应写成 指标=文件，如 margin=毛利.csv。",
        "“{subject}” must be a measure and its file, such as margin=margin.csv.",
    ),
    "measure.no_base": (
        "指标“{subject}”要不低于“{base}”，但计划里没有“{base}”。请加上它，或去掉 at_least。",
        "“{subject}” is never below “{base}”, which the plan does not have. Add it, or leave "
        "at_least out.",
    ),
    "measure.weights_sum": (
        "各指标的权重合计是 {total}，应为 100。请调整，或都不填。",
        "The weights of the measures come to {total} and must be 100. Mend them, or give none.",
    ),
    "measure.only_financial": (
        "这些指标全是财务指标。建议至少加一个非财务指标，如新客户数、客户满意度。",
        "All these measures are financial. Consider one that is not, such as new customers or "
        "customer satisfaction.",
    ),
    "measure.none_financial": (
        "这些指标里没有财务指标。建议至少加一个，如签约额、毛利。",
        "None of these measures is financial. Consider one, such as bookings or gross margin.",
    ),
    "measure.ratio_given": (
        "“{subject}”是比率，由分子和分母推算，不能读入数。请读入它的分子和分母。",
        "“{subject}” is a ratio, which follows from its two sides and is not read in. Read in its "
        "sides.",
    ),
    "frame.column_missing": (
        "数据缺少「{subject}」列（类型 {wanted}），请补上。",
        "The frame lacks the column “{subject}” (type {wanted}). Add it.",
    ),
    "frame.column_type": (
        "「{subject}」列的类型是 {found}，应为 {wanted}，请先转换。",
        "The column “{subject}” is of type {found} and must be {wanted}. Convert it first.",
    ),
    "frame.nulls": (
        "「{subject}」列有 {count} 个空值，请先填上或去掉这些行。",
        "The column “{subject}” has {count} nulls. Fill or drop those rows first.",
    ),
}
