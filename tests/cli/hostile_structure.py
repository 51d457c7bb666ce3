"""Dates, hierarchies and whole files: rows H67 to H82 of the list of hostile inputs."""

from __future__ import annotations

from tests.cli.hostile_command import ASKED, DAYS, accepted, book, refused, serial, table
from tests.warehouse.hostile.xlsx import number

FREE = ("--total", "1x", "--year", "2027", "--unit", "0.01")
DAY = "a.csv › 第3行 A列「日期」 › … {} …"
DAY_EN = "a.csv › row 3 column A “日期” › … {} …"
SLASHES = f"日期,区域,金额\n{DAYS[0]},华东,1000\n03/04/2026,华南,2000\n{DAYS[2]},华东,3000\n"
TWO_REGIONS = (
    f"日期,区域,销售,金额\n{DAYS[0]},华东,张三,1\n{DAYS[1]},华南,张三,2\n{DAYS[2]},华东,李四,3\n"
)
STAFF = "员工,上级\n张三,李四\n李四,王五\n王五,{}\n"
SOLD = f"日期,员工,金额\n{DAYS[0]},张三,1000\n{DAYS[2]},李四,2000\n"
TREE = (*FREE, "--tree", "人=员工<上级", "--join", "staff.csv on 员工=员工")
PRODUCTS = (("products.csv", "编码,产品线\nP1,硬件\nP1,软件\nP2,软件\n"),)
CODES = f"日期,产品编码,金额\n{DAYS[0]},P1,1000\n{DAYS[2]},P9,2000\n"
BY_LINE = (*FREE, "--by", "产品线", "--join", "products.csv on 产品编码=编码")
ONE_LINE = (("products.csv", "编码,产品线\nP1,硬件\nP2,软件\n"),)
ROSTER = "成员,动作,接替人\n张三,离职,\n华中,接替,华南\n"
LONG = "日期,区域,金额\n" + "".join(
    f"{DAYS[at % 3]},华东,{'坏' if at in (7, 9_999, 19_990) else at}\n" for at in range(20_000)
)
ALL_BAD = "日期,区域,金额\n" + f"{DAYS[0]},华东,坏\n" * 5_000

