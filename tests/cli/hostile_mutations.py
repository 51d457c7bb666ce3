"""A good file of orders, changed by chance: the same seed always changes it in the same way."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.cli.hostile_command import serial
from tests.warehouse.hostile import mutations, xlsx
from tests.warehouse.hostile.xlsx import Raw, Tab, number

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES = (("华东", "上海"), ("华东", "江苏"), ("华南", "广东"), ("西南", "四川"), ("西南", "重庆"))
DATES = (
    "{y}/{m}/{d}",
    "{y}年{m}月{d}日",
    "{y}年{m}月",
    "{d:02}/{m:02}/{y}",
    "{y}Q1",
    "{m}月",
    "{y}",
)
SHAPES = ("￥{:,}", "{}元", "{}万", "1.2万", "$ {}", "({})", "-{}", "{}.00", "１２３", "9" * 15, "")
HEADS = (
    "日期",
    "金额",
    "",
    "大区 ",
    "Аmount",
    "销售额（万元）",
    "date",
    "quota",
    "合计",
    "x" * 300,
)
OPTIONS: tuple[tuple[str, ...], ...] = (
    (),
    ("--by", "大区>省份", "--by", "产品线"),
    ("--by", "大区>省份", "--repeated-names", "separate"),
    ("--by", "产品线>大区"),
    ("--by", "大区", "--fix", "大区=华东:35%", "--hold", "大区=华南:1万"),
    ("--by", "大区", "--fix", "大区=华东:2亿"),
    ("--by", "大区", "--bound", "大区=华南:>=90万", "--bound", "大区=华东:>=90万"),
    ("--by", "大区", "--growth-max", "5%"),
    ("--by", "大区", "--where", "金额>0", "--on-negative-basis", "zero"),
    ("--by", "大区", "--time", "week"),
    ("--by", "大区", "--seasonality", "15,20,30,35", "--fiscal-start", "4"),
    ("--subtotals", "drop", "--hidden-rows", "read", "--fill-down", "--date-order", "dmy"),
    ("--on-zero-basis", "refuse", "--partial-years", "leave_out", "--basis-years", "1"),
)
TOTALS = ("1000000", "100万", "1,000,000", "１００万元")  # all the same


@dataclass
class Orders:
    """The texts of a table, header first, and what is odd about the sheet that holds it."""

    rows: list[list[str]]
    marks: dict[tuple[int, int], Raw] = field(default_factory=dict)
    hidden: tuple[int, ...] = ()
    merges: tuple[str, ...] = ()
    sheets: int = 1


def hostile_orders(seed: int) -> tuple[str, bytes, tuple[str, ...]]:
    """The name, the bytes and the options of a seed; every fourth is one of the raw reader's."""
    chance = random.Random(seed)
    options = ("--total", chance.choice(TOTALS), "--year", "2027", *chance.choice(OPTIONS))
    if seed % 4 == 0:
        broken = mutations.hostile(seed)
        return broken.name, broken.data, options
    orders = good_orders(chance)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        chance.choice(CHANGES)(chance, orders)
    name, data = chance.choice((_csv, _book))(chance, orders)
    if chance.random() < 0.15:
        data = chance.choice(mutations.CHANGES)(chance, data)
    return name, data, options


def good_orders(chance: random.Random) -> Orders:
    """Three years of orders, one a place and month, in which nothing is wrong."""
    rows = [["日期", "大区", "省份", "产品线", "金额"]]
    for month in range(36):
        for region, province in PLACES:
            day = f"{2024 + month // 12}-{month % 12 + 1:02}-{chance.randint(1, 28):02}"
            line = chance.choice(("软件", "设备"))
            rows.append([day, region, province, line, str(chance.randint(1, 10**6))])
    return Orders(rows)


def _place(chance: random.Random, orders: Orders) -> tuple[int, int]:
    return chance.choice([(at, to) for at, row in enumerate(orders.rows) for to in range(len(row))])


def _nasty_cell(chance: random.Random, orders: Orders) -> None:
    row, column = _place(chance, orders)
    orders.rows[row][column] = chance.choice((*mutations.NASTY, *mutations.NUMBERS))


def _other_dates(chance: random.Random, orders: Orders) -> None:
    shape = chance.choice(DATES)
    for row in filter(None, orders.rows[1 : chance.choice((2, 9, None))]):
        parts = row[0].split("-")
        if len(parts) == 3 and all(part.isdecimal() for part in parts):
            row[0] = shape.format(y=int(parts[0]), m=int(parts[1]), d=int(parts[2]))


