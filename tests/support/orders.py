"""Facts as texts or drawn at random, and the sums of what was made of them."""

from __future__ import annotations

from datetime import date
from itertools import product
from random import Random

import polars as pl


def orders(table):
    """A frame of texts from an aligned table."""
    header, *lines = [line.split() for line in table.strip().splitlines()]
    return pl.DataFrame(lines, schema=dict.fromkeys(header, pl.String), orient="row")


def yearly(members, years=(2024, 2025, 2026), day=15):
    """Twelve facts a year for each member, of its amount: {("华东", "云"): 100, …} 地区 产品."""
    rows = [
        (date(year, month, day), *path, amount)
        for path, amount in members.items()
        for year in years
        for month in range(1, 13)
    ]
    names = ["日期", "地区", "产品", "销售员"][: 1 + len(next(iter(members)))]
    return pl.DataFrame(rows, schema=[*names, "金额"], orient="row")


REGIONS = {"华东": ("上海", "江苏"), "西北": ("陕西",), "NA": ("未知", "A:B>C")}
PRODUCTS = {"软件": ("云", "端"), "硬件": ("屏",)}
PEOPLE = ("甲", "乙", "丙")


def drawn(seed, *, months=30, kept=0.5):
    """Random orders of 大区>省, 产品线>产品 and 销售员, texts all, some returns."""
    random = Random(seed)
    places = [(a, b) for a, names in REGIONS.items() for b in names]
    things = [(a, b) for a, names in PRODUCTS.items() for b in names]
    rows = []
    for place, thing, who in product(places, things, PEOPLE):
        if random.random() > kept:
            continue
        for _ in range(random.randrange(1, 8)):
            year, month = divmod(2024 * 12 + random.randrange(months), 12)
            amount = f"{random.choice([0, 1, 37, 1000, 99999])}.{random.randrange(100):02}"
            day = f"{year}-{month + 1:02}-{random.randrange(1, 29):02}"
            rows.append((day, *place, *thing, who, amount))
    rows += [("2024-01-05", "华东", "上海", "软件", "云", "甲", "10.00")]
    header = ["日期", "大区", "省", "产品线", "产品", "销售员", "金额"]
    return pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row")


BY = ("大区>省", "产品线>产品", "销售员")


def shares(result, column):
    """Quota in 元 by member of a column."""
    sums = result.frame.group_by(column).agg(pl.col("quota").sum()).sort(column)
    return {member: whole(quota) for member, quota in sums.iter_rows()}


def by_period(result):
    """Quota in 元 by period, in the order of the year."""
    sums = result.frame.group_by("period", maintain_order=True).agg(pl.col("quota").sum())
    return {period: whole(quota) for period, quota in sums.sort("period").iter_rows()}


def whole(fen):
    """分 in 元, whole where it is."""
    return fen // 100 if fen % 100 == 0 else fen / 100


def refused(refusal):
    """The errors of a refusal, without what was told on the way."""
    return [f for f in refusal.value.findings if f.severity == "error"]


def codes(found):
    """The codes of findings, a refusal's or a result's."""
    return [finding.code for finding in getattr(found, "findings", found)]
