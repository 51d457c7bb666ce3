"""A module's workbook, in the words and the unit of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from quotaloom.core.model.money import MINOR
from quotaloom.report.module_file import Figure, ModuleBook, Sheet
from quotaloom.warehouse.measures.evaluate import SCALES
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from quotaloom.report.module_file import Figured
    from quotaloom.web.cockpit.grid import Grid, Shown
    from quotaloom.web.cockpit.look import Look
    from quotaloom.web.ui.unit import Unit


def module_book(look: Look, shown: Shown, unit: Unit) -> ModuleBook:
    """The tiles as the first sheet, then a sheet a table."""
    tiles = [(one.head.column, [_figure(one.value, one.head.unit, unit)]) for one in shown.tiles]
    first = Sheet(_("Figures"), (_("Measure"), look.lens.span.label), tiles)
    word = unit.zh if language() == "zh" else unit.en
    return ModuleBook(
        [first, *(_sheet(one, unit) for one in shown.grids)],
        unit=_("Amounts in %(unit)s") % {"unit": word},
        decimals=unit.decimals,
        about=_("About"),
        stamps=_stamps(look, shown),
    )


def _sheet(grid: Grid, unit: Unit) -> Sheet:
    rows = [
        (one.name, [_figure(cell.value, cell.unit, unit) for cell in one.cells])
        for one in grid.lines
    ]
    return Sheet(grid.title, (grid.of, *grid.heads), rows)


def _figure(value: int | None, counts: Figured, unit: Unit) -> Figure:
    if counts == "price":
        return Figure(value, MINOR, counts)
    return Figure(value, unit.size if counts == "money" else SCALES[counts], counts)


def _stamps(look: Look, shown: Shown) -> list[tuple[str, str]]:
    told = [(_("Period"), look.lens.span.label), (_("As of"), str(look.lens.as_of))]
    told += [(one.head.name, one.head.meaning) for one in shown.tiles]
    told += [(_("Note"), one) for one in shown.messages]
    return [*told, (_("Downloaded at"), timezone.localtime().strftime("%Y-%m-%d %H:%M"))]
