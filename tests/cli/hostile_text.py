"""Encodings and csv: rows H01 to H17 of the list of hostile inputs."""

from __future__ import annotations

from tests.cli.hostile_command import DAYS, accepted, refused, table

CSV = table()
TABS = CSV.replace(",", "\t").replace("\n", "\r\n")
BIG5 = "日期,區域,銷售額\n2026-01-05,華東區,1000\n2026-12-20,臺灣營業處,2000\n".encode("big5")
MIXED = "日期,区域,金额\n" + "".join(f"{day},华东,1000\n" for day in DAYS * 3)
BROKEN = MIXED.encode() + f"{DAYS[2]},华南大区,1000\n".encode("gbk")
BREAKS = f'日期,区域,金额\n{DAYS[0]},"华\n东",1000\n{DAYS[2]},华南,贰千\n'

CASES = (
    accepted(
        "H01",
        "orders.csv",
        CSV.encode("gbk"),
        "orders.csv › 文件编码是 GB18030，已转换",
        "orders.csv › The file is encoded in GB18030 and was converted",
    ),
    accepted("H02", "orders.csv", CSV.encode("utf-8-sig"), "--date 采用列「日期」", "“日期”"),
    accepted("H03", "orders.txt", TABS.encode("utf-16"), "文件编码是 UTF-16", "encoded in UTF-16"),
    accepted("H03", "orders.csv", TABS.encode("utf-16-le")),
    refused(
        "H04",
        "orders.csv",
        BIG5,
        "orders.csv › 无法确定编码 … 銷售額 … --encoding big5",
        "orders.csv › The encoding is not certain … 銷售額 … --encoding big5",
    ),
    accepted(
        "H04",
        "orders.csv",
        BIG5,
        plan="臺灣營業處 2000, 華東區 1000",
        options=("--encoding", "big5", "--by", "區域"),
        asked=("--total", "1x", "--year", "2027", "--unit", "0.01"),
    ),
    refused(
        "H05",
        "orders.csv",
        BROKEN,
        "orders.csv › 第11行 › 这一行像是 GB18030 编码，其余多数行是 UTF-8 … 个字节起",
        "orders.csv › row 11 › This line seems to be GB18030, most others are UTF-8 … byte",
    ),
    accepted("H06", "a.csv", table(region="北京"), plan="北京 2000, 华东 4000"),
    accepted(
        "H07", "a.csv", table(region="𠮷野家").encode("gb18030"), plan="华东 4000, 𠮷野家 2000"
    ),
    accepted("H07", "a.csv", table(region="💰㐂€"), plan="华东 4000, 💰㐂€ 2000"),
    refused(
        "H08",
        "a.csv",
        table(region='"华南') + f"{DAYS[0]},华北,1\n" * 9,
        "a.csv › 第3行 › 值「 … 」 › 从这一行开始的引号没有收尾 … 请补上引号",
        "a.csv › row 3 › value “ … ” › A quote opens on this line and is never closed … Close it",
    ),
    accepted("H09", "a.csv", table(region='"华\n南"'), plan="华 南 2000, 华东 4000"),
    refused(
        "H09",
        "a.csv",
        BREAKS,
        "a.csv › 第4行 C列「金额」 … 贰千",
        "a.csv › row 4 column C “金额” … 贰千",
    ),
    accepted(
        "H10",
        "a.csv",
        CSV.replace(",", ";"),
        "各行都以「;」分隔 … --delimiter",
        "Every line is split by “;” … --delimiter",
    ),
    accepted("H10", "a.txt", CSV.replace(",", "|"), "各行都以「|」分隔", "split by “|”"),
    refused(
        "H10",
        "a.csv",
        "日期;编号,区域;金额\n" + f"{DAYS[0]};1,华东;1\n" * 9,
        "a.csv › 第1行 › 值「日期;编号,区域;金额」 › 分隔符不确定 … , ; … --delimiter",
        "a.csv › row 1 › value “ … ” › The delimiter is not certain … , ; … --delimiter",
    ),
    refused(
        "H11",
        "a.csv",
        CSV + f"{DAYS[0]},华东\n{DAYS[0]},华东,1,2\n",
        ("a.csv › 第5行 › 这一行有 2 格，其他行是 3 格", "a.csv › 第6行 › 这一行有 4 格"),
        ("a.csv › row 5 › This record has 2 cells, the others have 3", "row 6 › … 4 cells"),
    ),
    refused(
        "H12",
        "a.csv",
        table(region="华\0南"),
        "a.csv › 第3行 B列「区域」 … 控制字符 … 清除",
        "a.csv › row 3 column B “区域” … control character … Remove it",
    ),
    refused(
        "H12",
        "a.csv",
        table(region="华\x07南"),
        "a.csv › 第3行 B列「区域」 … 控制字符",
        "a.csv › row 3 column B “区域” … control character",
    ),
    refused(
        "H13",
        "a.csv",
        table(region="长" * 10**6),
        "a.csv › 第3行 … 超过 32767 个字符",
        "a.csv › row 3 … more than 32,767 characters",
    ),
    accepted("H14", "a.csv", CSV.replace("\n", "\r")),
    refused("H15", "a.csv", "", "a.csv › 文件是空的 … 重新导出", "a.csv › The file is empty"),
    refused(
        "H15",
        "a.csv",
        "日期,区域,金额\n",
        "a.csv › … 表头下面没有数据（0 行）",
        "a.csv › … nothing below the header (0 rows)",
    ),
    accepted(
        "H16",
        "a.csv",
        "sep=;\n" + CSV.replace(",", ";"),
        "首行 sep= 指明分隔符是「;」",
        "names the delimiter “;” with sep=",
    ),
    accepted(
        "H17",
        "a.csv",
        CSV + ",,\n" * 65_000,
        "a.csv › 略过 65000 个空行",
        "a.csv › 65000 blank rows were ignored",
    ),
)
