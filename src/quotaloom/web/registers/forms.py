"""Forms of a record: its fields, its close, and the overlay on one of another system."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotaloom.web.registers.amount import AmountField, typed
from quotaloom.web.registers.field import AMOUNTS, FIELDS, OVERLAY, as_plain
from quotaloom.web.registers.models import Outcome
from quotaloom.web.registers.stage import REASONS, STAGES
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.web.registers.field import Values
    from quotaloom.web.registers.models import Opportunity

HIDDEN: Final = frozenset({"seen", "known", "unit"})
SLACK: Final = timedelta(minutes=2)  # clocks of phones differ


def day_field(name: str, *, required: bool = False) -> forms.DateField:
    """A day under the word of its field."""
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=FIELDS[name], widget=widget, required=required)


class RecordForm(forms.Form):
    """What every submit tells: the position that was seen, and when it happened.

    ``known`` is the position at which others' changes of the same fields were looked at.

    ``unit`` is the unit in which the page was shown; it comes back with the form, so that another
    choice in another window changes no amount.
    """

    names: tuple[str, ...] = ()
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    known = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    unit = forms.ChoiceField(choices=[(one, one) for one in UNITS], widget=forms.HiddenInput)
    happened_at = forms.DateTimeField(
        label=_("When it happened, if not now"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *given: Any, record: Opportunity | None, unit: str, **named: Any) -> None:  # noqa: ANN401 - Django's own
        posted = given[0] if given else named.get("data")
        told = (posted or {}).get("unit", "")
        self.money = UNITS[told if told in UNITS else unit]
        super().__init__(*given, **named)
        self.initial, self.record = self._first(record, unit), record
        self.prepare()
        self.order_fields([*self.names, "happened_at"])

    def prepare(self) -> None:
        """Add what depends on the user or the record."""

    def _first(self, record: Opportunity | None, unit: str) -> dict[str, Any]:
        found: dict[str, Any] = {"seen": record.position if record else 0, "unit": unit}
        for name in self.names if record else ():
            value = getattr(record, name)
            found[name] = typed(value, self.money) if name in AMOUNTS else value
        if record and record.seat:
            found["seat"] = record.seat.code
        return found

    def clean_happened_at(self) -> datetime | None:
        """Nothing is told before it happened."""
        at: datetime | None = self.cleaned_data["happened_at"]
        if at and at > timezone.now() + SLACK:
            raise forms.ValidationError(gettext("This lies ahead of us."))
        return at

    def wishes(self) -> Values:
        """The fields as JSON holds them, once the form is valid."""
        return as_plain({name: self.cleaned_data[name] for name in self.names})

    def fields_shown(self) -> list[forms.BoundField]:
        """The fields that people fill in."""
        return [self[name] for name in self.fields if name not in HIDDEN]


class OpportunityForm(RecordForm):
    """A record that is kept here. ``seats`` are those that the user may give it to."""

    names = (
        "name",
        "customer",
        "product",
        "seat",
        "stage",
        "amount",
        "probability",
        "begun_on",
        "expected_on",
        "competitor",
        "note",
    )
    name = forms.CharField(label=FIELDS["name"], max_length=200)
    customer = forms.CharField(label=FIELDS["customer"], max_length=200, required=False)
    product = forms.ChoiceField(label=FIELDS["product"], required=False)
    seat = forms.ChoiceField(label=FIELDS["seat"])
    stage = forms.ChoiceField(label=FIELDS["stage"])
    probability = forms.IntegerField(
        label=_("Probability, %"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Blank: what is usual in the stage."),
    )
    begun_on = day_field("begun_on", required=True)
    expected_on = day_field("expected_on")
    competitor = forms.CharField(label=FIELDS["competitor"], max_length=100, required=False)
    note = forms.CharField(
        label=FIELDS["note"], max_length=10_000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own
        seats: Sequence[tuple[str, str]],
        products: Sequence[str],
        **named: Any,  # noqa: ANN401 - Django's own
    ) -> None:
        self.seats, self.products = seats, products
        super().__init__(*given, **named)

    def prepare(self) -> None:
        """The choices; what the record holds stays among them, whoever may choose it."""
        self.fields["amount"] = AmountField(unit=self.money, label=FIELDS["amount"], required=False)
        stages = [(name, one.word) for name, one in STAGES.items()]
        self._choose("stage", [*stages, *self._held("stage", STAGES)])
        products = [(one, one) for one in self.products]
        blank = [("", "—")]
        self._choose("product", [*blank, *products, *self._held("product", self.products)])
        codes = [code for code, _word in self.seats]
        many = blank if len(self.seats) != 1 else []
        self._choose("seat", [*many, *self.seats, *self._held("seat", codes)])

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def _held(self, name: str, known: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - any container
        value = self.initial.get(name) if self.initial else ""
        return [(value, value)] if value and value not in known else []

    def clean(self) -> dict[str, Any]:
        """What the stage needs is there; the end does not lie before the beginning."""
        told = super().clean() or {}
        stage = STAGES.get(told.get("stage", ""))
        for name in stage.needs if stage else ():
            if name not in self.errors and told.get(name) in (None, ""):
                words = {"stage": stage.word if stage else ""}
                self.add_error(name, gettext("The stage “%(stage)s” needs this.") % words)
        begun, expected = told.get("begun_on"), told.get("expected_on")
        if begun and expected and expected < begun:
            self.add_error("expected_on", gettext("This lies before the beginning."))
        if stage and told.get("probability") is None:
            told["probability"] = stage.probability
        return told


class CloseForm(RecordForm):
    """The end of a record: won or lost, when, and why."""

    names = ("outcome", "closed_on", "amount", "reason", "competitor")
    outcome = forms.ChoiceField(
        label=FIELDS["outcome"],
        choices=[(one.value, one.label) for one in (Outcome.WON, Outcome.LOST)],
        widget=forms.RadioSelect,
    )
    closed_on = day_field("closed_on", required=True)
    reason = forms.ChoiceField(
        label=FIELDS["reason"],
        choices=[("", "—"), *REASONS.items()],
    )
    competitor = forms.CharField(label=FIELDS["competitor"], max_length=100, required=False)

    def prepare(self) -> None:
        """The amount at which it is won."""
        self.fields["amount"] = AmountField(unit=self.money, label=FIELDS["amount"], required=False)
        self.initial["closed_on"] = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """A win has an amount; the end lies neither ahead nor before the beginning."""
        told = super().clean() or {}
        if told.get("outcome") == Outcome.WON and told.get("amount") is None:
            self.add_error("amount", gettext("What is won has an amount."))
        day, begun = told.get("closed_on"), self.record.begun_on if self.record else None
        if day and day > timezone.localdate():
            self.add_error("closed_on", gettext("This lies ahead of us."))
        if day and begun and day < begun:
            self.add_error("closed_on", gettext("This lies before the beginning."))
        return told


class OverlayForm(RecordForm):
    """How people here see a record that another system keeps."""

    names = OVERLAY
    seen_expected_on = day_field("seen_expected_on")
    seen_note = forms.CharField(
        label=FIELDS["seen_note"],
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def prepare(self) -> None:
        """The amount as it is seen."""
        self.fields["seen_amount"] = AmountField(
            unit=self.money, label=FIELDS["seen_amount"], required=False
        )
