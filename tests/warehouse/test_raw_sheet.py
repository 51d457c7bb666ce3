"""The shape of a table and what its cells hold (H35-H43, H54, H60-H66, H69, H70)."""

from __future__ import annotations

import re

import pytest

from quotaloom.warehouse.intake.raw import RawOptions, open_raw
from tests.warehouse.hostile import xls, xlsx
from tests.warehouse.hostile.reading import cells, codes, read, refused
from tests.warehouse.hostile.xlsx import Raw, Tab, number

HEAD = ["区域", "产品", "金额"]
BODY = [["华东", "甲", 100], ["华南", "乙", 200]]
TITLE = ["2026年销售明细"]


def book(*rows, **shape):
    return xlsx.workbook(Tab(rows=list(rows), **shape))


def place(finding):
    return finding.params["row"], finding.params.get("column", "")


def test_h35_title_rows_are_skipped_and_said(tmp_path):
    table = read(tmp_path, "a.xlsx", book(TITLE, ["单位：万元"], [], HEAD, *BODY))
    assert (table.header_row, table.headers) == (4, ("区域", "产品", "金额"))
    [chosen] = [f for f in table.findings if f.code == "intake.header_row_chosen"]
    assert (chosen.params["row"], chosen.params["above"]) == (4, 2)


def test_h35_a_merged_two_row_header_is_asked(tmp_path):
    upper, lower = ["区域", "2026年", None], [None, "一季度额", "二季度额"]
    data = book(upper, lower, ["华东", 1, 2], ["华南", 3, 4], merges=("A1:A2", "B1:C1"))
    [finding] = refused(tmp_path, "a.xlsx", data)
    assert codes([finding]) == ["header_row_ambiguous"]
    assert (finding.params["row"], finding.params["next"]) == (1, 2)
    table = read(tmp_path, "a.xlsx", data, header_row=2)
    assert table.headers == ("区域", "一季度额", "二季度额")  # A2 shows what A1:A2 holds
    assert cells(table) == [("华东", "1", "2"), ("华南", "3", "4")]


def test_h35_a_row_of_units_under_the_header_is_asked(tmp_path):
    data = book(["区域", "产品", "金额"], [None, None, "万元"], *BODY, merges=("A1:A2",))
    assert refused(tmp_path, "a.xlsx", data)


def test_h35_a_file_without_any_header_is_asked(tmp_path):
    for data in (book(*BODY), book(["华东", "甲", 12], *BODY), book(["华东", 2026], *BODY)):
        assert codes(refused(tmp_path, "a.xlsx", data)) == ["header_row_unknown"]
    assert codes(refused(tmp_path, "a.csv", "华东,100\n华南,200\n")) == ["header_row_unknown"]


def test_h35_a_named_header_row_is_taken(tmp_path):
    data = book(TITLE, HEAD, *BODY)
    assert read(tmp_path, "a.xlsx", data, header_row=2).headers == ("区域", "产品", "金额")
    assert codes(refused(tmp_path, "a.xlsx", data, header_row=99)) == ["header_row_blank"]
    table = read(tmp_path, "a.csv", "标题,一,二,三\n区域,金额\n华东,1\n", header_row=2)
    assert (table.headers, cells(table)) == (("区域", "金额"), [("华东", "1")])


def test_years_and_months_may_head_columns(tmp_path):
    table = read(tmp_path, "a.xlsx", book(["区域", 2025, 2026, "1月", "Q3"], ["东", 1, 2, 3, 4]))
    assert table.headers == ("区域", "2025", "2026", "1月", "Q3")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_h36_a_double_header_names_both_columns(tmp_path, name):
    data = book(["目标", "区域", " 目标 "], [1, "华东", 2])
    text = "目标,区域, 目标 \n1,华东,2\n"
    found = refused(tmp_path, name, data if name == "a.xlsx" else text)
    assert codes(found) == ["header_twice", "header_twice"]
    assert [place(f) for f in found] == [(1, "A 目标"), (1, "C 目标")]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  区域 ", "区域"),
        ("销 售 额", "销售额"),
        ("销售额\n（万元）", "销售额(万元)"),
        ("ＡＢＣ １２", "ABC 12"),
        ("Sales\r\n Amount", "Sales Amount"),
        ("金\u200b额\u00a0", "金额"),
        ("\u202e金额\u202c", "金额"),
        ("\ufeff金额", "金额"),
    ],
)
def test_h37_h65_a_header_is_cleaned_and_said(tmp_path, raw, clean):
    table = read(tmp_path, "a.xlsx", book([raw, "区"], [1, "华东"]))
    assert table.headers[0] == clean
    [finding] = table.findings
    assert (codes([finding]), finding.subject) == (["header_cleaned"], clean)


