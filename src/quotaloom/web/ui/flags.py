"""Options of the command, as a page calls them: sentences name flags, pages have fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

FIELDS: Final[dict[str, Promise]] = {
    "alias": _("Names that mean another"),
    "amount": _("Amount column"),
    "basis-years": _("Years of history"),
    "bound": _("Lowest and highest"),
    "by": _("Break down by"),
    "date": _("Date column"),
    "decimal-mark": _("Decimal mark"),
    "fill-down": _("Repeat merged cells downwards"),
    "fiscal-start": _("First month of the fiscal year"),
    "fix": _("Totals to meet exactly"),
    "growth-max": _("Nobody grows by more than"),
    "header-row": _("Header row"),
    "hidden-rows": _("Hidden rows in the file"),
    "hold": _("Numbers already agreed"),
    "roster": _("Who is there next year (leavers, successors, new members)"),
    "seasonality": _("Seasonality"),
    "sheet": _("Sheet"),
    "subtotals": _("Subtotal rows in the file"),
    "time": _("Periods"),
    "total": _("Total of the year"),
    "unit": _("Round every cell to"),
    "where": _("Use only rows where"),
    "year": _("Year"),
}
_FLAG: Final = re.compile(r"--([a-z]+(?:-[a-z]+)*)")


def as_fields(text: str) -> str:
    """The text with every known flag as the field's label in quotes."""
    return _FLAG.sub(lambda found: _quoted(found[1], found[0]), text)


def _quoted(flag: str, said: str) -> str:
    return f"「{FIELDS[flag]}」" if flag in FIELDS else said
