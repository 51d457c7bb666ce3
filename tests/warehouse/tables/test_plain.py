"""The quick way through a plain text says exactly what the careful way says, or leaves it to that.

The careful way is the oracle: cells, findings, addresses, names met, all must be the same.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.plain_text import NotPlainError, open_plain
from quotaloom.warehouse.intake.raw_table import RawOptions
from quotaloom.warehouse.tables import plain, reader
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.reader import TableRequest, read_table
from tests.support.counts import examples

HEADERS = (
    *("订单日期", "订单号", "行号", "订单金额", "不含税金额", "税率"),
    *("数量", "大区", "客户", "内部往来"),
)
COMMON = {
    "订单日期": ("2026-01-05", "2026-02-28"),
    "订单号": tuple(f"D{number}" for number in range(9)),
    "行号": ("1", "2", "3"),
    "订单金额": ("100", "250.5", "3.25", "99999.9999"),
    "不含税金额": ("", "3", "1.5"),
    "税率": ("13%", "0.06", ""),
    "数量": ("1", "2.5", ""),
    "大区": ("华东", "华北", "华南"),
    "客户": ("客户1", "Müller", "客户3", "K4"),
    "内部往来": ("是", "否", ""),
}
RARE = {
    "订单日期": (
        *("2026/1/5", "20260105", "2026年1月5日", "05/13/2026", "03/04/2026", "46027", ""),
        *("2026-02-30", "2026-01-05 10:30:00", "２０２６-01-05", "2026-01", "昨天"),
        *("2026-01-05T23:30:00Z", " 2026-01-05"),
    ),
    "订单号": (
        *("", " ", "Ｄ1", "D 1 ", "#REF!", "1.2E+12", "合计", "小计：", "Total"),
        *("D\u200b9", "\ufeffD"),
    ),
    "行号": ("", "１", "\u3000"),
    "订单金额": (
        *("-3.25", "0", "1 234.50", "1,234.50", "￥100", "１００", "5万", "(3)", "1.23456", ""),
        *(" 7 ", "abc", "1e3", ".5", "9" * 20, "9" * 14, "+4", "12.", "$5", "1.234,56", "#N/A"),
        "100元",
    ),
    "不含税金额": ("200", "x", "1.00001"),
    "税率": ("13", "150%", "13％", "九"),
    "数量": ("3台", "-1", "１"),
    "大区": (
        *("", " 华东", "华\u3000东", "合计", "小计", "grand total", "锟斤拷", "ä¸\u00ad"),
        *("华\u00a0东", "#NAME?"),
    ),
    "客户": ("", "é", "客户\u0007", "\ufffd", "A\tB", '5" 管', '"甲"', "x" * 33_000, "cafe\u0301"),
    "内部往来": ("Y", "也许"),
}
UNIT = "(万元)"


def common(rows=9):
    """So many rows of cells as most files have them."""
    return [[COMMON[name][row % len(COMMON[name])] for name in HEADERS] for row in range(rows)]


def written(rows, headers=HEADERS, sign=",", end="\n"):
    """The text of a table."""
    return end.join(sign.join(row) for row in [headers, *rows]) + end


@st.composite
def texts(draw):
    """Order lines as bytes: mostly common cells, at most two rare ones, sometimes an odd line."""
    names = draw(st.sampled_from([HEADERS, HEADERS[:4], (*HEADERS[:4], "订单备注", "渠道等级")]))
    count = draw(st.integers(1, 8))
    rows = [
        [draw(st.sampled_from(COMMON.get(name, "甲乙"))) for name in names] for _ in range(count)
    ]
    for _ in range(draw(st.integers(0, 2))):
        row, place = draw(st.integers(0, count - 1)), draw(st.integers(0, len(names) - 1))
        rows[row][place] = draw(st.sampled_from(RARE.get(names[place], ("", "丙"))))
    if draw(st.integers(0, 9)) == 0:
        odd = draw(st.sampled_from([[], ["甲"], [""] * len(names), ["甲", *names]]))
        rows.insert(draw(st.integers(0, count)), odd)
    unit = draw(st.sampled_from(["", UNIT]))
    headers = [name + unit if "金额" in name else name for name in names]
    sign, end = draw(st.sampled_from([",", ",", "\t", ";"])), draw(st.sampled_from(["\n", "\r\n"]))
    text = written(rows, headers, sign, end) + draw(st.sampled_from(["", "", "", end]))
    codec = draw(st.sampled_from(["utf-8"] * 8 + ["utf-8-sig", "gb18030"]))
    return text.removesuffix(draw(st.sampled_from(["", end]))).encode(codec, "replace")


def said(path, *, quick, size):
    """What one way says of a file, its refusal too, and whether it went block by block."""
    went = []

    def parts(request, text, chosen, step):
        went.append(plain.plain_parts(request, text, chosen, step, size))
        return went[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "plain_parts", parts)
        least = 0 if quick else 1 << 60
        patch.setattr(reader, "open_plain", lambda at, options: OPEN(at, options, least))
        request = TableRequest(files=(path,), kind=KINDS["order_lines"])
        try:
            table = read_table(request)
        except DataRefused as refusal:
            return refusal.findings, bool(went)
    rows = table.frame.with_columns(pl.col(pl.Categorical).cast(pl.String))
    return (rows.to_dict(as_series=False), rows.schema, table.headers, table.findings), bool(went)


OPEN = reader.open_plain


def agreed(path, size=150):
    """What both ways say of a file, and whether the quick one got through."""
    quick, was_quick = said(path, quick=True, size=size)
    careful, _ = said(path, quick=False, size=size)
    assert quick == careful
    return quick, was_quick


@settings(max_examples=examples(500), deadline=None)
@given(texts(), st.sampled_from([40, 150, 1 << 20]))
def test_the_quick_way_says_what_the_careful_way_says(data, size):
    with TemporaryDirectory() as folder:
        path = Path(folder, "订单.csv")
        path.write_bytes(data)
        agreed(path, size)


@pytest.mark.parametrize("header", RARE)
def test_no_rare_cell_is_read_otherwise(tmp_path, header):
    path, place = tmp_path / "订单.csv", HEADERS.index(header)
    for rare in RARE[header]:
        rows = common()
        rows[-2][place] = rare
        path.write_text(written(rows, sign="\t" if "," in rare else ","), encoding="utf-8")
        agreed(path, 400)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_common_files_are_read_block_by_block(tmp_path, codec, end):
    path = tmp_path / "订单.csv"
    headers = [name + UNIT if name == "订单金额" else name for name in HEADERS]
    path.write_bytes(written(common(40), headers, end=end).encode(codec))
    (rows, _, _, findings), was_quick = agreed(path, 300)
    assert was_quick
    assert rows["§row"] == list(range(2, 42))
    assert [one.code for one in findings].count("intake.header_unit") == 1


def test_a_short_file_is_read_with_care(tmp_path):
    path = tmp_path / "订单.csv"
    path.write_text(written(common()), encoding="utf-8")
    with pytest.raises(NotPlainError):
        open_plain(path, RawOptions())
