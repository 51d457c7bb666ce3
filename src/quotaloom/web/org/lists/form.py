"""What a list's pages ask: the file and its day, then how the file is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quotaloom.web.org.lists.column import ROLES
from quotaloom.web.ui.table_form import HIDDEN, TableForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField

FOUND: Final = "?"  # for a role's column: the one that was recognised
ROLE_WORDS: Final = {
    "code": _("Member code"),
    "name": _("Member name"),
    "kind": _("Kind"),
    "grade": _("Grade"),
    "parent": _("Parent"),
    "path": _("Department path"),
    "staff_no": _("Staff number"),
    "person": _("Person"),
    "title": _("Job title"),
    "manager": _("Direct manager"),
    "share": _("Share of the seat"),
    "from": _("Effective from"),
    "to": _("Until before"),
    "holds_from": _("Holds it from"),
    "holds_to": _("Holds it until before"),
    "state": _("State"),
}
ENCODINGS: Final = (
    ("", _("found by itself")),
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030 (GBK)"),
    ("big5", "Big5"),
    ("utf-16", "UTF-16"),
)
DOUBLE: Final = (
    ("ask", _("Ask me")),
    ("share", _("A seat in each, shared equally")),
    ("first", _("Only the first department")),
)


class BringForm(forms.Form):
    """A file, and from when on it holds."""

    file = forms.FileField(label=_("File (xlsx, xls, csv)"))
    day = forms.DateField(
        label=_("Effective from"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        initial=timezone.localdate,
    )

    def clean_file(self) -> Any:  # noqa: ANN401 - an upload
        """No larger than the settings let in."""
        file = self.cleaned_data["file"]
        if file.size > settings.MOST_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is too large for this server."))
        return file


class ReadingForm(TableForm):
    """How a file is to be read, offering what was seen in it."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=ENCODINGS, required=False)
    hidden = forms.ChoiceField(label=_("Hidden rows"), choices=HIDDEN, required=False)
    double = forms.ChoiceField(
        label=_("Somebody in several departments"), choices=DOUBLE, required=False
    )

    def __init__(self, *given: Any, seen: Mapping[str, Any], **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, sheets=seen.get("sheets", ()), **named)
        if "sheet" in self.fields:  # a workbook tells its encoding itself
            del self.fields["encoding"]
        found = seen.get("columns", {}).get("roles", {})
        headers = [(one, one) for one in seen.get("headers", ())]
        for role, word in ROLE_WORDS.items():
            self.fields[f"column:{role}"] = _column(word, found.get(role, ""), headers)

    def plain(self) -> list[BoundField]:
        """The questions about the file as a whole."""
        return [self[name] for name in self.fields if ":" not in name]

    def columns(self) -> list[BoundField]:
        """The questions about columns."""
        return [self[name] for name in self.fields if ":" in name]

    def asked(self) -> dict[str, Any]:
        """The answers as a list keeps them."""
        given = self.cleaned_data
        chosen = {role: given[f"column:{role}"] or FOUND for role in ROLES}
        return {
            "sheet": given.get("sheet", ""),
            "header_row": given["header_row"],
            "encoding": given.get("encoding", ""),
            "hidden": given["hidden"] or HIDDEN[0][0],
            "double": given["double"] or DOUBLE[0][0],
            "columns": {role: header for role, header in chosen.items() if header != FOUND},
        }


def _column(word: Any, found: str, headers: list[tuple[str, str]]) -> forms.ChoiceField:  # noqa: ANN401
    """The question about one column: what was found, another, or none."""
    first = _("%(header)s (found)") % {"header": found} if found else "—"
    return forms.ChoiceField(label=word, choices=[(FOUND, first), *headers], required=False)


def answered(params: Mapping[str, Any]) -> dict[str, Any]:
    """The kept answers as the form shows them."""
    columns = {f"column:{role}": header for role, header in params.get("columns", {}).items()}
    return {**params, **columns}
