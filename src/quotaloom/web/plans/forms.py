"""The form of a new plan: a field a question, in groups that fold, and the request it makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.answers import misread
from quotaloom.cycle.plan.catalogue import CATALOGUE, check_measures, known
from quotaloom.web.org.roles import MEASURES
from quotaloom.web.plans.choices import OWN
from quotaloom.web.plans.columns import Columns
from quotaloom.web.plans.counted import measure_words
from quotaloom.web.plans.question import FOLDED, GROUPS, PLAIN, QUESTIONS
from quotaloom.web.plans.request import request_of
from quotaloom.web.plans.sight import sides
from quotaloom.web.ui.flags import flags_in
from quotaloom.web.ui.templatetags.ql import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms.boundfield import BoundField
    from django.utils.functional import _StrPromise as Promise

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.plans.question import Group, Question

LONGEST: Final = 20_000  # characters of all lines of a field
OWN_FIELD: Final = {"season": "profile", "unit": "own_unit"}  # where OWN is answered
LACKING: Final = {
    "season": _("Please type the shares, such as 15,20,30,35."),
    "unit": _("Please type the unit, such as 500."),
}


@dataclass(frozen=True, slots=True)
class World:
    """What the form knows beside its answers: columns, what was recognised, what may be chosen.

    ``levels`` are the columns that the plan is broken down by, as far as they are known;
    ``settled`` are answers that hold where nobody gives another, the company's own.
    """

    columns: Columns = field(default_factory=Columns)
    chosen: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    reach: frozenset[str] | None = None  # measures, None for all
    settled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fold:
    """A group of fields that is open where an answer in it is wrong or not the usual one."""

    title: Promise
    fields: tuple[BoundField, ...]
    is_open: bool


class PlanForm(forms.Form):
    """What is asked of a new plan. Texts are read by the engine, which refuses them by name."""

    def __init__(self, *given: Any, world: World | None = None, **named: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*given, **named)
        self.world = world or World()
        self.fields = {name: _field(one) for name, one in QUESTIONS.items()}
        reach = self.world.reach
        measures = [one for one in MEASURES.items() if reach is None or one[0] in reach]
        self.fields["measure"] = _choice(QUESTIONS["measure"], measures)
        self.fields["also"] = _several(QUESTIONS["also"], measures_beside(reach))
        for name, choices in self._columns().items():
            self.fields[name].widget.choices = choices

    @property
    def folds(self) -> dict[Group, Fold]:
        """The groups that fold, by their name."""
        return {group: self._fold(group, title) for group, title in FOLDED.items()}

    @property
    def plain_reading(self) -> list[BoundField]:
        """What is always asked about the files."""
        return [self[name] for name in PLAIN]

    def asked(self) -> dict[str, Any]:
        """The answers as they are kept: fields of DecomposeRequest, without the files.

        What was not answered, or not rightly, is left out: the request's own default holds.
        """
        told = {name: _told(QUESTIONS[name], self.cleaned_data.get(name)) for name in QUESTIONS}
        for name, own in OWN_FIELD.items():
            if told[name] == OWN:
                told[name] = told[own]
        told["seasonality"] = told["season"]
        return {name: value for name, value in told.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        """Own answers are there where they are chosen, and each text can be read."""
        given = super().clean() or {}
        given["measure"] = given.get("measure") or self.fields["measure"].initial
        for name, own in OWN_FIELD.items():
            if given.get(name) == OWN and not given.get(own):
                self.add_error(own, LACKING[name])
        self._check_measures(given)
        asked = {"total": "0", "year": 2027, "facts": []} | self.asked()
        self.tell(misread(request_of(asked, {})))
        return given

    def _check_measures(self, given: Mapping[str, Any]) -> None:
        """Measures that cannot stand in one plan are told at the field of the further ones."""
        codes = (given["measure"], *given.get("also", ()))
        try:
            check_measures([known(code) for code in codes])
        except QuotaLoomError as refusal:
            self.add_error("also", said(refusal.findings[0]))

    def tell(self, found: Iterable[tuple[str, Finding]]) -> None:
        """Show findings at the fields that they are about; one error a field is enough."""
        for name, finding in found:
            own = OWN_FIELD.get(name, "") if self.cleaned_data.get(name) == OWN else name
            if own not in self.errors:
                self.add_error(own, said(finding))

    def place(self, findings: Iterable[Finding]) -> None:
        """Show at its field what a job refused, where the finding names the field."""
        named = [(name.replace("-", "_"), one) for one in findings for name in flags_in(one)[:1]]
        self.tell((name, one) for name, one in named if name in self.fields)

    def _fold(self, group: Group, title: Promise) -> Fold:
        names = [one.name for one in GROUPS[group] if one.name not in PLAIN]
        is_open = any(name in self.errors or self._is_unusual(name) for name in names)
        return Fold(title, tuple(self[name] for name in names), is_open)

    def _is_unusual(self, name: str) -> bool:
        usual = self.world.settled.get(name, QUESTIONS[name].initial)
        return str(self[name].value() or "") not in {usual, ""}

    def _columns(self) -> dict[str, list[tuple[str, Any]]]:
        """What each field that names a column, or a sheet, may be answered with."""
        columns = self.world.columns
        season = QUESTIONS["season_by"].options
        return {
            "date": [self._recognised("date"), *_pairs(columns.facts)],
            "amount": [self._recognised("amount"), *_pairs(columns.facts)],
            "sheet": [("", _("The only one with data")), *_pairs(columns.sheets)],
            "weight_column": [("", _("Recognised")), *_pairs(columns.weights)],
            "season_by": [*season, *_pairs(self.world.levels)],
        }

    def _recognised(self, role: str) -> tuple[str, Any]:
        found = self.world.chosen.get(role, "")
        return "", _("Recognised: %(column)s") % {"column": found} if found else _("Please choose")


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes whose answer is kept as the lines of one text."""

    def value_from_datadict(self, data: Mapping[str, Any], _files: object, name: str) -> list[str]:
        """The lines that were kept."""
        return lines(data.get(name, ""))

    def format_value(self, value: Any) -> list[str]:  # noqa: ANN401 - as Django's own
        """What is ticked."""
        return lines(value) if isinstance(value, str) else [str(one) for one in value or ()]


