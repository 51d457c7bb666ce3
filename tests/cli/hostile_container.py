"""Containers: rows H18 to H34 of the list of hostile inputs."""

from __future__ import annotations

import struct

from tests.cli.hostile_command import accepted, book, refused, rows, table
from tests.warehouse.hostile import xls, xlsx
from tests.warehouse.hostile.xlsx import Raw, Tab, number

BOOK = book()
SHEET = "xl/worksheets/sheet1.xml"
TEXT_ROWS = [line.split(",") for line in table().splitlines()]
OLD_ROWS = [TEXT_ROWS[0], *([day, who, float(sum_)] for day, who, sum_ in TEXT_ROWS[1:])]
OLD = xls.workbook({"数据": xls.table(OLD_ROWS)})
HTML = "<html><table><tr><td>日期</td><td>金额</td></tr></table></html>"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
FAR_FORMAT = FAR.replace("<v>1</v>", "").replace('"XFD1048576"', '"XFD1048576" s="1"')


def changed(**parts):
    """The parts of the plain workbook with some text in them replaced."""
    found = xlsx.parts(Tab(rows=rows()))
    for name, (old, new) in parts.items():
        at = next(part for part in found if part.endswith(f"{name}.xml"))
        found[at] = found[at].replace(old, new, 1)
    return found


def declared(size):
    """The plain workbook whose directory says that each part has this size."""
    data = bytearray(BOOK)
    place = -1
    for _ in range(data.count(b"PK\x01\x02")):
        place = data.index(b"PK\x01\x02", place + 1)
        struct.pack_into("<I", data, place + 24, size)
    return bytes(data)


def with_parts(**more):
    """The plain workbook with more parts; two underlines are a slash."""
    named = {name.replace("__", "/").replace("_dot_", "."): body for name, body in more.items()}
    return xlsx.zipped(xlsx.parts(Tab(rows=rows())) | named)


STYLES = xlsx.STYLES.replace("</styleSheet>", "<x/>" * 2_000_000 + "</styleSheet>")
LOST = Raw('<c r="{at}" t="s"><v>99</v></c>')

