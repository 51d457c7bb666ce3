"""Products: mix, price and margin, and why the sales of the period differ from a year before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.attainment.effects import Sold, effects
from quotaloom.core.model.money import FACT_SCALE, MINOR
from quotaloom.cycle.cockpit.lens import tiles

if TYPE_CHECKING:
    from quotaloom.core.attainment.effects import Effects
    from quotaloom.cycle.cockpit.lens import Figures, Lens, Source, Tile

TILES: Final = (
    "ordered_net",
    "quantity",
    "average_price",
    "margin",
    "margin_rate",
    "product_mix",
)
FIGURES: Final = ("ordered_net", "ordered_net.share", "quantity", "average_price")
MARGINS: Final = ("margin", "margin.share", "margin_rate")
PRICED: Final = "average_price"
COUNTED: Final = ("quantity", "ordered_net", "uncounted")
MOST: Final = 10
FINE: Final = 10**FACT_SCALE // MINOR  # of which a 分 is
NOTHING: Final = Sold(0, 0)


@dataclass(frozen=True, slots=True)
class Good:
    """A product or a line of them: its figures, and those of the same days a year before."""

    name: str
    now: Figures
    ago: Figures


@dataclass(frozen=True, slots=True)
class Products:
    """The figures of all, of the lines and of the largest products, the largest first.

    ``prices`` are the mean prices of the lines by month (label → name → price). ``effects`` is
    None where no product tells how many were sold.
    """

    tiles: tuple[Tile, ...]
    lines: tuple[Good, ...]
    top: tuple[Good, ...]
    prices: dict[str, dict[str, int | None]]
    effects: Effects | None


def products(source: Source, lens: Lens) -> Products:
    """What was sold in a period, by product."""
    goods = _goods(source, lens, "product")
    lines = _goods(source, lens, "product_line")
    return Products(
        tiles(source, lens, TILES),
        tuple(one for one in lines if one.now["ordered_net"]),
        tuple(one for one in goods if one.now["ordered_net"])[:MOST],
        _prices(source, lens),
        _effects(source, lens),
    )


def _goods(source: Source, lens: Lens, by: str) -> tuple[Good, ...]:
    """The members of a column in either year, by what they brought in this one."""
    codes = FIGURES + MARGINS
    now, ago = (source.grouped(one, codes, (by,)) for one in (lens, lens.ago()))
    none: Figures = dict.fromkeys(codes)
    found = [Good(key[0], now.get(key, none), ago.get(key, none)) for key in {**now, **ago}]
    return tuple(sorted(found, key=lambda one: (-(one.now["ordered_net"] or 0), one.name)))


def _prices(source: Source, lens: Lens) -> dict[str, dict[str, int | None]]:
    """The mean price of each line, month by month; nothing within a single month."""
    if lens.span.kind == "month":
        return {}
    months = source.monthly(lens, (PRICED,), ("product_line",))
    return {
        label: {name: told[PRICED] for (name,), told in found.items()}
        for label, found in months.items()
    }


def _effects(source: Source, lens: Lens) -> Effects | None:
    """Volume, mix and price; None where no product tells quantities, which are their ground."""
    before, after = _sold(source, lens.ago()), _sold(source, lens)
    names = {**before, **after}
    pairs = [(before.get(name, NOTHING), after.get(name, NOTHING)) for name in names]
    told = [(old, now) for old, now in pairs if not old.uncounted and not now.uncounted]
    if not any(old.quantity or now.quantity for old, now in told):
        return None
    return effects(pairs, FINE)


def _sold(source: Source, lens: Lens) -> dict[str, Sold]:
    """What was sold by product, amounts as facts keep them: they are rounded once, at the end."""
    found = source.grouped(lens, COUNTED, ("product",), is_fine=True)
    return {name: Sold(*(told[code] or 0 for code in COUNTED)) for (name,), told in found.items()}
