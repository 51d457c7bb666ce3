"""Edits as people type them: names for ids, a level for its axis, the plan's own measure."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from quotaloom.core.allocation.journal.axis import undated
from quotaloom.core.allocation.journal.edit import EditionEdit, Merge, Open, Rename, Split
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.plan.days import with_days
from quotaloom.planfile.grammar import read_edits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure


def typed_edits(text: str, plan: Plan, *, file: str = "") -> tuple[Edit, ...]:
    """The edits of a text, in the ids of the plan.

    A member may be named by any name that is its alone, an axis by any of its levels. Where a
    slice names no measure or layer, the plan's first one is meant. An edit knows the members that
    those before it open. Raises DataRefused with all
    that cannot be read, UsageRefused for a name that the plan does not know.
    """
    edits = read_edits(text, measures(plan), file=file)
    if any(isinstance(edit, EditionEdit) for edit in edits):
        raise UsageRefused([error("edit.edition_by_release")])
    found = []
    for edit in edits:
        found.append(with_days(_in_ids(edit, plan), plan))
        plan = _knowing(plan, found[-1])
    return tuple(found)


def _knowing(plan: Plan, edit: Edit) -> Plan:
    """The plan with the members and names that an edit brings, for those that follow it."""
    match edit:
        case Open():
            new = [(edit.member, edit.name)]
        case Split():
            new = [(member, name) for member, name, _ in edit.into]
        case Merge():
            new = [(edit.into, edit.name)]
        case Rename():
            return plan.with_axis(plan.axis(edit.axis).renamed(edit.member, edit.name, edit.start))
        case _:
            return plan
    axis = plan.axis(edit.axis)
    for member, name in new:
        if member not in axis.places:
            axis = axis.with_member(undated(member, "", name))
    return plan.with_axis(axis)


def measures(plan: Plan) -> Mapping[str, PlanMeasure]:
    """The plan's measures by code, and the first one for a slice that names none."""
    first = next(iter(plan.measures.values()))
    return {"": first, **plan.measures}


def complete(at: Slice, plan: Plan) -> Slice:
    """The slice in ids, with its measure and layer.

    Whether the period is one comes before the names: who asks for a wrong one learns no names.
    """
    plan.period_places(at.period)
    members = []
    for header, name in at.members:
        axis = plan.axis(axis_called(header, plan))
        members.append((axis.name, axis.find(name)))
    code = at.measure or next(iter(plan.measures))
    return Slice(tuple(sorted(members)), at.period, code, at.layer or plan.layers[0])


def axis_called(header: str, plan: Plan) -> str:
    """The axis that bears the name, or has a level of it."""
    if header in plan.axis_places:
        return header
    return next((axis.name for axis in plan.axes if header in axis.levels), header)


def _in_ids(edit: Edit, plan: Plan) -> Edit:
    """The edit with every slice completed, and every member of its own named by id."""
    changed = {field.name: _value(getattr(edit, field.name), plan) for field in fields(edit)}
    if "axis" in changed:
        changed["axis"] = axis_called(str(changed["axis"]), plan)
    return replace(edit, **changed)


def _value(value: Any, plan: Plan) -> Any:  # noqa: ANN401 - a field of any edit
    if isinstance(value, Slice):
        return complete(value, plan)
    if isinstance(value, tuple):
        return tuple(_value(one, plan) for one in value)
    is_nested = hasattr(value, "__dataclass_fields__")
    if is_nested:
        inner = {field.name: _value(getattr(value, field.name), plan) for field in fields(value)}
        return replace(value, **inner)
    return value
