"""A whole plan as bytes: opened again without replaying what made it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quotaloom.core.allocation.journal.axis import ALWAYS, Axis, Member
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import Bound, Hold, Plan, PlanMeasure
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.periods import Period
from quotaloom.planfile.figures import Figures
from quotaloom.planfile.pack import UNREADABLE, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.allocation.journal.axis import Dated

Told = list[Any]


def write_checkpoint(plan: Plan) -> bytes:
    """The bytes of a plan: equal plans have equal bytes, wherever they are written."""
    head, arrays = Figures(plan.rows, plan.columns, plan.references).laid()
    head |= {
        "axes": [
            [axis.name, axis.levels, list(map(_tell_member, axis.members)), *_tell_over(axis)]
            for axis in plan.axes
        ],
        "periods": [
            [p.kind, p.year, p.index, p.label, _tell_day(p.start), _tell_day(p.end)]
            for p in plan.periods
        ],
        "rollups": dict(plan.rollups),
        "measures": [asdict(measure) for measure in plan.measures.values()],
        "layers": plan.layers,
        "holds": [
            [h.seq, _tell_slice(h.at), h.kind, h.owner, h.reason, _tell_day(h.until)]
            for h in plan.holds
        ],
        "bounds": [[b.seq, _tell_slice(b.at), b.low, b.high] for b in plan.bounds],
        "states": sorted([_tell_slice(at), status] for at, status in plan.states.items()),
        "elapsed": plan.elapsed,
        "reverts": sorted(plan.reverts),
        "editions": sorted(plan.editions.items()),
        "position": plan.position,
    }
    return pack(head, arrays)


def read_checkpoint(content: bytes) -> Plan:
    """The plan of its bytes; its arrays cannot be written to. DataRefused for other bytes."""
    head, arrays = unpack(content)
    try:
        return _plan(head, Figures.taken(head, arrays))
    except UNREADABLE as cause:
        raise DataRefused([error("planfile.cells_unreadable")]) from cause


def _plan(head: Mapping[str, Any], figures: Figures) -> Plan:
    measures = [PlanMeasure(**told) for told in head["measures"]]
    return Plan(
        axes=tuple(
            Axis(name, tuple(levels), tuple(map(_member, members)), _over(*over))
            for name, levels, members, *over in head["axes"]
        ),
        periods=tuple(
            Period(kind, year, index, label, _day(start), _day(end))
            for kind, year, index, label, start, end in head["periods"]
        ),
        rollups={label: tuple(above) for label, above in head["rollups"].items()},
        measures={measure.code: measure for measure in measures},
        layers=tuple(head["layers"]),
        rows=figures.rows,
        columns=figures.columns,
        references=figures.references,
        holds=tuple(
            Hold(seq, _slice(at), kind, owner, reason, _maybe_day(until))
            for seq, at, kind, owner, reason, until in head["holds"]
        ),
        bounds=tuple(Bound(seq, _slice(at), low, high) for seq, at, low, high in head["bounds"]),
        states={_slice(at): status for at, status in head["states"]},
        elapsed=head["elapsed"],
        reverts=frozenset(head["reverts"]),
        editions=dict(head.get("editions", ())),
        position=head["position"],
    )


def _tell_over(axis: Axis) -> Told:
    """The bounds of 加码, where there are any: a plan of before has none."""
    return [[[level, str(most)] for level, most in axis.over]] if axis.over else []


def _over(told: Sequence[Told] = ()) -> tuple[tuple[str, Fraction], ...]:
    return tuple((level, Fraction(most)) for level, most in told)


def _tell_member(one: Member) -> Told:
    """A member that has always been so in three words: a plan may have very many of them."""
    dated = (one.parents, one.names)
    is_still = all(len(values) == 1 and values[0][0] == ALWAYS for values in dated)
    if is_still and one == Member(one.id, *dated):
        return [one.id, one.parents[0][1], one.names[0][1]]
    days = [_tell_day(one.opened), _tell_day(one.closed)]
    return [one.id, _tell_dated(one.parents), _tell_dated(one.names), *days, one.part]


def _member(told: Told) -> Member:
    if len(told) == 3:
        return Member(told[0], ((ALWAYS, told[1]),), ((ALWAYS, told[2]),))
    id_, parents, names, opened, closed, part = told
    return Member(id_, _dated(parents), _dated(names), _day(opened), _maybe_day(closed), part)


def _tell_dated(values: tuple[Dated, ...]) -> Told:
    return [[_tell_day(day), value] for day, value in values]


def _dated(told: Told) -> tuple[Dated, ...]:
    return tuple((_day(day), value) for day, value in told)


def _tell_slice(at: Slice) -> Told:
    return [[list(key) for key in at.members], at.period, at.measure, at.layer]


def _slice(told: Told) -> Slice:
    members, *rest = told
    return Slice(tuple((axis, member) for axis, member in members), *rest)


def _tell_day(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(told: int) -> date:
    return date.fromordinal(told)


def _maybe_day(told: int | None) -> date | None:
    return None if told is None else date.fromordinal(told)
