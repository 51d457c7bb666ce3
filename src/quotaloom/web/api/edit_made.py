"""An edit of a program made an edit of a plan: members by id, amounts in units of the measure."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import DataRefused, QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import MINOR, to_units
from quotaloom.cycle.plan.days import with_days
from quotaloom.cycle.plan.typed import axis_called
from quotaloom.planfile.number import read_rate
from quotaloom.planfile.piece import ALL, Piece
from quotaloom.web.api import edit_schema as schema
from quotaloom.web.api.edit_field import SliceIn
from quotaloom.web.api.refusal import FIELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure
    from quotaloom.core.model.findings import Finding
    from quotaloom.web.api.edit_field import MethodIn, WishIn

    Make = Callable[["Making", Any], grammar.Edit]
_NOWHERE: Final = SliceIn()


class Making:
    """The plan that an edit is about, who asks, and where texts are put by.

    What cannot be made is refused with the field, below that of the edit, where it stands. Names
    of members come last: whoever asks for more that is wrong learns nothing of who is there.
    """

    def __init__(self, plan: Plan, owner: str, put_text: Callable[[str], str]) -> None:
        self.plan, self.owner, self.put_text = plan, owner, put_text
        self._unknown: list[Finding] = []

    def edit(self, asked: schema.EditIn) -> grammar.Edit:
        """The edit that a body asks for. Raises UsageRefused and DataRefused."""
        made = with_days(_MAKES[type(asked)](self, asked), self.plan)
        if self._unknown:
            raise UsageRefused(self._unknown)
        return made

    def at(self, asked: SliceIn | None, field: str = "/at") -> Slice:
        """The slice in ids, with the plan's own measure and layer where it names none."""
        told = asked or _NOWHERE
        members = [
            (axis, self.member(axis, name, f"{field}/members/{header}"))
            for header, name in told.members.items()
            for axis in (self.axis(header, f"{field}/members"),)
        ]
        code = told.measure or next(iter(self.plan.measures))
        with _field(f"{field}/measure"):
            self.plan.measure(code)
        with _field(f"{field}/period"):
            self.plan.period_places(told.period)
        layer = told.layer or self.plan.layers[0]
        with _field(f"{field}/layer"):
            self.plan.column((code, layer))
        return Slice(tuple(sorted(members)), told.period, code, layer)

    def every(self, asked: Sequence[SliceIn], field: str) -> tuple[Slice, ...]:
        """Several slices."""
        return tuple(self.at(one, f"{field}/{place}") for place, one in enumerate(asked))

    def amount(self, asked: int | str, at: Slice, field: str) -> int:
        """An amount in units of the measure: whole 分, pieces or millionths, or exact 元."""
        with _field(field):
            return _units(asked, self.plan.measure(at.measure))

    def wishes(self, asked: Sequence[WishIn]) -> tuple[grammar.Wish, ...]:
        """Slices with what each shall add up to."""
        found = []
        for place, one in enumerate(asked):
            at = self.at(one.at, f"/wishes/{place}/at")
            found.append(grammar.Wish(at, self.amount(one.amount, at, f"/wishes/{place}/amount")))
        return tuple(found)

    def method(self, asked: MethodIn, at: Slice) -> grammar.Method:
        """How a total becomes cells; the end of a line counts in the measure of ``at``."""
        end = asked.end
        return grammar.Method(
            asked.name,
            asked.operation,
            asked.scope,
            asked.on_zero,
            (*self.every(asked.references, "/method/references"), *asked.figures),
            tuple(map(Fraction, asked.weights)),
            None if asked.rate is None else read_rate(Piece(asked.rate)),
            None if end is None else self.amount(end, at, "/method/end"),
            asked.place,
        )

    def axis(self, name: str, field: str = "/axis") -> str:
        """The axis that bears the name, or has a level of it."""
        found = axis_called(name, self.plan)
        with _field(field):
            self.plan.axis(found)
        return found

    def member(self, axis: str, name: str | None, field: str) -> str:
        """The id of a member that is there, "" for none."""
        if not name:
            return ""
        try:
            with _field(field):
                return self.plan.axis(axis).find(name)
        except UsageRefused as unknown:
            self._unknown += unknown.findings
            return name


@contextmanager
def _field(path: str) -> Iterator[None]:
    """Says of a refusal in which field of the edit it stands."""
    try:
        yield
    except QuotaLoomError as refusal:
        told = [replace(one, params={**one.params, FIELD: path}) for one in refusal.findings]
        raise type(refusal)(told) from refusal


def _units(asked: int | str, measure: PlanMeasure) -> int:
    if isinstance(asked, int):
        return to_units(asked, measure.unit) if measure.is_money else asked
    value = Fraction(asked)
    if measure.kind == "ratio":
        raise DataRefused([error("planfile.rate_unreadable", asked)])
    if measure.is_money:
        return to_units(value * MINOR, measure.unit)
    if value.denominator != 1:
        raise DataRefused([error("planfile.no_count", asked, measure=measure.code)])
    return int(value)


