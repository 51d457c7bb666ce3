"""What the module of products shows: mix, price and margin, and why sales changed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from quotaloom.cycle.cockpit.products import FIGURES, MARGINS, PRICED, products
from quotaloom.web.cockpit.grid import BAR, Cell, Grid, Line, Shown
from quotaloom.web.cockpit.shown import address
from quotaloom.web.cockpit.told import head, share, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from quotaloom.core.attainment.effects import Effects
    from quotaloom.cycle.cockpit.products import Good, Products
    from quotaloom.web.cockpit.look import Look

MAIN: Final = FIGURES[0]
COMPARED: Final = frozenset({MAIN, PRICED})
"""What is followed by its growth on the same days a year before."""


def products_shown(look: Look, query: QueryDict) -> Shown:
    """Lines and largest products with price and margin, prices by month, and the effects."""
    found = products(look.source, look.lens)
    grids = [
        _goods(look, query, "product_line", found.lines),
        _goods(look, query, "product", found.top),
    ]
    if found.prices:
        grids.append(_prices(look, found))
    if found.effects is not None:
        grids.insert(0, _effects(found.effects))
    none = _("Volume, mix and price are told apart once order lines hold quantities.")
    messages = () if found.effects is not None else (none,)
    return Shown(tuple(told(look.source, one) for one in found.tiles), tuple(grids), messages)


def _effects(found: Effects) -> Grid:
    """Why the sales of the period differ from those of the same days a year before."""
    parts = (
        (_("Volume: more or fewer pieces at the old mean price"), found.volume),
        (_("Mix: dearer or cheaper products among them"), found.mix),
        (_("Price: the products' own prices"), found.price),
        (_("Products without sales a year before"), found.came),
        (_("Products without sales now"), found.went),
        (_("Products without quantities, which cannot be told apart"), found.uncounted),
        (_("Change on the year before"), found.change),
    )
    lines = tuple(
        Line(name, (Cell(part, "money"), Cell(_part(part, found.change), "share")))
        for name, part in parts
    )
    heads = (_("Effect"), _("Share of the change"))
    return Grid(_("Why sales changed"), _("Cause"), heads, lines)


def _goods(look: Look, query: QueryDict, by: str, goods: Sequence[Good]) -> Grid:
    title, of = (
        (_("Product lines"), _("Product line"))
        if by == "product_line"
        else (_("Largest products"), _("Product"))
    )
    heads = [head(look.source, code) for code in FIGURES + MARGINS]
    most = max([1, *(one.now[MAIN] or 0 for one in goods)])

    def line(one: Good) -> Line:
        cells: list[Cell] = []
        for shown in heads:
            at = address(query, of=shown.code, by=by, member=one.name)
            cells.append(Cell(one.now[shown.code], shown.unit, at))
            cells += [_change(one, shown.code)] if shown.code in COMPARED else []
        return Line(one.name, tuple(cells), bar=max(one.now[MAIN] or 0, 0) * BAR // most)

    names: list[str] = []
    for shown in heads:
        names += [shown.column, _("On last year")] if shown.code in COMPARED else [shown.column]
    return Grid(title, of, tuple(names), tuple(map(line, goods)))


def _change(one: Good, code: str) -> Cell:
    """The growth on the same days a year before; none on nothing."""
    now, ago = one.now[code], one.ago[code]
    if now is None or ago is None or ago <= 0:
        return Cell(None, "share")
    return Cell(_part(now - ago, ago), "share")


def _part(part: int, whole: int) -> int | None:
    return share(Fraction(part, whole)) if whole else None


def _prices(look: Look, found: Products) -> Grid:
    """The mean price of each line, month by month."""
    of = head(look.source, PRICED)
    lines = tuple(
        Line(one.name, tuple(Cell(told.get(one.name), of.unit) for told in found.prices.values()))
        for one in found.lines
    )
    title = _("%(measure)s by month") % {"measure": of.column}
    return Grid(title, _("Product line"), tuple(found.prices), lines)