class Proposing(forms.TextInput):
    """A text that may be anything, with some answers to choose from."""

    def __init__(self, question: Question, attrs: Mapping[str, str]) -> None:
        super().__init__({**attrs, "list": f"{question.name}-options"})
        self.options = question.options


def lines(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def measures_beside(reach: frozenset[str] | None) -> list[tuple[str, str]]:
    """The measures that a plan may have beside its own, of those that a maker may name."""
    codes = dict.fromkeys((*MEASURES, *CATALOGUE))
    barred = set(MEASURES) - reach if reach is not None else set()
    told = [known(code) for code in codes if not barred & {code, *sides(known(code))}]
    return [(one.code, measure_words(one)) for one in told]


def _told(question: Question, value: Any) -> Any:  # noqa: ANN401 - of the question's kind
    """The answer as the request holds it, None for none."""
    if question.kind == "lines":
        return lines(value or "")
    return value if question.kind == "flag" or value not in ("", None) else None


def _field(question: Question) -> forms.Field:
    """The field that asks a question."""
    told: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.required,
        "initial": question.initial,
    }
    looks = {"data-looks": "1"} if question.looks else {}
    if question.kind == "lines":
        area = forms.Textarea(attrs={"rows": 3 if question.name == "by" else 2, **looks})
        return forms.CharField(max_length=LONGEST, widget=area, **told)
    if question.kind == "number":
        low, high = question.span or (None, None)
        number = forms.NumberInput(attrs=looks)
        return forms.IntegerField(min_value=low, max_value=high, widget=number, **told)
    if question.kind == "choice":
        return _choice(question, question.options)
    if question.kind == "flag":
        return forms.BooleanField(widget=forms.CheckboxInput(attrs=looks), **told)
    if question.kind == "column":
        return forms.CharField(max_length=question.most, widget=forms.Select(attrs=looks), **told)
    text = Proposing(question, looks) if question.options else forms.TextInput(looks)
    return forms.CharField(max_length=question.most, widget=text, **told)


def _several(question: Question, options: Iterable[tuple[str, str]]) -> forms.Field:
    """Any number of the options."""
    return forms.MultipleChoiceField(
        label=question.label,
        help_text=question.help,
        choices=list(options),
        required=False,
        widget=Boxes,
    )


def _choice(question: Question, options: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    """A choice among options; the first holds where the question has no answer of its own."""
    offered = list(options)
    first = question.initial or next((value for value, _word in offered), "")
    attrs = {"data-looks": "1"} if question.looks else {}
    if any(value == OWN for value, _word in offered):
        attrs["data-own"] = OWN_FIELD[question.name]
    widget = forms.Select(attrs=attrs)
    return forms.ChoiceField(
        label=question.label,
        help_text=question.help,
        choices=offered,
        initial=first,
        required=False,
        widget=widget,
    )