CASES = (
    refused(
        "H18",
        "orders.xlsx",
        table(),
        "orders.xlsx › 内容是文本（csv），名字却是 .xlsx。请把扩展名改成 .csv",
        "orders.xlsx › The content is text (csv) under the name .xlsx. Rename it to .csv",
    ),
    refused(
        "H19",
        "对账单.xls",
        HTML,
        "对账单.xls › 内容是网页（HTML） … 另存为 .xlsx",
        "对账单.xls › The content is a web page (HTML) … save it as .xlsx",
    ),
    accepted("H20", "a.xls", OLD),
    refused(
        "H20",
        "a.et",
        BOOK,
        "a.et › 这是 WPS .et 文件，不能读取 … 另存为 .xlsx 或 .csv",
        "a.et › This is a WPS .et file, which is not read. Save it as .xlsx or .csv",
    ),
    refused("H20", "a.wps", BOOK, "a.wps › 这是 WPS .wps 文件", "a WPS .wps file"),
    refused("H20", "a.numbers", BOOK, "a.numbers › 这是 Apple Numbers", "Apple Numbers file"),
    refused(
        "H21",
        "a.xlsx",
        xls.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
        "a.xlsx › 文件设了打开密码 … 去掉密码后另存",
        "a.xlsx › The file is protected by a password … remove the password",
    ),
    refused(
        "H22",
        "a.xlsx",
        BOOK[: len(BOOK) // 2],
        "a.xlsx › 文件已损坏或没有传完整",
        "a.xlsx › The file is damaged or was cut on its way",
    ),
    refused("H22", "a.xls", OLD[: len(OLD) // 2], "a.xls › ", "a.xls › "),
    refused(
        "H23",
        "a.xlsx",
        declared(501 << 20),
        "a.xlsx › 解压后太大 … 上限 … 拆分文件",
        "a.xlsx › Too large once unpacked … at most 500 MiB … Split the file",
    ),
    refused("H24", "a.xlsx", declared(10), "a.xlsx › 文件已损坏", "a.xlsx › The file is damaged"),
    refused(
        "H25",
        "a.xlsx",
        xlsx.zipped(changed(sheet1=("?>", "?>" + DOCTYPE))),
        f"a.xlsx › 部件「{SHEET}」里有 DOCTYPE 声明",
        f"The part “{SHEET}” has a DOCTYPE",
    ),
    refused(
        "H25",
        "a.xlsx",
        xlsx.zipped(changed(workbook=("?>", "?>" + DOCTYPE))),
        "a.xlsx › 部件「xl/workbook.xml」里有 DOCTYPE",
        "xl/workbook.xml … DOCTYPE",
    ),
    refused(
        "H26",
        "a.xlsx",
        xlsx.zipped(changed(sheet1=("</sheetData>", FAR))),
        "a.xlsx › 工作表「数据」 › 第1048576行 「XFD」列 › 值「1」 › 数据超出可读范围 … 200 列",
        "a.xlsx › sheet “数据” › row 1048576 column “XFD” › value “1” › Something lies outside",
    ),
    accepted("H26", "a.xlsx", xlsx.zipped(changed(sheet1=("</sheetData>", FAR_FORMAT)))),
    accepted("H27", "a.xlsx", book(before='<dimension ref="A1"/>')),
    accepted("H27", "a.xlsx", book(before='<dimension ref="A1:XFD1048576"/>')),
    refused(
        "H28",
        "a.xlsx",
        with_parts(XL__Worksheets__SHEET1_dot_xml="<x/>"),
        "a.xlsx › 压缩包里「xl/worksheets/sheet1.xml」出现了两次",
        "stands twice in the archive",
    ),
    refused(
        "H28",
        "a.xlsx",
        xlsx.zipped(changed() | {"xl/../../evil.xml": "x"}),
        "a.xlsx › 压缩包里有指向包外的路径「xl/../../evil.xml」",
        "a path that leads out of it",
    ),
    accepted(
        "H29",
        "a.xlsm",
        with_parts(xl__vbaProject_dot_bin=b"x"),
        "a.xlsm › 工作簿带有宏，已忽略",
        "a.xlsm › The workbook has macros; they were ignored",
    ),
    accepted(
        "H29",
        "a.xlsx",
        with_parts(xl__externalLinks__externalLink1_dot_xml="<x/>"),
        "a.xlsx › 工作簿链接了外部文件",
        "a.xlsx › The workbook links to other files",
    ),
    accepted(
        "H30",
        "a.xlsx",
        xlsx.workbook(*(Tab(f"表{at}", rows() if at == 117 else []) for at in range(200))),
    ),
    refused(
        "H30",
        "a.xlsx",
        xlsx.workbook(Tab("一月", rows()), Tab("二月", rows())),
        "a.xlsx › 有几张工作表都有数据：一月, 二月。请用 --sheet 指明",
        "a.xlsx › Several sheets hold something: 一月, 二月. Say which to read with --sheet",
    ),
    accepted(
        "H30",
        "a.xlsx",
        xlsx.workbook(Tab("一月", rows()), Tab("二月", rows())),
        options=("--sheet", "二月"),
    ),
    accepted("H30", "a.xlsx", xlsx.workbook(Tab("数据", rows()), Tab("底稿", rows(9), "hidden"))),
    refused(
        "H30",
        "a.xlsx",
        xlsx.workbook(Tab("说明"), Tab("底稿", rows(), "veryHidden")),
        "a.xlsx › 看得见的工作表里都没有数据 … 说明, (底稿) … --sheet",
        "a.xlsx › No visible sheet holds anything … 说明, (底稿) … --sheet",
    ),
    refused(
        "H30",
        "a.xlsx",
        BOOK,
        "a.xlsx › 没有名为「目标」的工作表。现有：数据",
        "a.xlsx › There is no sheet “目标”. There are: 数据",
        options=("--sheet", "目标"),
    ),
    accepted("H31", "a.xlsx", xlsx.workbook(Tab("图", kind="chartsheet"), Tab("数据", rows()))),
    accepted(
        "H32",
        "a.xlsx",
        book(number(2000, 999)),
        "a.xlsx › 工作表「数据」 › 有 1 个数字引用了不存在的样式，按普通数字读取",
        "1 numbers have a style that does not exist",
    ),
    refused(
        "H32",
        "a.xlsx",
        book(region=LOST),
        "a.xlsx › 工作表「数据」 › 第3行 B列「区域」 › 值「99」 › 引用的文本不存在 … 重新保存",
        "a.xlsx › sheet “数据” › row 3 column B “区域” › value “99” › The text … Save the file",
    ),
    accepted("H33", "a.xlsx", with_parts(xl__styles_dot_xml=STYLES)),
    accepted(
        "H34",
        "a.xlsx",
        xlsx.workbook(
            Tab(
                rows=[
                    rows()[0],
                    *(
                        [number(int(f"{46027 + add}") - 1462, 1), who, money]
                        for add, who, money in (
                            (0, "华东", 1000),
                            (161, "华南", 2000),
                            (349, "华东", 3000),
                        )
                    ),
                ]
            ),
            book='<workbookPr date1904="1"/>',
        ),
        "a.xlsx › 工作表「数据」 › 工作簿使用 1904 日期系统，日期已按此换算",
        "a.xlsx › sheet “数据” › The workbook counts days from 1904; dates were read so",
    ),
)
