"""share: where we stand among rivals, of a file that names each one's share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.amounts import Amount, read_amount
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.names import nearest_names
from quotaloom.core.numeric.concentration import Spread, spread
from quotaloom.warehouse.intake.aliases import WEIGHTS
from quotaloom.warehouse.intake.named_table import read_named

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.warehouse.intake.named_table import Line

_ROLES: Final = {
    "name": frozenset(
        {"名称", "企业", "公司", "竞争对手", "竞品", "name", "company", "competitor"}
    ),
    "share": frozenset({*WEIGHTS[0], "市场份额", "marketshare"}),
}


@dataclass(frozen=True, slots=True)
class Rivalry:
    """The shares by name, the largest first, and whose is our own ("" for nobody's)."""

    named: tuple[tuple[str, Fraction], ...]
    own: str
    spread: Spread


def share(path: Path, own: str = "") -> Rivalry:
    """Read a file of names and shares in percent.

    Raises DataRefused for a share that cannot be read, shares above 100 %, and an unknown ``own``.
    """
    faults = []
    named: list[tuple[str, Fraction]] = []
    for line in read_named(path, None, _ROLES, {"name", "share"}).lines():
        value = _share(line)
        if value is None:
            faults.append(line.fault("rivals.unreadable", "share"))
        else:
            named.append((line.cells["name"], value))
    names = [name for name, _ in named]
    if own and own not in names and not faults:
        faults.append(error("rivals.unknown", own, nearest=", ".join(nearest_names(own, names))))
    total = sum(value for _, value in named)
    if total > 100:
        faults.append(error("rivals.too_much", path.name, sum=f"{float(total):g}%"))
    if faults:
        raise DataRefused(faults)
    named.sort(key=lambda pair: (-pair[1], pair[0]))
    return Rivalry(tuple(named), own, spread([value for _, value in named]))


def _share(line: Line) -> Fraction | None:
    read = read_amount(line.cells["share"].replace("％", "%").removesuffix("%"))
    if isinstance(read, Amount) and not read.unit and read.value >= 0:
        return Fraction(read.value)
    return None
