"""Files broken by chance, one for each seed: the same seed always breaks in the same way."""

from __future__ import annotations

import gzip
import io
import random
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from tests.warehouse.hostile import xls, xlsx
from tests.warehouse.hostile.xlsx import Raw, Tab, number

if TYPE_CHECKING:
    from collections.abc import Callable

CODECS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-32", "shift_jis")
NASTY = (
    "", "NA", "null", '"', '""', "'", "=1+1", "=cmd|' /C calc'!A0", "＝1", "\0", "\x1b", "\u202e",
    "\u200b", "锟斤拷", "åŒºåŸŸ", "𠮷野家", "\ufffd", "１２３", "1e999999", "NaN", "-", "(1,000)",
    "1_000", "0x10", "٣", "9" * 400, "1" + "0" * 20, "2025-02-30", "03/04/2025", "#REF!", "TRUE",
    "华东\n华南", "a,b", "a;b", "a\tb", "合计", "𝟙", "\u00a0", "x" * 40_000, "\r", "]]>",
    "<a>&amp;",
)  # fmt: skip
WIDE_TEXT = 900  # characters, the most that one record of an .xls holds here
NUMBERS = ("1", "-0", "1e400", "NaN", "1E-300", "12345678901234567890", "", " 7 ", "0.1", "-1e-7")
STYLES = ("0", "1", "2", "99", "-1", "x")


class Hostile(NamedTuple):
    """One file: its name, its bytes and what was done to it."""

    name: str
    data: bytes
    what: str


def hostile(seed: int) -> Hostile:
    """The broken file of a seed."""
    chance = random.Random(seed)
    base = chance.choice((_csv, _csv, _xlsx, _xlsx, _xlsx, _xls, _gzip, _parquet))
    name, data = base(chance)
    done = [base.__name__.strip("_")]
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
        change = chance.choice(CHANGES)
        data = change(chance, data)
        done.append(change.__name__.strip("_"))
    if chance.random() < 0.1:
        name = chance.choice(("a.csv", "a.xlsx", "a.xls", "a.parquet", "a.txt", "a.csv.gz", "a"))
    return Hostile(name, data, " > ".join(done))


def _text(chance: random.Random, nasty: float) -> str:
    if chance.random() < nasty:
        return chance.choice(NASTY)
    return "".join(chance.choices("华东南北客户A1 .", k=chance.randint(0, 8)))


def _csv(chance: random.Random) -> tuple[str, bytes]:
    sign = chance.choice(",,,,,\t\t;;||，: ")
    quote = chance.choice(("never", "always", "chance"))
    rows = [["日期", "区域", "客户", "金额"]] * chance.choice((1, 1, 1, 1, 1, 0, 2))
    width = chance.choice((4, 4, 4, 4, 1, 30))
    nasty = chance.choice((0.0, 0.0, 0.01, 0.3))
    for _ in range(chance.choice((0, 1, 5, 50, 300))):
        row = [_text(chance, nasty) for _ in range(width)]
        rows.append(row[: chance.randint(0, width)] if chance.random() < nasty / 10 else row)
    lines = [sign.join(_quoted(chance, cell, quote) for cell in row) for row in rows]
    text = chance.choice(("\n", "\r\n", "\r")).join(lines)
    if chance.random() < 0.1:
        text = f"sep={sign}\n{text}"
    codec = chance.choice(CODECS) if chance.random() < 0.5 else "utf-8"
    return "a.csv", text.encode(codec, "replace" if chance.random() < 0.8 else "ignore")


def _quoted(chance: random.Random, cell: str, quote: str) -> str:
    if quote == "always" or (quote == "chance" and chance.random() < 0.5):
        return '"' + (cell.replace('"', '""') if chance.random() < 0.99 else cell) + '"'
    return cell


def _gzip(chance: random.Random) -> tuple[str, bytes]:
    return "a.csv.gz", gzip.compress(_csv(chance)[1], 1)


def _cell(chance: random.Random, nasty: float) -> object:
    if chance.random() > nasty:
        return chance.choice(("华东", "华南", chance.randint(-(10**9), 10**9), True, None))
    stored = chance.choice(NUMBERS)
    kind = chance.choice(("s", "b", "e", "d", "str", "n", "zzz", "inlineStr"))
    return chance.choice(
        (
            None,
            _text(chance, 0.5).translate(dict.fromkeys([*range(9), 11, 12, *range(14, 32)], "?")),
            chance.randint(-(10**9), 10**9),
            number(stored, 0),
            Raw(f'<c r="{{at}}" s="{chance.choice(STYLES)}"><v>{stored}</v></c>'),
            Raw(f'<c r="{{at}}" t="{kind}"><v>{stored}</v></c>'),
            Raw('<c r="{at}"><f>SUM(A1:A9)</f></c>'),
            Raw('<c r="XFD1048576"><v>1</v></c>') if chance.random() < 0.02 else 1,
        )
    )