def _set(making: Making, asked: schema.SetIn) -> grammar.Set:
    wishes = making.wishes(asked.wishes)
    method = making.method(asked.method, wishes[0].at)
    exclude = making.every(asked.exclude, "/exclude")
    along = asked.along and making.axis(asked.along, "/along")
    return grammar.Set(wishes, method, asked.keep, along, exclude)


def _spread(making: Making, asked: schema.SpreadIn) -> grammar.Spread:
    at = making.at(asked.at)
    amount = None if asked.amount is None else making.amount(asked.amount, at, "/amount")
    method = making.method(asked.method, at)
    return grammar.Spread(at, method, amount, making.every(asked.exclude, "/exclude"))


def _scale(making: Making, asked: schema.ScaleIn) -> grammar.Scale:
    return grammar.Scale(making.at(asked.at), read_rate(Piece(asked.rate)))


def _fix(making: Making, asked: schema.FixIn) -> grammar.Fix:
    within = None if asked.within is None else making.at(asked.within, "/within")
    return grammar.Fix(making.wishes(asked.wishes), within)


def _calibrate(making: Making, asked: schema.CalibrateIn) -> grammar.Calibrate:
    told = tuple("" if one == ALL else one for one in asked.along)
    along = tuple(one and making.axis(one, "/along") for one in told)
    reference = making.at(asked.reference, "/reference")
    return grammar.Calibrate(making.at(asked.at), reference, along)


def _reconcile(making: Making, asked: schema.ReconcileIn) -> grammar.Reconcile:
    references = making.every(asked.references, "/references")
    weights = tuple(map(Fraction, asked.weights))
    return grammar.Reconcile(making.at(asked.at), references, weights)


def _bound(making: Making, asked: schema.BoundIn) -> grammar.BoundEdit:
    at = making.at(asked.at)
    told = (("/low", asked.low), ("/high", asked.high))
    low, high = (None if one is None else making.amount(one, at, field) for field, one in told)
    return grammar.BoundEdit(at, low, high)


def _hold(making: Making, asked: schema.HoldIn) -> grammar.HoldEdit:
    return grammar.HoldEdit(making.at(asked.at), asked.kind, making.owner, asked.until or None)


def _lift(_: Making, asked: schema.LiftIn) -> grammar.Release | grammar.Revert:
    return grammar.Release(asked.edit) if asked.verb == "release" else grammar.Revert(asked.edit)


def _review(making: Making, asked: schema.ReviewIn) -> grammar.Review:
    return grammar.Review(making.at(asked.at), asked.verb)


def _note(making: Making, asked: schema.NoteIn) -> grammar.Note:
    return grammar.Note(making.at(asked.at), making.put_text(asked.text))


def _elapse(_: Making, asked: schema.ElapseIn) -> grammar.Elapse:
    return grammar.Elapse(asked.period)


def _open(making: Making, asked: schema.OpenIn) -> grammar.Open:
    axis = making.axis(asked.axis)
    parent = making.member(axis, asked.parent, "/parent")
    like = making.member(axis, asked.like, "/like")
    return grammar.Open(axis, asked.member, parent, asked.name, asked.start, like)


def _close(making: Making, asked: schema.RetireIn) -> grammar.Close:
    axis = making.axis(asked.axis)
    to = making.member(axis, asked.to, "/to")
    return grammar.Close(axis, making.member(axis, asked.member, "/member"), asked.start, to)


def _move(making: Making, asked: schema.MoveIn) -> grammar.Move:
    axis = making.axis(asked.axis)
    member = making.member(axis, asked.member, "/member")
    return grammar.Move(axis, member, making.member(axis, asked.parent, "/parent"), asked.start)


def _rename(making: Making, asked: schema.RenameIn) -> grammar.Rename:
    axis = making.axis(asked.axis)
    member = making.member(axis, asked.member, "/member")
    return grammar.Rename(axis, member, asked.name, asked.start)


def _split(making: Making, asked: schema.SplitIn) -> grammar.Split:
    axis = making.axis(asked.axis)
    member = making.member(axis, asked.member, "/member")
    into = tuple((one.member, one.name, Fraction(one.weight)) for one in asked.into)
    return grammar.Split(axis, member, into, asked.start)


def _merge(making: Making, asked: schema.MergeIn) -> grammar.Merge:
    axis = making.axis(asked.axis)
    members = tuple(
        making.member(axis, one, f"/members/{place}") for place, one in enumerate(asked.members)
    )
    return grammar.Merge(axis, members, asked.into, asked.name, asked.start)


_MAKES: Final[dict[type, Make]] = {
    schema.SetIn: _set,
    schema.SpreadIn: _spread,
    schema.ScaleIn: _scale,
    schema.FixIn: _fix,
    schema.CalibrateIn: _calibrate,
    schema.ReconcileIn: _reconcile,
    schema.BoundIn: _bound,
    schema.HoldIn: _hold,
    schema.LiftIn: _lift,
    schema.ReviewIn: _review,
    schema.NoteIn: _note,
    schema.ElapseIn: _elapse,
    schema.OpenIn: _open,
    schema.RetireIn: _close,
    schema.MoveIn: _move,
    schema.RenameIn: _rename,
    schema.SplitIn: _split,
    schema.MergeIn: _merge,
}