CASES = (
    refused(
        "H67",
        "a.csv",
        table(day="2025-02-30"),
        DAY.format("2025-02-30") + " 没有这一天",
        DAY_EN.format("2025-02-30") + " There is no such day",
    ),
    refused(
        "H67",
        "a.csv",
        table(day="2025/13/1"),
        DAY.format("2025/13/1") + " ",
        DAY_EN.format("2025/13/1") + " ",
    ),
    refused(
        "H68",
        "a.csv",
        SLASHES,
        "a.csv › … 「日期」列有 1 处看不出日在前还是月在前 … --date-order dmy",
        "a.csv › … cells of “日期” the day or the month may come first … --date-order dmy",
    ),
    accepted(
        "H68",
        "a.csv",
        SLASHES,
        "按 dmy 的顺序读",
        "in the order dmy",
        options=("--date-order", "dmy"),
    ),
    accepted(
        "H69",
        "a.xlsx",
        book(day=number(serial(DAYS[1]), 0)),
        "「日期」列有 1 处是 Excel 日期序号，例如 46188 读作 2026-06-15",
        "46188 was read as",
    ),
    accepted(
        "H69",
        "a.csv",
        table("2000", region="46188", day="46188"),
        "「日期」列有 1 处是 Excel 日期序号，例如 46188 读作 2026-06-15",
        "46188 was read as",
        plan="46188 2000, 华东 4000",
    ),
    *(
        refused(
            "H70",
            "a.xlsx",
            book(day=number(day, 1)),
            f"a.xlsx › 工作表「数据」 › 第3行 A列「日期」 › 值「{day}」 › 日期序号不对应任何一天",
            f"a.xlsx › sheet “数据” › row 3 column A “日期” › value “{day}” › The date serial",
        )
        for day in ("60", "0", "-1", "2958466")
    ),
    accepted(
        "H71",
        "a.csv",
        table(day="2026年6月"),
        "有 1 处只到月（或周），按首日计，例如 2026年6月 读作",
        "2026年6月 was read as 2026-06-01",
    ),
    accepted(
        "H71",
        "a.csv",
        table(day="26Q2"),
        "有 1 处只到季度，全部计入首月，例如 26Q2 读作 2026-04-01",
        "26Q2 was read as 2026-04-01",
    ),
    accepted(
        "H71", "a.csv", table(day="FY26-P06"), "FY26-P06 读作 2026-06-01", "FY26-P06 was read"
    ),
    refused(
        "H71",
        "a.csv",
        table(day="6月"),
        DAY.format("6月") + " 日期没有年份",
        DAY_EN.format("6月") + " The date has no year",
    ),
    accepted(
        "H72",
        "a.csv",
        table() + "2027-03-01,华东,9000\n",
        "2027 年及以后的 1 组数据不作依据",
        "1 groups of facts of 2027 or later are not part",
    ),
    refused(
        "H72",
        "a.csv",
        table(day="2926-06-15"),
        DAY.format("2926-06-15") + " 1950 到 2150",
        DAY_EN.format("2926-06-15") + " not between 1950 and 2150",
    ),
    accepted(
        "H73",
        "a.csv",
        table(day="2026-03-31T23:30Z"),
        "有 1 处带时区，已换成计划所在时区的日期，例如 2026-03-31T23:30Z 读作 2026-04-01",
        "2026-03-31T23:30Z was read as 2026-04-01",
    ),
    refused(
        "H74",
        "a.csv",
        table(),
        "--fix 区域=华北:100 › 没有成员「华北」。最接近的是：华东、华南",
        "--fix 区域=华北:100 › There is no member “华北”. The nearest: 华东、华南",
        options=("--fix", "区域=华北:100"),
        code=2,
    ),
    accepted(
        "H74",
        "a.csv",
        CODES,
        "「产品编码」列有 1 行（1 个值）在 products.csv 里找不到，归入「未归属」 … P9",
        "1 rows (1 values) of “产品编码” are not in products.csv and count under “未归属”",
        plan="未归属 2000, 硬件 1000",
        asked=BY_LINE,
        also=ONE_LINE,
    ),
    refused(
        "H75",
        "a.csv",
        TWO_REGIONS,
        "「区域>销售」中的「张三」同时出现在两个上级之下 … --repeated-names separate",
        "In “区域>销售”, “张三” stands under two parents … --repeated-names separate",
        asked=(*FREE, "--by", "区域>销售"),
    ),
    refused(
        "H75",
        "a.csv",
        table(),
        (
            "roster.csv › 第2行 A列「成员」 › 值「张三」 › 没有这个成员。最接近的是：华东, 华南",
            "roster.csv › 第3行 A列「成员」 › 值「华中」 › 没有这个成员",
        ),
        (
            "roster.csv › row 2 column A “成员” › value “张三” › There is no such member",
            "roster.csv › row 3 column A “成员” › value “华中” › There is no such member",
        ),
        options=("--roster", "roster.csv"),
        also=(("roster.csv", ROSTER),),
    ),
    refused(
        "H76",
        "a.csv",
        SOLD,
        "「人」的上下级关系绕成了圈：张三 … 李四 … 王五 … 张三",
        "The parents in “人” run in a circle: 张三 … 李四 … 王五 … 张三",
        asked=TREE,
        also=(("staff.csv", STAFF.format("张三")),),
    ),
    refused(
        "H76",
        "a.csv",
        SOLD,
        "「人」中「王五」的上级「赵六」不在成员表里",
        "In “人”, the parent “赵六” of “王五” is not among the members",
        asked=TREE,
        also=(("staff.csv", STAFF.format("赵六")),),
    ),
    refused(
        "H76",
        "a.csv",
        SOLD,
        "staff.csv › 「员工」 … 张三 (2, 5)",
        "staff.csv › 1 values … 张三 (2, 5)",
        asked=TREE,
        also=(("staff.csv", STAFF.format("") + "张三,赵六\n赵六,\n"),),
    ),
    refused(
        "H77",
        "a.csv",
        CODES.replace("P9", "P2"),
        "「 … 」有 1 个值在关联的表里出现了不止一次 … P1 … 2 … 3",
        "1 values of “ … stand in the joined table more than once … P1 … 2 … 3",
        asked=BY_LINE,
        also=PRODUCTS,
    ),
    accepted(
        "H78",
        "a.csv",
        table() + f"{DAYS[2]},合计,6001\n",
        "a.csv › 第5行 … 值「6,001」 › 这一行合计与明细不符：明细相加为 6,000，相差 1",
        "a.csv › row 5 … value “6,001” › This total is not the sum of its rows, which is 6,000",
        options=("--subtotals", "drop"),
    ),
    refused(
        "H79",
        "a.csv",
        table(),
        "b.csv › 与「a.csv」是同一个文件",
        "b.csv › This is the same file as “a.csv”",
        also=(("b.csv", table()),),
        asked=("b.csv", *ASKED),
    ),
    refused(
        "H81",
        "a.csv",
        LONG,
        tuple(f"a.csv › 第{at}行 C列「金额」 … 坏" for at in (9, 10_001, 19_992)),
        tuple(f"a.csv › row {at} column C “金额” … 坏" for at in (9, 10_001, 19_992)),
    ),
    refused(
        "H81",
        "a.csv",
        ALL_BAD,
        ("a.csv › 第1001行 C列「金额」", "…另有 4000 条"),
        ("a.csv › row 1001 column C “金额”", "… and 4000 more"),
    ),
)