def _rows(chance: random.Random) -> list[list[object]]:
    head: list[object] = ["日期", "区域", "客户", "金额"]
    titles: list[list[object]] = [["销售明细"]] * chance.choice((0, 0, 0, 1, 2))
    nasty = chance.choice((0.0, 0.0, 0.02, 1.0))
    count = chance.choice((0, 1, 5, 40))
    body = [
        [number(45000 + at, 1), *(_cell(chance, nasty) for _ in head[1:])] for at in range(count)
    ]
    return [*titles, head, *body]


def _xlsx(chance: random.Random) -> tuple[str, bytes]:
    tabs = [
        Tab(
            f"表{at}",
            _rows(chance),
            state=chance.choice(("", "", "hidden", "veryHidden", "?")),
            kind=chance.choice(("worksheet", "worksheet", "worksheet", "chartsheet")),
            hidden=(chance.randint(1, 9),) if chance.random() < 0.2 else (),
            merges=(f"A{chance.randint(0, 4)}:B{chance.randint(1, 9)}",)
            if chance.random() < 0.2
            else (),
            before=chance.choice(("", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>')),
        )
        for at in range(chance.choice((1, 1, 1, 2, 0)))
    ]
    parts = xlsx.parts(*tabs, strings=["华东", "客户"])
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        _break_part(chance, parts)
    twice = chance.choice(sorted(parts)) if chance.random() < 0.05 and parts else ""
    return chance.choice(("a.xlsx", "a.xlsm")), xlsx.zipped(parts, twice=twice)


def _break_part(chance: random.Random, parts: xlsx.Parts) -> None:
    name = chance.choice(sorted(parts))
    content = parts[name]
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    at = chance.randint(0, len(text))
    changes: dict[str, str | None] = {
        "gone": None,
        "empty": "",
        "cut": text[:at],
        "doctype": text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1),
        "flip": text[:at] + chr(ord(text[at : at + 1] or "x") ^ 1) + text[at + 1 :],
        "noise": text[:at] + chance.choice(NASTY) + text[at:],
        "deep": text[:at] + "<d>" * 5_000,
        "entity": text[:at] + "&a;" + text[at:],
        "twice": text + text,
        "long": text.replace("<", "<" + "y" * 100_000, 1),
        "spelt": text.replace('r="', 'r="\u202e'),
        "encoding": text.replace("UTF-8", chance.choice(("UTF-16", "GBK", "klingon"))),
        "targets": text.replace("Target=", 'Target="../../../etc/passwd" x='),
    }
    done = changes[chance.choice(sorted(changes))]
    if done is None:
        del parts[name]
    else:
        parts[name] = done


def _xls(chance: random.Random) -> tuple[str, bytes]:
    rows: list[list[object]] = [["区域", "金额"]]
    rows += [
        [_text(chance, 0.2)[:WIDE_TEXT], chance.random() * 10**6]
        for _ in range(chance.choice((0, 3, 30)))
    ]
    cells = xls.table(rows)
    if chance.random() < 0.3:
        cells += xls.error_record(2, 1, chance.randint(0, 255))
    if chance.random() < 0.3:
        cells += xls.record(chance.randint(0, 0xFFFF), chance.randbytes(chance.randint(0, 40)))
    if chance.random() < 0.1:
        cells += xls.row_record(chance.randint(0, 5), hidden=True)
    return "a.xls", xls.workbook({"数据": cells})


def _parquet(chance: random.Random) -> tuple[str, bytes]:
    days = [date(2026, 1, 1 + at % 28) for at in range(chance.choice((0, 3, 300)))]
    frame = pl.DataFrame({"日期": days, "区域": ["华东"] * len(days), "金额": range(len(days))})
    target = io.BytesIO()
    frame.write_parquet(target, compression=chance.choice(("zstd", "snappy", "uncompressed")))
    return "a.parquet", target.getvalue()


def _truncate(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def _flip_bits(chance: random.Random, data: bytes) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 2, 20))):
        if broken:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _insert_noise(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 3, 100, 5_000))) + data[at:]


def _repeat_a_piece(chance: random.Random, data: bytes) -> bytes:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.randint(1, 2_000)]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start:]


def _cut_a_hole(chance: random.Random, data: bytes) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.randint(1, 500) :]


def _seal(_: random.Random, data: bytes) -> bytes:
    return b"%TSD-Header-###%" + data


def _double_quotes(chance: random.Random, data: bytes) -> bytes:
    return data.replace(b",", b',"' * chance.randint(1, 3), chance.randint(1, 50))


CHANGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _truncate,
    _flip_bits,
    _flip_bits,
    _insert_noise,
    _repeat_a_piece,
    _cut_a_hole,
    _seal,
    _double_quotes,
)
