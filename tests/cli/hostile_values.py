"""Amounts and names: rows H45 to H66 of the list of hostile inputs."""

from __future__ import annotations

from tests.cli.hostile_command import ASKED, DAYS, accepted, book, refused, table
from tests.warehouse.hostile.xlsx import Raw, number

CELL = "a.csv › 第3行 C列「金额」 › … {} …"
CELL_EN = "a.csv › row 3 column C “金额” › … {} …"


def amount_refused(row, text, zh, en):
    """A text in the amount column of line 3 that is refused at its address."""
    quoted = f'"{text}"'
    return refused(
        row, "a.csv", table(quoted), CELL.format(text) + " " + zh, CELL_EN.format(text) + " " + en
    )


def weights(*parts, head="区域,占比"):
    """A --weights file with a share for each region."""
    lines = "\n".join(f"{who},{part}" for who, part in zip("东南西北", parts, strict=True))
    return (("weights.csv", f"{head}\n{lines}\n"),)


WEIGHED = (
    "--total",
    "6000",
    "--year",
    "2027",
    "--by",
    "区域",
    "--weights",
    "weights.csv",
    "--unit",
    "0.01",
)
GROUPED = table('"1,234.50"').replace("1000", '"1,000"')
LONG = "12345678901234567890"
CODED = f"日期,客户编码,区域,金额\n{DAYS[0]},{{}},华东,1000\n{DAYS[2]},ok,华东,3000\n"
CUSTOMERS = (("客户.csv", "编码,客户等级\n007,甲\n008,乙\n"),)
JOINED = (*ASKED[:4], "--by", "客户等级", "--unit", "0.01", "--join", "客户.csv on 客户编码=编码")
COMMAS = f"日期;区域;金额\n{DAYS[0]};华东;1 000,00\n{DAYS[1]};华南;1.234,56\n"

