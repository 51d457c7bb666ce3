"""The order lines of the demo company: product, quantity, price; returns take some back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.cycle.demo_company.catalogue import (
    CHANNELS,
    COST_SHARES,
    DISCOUNTS,
    INDUSTRIES,
    LINES,
    PRODUCTS,
)
from quotaloom.cycle.demo_company.dice import Dice
from quotaloom.cycle.demo_company.season import (
    DAYS,
    MONTHS,
    YEARS,
    compounded,
    dates,
    month_of_day,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.cycle.demo_company.catalogue import Product
    from quotaloom.cycle.demo_company.contracts import Contracts

    Ints = NDArray[np.int64]

_ORDERS: Final = (62, 26, 12)  # one, two or three orders a contract
_LINES: Final = (16, 15, 15, 14, 12, 10, 8, 6, 4)  # one to nine lines an order
_PRICES: Final = np.array([1000, 1012, 1025])  # the year's list price per mille of 2024's
_COSTS: Final = np.array([1000, 1022, 1046])  # the year's cost per mille of 2024's
_RETURNED: Final = 25  # per mille of lines; what is delivered as a service is not taken back


@dataclass(frozen=True, slots=True)
class Lines:
    """One entry an order line. ``price`` is in 元 with VAT; ``quantity`` is < 0 on a return.

    ``order`` numbers the orders in the order of their days, returns behind the sales.
    ``returned`` is the order that a return takes back, -1 on sales.
    """

    contract: Ints
    order: Ints
    day: Ints
    product: Ints
    quantity: Ints
    price: Ints
    returned: Ints

    @property
    def gross(self) -> Ints:
        """The amount with VAT, in 分."""
        return self.quantity * self.price * 100

    @property
    def net(self) -> Ints:
        """The amount without VAT, in 分: each line rounded once, half away from zero."""
        rate = 100 + np.array([product.vat for product in PRODUCTS])[self.product]
        size: Ints = (abs(self.gross) * 200 + rate) // (2 * rate)
        return np.where(self.quantity < 0, -size, size)

    @property
    def cost(self) -> Ints:
        """What was sold cost us, without VAT, in 分: a part of the list price of the product.

        What comes back is taken off at the cost of its own day.
        """
        listed = np.array([one.price * COST_SHARES[one.revenue] for one in PRODUCTS])[self.product]
        apiece: Ints = listed * _COSTS[_year(self.day)] // 1000
        return self.quantity * apiece


def sell(seed: int, contracts: Contracts) -> Lines:
    """The lines of all contracts, orders by day, then the returns."""
    dice = Dice(seed, "lines")
    contract, day = _place_orders(dice, contracts)
    order = np.repeat(np.arange(len(contract)), dice.pick(_LINES, len(contract)) + 1)
    contract, day = contract[order], day[order]
    product = _products(dice, contracts.industry[contract], month_of_day()[day])
    channel = contracts.channel[contract]
    sales = Lines(
        contract=contract,
        order=order,
        day=day,
        product=product,
        quantity=_quantities(dice, product, contracts.size[contract]),
        price=_prices(dice, product, channel, day),
        returned=np.full(len(order), -1, dtype=np.int64),
    )
    return _with_returns(seed, sales)


def _place_orders(dice: Dice, contracts: Contracts) -> tuple[Ints, Ints]:
    """Contract and day of each order, all within the month of signing, sorted by day."""
    count = dice.pick(_ORDERS, len(contracts.day)) + 1
    contract = np.repeat(np.arange(len(count)), count)
    month = month_of_day()
    month_end = np.searchsorted(month, np.arange(MONTHS), side="right") - 1
    signed = contracts.day[contract]
    is_first = np.concatenate(([True], np.diff(contract) > 0))
    later = np.where(is_first, 0, dice.between(1, 24, len(contract)))
    day = np.minimum(signed + later, month_end[month[signed]])
    order = np.lexsort((contract, day))
    return contract[order], day[order]


def _products(dice: Dice, industry: Ints, month: Ints) -> Ints:
    """A product that is sold in the month, by its weight and the industry's favour."""
    favour = np.array(
        [[INDUSTRIES[name][LINES.index(p.line)] for p in PRODUCTS] for name in INDUSTRIES]
    )
    sold = np.array([[_monthly_weight(p, index) for p in PRODUCTS] for index in range(MONTHS)])
    table = sold[:, None, :] * favour[None, :, :]
    return dice.pick_by_row(table.reshape(-1, len(PRODUCTS)), month * len(INDUSTRIES) + industry)


def _monthly_weight(product: Product, month: int) -> int:
    first = dates()[int(np.searchsorted(month_of_day(), month))]
    if not product.launched <= first < product.discontinued:
        return 0
    return compounded(product.weight, product.growth, month // 12)


def _quantities(dice: Dice, product: Ints, size: Ints) -> Ints:
    """Around the product's usual quantity × the contract's size, one or more."""
    usual = np.array([one.quantity for one in PRODUCTS])[product]
    jitter = dice.between(50, 150, len(product))
    found: Ints = np.maximum(usual * size * jitter // 10_000, 1)
    return found


def _prices(dice: Dice, product: Ints, channel: Ints, day: Ints) -> Ints:
    """List price of the year less the channel's discount, in whole 元."""
    low, high = np.array([DISCOUNTS[name] for name in CHANNELS]).T
    paid = dice.between(low[channel], high[channel], len(product))
    listed = np.array([one.price for one in PRODUCTS])[product]
    found: Ints = np.maximum(listed * _PRICES[_year(day)] * paid // 1_000_000, 1)
    return found


def _year(day: Ints) -> Ints:
    """The place in YEARS of each day."""
    place: Ints = month_of_day()[day] // (MONTHS // len(YEARS))
    return place


def _with_returns(seed: int, sales: Lines) -> Lines:
    """The sales and, behind them, one order for each line that comes back later."""
    dice = Dice(seed, "returns")
    service = np.array([p.revenue in {"平台订阅", "运维服务"} for p in PRODUCTS])[sales.product]
    chosen = (dice.below(1000, len(sales.day)) < _RETURNED) & ~service
    line = np.flatnonzero(chosen)
    day = sales.day[line] + dice.between(7, 75, len(line))
    back = dice.between(1, sales.quantity[line], len(line))
    seen = np.flatnonzero(day < DAYS)
    seen = seen[np.lexsort((line[seen], day[seen]))]
    line = line[seen]
    returns = Lines(
        contract=sales.contract[line],
        order=sales.order[-1] + 1 + np.arange(len(line)),
        day=day[seen],
        product=sales.product[line],
        quantity=-back[seen],
        price=sales.price[line],
        returned=sales.order[line],
    )
    return joined(sales, returns)


def joined(first: Lines, second: Lines) -> Lines:
    """All lines of both, the first ones before."""
    names = Lines.__dataclass_fields__
    return Lines(*(np.concatenate((getattr(first, n), getattr(second, n))) for n in names))


def only(lines: Lines, chosen: NDArray[np.bool_] | Ints) -> Lines:
    """Some of the lines, in their order."""
    return Lines(*(getattr(lines, name)[chosen] for name in Lines.__dataclass_fields__))