def test_h65_a_header_with_look_alike_letters_is_refused(tmp_path):
    [finding] = refused(tmp_path, "a.xlsx", book(["Аmount", "区域"], [1, "华东"]))
    assert (codes([finding]), place(finding)) == (["header_look_alike"], (1, "A Аmount"))


def test_a_column_without_a_name_goes_by_its_letter(tmp_path):
    table = read(tmp_path, "a.xlsx", book(["区域", None, "金额"], ["华东", "甲", 1]))
    assert table.headers == ("区域", "(B)", "金额")
    assert codes(table.findings) == ["header_blank"]
    assert read(tmp_path, "a.csv", "区域,金额,\n华东,1,\n").headers == ("区域", "金额")


def test_h39_merged_body_cells_are_asked_then_filled(tmp_path):
    rows = [HEAD, ["华东", "甲", 1], [None, "乙", 2], [None, "丙", 3], ["华南", "甲", 4]]
    data = book(*rows, merges=("A2:A4",))
    [finding] = refused(tmp_path, "a.xlsx", data)
    assert codes([finding]) == ["merged_cells"]
    assert (finding.params["area"], place(finding)) == ("A2:A4", (2, "A 区域"))
    table = read(tmp_path, "a.xlsx", data, fill_down=True)
    assert table.frame["区域"].to_list() == ["华东", "华东", "华东", "华南"]
    assert [(f.params["count"], f.params["cells"]) for f in table.findings] == [(1, 2)]


@pytest.mark.parametrize("merge", ["A1:C1", "A9:A12", "E2:F9"])
def test_merges_that_hide_nothing_do_not_matter(tmp_path, merge):
    rows = [TITLE, HEAD, *BODY] if merge == "A1:C1" else [HEAD, *BODY]
    assert len(cells(read(tmp_path, "a.xlsx", book(*rows, merges=(merge,))))) == 2


@pytest.mark.parametrize("merge", ["A0:B2", "A2:", "nonsense", "A1:ZZZZ9", "A1:B99999999"])
def test_a_merge_that_is_no_area_is_damage(tmp_path, merge):
    if merge == "A2:":
        assert read(tmp_path, "a.xlsx", book(HEAD, *BODY, merges=(merge,)))
        return
    assert codes(refused(tmp_path, "a.xlsx", book(HEAD, *BODY, merges=(merge,)))) == [
        "file_damaged"
    ]


def test_h41_hidden_rows_are_asked_read_or_skipped(tmp_path):
    data = book(TITLE, HEAD, *BODY, ["华北", "丙", 300], hidden=(1, 4))
    [finding] = refused(tmp_path, "a.xlsx", data)
    assert (codes([finding]), place(finding)[0]) == (["hidden_rows"], 4)
    assert finding.params["count"] == 1
    every = read(tmp_path, "a.xlsx", data, hidden_rows="read")
    assert (every.rows.to_list(), codes(every.findings)[-1]) == ([3, 4, 5], "hidden_rows_read")
    seen = read(tmp_path, "a.xlsx", data, hidden_rows="skip")
    assert (seen.rows.to_list(), codes(seen.findings)[-1]) == ([3, 5], "hidden_rows_skipped")


def test_h41_hidden_rows_of_an_xls(tmp_path):
    rows = [["区域", "金额"], ["华东", 100.0], ["华南", 200.0]]
    flags = b"".join(xls.row_record(row, hidden=row == 2) for row in range(3))
    data = xls.workbook({"数据": flags + xls.table(rows)})
    [finding] = refused(tmp_path, "a.xls", data)
    assert (codes([finding]), place(finding)[0]) == (["hidden_rows"], 3)
    assert read(tmp_path, "a.xls", data, hidden_rows="skip").rows.to_list() == [2]