CASES = (
    accepted("H45", "a.csv", GROUPED, plan="华东 4000, 华南 1234.5"),
    refused("H45", "a.csv", COMMAS, "a.csv › … 有 2 处像是用逗号作小数点", "use a decimal comma"),
    accepted("H46", "a.csv", table("１２３４５６．７８"), plan="华东 4000, 华南 123456.78"),
    accepted("H46", "a.csv", table('"１２３，４５６．７８"'), plan="华东 4000, 华南 123456.78"),
    accepted("H47", "a.csv", table("￥2000").replace("1000", "1000元")),
    accepted("H47", "a.csv", table(head="日期,区域,金额(USD)"), "币种是 USD", "is in USD"),
    refused(
        "H47",
        "a.csv",
        table("$2000").replace("1000", "￥1000"),
        "a.csv › 第3行 C列「金额」 › 值「$2000」 › 这一列混着几种币种 … CNY 2, USD 1 … 计划汇率",
        "a.csv › row 3 column C “金额” › value “$2000” › The column … CNY 2, USD 1 … plan rate",
    ),
    accepted(
        "H48",
        "a.csv",
        table("1.5亿").replace("1000", "100万").replace("3000", "1.2w"),
        "「金额」列有 3 处自带单位，例如「 … 读作 … ",
        "3 cells of “金额” write their own unit",
        plan="华东 1012000, 华南 150000000",
    ),
    amount_refused(
        "H49", "壹佰贰拾万元整", "用中文数字书写，请改用阿拉伯数字", "in Chinese numerals"
    ),
    accepted(
        "H50",
        "a.csv",
        table('"(1,000)"'),
        plan="华东 4000, 华南 0",
        options=("--on-negative-basis", "zero"),
        asked=("--total", "4000", *ASKED[2:]),
    ),
    refused(
        "H50",
        "a.csv",
        table("−1000"),
        "「华南」的依据为负（-1000 … --on-negative-basis zero",
        "“华南” has a negative basis (-1000 … --on-negative-basis zero",
    ),
    amount_refused("H50", "—", "无法判断是空还是 0", "may mean empty or 0"),
    amount_refused("H51", "1_000", "下划线", "underscore"),
    amount_refused("H51", "1e5", "科学计数法", "scientific notation"),
    amount_refused("H51", "0x10", "进制写法", "a number for programs"),
    amount_refused("H51", "٣", "其他文字的数字", "digits of another script"),
    amount_refused("H52", "NaN", "不是一个确定的数", "not a definite number"),
    amount_refused("H52", "Infinity", "不是一个确定的数", "not a definite number"),
    amount_refused("H52", "1e400", "科学计数法", "scientific notation"),
    amount_refused("H52", "1e999999", "科学计数法", "scientific notation"),
    refused(
        "H52",
        "a.xlsx",
        book(number("1e999999", 0)),
        "a.xlsx › 工作表「数据」 › 第3行 C列「金额」 › 值「1e999999」 › 存储的不是有限的数字",
        "a.xlsx › sheet “数据” › row 3 column C “金额” › value “1e999999” › What is stored",
    ),
    accepted(
        "H53",
        "a.xlsx",
        book(number("99.999999999999", 0)),
        "「金额」列有 1 处超过四位小数，已四舍五入，例如「99.999999999999」读作 100",
        "“99.999999999999” was read as 100",
        plan="华东 4000, 华南 100",
    ),
    refused(
        "H54",
        "a.xlsx",
        book(number(LONG, 0)),
        "a.xlsx › 工作表「数据」 › 第3行 C列「金额」 › 值「 … 数字超过 15 位 … 设为文本",
        "a.xlsx › sheet “数据” › row 3 column C “金额” › value “ … Make the column text",
    ),
    refused(
        "H54",
        "a.csv",
        CODED.format("1.23457E+19"),
        "a.csv › 第2行 B列「客户编码」 › 值「1.23457E+19」 › 数字超过 15 位",
        "a.csv › row 2 column B “客户编码” › value “1.23457E+19” › A number of more than 15",
        options=("--by", "客户编码"),
    ),
    refused(
        "H55",
        "a.csv",
        CODED.format("7").replace("ok", "8"),
        "a.csv › 第2行 B列「客户编码」 › 前导零丢了：「7」在 客户.csv 里是「007」",
        "a.csv › row 2 column B “客户编码” › Leading zeros are lost: “7” is “007” in 客户.csv",
        asked=JOINED,
        also=CUSTOMERS,
    ),
    refused(
        "H56",
        "a.csv",
        table(),
        "weights.csv › … 有的带百分号，有 2 格没有，分不清 120 是不是",
        "weights.csv › … have a percent sign and 2 have none",
        asked=WEIGHED,
        also=weights("120%", "1.2", "120", "7%"),
    ),
    refused(
        "H57",
        "a.csv",
        table(),
        "weights.csv › … 占比相加是 140%，不是 100%",
        "weights.csv › … The shares add up to 140%, not to 100 %",
        asked=WEIGHED,
        also=weights("30%", "40%", "30%", "40%"),
    ),
    accepted(
        "H57",
        "a.csv",
        table(),
        asked=WEIGHED,
        plan="东 1200, 北 1800, 南 1800, 西 1200",
        also=weights("20", "30", "20", "30", head="区域,权重"),
    ),
    accepted(
        "H58",
        "a.csv",
        table(),
        "weights.csv › … 占比相加是 99.99%，相差的是各自的四舍五入",
        "weights.csv › … The shares add up to 99.99%; what is missing is their rounding",
        asked=WEIGHED,
        plan="东 2000, 北 0, 南 2000, 西 2000",
        also=weights("33.33%", "33.33%", "33.33%", "0%"),
    ),
    refused(
        "H59",
        "a.csv",
        table(),
        "「-500万」带了正负号 … 请直接写总额",
        "“-500万” has a sign",
        asked=("--total", "-500万", *ASKED[2:]),
        code=2,
    ),
    accepted(
        "H59",
        "a.csv",
        table(),
        "总额是 0，每个指标都会是 0",
        "The total is 0, and so is every quota",
        asked=("--total", "0", *ASKED[2:]),
        plan="华东 0, 华南 0",
    ),
    amount_refused("H60", "#REF!", "Excel 的错误值。请修好公式", "an error of Excel. Repair"),
    amount_refused("H60", "#DIV/0!", "Excel 的错误值", "an error of Excel"),
    amount_refused("H60", "#N/A", "Excel 的错误值", "an error of Excel"),
    amount_refused("H60", "TRUE", "", ""),
    refused(
        "H60",
        "a.xlsx",
        book(region=Raw('<c r="{at}" t="e"><v>#REF!</v></c>')),
        "a.xlsx › 工作表「数据」 › 第3行 B列「区域」 › 值「#REF!」 › 这是 Excel 的错误值",
        "a.xlsx › sheet “数据” › row 3 column B “区域” › value “#REF!” › This is an error",
    ),
    refused(
        "H61",
        "a.xlsx",
        book(Raw('<c r="{at}"><f>SUM(A1:A9)</f></c>')),
        "a.xlsx › 工作表「数据」 › 第3行 C列「金额」 › … 公式没有存下计算结果 … 保存后再用",
        "a.xlsx › sheet “数据” › row 3 column C “金额” › … no saved result … save it",
    ),
    accepted("H61", "a.xlsx", book(Raw('<c r="{at}"><f>1+1</f><v>2000</v></c>'))),
    accepted(
        "H62",
        "a.csv",
        table(region="=cmd|' /C calc'!A0"),
        plan="'=cmd|' /C calc'!A0 2000, 华东 4000",
    ),
    accepted("H63", "a.csv", table(region="＝1+1"), plan="'＝1+1 2000, 华东 4000"),
    refused(
        "H64",
        "a.xlsx",
        book(region="华" * 32_768),
        "a.xlsx › 工作表「数据」 › 第3行 B列「区域」 › 值「华华 … 超过 32767 个字符",
        "a.xlsx › sheet “数据” › row 3 column B “区域” › value “华华 … 32,767 characters",
    ),
    accepted(
        "H65",
        "a.csv",
        table(region="\u202e华\u200b东\u00a0"),
        "「区域」列有 1 格、1 个名称含看不见的字符或首尾空格，已去掉，例如「 … 读作「华东」",
        "1 cells (1 names) of “区域” had unseen signs",
        plan="华东 6000",
    ),
    accepted(
        "H65",
        "a.csv",
        table(region="ＡＢＣ").replace("华东", "ABC", 1),
        "「区域」列的「ABC」和「ＡＢＣ」只差全半角 … --alias",
        "“ABC” and “ＡＢＣ” … --alias",
        plan="ABC 1000, 华东 3000, ＡＢＣ 2000",
    ),
    refused(
        "H66",
        "a.csv",
        table(region="åŒºåŸŸ"),
        "a.csv › 第3行 B列「区域」 › 值「åŒºåŸŸ」 › 乱码 … 编码选 UTF-8",
        "a.csv › row 3 column B “区域” › value “åŒºåŸŸ” › Garbled text … as UTF-8",
    ),
    refused(
        "H66",
        "a.csv",
        table(region="锟斤拷"),
        "a.csv › 第3行 B列「区域」 › 值「锟斤拷」 › 乱码",
        "value “锟斤拷” › Garbled text",
    ),
)
