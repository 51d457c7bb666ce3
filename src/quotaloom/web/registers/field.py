"""The fields of a record by name: their words, their values as JSON holds them, and back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from quotaloom.web.org.models import Member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.web.registers.models import Opportunity

FIELDS: Final = {
    "name": _("Name"),
    "customer": _("Customer"),
    "product": _("Product"),
    "seat": _("Seat"),
    "person": _("Sales person"),
    "stage": _("Stage"),
    "outcome": _("Outcome"),
    "amount": _("Amount"),
    "probability": _("Probability"),
    "begun_on": _("Begun on"),
    "expected_on": _("Expected close"),
    "closed_on": _("Closed on"),
    "competitor": _("Competitor"),
    "reason": _("Reason"),
    "note": _("Note"),
    "master": _("Kept in"),
    "is_there": _("Listed"),
    "seen_amount": _("Amount as I see it"),
    "seen_expected_on": _("Close as I see it"),
    "seen_note": _("What I see"),
}
OVERLAY: Final = ("seen_amount", "seen_expected_on", "seen_note")
DAYS: Final = frozenset({"begun_on", "expected_on", "closed_on", "seen_expected_on"})
AMOUNTS: Final = frozenset({"amount", "seen_amount"})
Values = dict[str, Any]


def plain(record: Opportunity) -> Values:
    """All fields as JSON holds them: a day as its ISO text, a seat as its code, "" for none."""
    return {name: _plain(getattr(record, name)) for name in FIELDS}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Member):
        return value.code
    return "" if value is None else value


def as_plain(values: Mapping[str, Any]) -> Values:
    """Cleaned values of a form as JSON holds them."""
    return {name: _plain(value) for name, value in values.items()}


def put(record: Opportunity, values: Mapping[str, Any], seats: Mapping[str, Member]) -> None:
    """Set fields from JSON values; ``seats`` are the members that they may name, by code."""
    for name, value in values.items():
        setattr(record, name, seats.get(value) if name == "seat" else _kept(name, value))


def _kept(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    if value != "":
        return date.fromisoformat(value) if name in DAYS else value
    return None if name in DAYS | AMOUNTS | {"probability"} else ""