def test_h42_the_order_of_columns_is_the_files(tmp_path):
    table = read(tmp_path, "a.xlsx", book(["金额", "区域"], [1, "华东"]))
    assert (table.headers, table.letters) == (("金额", "区域"), ("A", "B"))


def test_a_table_that_starts_in_the_middle(tmp_path):
    rows = [[None, None, *row] for row in (HEAD, *BODY)]
    table = read(tmp_path, "a.xlsx", book([], [], [], *rows))
    assert (table.letters, table.rows.to_list()) == (("C", "D", "E"), [5, 6])


@pytest.mark.parametrize("value", ["12345678901234567890", "1.23456789012346E+19", "-1E15"])
def test_h54_a_long_number_has_lost_digits(tmp_path, value):
    [finding] = refused(tmp_path, "a.xlsx", book(["客户编码", "金额"], [number(value, 0), 1]))
    assert (codes([finding]), place(finding)) == (["precision_lost"], (2, "A 客户编码"))


def test_h54_a_long_code_kept_as_text_is_kept(tmp_path):
    table = read(tmp_path, "a.xlsx", book(["客户编码", "金额"], ["00712345678901234567", 1]))
    assert cells(table) == [("00712345678901234567", "1")]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("1234.5", "1234.5"),
        ("1.0", "1"),
        ("45658", "45658"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("99.999999999999", "99.999999999999"),
        ("1.5E-7", "0.00000015"),
        ("1E+3", "1000"),
        ("-0", "0"),
        ("-0.5", "-0.5"),
        ("007", "7"),
        ("123456789.12", "123456789.12"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_a_number_is_its_shortest_exact_text(tmp_path, stored, text):
    assert cells(read(tmp_path, "a.xlsx", book(["区域", "值"], ["华东", number(stored, 0)]))) == [
        ("华东", text)
    ]


@pytest.mark.parametrize("stored", ["NaN", "1e400", "Infinity", "1_000", "٣", "0x10", "1e999999"])
def test_h52_what_is_no_finite_number_is_refused(tmp_path, stored):
    [finding] = refused(tmp_path, "a.xlsx", book(["区域", "值"], ["华东", number(stored, 0)]))
    assert codes([finding]) == ["number_unreadable"]
    assert (place(finding), finding.params["value"]) == ((2, "B 值"), stored)


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
def test_h60_error_cells_keep_their_text(tmp_path, text):
    cell = Raw(f'<c r="{{at}}" t="e"><f>X1</f><v>{text}</v></c>')
    assert cells(read(tmp_path, "a.xlsx", book(HEAD, ["华东", "甲", cell]))) == [
        ("华东", "甲", text)
    ]


def test_h60_error_cells_of_an_xls_keep_their_text(tmp_path):
    sheet = xls.table([["区域", "金额"], ["华东", 1.0], ["华南"], ["华北"]])
    sheet += xls.error_record(2, 1, 0x17) + xls.failed_formula(3, 1, 0x07)
    assert cells(read(tmp_path, "a.xls", xls.workbook({"数据": sheet})))[1:] == [
        ("华南", "#REF!"),
        ("华北", "#DIV/0!"),
    ]


def test_a_panic_of_the_compiled_reader_is_a_refusal(tmp_path):
    cut = xls.record(0x06, bytes(20) + b"\x01\x00\x1e")  # a formula that ends in its first token
    data = xls.workbook({"数据": xls.table([["区域"], ["华东"]]) + cut})
    assert codes(refused(tmp_path, "a.xls", data)) == ["file_damaged"]


def test_booleans_are_words(tmp_path):
    table = read(tmp_path, "a.xlsx", book(["区域", "含税"], ["华东", True], ["华南", False]))
    assert table.frame["含税"].to_list() == ["TRUE", "FALSE"]


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_h61_a_formula_without_its_value_is_refused(tmp_path, value):
    cell = Raw(f'<c r="{{at}}"><f>SUM(A1:A9)</f>{value}</c>')
    [finding] = refused(tmp_path, "a.xlsx", book(HEAD, ["华东", "甲", cell]))
    assert (codes([finding]), place(finding)) == (["formula_without_value"], (2, "C 金额"))


def test_h61_a_formula_whose_value_is_an_empty_text_is_empty(tmp_path):
    cell = Raw('<c r="{at}" t="str"><f>IF(1,"")</f><v></v></c>')
    assert cells(read(tmp_path, "a.xlsx", book(HEAD, ["华东", cell, 1]))) == [("华东", None, "1")]


def test_h61_a_formula_with_its_value_is_read(tmp_path):
    total = Raw('<c r="{at}"><f>1+1</f><v>2</v></c>')
    name = Raw('<c r="{at}" t="str"><f>"华"&amp;"东"</f><v>华东</v></c>')
    assert cells(read(tmp_path, "a.xlsx", book(HEAD, [name, "甲", total]))) == [("华东", "甲", "2")]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "+1", "-x", "@SUM", "＝1+1", "\t=1"]
)
def test_h62_h63_text_that_looks_like_a_formula_is_text(tmp_path, text):
    assert cells(read(tmp_path, "a.xlsx", book(HEAD, [text, "甲", 1])))[0][0] == text


