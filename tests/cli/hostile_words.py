"""Words that nobody meant, and small files beside the facts, each broken by chance."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.warehouse.hostile import mutations

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = (
    "区域", "华东", "华南", "=", ":", ">", "<", ">=", "<=", "|", "&", ",", '"', '""', "(", ")",
    "35%", "1亿", "5万", "1e999999", "NaN", "-1", "0", "2027Q1", "2027-01", "2027", "Q4", "上半年",
    " ", "and", "or", "not", "in", "金额", "日期", "x", "\u202e", "\0", "9" * 50, ".", "*", "+",
    "//", "%", "1.2x", "+15%", "/etc/passwd", "orders.csv", "on", "as", "\ufeff", "１", "、", "“",
)  # fmt: skip
FLAGS = (
    "--total", "--unit", "--by", "--tree", "--join", "--fix", "--hold", "--bound", "--growth-max",
    "--where", "--alias", "--seasonality", "--season-by", "--recency", "--country", "--date",
    "--amount", "--sheet", "--encoding", "--delimiter", "--weights", "--roster", "--weight-column",
    "--split-by", "--config", "--year", "--fiscal-start", "--cutoff-day", "--basis-years",
    "--header-row", "--pattern", "--time",
)  # fmt: skip
ODD = (*mutations.NASTY, "华东", "Q1", "2027-01-01", "新增", "接替", "-5", "0", "100%")
TABLES = {
    "roster": "维度,成员,动作,接替人,参照,爬坡,开始日期,结束日期\n区域,华东,离职,,,,2027-04-01,\n"
    "区域,华北,新增,,华东,30%;60%,2027-03-01,",
    "join": "区域,大区\n华东,东\n华南,南",
    "weights": "区域,占比\n华东,60%\n华南,40%",
    "season": "期间,权重\nQ1,15\nQ2,20\nQ3,30\nQ4,35",
}
ASKED = {
    "roster": ("--by", "区域", "--roster", "{}"),
    "join": ("--by", "大区", "--join", "{} on 区域=区域"),
    "weights": ("--by", "区域", "--weights", "{}"),
    "season": ("--by", "区域", "--seasonality", "{}"),
}


def hostile_words(seed: int) -> list[str]:
    """Options with values that are strung together by chance."""
    chance = random.Random(seed)
    words = ["--total", "1x", "--year", "2027", "--by", "区域"]
    for _ in range(chance.choice((1, 1, 2, 3))):
        pieces = chance.choices(PIECES, k=chance.choice((1, 1, 2, 3, 4, 5)))
        words += [chance.choice(FLAGS), "".join(pieces)]
    return words


def hostile_side(seed: int) -> tuple[str, bytes, list[str]]:
    """The name and bytes of a broken roster, join, basis or profile, and the words that ask it."""
    chance = random.Random(seed)
    kind = chance.choice(sorted(TABLES))
    if chance.random() < 0.3:
        broken = mutations.hostile(seed)
        name, data = f"beside-{broken.name}", broken.data
    else:
        name, data = "beside.csv", _broken(chance, TABLES[kind])
    asked = [word.format(name) for word in ASKED[kind]]
    return name, data, ["--total", "100", "--year", "2027", *asked]


def _broken(chance: random.Random, text: str) -> bytes:
    rows = [line.split(",") for line in text.splitlines()]
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        row = chance.choice([one for one in rows if one] or [[""]])
        place = chance.randrange(len(row))
        change = chance.choice(("cell", "cell", "cell", "again", "cut"))
        if change == "cell":
            row[place] = chance.choice(ODD)
        elif change == "again":
            rows.append(list(row))
        else:
            del row[place]
    return "\n".join(map(_line, rows)).encode("utf-8", "replace")


def _line(cells: Sequence[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
