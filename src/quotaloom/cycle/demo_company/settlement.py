"""What follows a contract of the demo company: acceptance and receipts, in stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.cycle.demo_company.dice import Dice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.cycle.demo_company.lines import Lines

    Ints = NDArray[np.int64]

_SMALL: Final = 5_000_000  # 分; up to here a contract is accepted and paid at once
_ACCEPTED: Final = ((40, "到货验收"), (40, "初验"), (20, "终验"))
_PAID: Final = ((30, "预付款"), (60, "验收款"), (10, "质保金"))
_UNPAID: Final = 3  # per cent of the larger contracts never pay after the advance
ACCEPTANCE: Final = ("一次验收", *(name for _, name in _ACCEPTED))  # by stage + 1
RECEIPT: Final = ("一次付清", *(name for _, name in _PAID))


@dataclass(frozen=True, slots=True)
class Stages:
    """Parts of contracts: the amount with VAT in 分, the day, and which stage (-1: all at once)."""

    contract: Ints
    day: Ints
    amount: Ints
    stage: Ints


def sums(values: Ints, groups: Ints, count: int) -> Ints:
    """The sum of the values of each group ``0..count-1``, in whole numbers."""
    found = np.zeros(count, dtype=np.int64)
    np.add.at(found, groups, values)
    return found


def accept(seed: int, lines: Lines, contracts: int) -> Stages:
    """Acceptance after the last order, of what was not sent back in the end."""
    dice = Dice(seed, "acceptance")
    lag = dice.between(8, 60, contracts)
    gaps = np.stack((lag, dice.between(15, 80, contracts), dice.between(20, 120, contracts)))
    days = _last_order(lines, contracts) + np.cumsum(gaps, axis=0)
    return _in_stages(sums(lines.gross, lines.contract, contracts), days, _ACCEPTED)


def collect(seed: int, lines: Lines, contracts: int, accepted: Stages) -> Stages:
    """Receipts: an advance, the bulk after the last acceptance, the retention a year later."""
    dice = Dice(seed, "receipts")
    total = sums(lines.gross, lines.contract, contracts)
    done = _last_order(lines, contracts)
    np.maximum.at(done, accepted.contract, accepted.day)
    bulk = done + dice.between(10, 95, contracts)
    advance = _last_order(lines, contracts) + dice.between(3, 20, contracts)
    days = np.stack((np.where(total < _SMALL, bulk, advance), bulk, bulk + 365))
    paid = _in_stages(total, days, _PAID)
    lost = (dice.below(100, contracts) < _UNPAID)[paid.contract] & (paid.stage > 0)
    return _only(paid, ~lost)


def until(stages: Stages, day: int) -> Stages:
    """Those up to and with a day, by day, contract and stage."""
    seen = np.flatnonzero(stages.day <= day)
    return _only(
        stages, seen[np.lexsort((stages.stage[seen], stages.contract[seen], stages.day[seen]))]
    )


def _last_order(lines: Lines, contracts: int) -> Ints:
    last = np.zeros(contracts, dtype=np.int64)
    sold = lines.returned < 0
    np.maximum.at(last, lines.contract[sold], lines.day[sold])
    return last


def _in_stages(total: Ints, days: Ints, plan: tuple[tuple[int, str], ...]) -> Stages:
    """Parts by per cent, the last takes the rest; small totals are one part on the first day."""
    parts = np.stack([total * share // 100 for share, _ in plan])
    parts[-1] = total - parts[:-1].sum(axis=0)
    small = total < _SMALL
    parts[0, small], parts[1:, small] = total[small], 0
    stage, contract = np.nonzero(parts > 0)
    numbers = np.where(small[contract], -1, stage)
    return Stages(contract, days[stage, contract], parts[stage, contract], numbers)


def _only(stages: Stages, chosen: NDArray[np.bool_] | Ints) -> Stages:
    return Stages(*(getattr(stages, name)[chosen] for name in Stages.__dataclass_fields__))