def test_h64_a_cell_of_more_than_excel_holds_is_refused(tmp_path):
    [finding] = refused(tmp_path, "a.xlsx", book(HEAD, ["华" * 32_768, "甲", 1]))
    assert (codes([finding]), place(finding)) == (["cell_too_long"], (2, "A 区域"))
    assert read(tmp_path, "a.xlsx", book(HEAD, ["华" * 32_767, "甲", 1]))


def test_h66_garbled_text_in_a_workbook_is_refused(tmp_path):
    [finding] = refused(tmp_path, "a.xlsx", book(HEAD, ["åŒºåŸŸ", "甲", 1]))
    assert (codes([finding]), place(finding)) == (["mojibake"], (2, "A 区域"))


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        ("45658", "2025-01-01"),
        ("45658.75", "2025-01-01T18:00:00"),
        ("45657.99999999999", "2025-01-01"),
        ("45657.999999", "2024-12-31T23:59:59"),
        ("59", "1900-02-28"),
        ("61", "1900-03-01"),
        ("1", "1900-01-01"),
        ("0.5", "12:00:00"),
        ("2958465", "9999-12-31"),
    ],
)
def test_h69_a_stored_date_is_iso(tmp_path, serial, text):
    table = read(tmp_path, "a.xlsx", book(["日期", "金额"], [number(serial, 1), 1]))
    assert (table.frame["日期"].to_list(), table.date_columns) == ([text], {"日期"})


@pytest.mark.parametrize("serial", ["60", "0", "-1", "2958466", "1e15", "x"])
def test_h70_a_serial_that_is_no_day_is_refused(tmp_path, serial):
    [finding] = refused(tmp_path, "a.xlsx", book(["日期", "金额"], [number(serial, 1), 1]))
    assert (codes([finding]), place(finding)) == (["date_serial"], (2, "A 日期"))


def test_one_stray_date_makes_no_date_column(tmp_path):
    rows = [["华东", number(45658, 0)]] * 3 + [["华南", number(45658, 1)]]
    table = read(tmp_path, "a.xlsx", book(["区域", "金额"], *rows))
    assert table.frame["金额"].to_list() == ["45658"] * 3 + ["2025-01-01"]
    assert table.date_columns == frozenset()


def test_an_iso_date_cell(tmp_path):
    cell = Raw('<c r="{at}" t="d"><v>2026-01-31T00:00:00</v></c>')
    table = read(tmp_path, "a.xlsx", book(["日期", "金额"], [cell, 1]))
    assert (table.frame["日期"].to_list(), table.date_columns) == (["2026-01-31"], {"日期"})


