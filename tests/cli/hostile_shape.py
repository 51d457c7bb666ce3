"""The shape of a sheet: rows H35 to H44 of the list of hostile inputs."""

from __future__ import annotations

from tests.cli.hostile_command import DAYS, accepted, book, refused, rows, table
from tests.warehouse.hostile import xlsx
from tests.warehouse.hostile.xlsx import Tab

TITLES = xlsx.workbook(Tab(rows=[["2026年销售明细"], ["单位：元"], *rows()]))
TWO_HEADERS = xlsx.workbook(
    Tab(
        rows=[
            ["日期", "区域", "销售", None],
            [None, None, "金额", "数量"],
            *([*row, 1] for row in rows()[1:]),
        ],
        merges=("A1:A2", "B1:B2", "C1:D1"),
    )
)
TWICE = f"日期,区域,目标,目标\n{DAYS[0]},华东,1,2\n"
WIDE = "日　期,　区域,销 售 额"
MERGED = [["日期", "区域", "金额"], *([row[0], who, row[2]] for row, who in zip(
    rows()[1:], ("华东", None, "华南"), strict=True))]  # fmt: skip
SUMS = table() + f"{DAYS[2]},合计,6000\n"
OTHER_SUM = table() + f"{DAYS[2]},合计,6001\n"

CASES = (
    accepted(
        "H35",
        "a.xlsx",
        TITLES,
        "a.xlsx › 工作表「数据」 › 第3行 › 以这一行为表头，略过上面 2 行",
        "row 3 › This row was taken as the header, 2 rows above it were skipped",
    ),
    refused(
        "H35",
        "a.xlsx",
        TWO_HEADERS,
        "a.xlsx › 工作表「数据」 › 第1行 › 表头像是有两行（这一行和第 2 行） … --header-row",
        "row 1 › The header seems to have two rows (this one and row 2) … --header-row",
    ),
    accepted("H35", "a.xlsx", TWO_HEADERS, options=("--header-row", "2")),
    refused(
        "H36",
        "a.csv",
        TWICE,
        ("a.csv › 第1行 C列「目标」 › 列名「目标」重复", "a.csv › 第1行 D列「目标」 › 列名"),
        (
            "a.csv › row 1 column C “目标” › The header “目标” stands more than once",
            "row 1 column D “目标” › The header",
        ),
        options=("--amount", "目标"),
    ),
    accepted("H37", "a.csv", table(head=WIDE), "列名「 … 按「销售额」读取", "is read as “销售额”"),
    accepted(
        "H37",
        "a.csv",
        table(head="日期,區域,銷售額"),
        "--amount 采用列「銷售額」",
        "“銷售額”",
        asked=("--total", "1x", "--year", "2027", "--by", "區域", "--unit", "0.01"),
    ),
    accepted(
        "H37",
        "a.csv",
        table(head="日期,區域,銷售額"),
        asked=("--total", "1x", "--year", "2027", "--by", "区域", "--unit", "0.01"),
    ),
    refused(
        "H38",
        "a.csv",
        table(head="日期,客户区域,金额"),
        "a.csv › 找不到列「区域」。文件中有：日期, 客户区域, 金额。最接近的是：客户区域",
        "a.csv › There is no column “区域”. The file has: 日期, 客户区域, 金额 … 客户区域",
    ),
    refused(
        "H38",
        "a.csv",
        table(head="甲方,区域,乙方"),
        ("a.csv › … --date … 文件中有：甲方, 区域, 乙方", "a.csv › … --amount … 甲方, 区域, 乙方"),
        ("a.csv › … --date … The file has: 甲方, 区域, 乙方", "a.csv › … --amount … 甲方"),
    ),
    refused(
        "H39",
        "a.xlsx",
        xlsx.workbook(Tab(rows=MERGED, merges=("B2:B3",))),
        "a.xlsx › 工作表「数据」 › 第2行 B列「区域」 › 值「华东」 › B2:B3 … --fill-down",
        "a.xlsx › sheet “数据” › row 2 column B “区域” › value “华东” › B2:B3 … --fill-down",
    ),
    accepted(
        "H39",
        "a.xlsx",
        xlsx.workbook(Tab(rows=MERGED, merges=("B2:B3",))),
        "1 处合并单元格已按其显示的值填充，共补 1 格",
        "1 merged areas were filled … 1 cells",
        plan="华东 3000, 华南 3000",
        options=("--fill-down",),
    ),
    refused(
        "H40",
        "a.csv",
        SUMS,
        "a.csv › 有 1 行是合计（第 5 行；合计），相加为 6,000，不能重复计数。请用 --subtotals drop",
        "a.csv › 1 rows are sums of others (rows 5; 合计), 6,000 together … --subtotals drop",
    ),
    accepted(
        "H40",
        "a.csv",
        SUMS,
        "a.csv › 去掉了 1 行合计（第 5 行；合计），相加为 6,000",
        "1 rows that are sums of others were left out",
        options=("--subtotals", "drop"),
    ),
    refused(
        "H41",
        "a.xlsx",
        book(hidden=(3,)),
        "a.xlsx › 工作表「数据」 › 第3行 › 有 1 行被隐藏或筛选掉 … --hidden-rows read",
        "a.xlsx › sheet “数据” › row 3 › 1 rows are hidden … --hidden-rows read",
    ),
    accepted(
        "H41",
        "a.xlsx",
        book(hidden=(3,)),
        "隐藏的 1 行也读取了",
        "1 hidden rows were read",
        options=("--hidden-rows", "read"),
    ),
    accepted(
        "H41",
        "a.xlsx",
        book(hidden=(3,)),
        "隐藏的 1 行已略过",
        "1 hidden rows were skipped",
        plan="华东 4000",
        options=("--hidden-rows", "skip"),
    ),
    accepted(
        "H42",
        "a.csv",
        "\n".join(",".join(reversed(line.split(","))) for line in table().splitlines()),
    ),
    accepted(
        "H43",
        "a.csv",
        table(head="日期,区域,金额（万元）"),
        "「金额(万元)」列按表头的单位 万元 换算成元，例如「1000」读作 10,000,000",
        "“金额(万元)” was read in the header's unit 万元; “1000” is 10,000,000",
        plan="华东 40000000, 华南 20000000",
    ),
    refused(
        "H44",
        "a.csv",
        table("200万"),
        "a.csv › … C列「金额」 › … 同一列里单位不同：有 1 处写了 万 … 统一成一个单位",
        "a.csv › … column C “金额” › … One column mixes units: 1 cells write 万",
    ),
    refused(
        "H44",
        "a.csv",
        table("2000元", head="日期,区域,金额(万元)"),
        "a.csv › … C列「金额(万元)」 › ",
        "a.csv › … column C “金额(万元)” › ",
    ),
)