def _other_amounts(chance: random.Random, orders: Orders) -> None:
    shape = chance.choice(SHAPES)
    for row in filter(None, orders.rows[1 : chance.choice((2, 9, None))]):
        row[-1] = shape.format(int(row[-1])) if row[-1].isdecimal() else shape


def _header(chance: random.Random, orders: Orders) -> None:
    _, place = _place(chance, Orders([orders.rows[0] or [""]]))
    orders.rows[0][place : place + 1] = [chance.choice(HEADS)]


def _column(chance: random.Random, orders: Orders) -> None:
    column, twice = chance.randrange(5), chance.random() < 0.5
    for row in orders.rows:
        if column < len(row):
            row[column : column + 1] = [row[column]] * 2 if twice else []


def _mixed_columns(chance: random.Random, orders: Orders) -> None:
    order = chance.sample(range(5), 5)
    orders.rows = [[row[at] for at in order] if len(row) == 5 else row for row in orders.rows]


def _rows(chance: random.Random, orders: Orders) -> None:
    row = orders.rows[chance.randrange(len(orders.rows))]
    more = (row[:2], [*row, "x"], [""] * len(row), row, ["说明：", *row[1:]], [])
    orders.rows.insert(chance.randint(0, len(orders.rows)), list(chance.choice(more)))


def _sums(chance: random.Random, orders: Orders) -> None:
    whole = sum(int(row[-1]) for row in orders.rows[1:] if row and row[-1].isdecimal())
    orders.rows.append(["", chance.choice(("合计", "小计", "")), "", "", str(whole)])


def _moved_province(chance: random.Random, orders: Orders) -> None:
    orders.rows[-1][1:3] = ["华北", chance.choice(("上海", "", "未归属", "四川 "))]


def _all_the_same(chance: random.Random, orders: Orders) -> None:
    amount = chance.choice(("0", "-5", "0.0001", "90000000000000", "1"))
    for row in orders.rows[1:]:
        row[-1:] = [amount]


def _few_rows(chance: random.Random, orders: Orders) -> None:
    del orders.rows[chance.choice((1, 2, 3, 20)) :]


def _odd_sheet(chance: random.Random, orders: Orders) -> None:
    orders.hidden = (chance.randint(1, 9),) * chance.randint(0, 1)
    orders.merges = (f"B{chance.randint(1, 4)}:B{chance.randint(4, 9)}",) * chance.randint(0, 1)
    orders.sheets = chance.choice((1, 1, 2))
    odd = ('<c r="{at}"><f>A1</f></c>', '<c r="{at}" t="e"><v>#N/A</v></c>', '<c r="{at}"/>')
    orders.marks[_place(chance, orders)] = Raw(chance.choice(odd))


CHANGES: tuple[Callable[[random.Random, Orders], None], ...] = (
    _nasty_cell, _nasty_cell, _nasty_cell, _other_dates, _other_amounts, _header, _column,
    _mixed_columns, _rows, _sums, _moved_province, _all_the_same, _few_rows, _odd_sheet,
)  # fmt: skip


def _csv(chance: random.Random, orders: Orders) -> tuple[str, bytes]:
    sign = chance.choice(",,,,\t;|")
    quote = chance.random() < 0.5
    lines = [
        sign.join('"' + cell.replace('"', '""') + '"' if quote else cell for cell in row)
        for row in orders.rows
    ]
    text = chance.choice(("\n", "\r\n", "\r")).join(lines)
    codec = chance.choice((*["utf-8"] * 4, *mutations.CODECS))
    return "订单.csv", text.encode(codec, "replace")


def _book(chance: random.Random, orders: Orders) -> tuple[str, bytes]:
    cells = [
        [orders.marks.get((at, place)) or _cell(text) for place, text in enumerate(row)]
        for at, row in enumerate(orders.rows)
    ]
    tab = Tab("订单", cells, hidden=orders.hidden, merges=orders.merges)
    tabs = [tab] + [Tab(f"表{at}", cells[:3]) for at in range(1, orders.sheets)]
    chance.shuffle(tabs)
    return "订单.xlsx", xlsx.workbook(*tabs)


def _cell(text: str) -> object:
    """A text as Excel would hold it: days and amounts as numbers."""
    if text.isascii() and text.isdecimal() and len(text) < 15:
        return int(text)
    if re.fullmatch("20[0-9]{2}-[0-9]{2}-([01][0-9]|2[0-8])", text):
        return number(serial(text), 1)
    safe = text.translate(dict.fromkeys([*range(9), 11, 12, *range(14, 32)], "?"))
    return safe or None
