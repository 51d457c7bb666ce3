"""How an uploaded file is to be read: its kind, its sheet, how it meets what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.data.kept import APPEND, BY_KEY, LEAVE, REPLACE
from quotaloom.web.data.words import kind_word
from quotaloom.web.ui.table_form import HIDDEN, TableForm
from quotaloom.web.ui.templatetags.ql import said

if TYPE_CHECKING:
    from collections.abc import Sequence

MODES: Final = (
    (BY_KEY, _("Update by the key, add what is new")),
    (APPEND, _("Only add")),
    (REPLACE, _("Take the place of a whole period")),
)
FAULTY: Final = (
    ("", _("Refuse the whole file")),
    (LEAVE, _("Leave them out, import the valid rows only")),
)
SUMS: Final = (("", _("Ask me")), ("drop", _("Leave them out")))
ORDERS: Final = (
    ("", _("found by itself")),
    ("dmy", _("day, month, year")),
    ("mdy", _("month, day, year")),
)
MARKS: Final = ((".", _("a point")), (",", _("a comma")))
FOLDED: Final = ("hidden_rows", "fill_down", "subtotals", "date_order", "decimal_mark")


class ReadingForm(TableForm):
    """The settings of one upload; ``sheets`` are those of its workbook."""

    field_order = ("dataset",)
    dataset = forms.ChoiceField(label=_("Kind of facts"))
    mode = forms.ChoiceField(label=_("How it meets what is there"), choices=MODES)
    period = forms.CharField(
        label=_("Period, such as 2026-03 or 2026Q1"), max_length=20, required=False
    )
    source = forms.CharField(
        label=_("Source, such as ERP or CRM: columns are remembered for it"),
        max_length=40,
        required=False,
    )
    faulty = forms.ChoiceField(label=_("Rows with mistakes"), choices=FAULTY, required=False)
    hidden_rows = forms.ChoiceField(label=_("Hidden rows"), choices=HIDDEN, required=False)
    fill_down = forms.BooleanField(label=_("Fill merged cells down"), required=False)
    subtotals = forms.ChoiceField(
        label=_("Rows that are sums of others"), choices=SUMS, required=False
    )
    date_order = forms.ChoiceField(label=_("03/04/2026 means"), choices=ORDERS, required=False)
    decimal_mark = forms.ChoiceField(label=_("Decimal mark"), choices=MARKS, required=False)

    def __init__(self, *given: Any, sheets: Sequence[str], **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, sheets=sheets, **named)
        kinds = [(name, kind_word(kind)) for name, kind in KINDS.items()]
        self.fields["dataset"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    def plain(self) -> list[forms.BoundField]:
        """The questions that every file is asked."""
        return [self[name] for name in self.fields if name not in FOLDED]

    def folded(self) -> list[forms.BoundField]:
        """The questions that few files are asked."""
        return [self[name] for name in FOLDED]

    def clean(self) -> dict[str, Any]:
        """A replacement names its period."""
        told = super().clean() or {}
        if told.get("mode") == REPLACE:
            try:
                parse_period(told.get("period", ""), FiscalCalendar())
            except QuotaLoomError as refusal:
                self.add_error("period", " ".join(map(said, refusal.findings)))
        return told
