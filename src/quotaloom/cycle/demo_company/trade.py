"""The files of trade: order lines, contracts, acceptance, receipts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.cycle.demo_company.book import Book, seats_on
from quotaloom.cycle.demo_company.catalogue import CHANNELS, INDUSTRIES, PRODUCTS
from quotaloom.cycle.demo_company.column import day, named, numbered, yuan
from quotaloom.cycle.demo_company.customers import OTHERS, OTHERS_CODE
from quotaloom.cycle.demo_company.places import REORGANISED
from quotaloom.cycle.demo_company.season import DAYS, FIRST, day_number
from quotaloom.cycle.demo_company.seats import sales_seats
from quotaloom.cycle.demo_company.settlement import ACCEPTANCE, RECEIPT, Stages, sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_BILL_DAYS: Final = 180  # a banker's acceptance 银行承兑汇票 runs half a year


def order_lines(book: Book) -> pl.DataFrame:
    """One row a line, as it was booked: organisation and person of that day."""
    lines, contracts = book.lines, book.contracts
    seat, customer = seats_on(book, lines.day), contracts.customer[lines.contract]
    person, name = sitting(book, seat, lines.day)
    return pl.DataFrame(
        {
            "订单号": _order_codes(lines.order, lines.returned),
            "行号": _place_in_order(lines.order),
            "订单类型": named(("销售", "退货"), (lines.quantity < 0).astype(np.int64)),
            "合同号": numbered("HT-{}", lines.contract, 6),
            "原订单号": _origin_codes(lines.returned),
            "订单日期": day(lines.day),
            "大区": region_names(seat, lines.day),
            "省份": named([seat.province.name for seat in sales_seats()], seat),
            "城市": _city(book, seat, customer),
            "岗位编码": named([seat.code for seat in sales_seats()], seat),
            "客户经理": name,
            "工号": person,
            "产品线": named([one.line for one in PRODUCTS], lines.product),
            "产品": named([one.name for one in PRODUCTS], lines.product),
            "收入类型": named([one.revenue for one in PRODUCTS], lines.product),
            "行业": named(tuple(INDUSTRIES), contracts.industry[lines.contract]),
            "渠道": named(CHANNELS, contracts.channel[lines.contract]),
            **_account(book, customer),
            "数量": lines.quantity,
            "含税单价": yuan(lines.price * 100),
            "含税金额": yuan(lines.gross),
            "税率": named([f"{one.vat}%" for one in PRODUCTS], lines.product),
            "不含税金额": yuan(lines.net),
            "成本": yuan(lines.cost),
        }
    )


def contract_rows(book: Book) -> pl.DataFrame:
    """One row a contract: the sum of its lines so far, returns taken off."""
    lines, contracts = book.lines, book.contracts
    count = len(contracts.day)
    known = np.flatnonzero(sums(np.ones_like(lines.day), lines.contract, count))
    gross, net = (sums(values, lines.contract, count)[known] for values in (lines.gross, lines.net))
    return pl.DataFrame(
        {
            "合同号": numbered("HT-{}", known, 6),
            "签订日期": day(contracts.day[known]),
            "岗位编码": named([seat.code for seat in sales_seats()], contracts.seat[known]),
            **_account(book, contracts.customer[known]),
            "行业": named(tuple(INDUSTRIES), contracts.industry[known]),
            "渠道": named(CHANNELS, contracts.channel[known]),
            "含税金额": yuan(gross),
            "不含税金额": yuan(net),
        }
    )


def acceptance_rows(book: Book) -> pl.DataFrame:
    """One row a stage of acceptance."""
    return _stage_rows("YS-{}", "验收日期", book.accepted, ACCEPTANCE)


def receipt_rows(book: Book) -> pl.DataFrame:
    """One row a receipt; a banker's acceptance falls due half a year later."""
    paid = book.collected
    by_bill = (paid.contract * 7 + paid.stage) % 10 < 3
    due = named(["", *map(str, _due_days())], np.where(by_bill, paid.day + 1, 0))
    return _stage_rows("HK-{}", "回款日期", paid, RECEIPT).with_columns(
        named(("电汇", "银行承兑汇票"), by_bill.astype(np.int64)).alias("回款方式"),
        due.alias("票据到期日"),
    )


def sitting(book: Book, seat: Ints, days: Ints) -> tuple[pl.Series, pl.Series]:
    """Number and name of who sat on the seat; a vacant one is TBH 待招 with the seat's code."""
    occupant = book.seated[seat, days]
    place = np.where(occupant < 0, len(book.occupants) + seat, occupant)
    codes = [seat.code for seat in sales_seats()]
    numbers = [*(one.person for one in book.occupants), *(f"TBH-{code}" for code in codes)]
    names = [*(one.name for one in book.occupants), *(f"待招{code}" for code in codes)]
    return named(numbers, place), named(names, place)


def holders(book: Book) -> list[str]:
    """Name by seat on ``through``; a vacant one's is TBH."""
    seats = np.arange(len(sales_seats()))
    return sitting(book, seats, np.full(len(seats), day_number(book.through)))[1].to_list()


def _order_codes(orders: Ints, returned: Ints) -> pl.Series:
    """DD- for a sale, TH- for a return."""
    return named(("DD-", "TH-"), (returned >= 0).astype(np.int64)) + numbered("{}", orders, 6)


def _origin_codes(returned: Ints) -> pl.Series:
    """The order that a return takes back; blank on a sale."""
    codes = numbered("DD-{}", np.maximum(returned, 0), 6)
    return codes.zip_with(pl.Series(returned >= 0), pl.Series([""]))


def _place_in_order(orders: Ints) -> Ints:
    first = np.concatenate(([True], np.diff(orders) != 0))
    starts = np.flatnonzero(first)
    place: Ints = np.arange(len(orders)) - starts[np.cumsum(first) - 1] + 1
    return place


def region_names(seat: Ints, days: Ints) -> pl.Series:
    """The region that the seat belonged to on the day."""
    provinces = [seat.province for seat in sales_seats()]
    before = named([province.first_region for province in provinces], seat)
    after = named([province.last_region for province in provinces], seat)
    return before.zip_with(pl.Series(days < day_number(REORGANISED)), after)


def _account(book: Book, customer: Ints) -> dict[str, pl.Series]:
    """Code and name of the accounts; those without one are 其他."""
    place = np.where(customer < 0, len(book.customers), customer)
    return {
        "客户编码": named([*(one.code for one in book.customers), OTHERS_CODE], place),
        "客户": named([*(one.name for one in book.customers), OTHERS], place),
    }


def _city(book: Book, seat: Ints, customer: Ints) -> pl.Series:
    """The account's city; without an account the first one of the province."""
    first = [seat.province.cities[0] for seat in sales_seats()]
    place = np.where(customer < 0, len(book.customers) + seat, customer)
    return named([*(one.city for one in book.customers), *first], place)


def _stage_rows(pattern: str, dated: str, stages: Stages, names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "单号": numbered(pattern, np.arange(len(stages.day)), 6),
            "合同号": numbered("HT-{}", stages.contract, 6),
            dated: day(stages.day),
            "阶段": named(names, stages.stage + 1),
            "含税金额": yuan(stages.amount),
        }
    )


def _due_days() -> list[date]:
    return [FIRST + timedelta(number + _BILL_DAYS) for number in range(DAYS)]
