"""A row of imported facts as the values of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.warehouse.tables.column import RATE_SCALE
from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Axis, Kind, Member, MemberDetail, Occupancy
from quotaloom.web.registers.field import as_plain
from quotaloom.web.registers.models import Outcome
from quotaloom.web.registers.rows import FINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.web.registers.field import Values

WON: Final = frozenset({"won", "赢单", "成交"})
LOST: Final = frozenset({"lost", "输单", "丢单"})
UNITS: Final = ("team", "department", "region")  # from the narrowest on
TEXTS: Final = {"name": 200, "customer": 200, "product": 200, "stage": 80, "person": 100}
MORE_TEXTS: Final = {"competitor": 100, "reason": 100, "note": 10_000}


class Places:
    """The members of today by every text that may name them."""

    def __init__(self) -> None:
        today = timezone.localdate()
        named = MemberDetail.objects.filter(in_force(today), member__axis=Axis.ORG)
        self.members: dict[str, Member] = {}
        for detail in named.select_related("member").order_by("member__code"):
            self.members.setdefault(detail.name, detail.member)
        self.members |= {one.code: one for one in Member.objects.filter(axis=Axis.ORG)}
        held = Occupancy.objects.filter(in_force(today), seat__kind=Kind.SEAT)
        held = held.select_related("seat", "person").order_by("share", "seat__code")
        self.seats = {one.person.name: one.seat for one in held}
        self.holders = {one.seat.pk: one.person.name for one in held}

    def of(self, row: Mapping[str, Any]) -> Member | None:
        """Whose a row is: the seat that it names, that of its person, or the narrowest unit."""
        named = self.members.get(row["seat"] or "") or self.seats.get(row["person"] or "")
        units = (self.members.get(row[one] or "") for one in UNITS)
        return named or next(filter(None, units), None)


def values_of(row: Mapping[str, Any], places: Places) -> Values:
    """The fields of a record as JSON holds them. Amounts are rounded to the 分."""
    place = places.of(row)
    texts = {name: _text(row[name], most) for name, most in (TEXTS | MORE_TEXTS).items()}
    days = {"begun_on": row["date"], "expected_on": row["expected"], "closed_on": row["closed"]}
    return (
        texts
        | as_plain(days)
        | {
            "name": texts["name"] or row["opportunity"][: TEXTS["name"]],
            "seat": place.code if place else "",
            "person": texts["person"] or (places.holders.get(place.pk, "") if place else ""),
            "outcome": _outcome(row),
            "amount": _rounded(row["amount"], 1, FINE),
            "probability": _rounded(row["probability"], 100, RATE_SCALE),
        }
    )


def _outcome(row: Mapping[str, Any]) -> str:
    """As it is told, else by the stage, as measures read it."""
    if row["outcome"]:
        return str(row["outcome"])
    stage = (row["stage"] or "").lower()
    if stage in WON:
        return Outcome.WON.value
    return Outcome.LOST.value if stage in LOST else Outcome.OPEN.value


def _text(value: str | None, most: int) -> str:
    return "" if value in (None, UNASSIGNED) else str(value)[:most]


def _rounded(value: int | None, times: int, scale: int) -> int | str:
    """``value`` × ``times`` ÷ ``scale``, half away from zero; "" for none."""
    return "" if value is None else (value * times * 2 + scale) // (2 * scale)
