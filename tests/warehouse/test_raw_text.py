"""Text files of any office: encodings, delimiters, quotes, blank and ragged rows (H01-H17)."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.delimited import read_delimited
from quotaloom.warehouse.intake.raw import RawOptions, open_raw
from quotaloom.warehouse.intake.records import scan
from quotaloom.warehouse.intake.strict_text import read_strictly
from tests.warehouse.hostile.reading import cells, codes, read, refused

TABLE = "日期,区域,金额\n2026-01-01,华东,100\n2026-01-02,华南,200.50\n"
BODY = [("2026-01-01", "华东", "100"), ("2026-01-02", "华南", "200.50")]
TRADITIONAL = "日期,區域,銷售額\n2026-01-01,華東區,100\n2026-01-02,臺灣營業處,200\n"


def test_a_plain_file_needs_no_word(tmp_path):
    table = read(tmp_path, "orders.csv", TABLE)
    assert (cells(table), table.findings) == (BODY, ())
    assert table.rows.to_list() == [2, 3]
    assert (table.header_row, table.headers, table.letters) == (
        1,
        ("日期", "区域", "金额"),
        ("A", "B", "C"),
    )


def test_h01_gbk_is_read_and_said(tmp_path):
    table = read(tmp_path, "orders.csv", TABLE.encode("gbk"))
    assert cells(table) == BODY
    assert codes(table.findings) == ["encoding_taken"]
    assert table.about["encoding"] == "gb18030"


def test_h02_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    table = read(tmp_path, "orders.csv", TABLE.encode("utf-8-sig"))
    assert table.headers == ("日期", "区域", "金额")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_h03_unicode_text_with_tabs(tmp_path, codec):
    data = TABLE.replace(",", "\t").replace("\n", "\r\n").encode(codec)
    assert cells(read(tmp_path, "orders.txt", data)) == BODY


def test_h04_big5_is_asked(tmp_path):
    data = TRADITIONAL.encode("big5")
    [finding] = refused(tmp_path, "orders.csv", data)
    assert codes([finding]) == ["encoding_ambiguous"]
    assert "銷售額" in finding.params["big5"]
    table = read(tmp_path, "orders.csv", data, encoding="big5")
    assert cells(table)[1][1] == "臺灣營業處"


def test_traditional_characters_in_gbk_are_no_big5(tmp_path):
    table = read(tmp_path, "orders.csv", TRADITIONAL.encode("gb18030"))
    assert table.headers == ("日期", "區域", "銷售額")


def test_h05_mixed_encodings_name_line_and_byte(tmp_path):
    lines = [f"2026-01-0{day},华东,{day}\n".encode() for day in range(1, 6)]
    lines[3] = "2026-01-04,华南大区,4\n".encode("gbk")
    data = "日期,区域,金额\n".encode() + b"".join(lines)
    [finding] = refused(tmp_path, "orders.csv", data)
    assert codes([finding]) == ["encoding_mixed"]
    assert finding.params["row"] == 5
    assert data[finding.params["byte"] - 1 :].startswith(b"2026-01-04")


@pytest.mark.parametrize("text", ["华东", "北京", "客户", "目标"])
def test_h06_short_utf8_that_is_also_gb18030_is_utf8(tmp_path, text):
    text.encode().decode("gb18030")  # it is
    assert cells(read(tmp_path, "a.csv", f"区\n{text}\n")) == [(text,)]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_h07_rare_names_are_kept(tmp_path, codec):
    names = ["𠮷野家", "㐂寿司", "€ 公司", "💰财务", "龑先生", "客户有限公司"]
    data = "客户,金额\n" + "".join(f"{name},1\n" for name in names)
    assert read(tmp_path, "a.csv", data.encode(codec)).frame["客户"].to_list() == names


@pytest.mark.parametrize("rest", ["", "华北,3\n", '华北,"3"\n', "华北,3\n" * 50_000])
def test_h08_an_unclosed_quote_names_the_line_where_it_opened(tmp_path, rest):
    [finding] = refused(tmp_path, "a.csv", f'区域,金额\n华东,1\n"华南,2\n{rest}')
    assert codes([finding]) == ["quote_unclosed"]
    assert finding.params["row"] == 3
    assert finding.params["value"] == '"华南,2'


def test_text_behind_a_closing_quote_is_refused(tmp_path):
    [finding] = refused(tmp_path, "a.csv", '区域,金额\n华东,1\n"华"南,2\n')
    assert (codes([finding]), finding.params["row"]) == (["quote_stray"], 3)


def test_a_quote_inside_a_plain_field_is_a_character(tmp_path):
    assert cells(read(tmp_path, "a.csv", '型号,金额\n5" 管,1\n')) == [('5" 管', "1")]


def test_h09_line_breaks_inside_quotes_count_records_and_lines(tmp_path):
    table = read(tmp_path, "a.csv", '区域,金额\n"华\n东\n区",1\n华南,2\n')
    assert cells(table) == [("华\n东\n区", "1"), ("华南", "2")]
    assert table.rows.to_list() == [2, 5]


@pytest.mark.parametrize("sign", [";", "|"])
def test_h10_an_unusual_delimiter_is_taken_where_nothing_else_fits(tmp_path, sign):
    table = read(tmp_path, "a.csv", TABLE.replace(",", sign))
    assert (cells(table), codes(table.findings)) == (BODY, ["delimiter_taken"])


def test_h10_two_fitting_delimiters_are_asked(tmp_path):
    text = "区域;小计,金额\n华东;1,5\n华南;2,5\n"
    [finding] = refused(tmp_path, "a.csv", text)
    assert codes([finding]) == ["delimiter_ambiguous"]
    assert finding.params["signs"] == ", ;"
    assert cells(read(tmp_path, "a.csv", text, delimiter=";"))[0] == ("华东", "1,5")


@pytest.mark.parametrize("sign", ["::", "，", '"', "\n"])
def test_a_delimiter_that_cannot_be_one_is_refused(tmp_path, sign):
    assert codes(refused(tmp_path, "a.csv", TABLE, delimiter=sign)) == ["delimiter_unusable"]


def test_a_sign_in_a_few_lines_is_no_delimiter(tmp_path):
    assert cells(read(tmp_path, "a.csv", "客户\n甲;乙\n丙\n"))[0] == ("甲;乙",)


def test_decimal_commas_do_not_hide_a_semicolon(tmp_path):
    assert cells(read(tmp_path, "a.csv", "区域;金额\n华东;1,5\n华南;2,5\n"))[1] == ("华南", "2,5")


def test_h11_ragged_rows_are_all_named(tmp_path):
    found = refused(tmp_path, "a.csv", "区域,金额\n华东,1\n华南,2,3\n华北\n西北,4\n")
    assert codes(found) == ["row_ragged", "row_ragged"]
    shape = [(f.params["row"], f.params["found"], f.params["expected"]) for f in found]
    assert shape == [(3, 3, 2), (4, 1, 2)]


def test_h11_a_header_with_a_cell_less_than_the_rows(tmp_path):
    [finding] = refused(tmp_path, "a.csv", "日期,区域,金额\n" + "2026-01-01,华东,1,\n" * 9)
    assert (codes([finding]), finding.params["row"]) == (["row_ragged"], 1)


def test_h11_more_than_a_thousand_are_counted(tmp_path):
    found = refused(tmp_path, "a.csv", "区域,金额\n" + "华东,1\n" * 2000 + "华南\n" * 1500)
    assert len(found) == 1001
    assert found[-1].params["count"] == 500


@pytest.mark.parametrize("char", ["\0", "\x07", "\x1a", "\x7f"])
def test_h12_control_characters_are_refused_with_their_cell(tmp_path, char):
    [finding] = refused(tmp_path, "a.csv", f"区域,金额\n华东,1\n华{char}南,2\n")
    assert codes([finding]) == ["control_character"]
    assert (finding.params["row"], finding.params["column"]) == (3, "A 区域")


@pytest.mark.parametrize("quote", ["", '"'])
def test_h13_a_field_of_a_megabyte_is_refused(tmp_path, quote):
    [finding] = refused(tmp_path, "a.csv", f"区域,金额\n华东,1\n{quote}{'长' * 10**6}{quote},2\n")
    assert (codes([finding]), finding.params["row"]) == (["cell_too_long"], 3)


def test_h14_lines_that_end_in_carriage_returns(tmp_path):
    table = read(tmp_path, "a.csv", TABLE.replace("\n", "\r"))
    assert (cells(table), table.rows.to_list()) == (BODY, [2, 3])


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n"])
def test_h15_an_empty_file_is_refused(tmp_path, data):
    assert codes(refused(tmp_path, "a.csv", data)) == ["file_empty"]


def test_h15_a_header_alone_is_no_data(tmp_path):
    assert codes(refused(tmp_path, "a.csv", "区域,金额\n")) == ["no_rows"]


def test_h16_the_line_that_names_the_delimiter(tmp_path):
    table = read(tmp_path, "a.csv", "sep=;\n" + TABLE.replace(",", ";"))
    assert (cells(table), table.rows.to_list()) == (BODY, [3, 4])
    assert codes(table.findings) == ["delimiter_line"]


@pytest.mark.parametrize("blank", ["\n", ",,\n", " ,,\n", "  \n"])
def test_h17_trailing_blank_rows_are_counted(tmp_path, blank):
    table = read(tmp_path, "a.csv", TABLE + blank * 65_000)
    assert cells(table) == BODY
    assert [f.params["count"] for f in table.findings] == [65_000]


def test_blank_rows_between_keep_the_lines_true(tmp_path):
    table = read(tmp_path, "a.csv", "区域,金额\n\n华东,1\n,\n华南,2\n")
    assert table.rows.to_list() == [3, 5]


def test_names_that_look_like_nothing_are_names(tmp_path):
    names = ["NA", "null", "None", "N/A", "nan", "-", "TRUE", "#N/A", "0", "007"]
    data = "客户,金额\n" + "".join(f"{name},1\n" for name in names) + ",2\n"
    assert read(tmp_path, "a.csv", data).frame["客户"].to_list() == [*names, None]


def test_a_quoted_empty_cell_is_empty(tmp_path):
    assert cells(read(tmp_path, "a.csv", '区域,金额\n"",1\n')) == [(None, "1")]


def test_titles_above_the_header_of_a_csv_are_skipped_and_said(tmp_path):
    table = read(tmp_path, "a.csv", f"销售明细\n单位：万元\n\n{TABLE}")
    assert (table.header_row, table.rows.to_list()) == (4, [5, 6])
    assert "header_row_chosen" in codes(table.findings)


def test_a_gzipped_csv_is_read(tmp_path):
    assert cells(read(tmp_path, "a.csv.gz", gzip.compress(TABLE.encode()))) == BODY


def test_a_gzipped_workbook_is_refused(tmp_path):
    [finding] = refused(tmp_path, "a.gz", gzip.compress(b"PK\x03\x04" + bytes(99)))
    assert (codes([finding]), finding.subject) == (["format_refused"], "gzip (zip)")


def test_a_cut_gzip_is_refused(tmp_path):
    assert codes(refused(tmp_path, "a.csv.gz", gzip.compress(TABLE.encode())[:-12])) == [
        "file_damaged"
    ]


def test_h24_a_gzip_bomb_stops_while_it_unpacks(tmp_path):
    bomb = gzip.compress(b"0" * (300 << 20), 1)
    assert codes(refused(tmp_path, "a.csv.gz", bomb)) == ["unpacked_too_large"]


def test_h54_long_numbers_that_excel_rounded_on_export(tmp_path):
    [finding] = refused(tmp_path, "a.csv", "客户编码,金额\n1.23457E+19,1\n")
    assert (codes([finding]), finding.params["value"]) == (["precision_lost"], "1.23457E+19")


@pytest.mark.parametrize("text", ["åŒºåŸŸ", "é”€å”®é¢\x9d", "锟斤拷", "华\ufffd"])
def test_h66_garbled_text_is_refused(tmp_path, text):
    [finding] = refused(tmp_path, "a.csv", f"区域,金额\n华东,1\n{text},2\n")
    assert (codes([finding]), finding.params["row"]) == (["mojibake"], 3)


@pytest.mark.parametrize("text", ["Café", "São Paulo", "Müller", "qualité »", "naïve “x”"])
def test_european_names_are_no_garbled_text(tmp_path, text):
    assert cells(read(tmp_path, "a.csv", f"区域,金额\n{text},2\n")) == [(text, "2")]


def test_a_utf8_file_cut_inside_a_character_is_refused(tmp_path):
    [finding] = refused(tmp_path, "a.csv", "区域,金额\n华东,1\n华南,2\n华北".encode()[:-1])
    assert (codes([finding]), finding.params["row"]) == (["text_cut"], 4)


def test_an_encoding_that_does_not_exist_or_fit(tmp_path):
    assert codes(refused(tmp_path, "a.csv", TABLE, encoding="gbk9")) == ["encoding_unheard_of"]
    [finding] = refused(tmp_path, "a.csv", TABLE.encode("gbk"), encoding="utf-8")
    assert (codes([finding]), finding.params["row"]) == (["encoding_broken"], 1)


def test_only_asked_columns_are_kept_and_checked(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("区域,备注,金额\n华东,锟斤拷,1\n")
    opened = open_raw(path)
    assert opened.headers == ("区域", "备注", "金额")
    with pytest.raises(DataRefused, match="mojibake"):
        opened.load(None)
    table = opened.load(["金额", "区域", "没有"])
    assert (table.headers, table.letters) == (("区域", "金额"), ("A", "C"))
    assert table.address("金额", 0) == {
        "file": "a.csv",
        "sheet": "",
        "row": 2,
        "column": "C 金额",
    }


FIELD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd")
    | st.sampled_from('",\n'),
    max_size=6,
).filter(lambda text: "锟" not in text)
ROUGH = st.text(st.sampled_from('aé ,,""\n'), max_size=40)


def line(record):
    """One record as careful csv, every field quoted."""
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in record) + "\n"


WRITTEN = st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1).map(
    lambda records: "甲名,乙名,丙名\n" + "".join(map(line, records))
)


def filled(lines, records):
    """The records that hold more than blanks, each with its line, null for empty."""
    return [
        (number, tuple(cell or None for cell in record))
        for number, record in zip(lines, records, strict=True)
        if any(cell and cell.strip() for cell in record)
    ]


@given(WRITTEN | ROUGH)
def test_reading_in_bulk_agrees_with_reading_strictly(text):
    try:
        grid = read_delimited(text.encode(), "a.csv", RawOptions(delimiter=","))
    except DataRefused:
        return
    strict = read_strictly(text.encode(), ",", "a.csv", 1)
    bulk = filled(grid.rows.tolist(), grid.frame.rows())
    every = filled(strict.lines, strict.fields)
    assert bulk == every[len(every) - len(bulk) :]


@given(WRITTEN | ROUGH, st.integers(1, 9))
def test_records_do_not_depend_on_the_chunks_they_are_found_in(text, chunk):
    whole, pieces = scan(text.encode(), ","), scan(text.encode(), ",", chunk=chunk)
    assert whole.sane == pieces.sane
    for name in ("ends", "delimiters", "lines"):
        assert getattr(whole, name).tolist() == getattr(pieces, name).tolist()