def test_cells_and_rows_without_addresses_follow_each_other(tmp_path):
    xml = xlsx.Tab(rows=[HEAD, *BODY]).xml()
    for at in ("1", "2", "3"):
        xml = xml.replace(f'<row r="{at}">', "<row>")
        for column in "ABC":
            xml = xml.replace(f' r="{column}{at}"', "")
    parts = xlsx.parts(Tab()) | {"xl/worksheets/sheet1.xml": xml}
    assert " r=" not in xml
    assert cells(read(tmp_path, "a.xlsx", xlsx.zipped(parts)))[1] == ("华南", "乙", "200")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('r="B2"', 'r="A2"', "cells_unordered"),
        ('r="B2"', 'r="B3"', "cells_unordered"),
        ('r="B2"', 'r="b2"', "cells_unordered"),
        ('r="B2"', 'r="ZZZZ2"', "cells_unordered"),
        ('<row r="3">', '<row r="2">', "rows_unordered"),
        ('<row r="3">', '<row r="0">', "rows_unordered"),
        ('<row r="3">', '<row r="x">', "rows_unordered"),
        ('<row r="3">', '<row r="99999999999">', "rows_unordered"),
    ],
)
def test_addresses_that_contradict_each_other_are_refused(tmp_path, old, new, code):
    xml = xlsx.Tab(rows=[HEAD, *BODY]).xml()
    assert old in xml
    parts = xlsx.parts(Tab()) | {"xl/worksheets/sheet1.xml": xml.replace(old, new)}
    assert codes(refused(tmp_path, "a.xlsx", xlsx.zipped(parts))) == [code]


def test_prefixed_and_indented_xml_is_the_same_table(tmp_path):
    xml = xlsx.Tab(rows=[HEAD, *BODY]).xml()
    xml = re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")
    xml = xml.replace("><", ">\n  <")
    parts = xlsx.parts(Tab()) | {"xl/worksheets/sheet1.xml": xml}
    assert cells(read(tmp_path, "a.xlsx", xlsx.zipped(parts))) == [
        ("华东", "甲", "100"),
        ("华南", "乙", "200"),
    ]


def test_rich_and_phonetic_text_and_escapes(tmp_path):
    rich = (
        '<c r="{at}" t="inlineStr"><is><r><t>华</t></r><r><t>东</t></r><rPh><t>X</t></rPh></is></c>'
    )
    shared = Raw('<c r="{at}" t="s"><v>0</v></c>')
    tab = Tab(rows=[HEAD, [Raw(rich), shared, 1]])
    parts = xlsx.parts(tab) | {
        "xl/sharedStrings.xml": f'{xlsx.HEAD}<sst xmlns="{xlsx.MAIN}"><si><r><t>一</t></r>'
        "<r><t>_x4E8C_</t></r><r><t>_xD800_</t></r><rPh><t>Y</t></rPh></si></sst>"
    }
    assert cells(read(tmp_path, "a.xlsx", xlsx.zipped(parts))) == [("华东", "一二_xD800_", "1")]


def test_a_file_is_loaded_twice_from_one_opening(tmp_path):
    rows = [["华东", 1], [None, 2], ["华南", 3], ["华北", number("NaN", 0)]]
    (tmp_path / "a.xlsx").write_bytes(
        book(["区域", "金额"], *rows, merges=("A2:A3",), hidden=(4, 5))
    )
    opened = open_raw(tmp_path / "a.xlsx", RawOptions(hidden_rows="skip", fill_down=True))
    first, second = opened.load(["区域"]), opened.load(["区域"])
    assert first.frame["区域"].to_list() == second.frame["区域"].to_list() == ["华东", "华东"]
    assert first.findings == second.findings


def test_a_merged_value_outlives_its_hidden_first_row(tmp_path):
    rows = [HEAD, ["华东", "甲", 1], [None, "乙", 2]]
    data = book(*rows, merges=("A2:A3",), hidden=(2,))
    table = read(tmp_path, "a.xlsx", data, hidden_rows="skip", fill_down=True)
    assert cells(table) == [("华东", "乙", "2")]


def test_all_errors_come_at_once(tmp_path):
    rows = [[number("NaN", 0), "锟斤拷", number(60, 1)] for _ in range(3)]
    found = refused(tmp_path, "a.xlsx", book(["甲列", "乙列", "丙列"], *rows, merges=("A2:A3",)))
    assert sorted(set(codes(found))) == [
        "date_serial",
        "merged_cells",
        "mojibake",
        "number_unreadable",
    ]
    assert len(found) == 10


def test_more_than_a_thousand_doubts_are_counted(tmp_path):
    rows = [["华东", number("NaN", 0)]] * 1234
    found = refused(tmp_path, "a.xlsx", book(["区域", "金额"], *rows))
    assert (len(found), found[-1].code, found[-1].params["count"]) == (1001, "intake.more", 234)
