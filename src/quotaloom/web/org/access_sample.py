"""A small file of past orders, to try a first plan with: two years, two regions, four sellers."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "订单日期,大区,客户经理,产品线,不含税金额"
SELLERS = (("东区", "李静"), ("东区", "王磊"), ("北区", "赵敏"), ("北区", "陈晨"))
PRODUCTS = ("标准版", "专业版", "服务")


def sample_lines(last_year: int) -> Iterator[str]:
    """Lines of the file, for ``last_year`` and the year before; always the same."""
    yield "\ufeff" + HEAD + "\r\n"
    whens = product((last_year - 1, last_year), range(1, 13))
    for (year, month), (place, seller), (step, product_line) in product(
        whens, enumerate(SELLERS), enumerate(PRODUCTS)
    ):
        day = date(year, month, 3 + 5 * step + place)
        amount = 40_000 + 9_000 * place + 6_500 * step + 1_750 * ((month * 7) % 12)
        amount += 5_000 * (year - last_year + 1)
        yield f"{day},{','.join(seller)},{product_line},{amount}.00\r\n"
