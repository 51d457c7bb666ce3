"""What every form about a table in a file asks: its sheet, and the row of its headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

HIDDEN: Final = (
    ("refuse", _("Ask me")),
    ("read", _("Read them too")),
    ("skip", _("Leave them out")),
)


class TableForm(forms.Form):
    """``sheets`` are those of the workbook; a file that has none is not asked for one."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=_("Header row"),
        min_value=1,
        max_value=999_999,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "placeholder": _("found by itself")}),
    )

    def __init__(self, *given: Any, sheets: Sequence[str], **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **named)
        choices = [("", _("the only one")), *((one, one) for one in sheets)]
        self.fields["sheet"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not sheets:
            del self.fields["sheet"]
