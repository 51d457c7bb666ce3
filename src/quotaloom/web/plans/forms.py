"""The form of a new plan: everything that a decomposition can be asked, with sensible defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from quotaloom.web.org.roles import MEASURES

if TYPE_CHECKING:
    from quotaloom.cycle.inspect import Inspection

UNITS: Final = (
    ("0.01", _("0.01 CNY")),
    ("1", _("1 CNY")),
    ("100", _("100 CNY")),
    ("1000", _("1,000 CNY")),
    ("10000", _("10,000 CNY")),
    ("100000", _("100,000 CNY")),
)
TIMES: Final = (
    ("month", _("Months")),
    ("quarter", _("Quarters")),
    ("half", _("Halves")),
    ("year", _("The year only")),
    ("week", _("Weeks")),
)
SEASONS: Final = (
    ("history", _("As in past years")),
    ("equal", _("Even")),
    ("workdays", _("By working days")),
    ("custom", _("My own shares")),
)
CHOICES: Final = {  # settings of the engine with their words; the first is the default
    "pattern": (
        _("Weeks of a quarter"),
        (("", _("Calendar months")), ("4-4-5", "4-4-5"), ("4-5-4", "4-5-4"), ("5-4-4", "5-4-4")),
    ),
    "partial_years": (
        _("First and last year that are not whole"),
        (("complete", _("Complete them by the season")), ("leave_out", _("Leave out"))),
    ),
    "on_zero_basis": (
        _("Members without history"),
        (("equal", _("Open them where a wish needs it")), ("refuse", _("Refuse"))),
    ),
    "on_negative_basis": (
        _("Members whose history is negative"),
        (("refuse", _("Refuse")), ("zero", _("Count as zero"))),
    ),
    "spring_festival": (
        _("January and February"),
        (("block", _("One block, split by working days")), ("off", _("As they were"))),
    ),
    "repeated_names": (
        _("One name under two parents"),
        (("refuse", _("Refuse")), ("separate", _("Two members"))),
    ),
}
LINES = ("by", "fix", "hold", "bound", "where", "alias")  # one text a line


def lines(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class PlanForm(forms.Form):
    """What is asked of a new plan. Texts are read by the engine, which refuses them by name."""

    name = forms.CharField(label=_("Name of the plan"), max_length=200)
    total = forms.CharField(
        label=_("Total of the year"),
        help_text=_("An amount such as 5亿 or 500000000, or on last year: +15%, 1.2x"),
        max_length=40,
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2190)
    unit = forms.ChoiceField(label=_("Round every cell to"), choices=UNITS, initial="1")
    by = forms.CharField(
        label=_("Break down by"),
        help_text=_("One hierarchy a line, its levels joined by >"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    time = forms.ChoiceField(label=_("Periods"), choices=TIMES, initial="month")
    season = forms.ChoiceField(label=_("Seasonality"), choices=SEASONS, initial="history")
    profile = forms.CharField(
        label=_("My own shares"),
        help_text=_("Shares of the quarters or months, such as 15,20,30,35"),
        max_length=200,
        required=False,
    )
    fix = forms.CharField(
        label=_("Totals to meet exactly"),
        help_text=_("One a line: 大区=华东:1.5亿 or 2027Q4:35%"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    hold = forms.CharField(
        label=_("Numbers already agreed"),
        help_text=_("One a line: 客户经理=张三:1200万"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    bound = forms.CharField(
        label=_("Lowest and highest"),
        help_text=_("One a line: 大区=西北:>=300万"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    growth_max = forms.CharField(
        label=_("Nobody grows by more than"),
        help_text=_("Such as 60%"),
        max_length=20,
        required=False,
    )
    basis_years = forms.IntegerField(
        label=_("Years of history"), min_value=1, max_value=90, initial=3
    )
    where = forms.CharField(
        label=_("Use only rows where"),
        help_text=_("Such as 状态 = '已签'"),
        max_length=2000,
        required=False,
    )
    alias = forms.CharField(
        label=_("Names that mean another"),
        help_text=_("One a line: GTXPro=GTX Pro"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    fiscal_start = forms.IntegerField(
        label=_("First month of the fiscal year"), min_value=1, max_value=12, initial=1
    )
    recency = forms.CharField(
        label=_("Weight of a year against the next"),
        help_text=_("0.5: each year back counts half; 1: all alike"),
        max_length=10,
        initial="0.5",
    )
    cutoff_day = forms.IntegerField(
        label=_("Last day of a month"),
        help_text=_("25: months run from 26 to 25; 0: they end naturally"),
        min_value=0,
        max_value=31,
        initial=0,
    )
    sheet = forms.CharField(label=_("Sheet"), max_length=200, required=False)
    header_row = forms.IntegerField(label=_("Header row"), min_value=1, required=False)
    date = forms.CharField(label=_("Date column"), max_length=200, required=False)
    amount = forms.CharField(label=_("Amount column"), max_length=200, required=False)
    subtotals = forms.ChoiceField(
        label=_("Subtotal rows in the file"),
        choices=(("", _("Ask me")), ("drop", _("Leave out"))),
        required=False,
    )
    hidden_rows = forms.ChoiceField(
        label=_("Hidden rows in the file"),
        choices=(("refuse", _("Ask me")), ("read", _("Read them")), ("skip", _("Leave out"))),
        required=False,
    )
    decimal_mark = forms.ChoiceField(
        label=_("Decimal mark"), choices=((".", "1,234.56"), (",", "1.234,56")), required=False
    )
    fill_down = forms.BooleanField(label=_("Repeat merged cells downwards"), required=False)
    roster = forms.FileField(
        label=_("Who is there next year (leavers, successors, new members)"), required=False
    )

    def __init__(  # ``reach``: measures that may be chosen, None for all
        self,
        *given: Any,  # noqa: ANN401 - Django's
        look: Inspection | None = None,
        reach: frozenset[str] | None = None,
        **named: Any,  # noqa: ANN401 - Django's
    ) -> None:
        super().__init__(*given, **named)
        measures = tuple(one for one in MEASURES.items() if reach is None or one[0] in reach)
        offered = {"measure": (_("The figures are"), measures), **CHOICES}
        self.settled = {name: choices[0][0] for name, (_word, choices) in offered.items()}
        for name, (label, choices) in offered.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, initial=self.settled[name], required=False
            )
        headers = look.look.headers if look else ()
        sheets = look.look.sheets if look else ()
        chosen = look.chosen if look else {}
        for field, role in (("date", "date"), ("amount", "amount")):
            found = chosen.get(role, "")
            word = _("Recognised: %(column)s") % {"column": found} if found else _("Please choose")
            self._choose(field, [("", word), *((one, one) for one in headers)])
        self._choose("sheet", [("", _("The only one with data")), *((one, one) for one in sheets)])

    def _choose(self, field: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[field].widget = forms.Select(choices=choices)

    def asked(self) -> dict[str, Any]:
        """The request as it is kept: fields of DecomposeRequest, without the files."""
        given = self.cleaned_data
        season = given["profile"] if given["season"] == "custom" else given["season"]
        typed = ("total", "year", "unit", "time", "basis_years", "fiscal_start", "fill_down")
        plain = (*typed, "recency", "cutoff_day")
        optional = ("growth_max", "sheet", "header_row", "date", "amount", "subtotals")
        return (
            {name: given[name] for name in plain}
            | {name: given[name] or None for name in optional}
            | {name: lines(given[name]) for name in LINES}
            | {name: given[name] or first or None for name, first in self.settled.items()}
            | {"seasonality": season, "hidden_rows": given["hidden_rows"] or "refuse"}
            | {"decimal_mark": given["decimal_mark"] or "."}
        )

    def clean(self) -> dict[str, Any]:
        """Own shares must be given where they are chosen."""
        given = super().clean() or {}
        if given.get("season") == "custom" and not given.get("profile"):
            self.add_error("profile", _("Please type the shares, such as 15,20,30,35."))
        return given
