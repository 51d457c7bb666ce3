"""A small company's facts, with everything in them on which engines could part."""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl

FIRST = date(2025, 1, 1).toordinal()


def amount(dice):
    """Whole 1/10,000, also negative, halves of a 分 among them."""
    return dice.choice((1, -1, 1, 1)) * (dice.randrange(10**9) * 50 + dice.choice((0, 50)))


def day(dice):
    return None if dice.random() < 0.05 else date.fromordinal(FIRST + dice.randrange(700))


def orders(dice):
    net = amount(dice)
    return {
        "date": day(dice),
        "order": f"O{dice.randrange(120)}",
        "customer": dice.choice(["甲", "乙", "丙", "未归属", None]),
        "region": dice.choice(["华东", "西北", 'O\'Neill "x"', None]),
        "product_line": dice.choice(["A", "B"]),
        "amount": net * 113 // 100,
        "net_amount": net,
        "cost": dice.choice([None, net // 2]),
        "quantity": dice.randrange(-3, 30) * 10_000,
    }


def opportunities(dice):
    begun = day(dice)
    outcome = dice.choice(["won", "lost", "open"])
    closed = date.fromordinal(FIRST + dice.randrange(700)) if outcome != "open" else None
    return {
        "date": begun,
        "closed": closed,
        "opportunity": f"P{dice.randrange(10**6)}",
        "outcome": outcome,
        "amount": abs(amount(dice)),
        "probability": dice.choice([None, 0, 333_333, 500_000, 10**6]),
        "region": dice.choice(["华东", "西北"]),
    }


def money(dice):
    return {"date": day(dice), "amount": amount(dice), "region": dice.choice(["华东", "西北"])}


def heads(dice):
    return {
        "date": date(2025, dice.randrange(1, 13), 28),
        "heads": dice.randrange(20) * 10_000,
        "leavers": dice.randrange(3) * 10_000,
        "region": dice.choice(["华东", "西北"]),
    }


def customers(_):
    return {"customer": "甲", "grade": "A"}


KINDS = {
    "order_lines": (orders, 400),
    "opportunities": (opportunities, 200),
    "invoices": (money, 60),
    "receipts": (money, 60),
    "returns": (money, 20),
    "contracts": (money, 50),
    "headcounts": (heads, 40),
    "customers": (customers, 2),
}


def facts_of(folder):
    """The files of each kind of facts, written into a folder; two files of order lines."""
    dice, files = Random(5), {}
    for kind, (row, count) in KINDS.items():
        rows = pl.DataFrame([row(dice) for _ in range(count)], infer_schema_length=None)
        parts = [rows[: count // 2].drop("region", strict=False), rows[count // 2 :]]
        parts = parts if kind == "order_lines" else [rows]
        files[kind] = tuple(folder / f"{kind}-{place}.parquet" for place in range(len(parts)))
        for part, path in zip(parts, files[kind], strict=True):
            part.write_parquet(path)
    return files
