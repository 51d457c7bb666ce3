"""What the bytes really are, and archives that must not be believed (H18-H34)."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from quotaloom.warehouse.intake import container
from quotaloom.warehouse.intake.zip_package import MAX_MEMBERS
from tests.warehouse.hostile import xls, xlsx
from tests.warehouse.hostile.reading import cells, codes, read, refused
from tests.warehouse.hostile.xlsx import Raw, Tab, number

ROWS = [["区域", "金额"], ["华东", 100], ["华南", 200.5]]
BODY = [("华东", "100"), ("华南", "200.5")]
CSV = "区域,金额\n华东,100\n华南,200.5\n"
BOOK = xlsx.workbook(Tab(rows=ROWS))
XML_2003 = b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"
SHEET = "xl/worksheets/sheet1.xml"


def changed(**parts: str | bytes) -> xlsx.Parts:
    """The plain workbook's parts with some replaced; names with their slashes as two underlines."""
    return xlsx.parts(Tab(rows=ROWS)) | {
        name.replace("__", "/") + ".xml": content for name, content in parts.items()
    }


def test_a_plain_workbook_needs_no_word(tmp_path):
    table = read(tmp_path, "a.xlsx", BOOK)
    assert (cells(table), table.findings, table.sheet) == (BODY, (), "数据")
    assert table.rows.to_list() == [2, 3]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.xlsm"])
def test_h18_csv_under_the_name_of_a_workbook(tmp_path, name):
    assert codes(refused(tmp_path, name, CSV)) == ["text_named_workbook"]


def test_a_workbook_under_the_name_of_a_csv_is_read_as_what_it_is(tmp_path):
    assert cells(read(tmp_path, "a.csv", BOOK)) == BODY


@pytest.mark.parametrize("start", ["<html>", "\ufeff  <!DOCTYPE html><html>", "<TABLE>", "<meta>"])
def test_h19_html_under_the_name_of_a_workbook(tmp_path, start):
    data = f"{start}<table><tr><td>区域</td></tr></table>"
    assert codes(refused(tmp_path, "对账单.xls", data)) == ["html"]


def test_h20_an_old_xls_is_read(tmp_path):
    table = read(tmp_path, "a.xls", xls.workbook({"数据": xls.table(ROWS)}))
    assert (cells(table), table.sheet, table.rows.to_list()) == (BODY, "数据", [2, 3])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.et", BOOK, "WPS .et"),
        ("a.wps", BOOK, "WPS .wps"),
        ("a.numbers", BOOK, "Apple Numbers"),
        ("a.ods", xlsx.zipped({"mimetype": "x", "content.xml": "<x/>"}), "OpenDocument .ods"),
        ("a.zip", xlsx.zipped({"content.xml": "<x/>"}), "OpenDocument"),
        ("a.xlsx", xlsx.zipped({"word/document.xml": "<x/>"}), "Word .docx"),
        ("a.xlsx", xlsx.zipped({"xl/workbook.bin": b"\0"}), "Excel .xlsb"),
        ("a.xlsx", xlsx.zipped({"Index/Document.iwa": b"\0"}), "Apple Numbers"),
        ("a.xlsx", xlsx.zipped({"a.csv": CSV}), "zip"),
        ("a.xls", xls.compound({"WordDocument": b"x"}), "Word .doc / WPS .wps"),
        ("a.xls", xls.compound({"Something": b"x"}), "OLE"),
        ("a.csv", b"%PDF-1.7\n", "PDF"),
        ("a.xls", XML_2003, "Excel 2003 XML"),
        ("a.csv", b"MIME-Version: 1.0\n", "MHTML"),
        ("a.xls", b"\x09\x04\x06\x00" + bytes(99), "Excel 4"),
    ],
)  # fmt: skip
def test_h20_what_is_not_read_is_named(tmp_path, name, data, said):
    [finding] = refused(tmp_path, name, data)
    assert (codes([finding]), finding.subject) == (["format_refused"], said)


