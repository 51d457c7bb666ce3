"""The causes of a difference for people: by edit, by author or by verb, and as a bridge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quotaloom.web.desk.author import names_of
from quotaloom.web.desk.refusal import what

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quotaloom.cycle.plan.cause import Cause
    from quotaloom.planfile.record import Record
    from quotaloom.web.desk.hand import Hand

BARS: Final = 8  # of a bridge, between its two ends
VERBS: Final = {
    "set": gettext_lazy("Figures typed"),
    "spread": gettext_lazy("Figures spread"),
    "scale": gettext_lazy("Raised or lowered"),
    "fix": gettext_lazy("Several totals solved for"),
    "calibrate": gettext_lazy("Calibrated"),
    "reconcile": gettext_lazy("Layers brought together"),
    "revert": gettext_lazy("Taken back"),
    "open": gettext_lazy("Members opened"),
    "close": gettext_lazy("Members closed"),
    "move": gettext_lazy("Members moved"),
    "split": gettext_lazy("Members split"),
    "merge": gettext_lazy("Members merged"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A cause, or several that go together: what it is called, more words, how much, in 分."""

    name: str
    text: str
    change: int


def told(found: Sequence[Cause], hands: tuple[Hand, Hand], by: str) -> list[Told]:
    """The causes as asked: ``edit`` in their order, ``author`` or ``verb`` the largest first."""
    names = names_of(one.record.author for one in found if one.record)
    if by == "author":
        return _together(found, lambda one: names.get(one.author, one.author))
    if by == "verb":
        return _together(found, lambda one: str(VERBS.get(_verb(one), _verb(one))))
    return [_edit(one, hands, names) for one in found]


def bridge(first: int, lines: Sequence[Told]) -> list[dict[str, int | str]]:
    """The steps from one figure to the other as bars, in thousandths of their whole reach.

    Of many causes the largest are shown, the others as one.
    """
    largest = sorted(lines, key=lambda one: -abs(one.change))[: BARS - 1]
    some = list(lines) if len(lines) <= BARS else [one for one in lines if one in largest]
    rest = sum(one.change for one in lines) - sum(one.change for one in some)
    steps = [(one.name, one.change) for one in some] + ([(_("Others"), rest)] if rest else [])
    reached = [first]
    for _name, change in steps:
        reached.append(reached[-1] + change)
    low = min(reached)
    span = max(1, max(reached) - low)
    starts = zip(steps, reached, strict=False)
    return [_bar(name, at - low, change, span) for (name, change), at in starts]


def _bar(name: str, start: int, change: int, span: int) -> dict[str, int | str]:
    return {
        "name": name,
        "change": change,
        "x": min(start, start + change) * 1000 // span,
        "width": max(abs(change) * 1000 // span, 3),
        "tone": "more" if change > 0 else "less",
    }


def _together(found: Iterable[Cause], group: Callable[[Record], str]) -> list[Told]:
    sums: dict[str, list[int]] = {}
    for one in found:
        name = group(one.record) if one.record else _rest(one)
        sums.setdefault(name, []).append(one.change)
    lines = [Told(name, _count(len(changes)), sum(changes)) for name, changes in sums.items()]
    return sorted(lines, key=lambda one: -abs(one.change))


def _rest(one: Cause) -> str:
    """What is no edit by name: many small ones, or where both began."""
    if one.others:
        return _("%(count)d smaller edits") % {"count": one.others}
    return _("They began differently")


def _count(edits: int) -> str:
    return _("%(count)d edits") % {"count": edits}


def _edit(one: Cause, hands: tuple[Hand, Hand], names: dict[str, str]) -> Told:
    record = one.record
    if record is None:
        return Told(_rest(one), "", one.change)
    hand = hands[0 if one.is_before else 1]
    living = hand.seen.figures.living
    text = what(hand, living, record) if living else ""
    who = names.get(record.author, record.author)
    name = f"#{record.seq} {who}"
    if one.is_left:
        name = _("%(edit)s (in cells it wrote last)") % {"edit": name}
    if one.is_before:
        name = _("%(edit)s (in the first only)") % {"edit": name}
    return Told(name, text or _("An edit that reaches beyond your scope"), one.change)


def _verb(record: Record) -> str:
    return type(record.edit).verb
