"""The files of the organisation: seats, their dated place, occupants, products, accounts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.cycle.demo_company.catalogue import PRODUCTS
from quotaloom.cycle.demo_company.places import REORGANISED
from quotaloom.cycle.demo_company.seats import head_seats, sales_seats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.cycle.demo_company.book import Book
    from quotaloom.cycle.demo_company.occupants import Occupant
    from quotaloom.cycle.demo_company.seats import Seat


def seat_rows(book: Book) -> pl.DataFrame:
    """One row a seat that sells or has sold, placed as on ``through``; heads first."""
    heads, holder = head_seats(), _holders(book)
    rows = [
        (code, f"{region}大区总经理", "管理", region, "", "", *_who(holder.get(code)), "在用")
        for region, code in heads.items()
    ]
    for seat in sales_seats():
        region = seat.province.region_on(book.through)
        if seat.opened <= book.through:
            where = (seat.code, seat.title, "销售", region, seat.province.name, heads[region])
            is_closed = seat.closed <= book.through
            who = ("", "") if is_closed else _who(holder.get(seat.code))
            rows.append((*where, *who, "已撤销" if is_closed else "在用"))
    names = "岗位 岗位名称 岗位类型 现大区 现省份 上级岗位 现任工号 现任姓名 状态"
    return pl.DataFrame(rows, schema=names.split(), orient="row")


def placement_rows(book: Book) -> pl.DataFrame:
    """One row a seat and span: under which region it stood on ``[生效日期, 失效日期)``."""
    rows = [row for seat in sales_seats() for row in _spans(seat, book.through)]
    names = "岗位 岗位名称 省份 大区 上级岗位 生效日期 失效日期"
    return pl.DataFrame(rows, schema=names.split(), orient="row")


def occupant_rows(book: Book) -> pl.DataFrame:
    """One row a person and seat: ``[任职开始, 任职结束)``; blank while nobody has left."""
    rows = [
        (one.seat, one.person, one.name, one.grade, str(one.start), _ended(one.end, book.through))
        for one in book.occupants
        if one.start <= book.through
    ]
    names = "岗位 工号 姓名 职级 任职开始 任职结束"
    return pl.DataFrame(rows, schema=names.split(), orient="row")


def product_rows(book: Book) -> pl.DataFrame:
    """One row a product that is or was on sale by ``through``."""
    rows = [
        (
            one.code,
            one.name,
            one.line,
            one.revenue,
            f"{one.vat}%",
            f"{one.price}.00",
            "" if one.launched == date.min else str(one.launched),
            _ended(one.discontinued, book.through),
        )
        for one in PRODUCTS
        if one.launched <= book.through
    ]
    names = "产品编码 产品 产品线 收入类型 税率 含税标价 上市日期 停售日期"
    return pl.DataFrame(rows, schema=names.split(), orient="row")


def customer_rows(book: Book) -> pl.DataFrame:
    """One row an account with the seat that looks after it on ``through``."""
    seats = sales_seats()
    rows = [
        (
            one.code,
            one.name,
            one.kind,
            one.province,
            one.city,
            one.industry,
            one.channel,
            seats[one.seat if seats[one.origin].closed <= book.through else one.origin].code,
        )
        for one in book.customers
        if seats[one.origin].opened <= book.through
    ]
    names = "客户编码 客户 客户类型 省份 城市 行业 渠道 归属岗位"
    return pl.DataFrame(rows, schema=names.split(), orient="row")


def _holders(book: Book) -> dict[str, Occupant]:
    """Who sits on each seat on ``through``."""
    return {one.seat: one for one in book.occupants if one.start <= book.through < one.end}


def _who(one: Occupant | None) -> tuple[str, str]:
    return ("", "待招") if one is None else (one.person, one.name)


def _ended(day: date, through: date) -> str:
    """A last day as text, blank where it is open or not known yet."""
    return "" if day > through else str(day)


def _spans(seat: Seat, through: date) -> Iterator[tuple[str, ...]]:
    """The spans of a seat under one region each, as far as they have begun."""
    province = seat.province
    moved = province.first_region != province.last_region and seat.opened < REORGANISED
    edges = [seat.opened, REORGANISED, seat.closed] if moved else [seat.opened, seat.closed]
    for start, end in pairwise(edges):
        if start <= through:
            region = province.region_on(start)
            head = head_seats()[region]
            dates = (str(start), _ended(end, through))
            yield (seat.code, seat.title, province.name, region, head, *dates)