def test_h21_a_password_is_said(tmp_path):
    sealed = xls.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
    assert codes(refused(tmp_path, "a.xlsx", sealed)) == ["password_protected"]
    old = xls.workbook({"数据": xls.table(ROWS)}, extra=xls.record(0x2F, bytes(6)))
    assert codes(refused(tmp_path, "a.xls", old)) == ["password_protected"]


def test_h21_an_encrypted_zip_member_is_said(tmp_path):
    data = bytearray(BOOK)
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(mark, place + 1)
    assert "password_protected" in codes(refused(tmp_path, "a.xlsx", bytes(data)))


@pytest.mark.parametrize(
    "mark", [b"%TSD-Header-###%", b"b\x14#e\x02\x03\x01\x01E-SafeNet\0\0\0LOCK"]
)
def test_transparent_encryption_is_recognised_by_its_mark(tmp_path, mark):
    [finding] = refused(tmp_path, "a.xlsx", mark + bytes(range(256)) * 20)
    assert codes([finding]) == ["sealed"]
    assert finding.subject.startswith(("绿盾", "亿赛通"))


def test_ciphertext_without_a_known_mark_is_recognised_too(tmp_path):
    noise = bytes((at * 7919 + at // 256 * 31) % 251 for at in range(20_000))
    assert codes(refused(tmp_path, "a.xlsx", noise)) == ["maybe_sealed"]
    assert codes(refused(tmp_path, "a.csv", noise)) == ["format_unknown"]


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_h22_a_truncated_workbook(tmp_path, part):
    assert codes(refused(tmp_path, "a.xlsx", BOOK[: int(len(BOOK) * part)])) == ["file_damaged"]
    old = xls.workbook({"数据": xls.table(ROWS)})
    refused(tmp_path, "a.xls", old[: int(len(old) * part)])


def test_h23_declared_bytes_refuse_a_zip_bomb(tmp_path):
    data = bytearray(BOOK)
    place = -1
    for _ in range(data.count(b"PK\x01\x02")):
        place = data.index(b"PK\x01\x02", place + 1)
        struct.pack_into("<I", data, place + 24, 501 << 20)
    found = refused(tmp_path, "a.xlsx", bytes(data))
    assert set(codes(found)) == {"unpacked_too_large"}
    assert found[-1].params["mib"] > 1024


def test_h23_a_packed_sheet_of_more_than_the_limit(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in changed().items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as member:
            for _ in range(501):
                member.write(b" " * (1 << 20))
    assert codes(refused(tmp_path, "a.xlsx", target.getvalue())) == ["unpacked_too_large"]


@pytest.mark.parametrize("declared", [10, 100_000_000])
def test_h24_a_declared_size_that_lies(tmp_path, declared):
    data = bytearray(BOOK)
    place = data.index(b"PK\x01\x02")
    while data[place + 46 : place + 46 + len(SHEET)] != SHEET.encode():
        place = data.index(b"PK\x01\x02", place + 1)
    struct.pack_into("<I", data, place + 24, declared)
    assert codes(refused(tmp_path, "a.xlsx", bytes(data))) == ["file_damaged"]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "y">'])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", SHEET, "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"]
)
def test_h25_any_doctype_is_refused(tmp_path, doctype, part):
    parts = changed()
    parts[part] = parts[part].replace(xlsx.HEAD, xlsx.HEAD + doctype)
    assert codes(refused(tmp_path, "a.xlsx", xlsx.zipped(parts))) == ["doctype"]


@pytest.mark.parametrize("at", ["XFD1048576", "GS2", "A300001"])
def test_h26_a_far_cell_with_something_in_it_is_refused_by_address(tmp_path, at):
    column, row = at.rstrip("0123456789"), int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    body = f'<row r="{row}"><c r="{at}"><v>1</v></c></row></sheetData>'
    parts = changed()
    sheet = xlsx.Tab(rows=[ROWS[0]]).xml().replace("</sheetData>", body)
    parts[SHEET] = sheet
    [finding] = refused(tmp_path, "a.xlsx", xlsx.zipped(parts))
    assert codes([finding]) == ["far_cell"]
    assert (finding.params["row"], finding.params["column"]) == (row, column)


def test_h26_a_far_cell_that_is_only_formatted_does_not_matter(tmp_path):
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    parts = changed()
    parts[SHEET] = parts[SHEET].replace("</sheetData>", far)
    table = read(tmp_path, "a.xlsx", xlsx.zipped(parts))
    assert cells(table) == BODY
    assert [f.params["count"] for f in table.findings] == [1048573]


def test_h26_an_xls_with_a_far_cell(tmp_path):
    sheet = xls.table(ROWS) + xls.number_record(65_535, 255, 1.0)
    [finding] = refused(tmp_path, "a.xls", xls.workbook({"数据": sheet}))
    assert (codes([finding]), finding.params["column"]) == (["far_cell"], "IV")


@pytest.mark.parametrize("dimension", ["A1", "A1:B2", "A1:XFD1048576", "C9:D10", "nonsense"])
def test_h27_the_declared_dimension_is_not_believed(tmp_path, dimension):
    tab = Tab(rows=ROWS, before=f'<dimension ref="{dimension}"/>')
    assert cells(read(tmp_path, "a.xlsx", xlsx.workbook(tab))) == BODY


@pytest.mark.parametrize("twice", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_h28_a_member_that_stands_twice(tmp_path, twice):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = xlsx.zipped(changed(), twice=twice)
    [finding] = refused(tmp_path, "a.xlsx", data)
    assert (codes([finding]), finding.subject) == (["member_twice"], twice.lower())


def test_h28_a_member_that_differs_only_in_case_or_slashes(tmp_path):
    parts = changed() | {"XL/./Worksheets/Sheet1.XML": "<x/>"}
    assert codes(refused(tmp_path, "a.xlsx", xlsx.zipped(parts))) == ["member_twice"]


@pytest.mark.parametrize("path", ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "..\\evil"])
def test_h28_a_path_out_of_the_archive(tmp_path, path):
    assert codes(refused(tmp_path, "a.xlsx", xlsx.zipped(changed() | {path: "x"}))) == [
        "member_path"
    ]


def test_an_archive_of_too_many_members(tmp_path):
    parts = changed() | {f"m/{at}": b"" for at in range(MAX_MEMBERS)}
    assert codes(refused(tmp_path, "a.xlsx", xlsx.zipped(parts))) == ["members_too_many"]


def test_h29_macros_and_links_are_dropped_and_said(tmp_path):
    parts = changed() | {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<x/>"}
    table = read(tmp_path, "a.xlsm", xlsx.zipped(parts))
    assert (cells(table), codes(table.findings)) == (BODY, ["macros_dropped", "links_dropped"])


def test_h30_one_filled_sheet_among_two_hundred_is_taken(tmp_path):
    tabs = [Tab(f"表{at}", ROWS if at == 117 else []) for at in range(200)]
    assert read(tmp_path, "a.xlsx", xlsx.workbook(*tabs)).sheet == "表117"


def test_h30_several_filled_sheets_are_asked_with_their_names(tmp_path):
    tabs = [Tab(f"表{at}", ROWS) for at in range(200)]
    [finding] = refused(tmp_path, "a.xlsx", xlsx.workbook(*tabs))
    assert codes([finding]) == ["sheets_several"]
    assert finding.params["sheets"].startswith("表0, 表1, ")
    assert finding.params["sheets"].endswith("+140")
    assert read(tmp_path, "a.xlsx", xlsx.workbook(*tabs), sheet="表7").sheet == "表7"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_h30_hidden_sheets_are_read_only_when_named(tmp_path, state):
    data = xlsx.workbook(Tab("数据", ROWS), Tab("底稿", ROWS, state=state))
    assert read(tmp_path, "a.xlsx", data).sheet == "数据"
    assert read(tmp_path, "a.xlsx", data, sheet="底稿").sheet == "底稿"
    only = xlsx.workbook(Tab("说明"), Tab("底稿", ROWS, state=state))
    [finding] = refused(tmp_path, "a.xlsx", only)
    assert (codes([finding]), finding.params["sheets"]) == (["sheets_empty"], "说明, (底稿)")


def test_h30_a_sheet_that_is_not_there(tmp_path):
    [finding] = refused(tmp_path, "a.xlsx", BOOK, sheet="目标")
    assert (codes([finding]), finding.params["sheets"]) == (["sheet_unknown"], "数据")
    old = xls.workbook({"数据": xls.table(ROWS)})
    assert codes(refused(tmp_path, "a.xls", old, sheet="目标")) == ["sheet_unknown"]


def test_h30_sheets_of_an_xls(tmp_path):
    two = xls.workbook({"一": xls.table(ROWS), "二": xls.table(ROWS), "空": b""})
    [finding] = refused(tmp_path, "a.xls", two)
    assert (codes([finding]), finding.params["sheets"]) == (["sheets_several"], "一, 二")
    assert cells(read(tmp_path, "a.xls", two, sheet="二")) == BODY


def test_h31_a_chart_sheet_in_front_is_skipped(tmp_path):
    data = xlsx.workbook(Tab("图", ROWS, kind="chartsheet"), Tab("数据", ROWS))
    assert read(tmp_path, "a.xlsx", data).sheet == "数据"


def test_h32_a_style_that_does_not_exist_is_read_as_a_number(tmp_path):
    tab = Tab(rows=[*ROWS, ["华北", number(7, 999)], ["西北", number(8, "x")]])
    table = read(tmp_path, "a.xlsx", xlsx.workbook(tab))
    assert cells(table)[2:] == [("华北", "7"), ("西北", "8")]
    assert [f.params["count"] for f in table.findings] == [2]


@pytest.mark.parametrize("index", ["99", "-1", "x", "1.5"])
def test_h32_a_shared_text_that_does_not_exist_is_refused_by_address(tmp_path, index):
    broken = Raw(f'<c r="{{at}}" t="s"><v>{index}</v></c>')
    data = xlsx.workbook(Tab(rows=[*ROWS, [broken, 1]]), strings=["华东"])
    [finding] = refused(tmp_path, "a.xlsx", data)
    assert codes([finding]) == ["string_missing"]
    assert (finding.params["row"], finding.params["column"]) == (4, "A 区域")


def test_h33_an_honest_part_that_packs_a_hundredfold_is_read(tmp_path):
    styles = xlsx.STYLES.replace("</styleSheet>", "<x/>" * 2_000_000 + "</styleSheet>")
    data = xlsx.zipped(changed(xl__styles=styles))
    assert len(styles) > 100 * len(data)
    assert cells(read(tmp_path, "a.xlsx", data)) == BODY


@pytest.mark.parametrize(("flag", "day"), [("0", "2025-01-01"), ("1", "2029-01-02")])
def test_h34_the_date_system_is_the_workbooks(tmp_path, flag, day):
    tab = Tab(rows=[["日期", "金额"], [number(45658, 1), 1], [number(45658, 2), 2]])
    table = read(tmp_path, "a.xlsx", xlsx.workbook(tab, book=f'<workbookPr date1904="{flag}"/>'))
    assert table.frame["日期"].to_list() == [day, day]
    assert table.date_columns == {"日期"}
    assert table.about["date_system"] == ("1904" if flag == "1" else "1900")
    assert codes(table.findings) == (["date_system_1904"] if flag == "1" else [])


def test_h34_the_date_system_of_an_xls(tmp_path):
    data = xls.workbook({"数据": xls.table(ROWS)}, extra=xls.record(0x22, struct.pack("<H", 1)))
    assert read(tmp_path, "a.xls", data).about["date_system"] == "1904"


def test_a_tag_that_never_ends_is_stopped(tmp_path):
    parts = changed()
    endless = parts[SHEET].replace("<sheetData>", '<sheetData x="' + "y" * 20_000_000 + '">')
    parts[SHEET] = endless
    assert codes(refused(tmp_path, "a.xlsx", xlsx.zipped(parts))) == ["file_damaged"]


def test_a_file_that_is_not_there(tmp_path):
    folder = tmp_path / "ordner.csv"
    folder.mkdir()
    for path in (tmp_path / "nothing.csv", folder):
        with pytest.raises(container.DataRefused, match="file_unreadable"):
            container.kind_of(path)
