"""Edits as JSON, a body for each verb: the fields that the grammar of plan files gives it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, ValidationError, WrapValidator

from quotaloom.web.api.edit_field import (
    MOST_EDITS,
    Day,
    MaybeDay,
    MaybeWord,
    MethodIn,
    Money,
    Number,
    Rate,
    SliceIn,
    Strict,
    Weight,
    WishIn,
    Word,
)

MOST_MEMBERS: Final = 100  # that one may be split into, or that become one
_EAST: Final = {"members": {"大区": "华东"}, "period": "2027Q2"}
_SEAT: Final = {"axis": "岗位", "member": "E1"}
_JULY: Final = "2027-07-01"


def _example(**fields: Any) -> ConfigDict:  # noqa: ANN401 - any JSON
    return ConfigDict(json_schema_extra={"examples": [fields]})


class SetIn(Strict):
    """Totals, all of them or none; the other axes and periods follow by the method."""

    model_config = _example(verb="set", wishes=[{"at": _EAST, "amount": "600000.00"}])

    verb: Literal["set"]
    wishes: list[WishIn] = Field(min_length=1, max_length=MOST_EDITS)
    method: MethodIn = Field(default_factory=MethodIn)
    keep: Literal["roll_up", "hold_parent"] = "roll_up"
    along: MaybeWord = ""
    exclude: list[SliceIn] = Field(default_factory=list, max_length=MOST_EDITS)


class SpreadIn(Strict):
    """A slice by a method that itself says how much; of the whole plan where none is named."""

    model_config = _example(verb="spread", at=_EAST, method={"name": "percent", "rate": "105%"})

    verb: Literal["spread"]
    at: SliceIn | None = None
    amount: Money | None = None
    method: MethodIn = Field(default_factory=MethodIn)
    exclude: list[SliceIn] = Field(default_factory=list, max_length=MOST_EDITS)


class ScaleIn(Strict):
    """A slice raised or lowered by a rate."""

    model_config = _example(verb="scale", at=_EAST, rate="+10%")

    verb: Literal["scale"]
    at: SliceIn | None = None
    rate: Rate


class FixIn(Strict):
    """Several totals at once, solved for together; the total of ``within`` stays."""

    model_config = _example(
        verb="fix", wishes=[{"at": _EAST, "amount": 10_000_000}], within={"period": "2027Q2"}
    )

    verb: Literal["fix"]
    wishes: list[WishIn] = Field(min_length=1, max_length=MOST_EDITS)
    within: SliceIn | None = None


class CalibrateIn(Strict):
    """A slice made to agree with another measure or layer along axes; ``*`` is time."""

    model_config = _example(
        verb="calibrate", at={"layer": "issued"}, reference={"layer": "submitted"}, along=["*"]
    )

    verb: Literal["calibrate"]
    at: SliceIn | None = None
    reference: SliceIn
    along: list[Word] = Field(min_length=1, max_length=20)


class ReconcileIn(Strict):
    """A slice as the weighted mean of others, such as 折中 between 下达 and 上报."""

    model_config = _example(
        verb="reconcile",
        at={"layer": "proposed"},
        references=[{"layer": "issued"}, {"layer": "submitted"}],
        weights=["60", "40"],
    )

    verb: Literal["reconcile"]
    at: SliceIn | None = None
    references: list[SliceIn] = Field(min_length=1, max_length=20)
    weights: list[Weight] = Field(default_factory=list, max_length=20)


class BoundIn(Strict):
    """The lowest and the highest of a slice."""

    model_config = _example(verb="bound", at=_EAST, low=1_000_000)

    verb: Literal["bound"]
    at: SliceIn | None = None
    low: Money | None = None
    high: Money | None = None


class HoldIn(Strict):
    """Cells, or a total, that no edit moves, until a day."""

    model_config = _example(verb="hold", at=_EAST, kind="total", until="2027-03-01")

    verb: Literal["hold"]
    at: SliceIn | None = None
    kind: Literal["cells", "total"] = "cells"
    until: MaybeDay = ""


class LiftIn(Strict):
    """A hold or bound that is lifted, or an edit that is taken back, by its number."""

    model_config = _example(verb="revert", edit=1)

    verb: Literal["release", "revert"]
    edit: Number = 0


class ReviewIn(Strict):
    """A step of the approval of a slice."""

    model_config = _example(verb="submit", at={"members": {"大区": "华东"}})

    verb: Literal["submit", "accept", "return"]
    at: SliceIn | None = None


class NoteIn(Strict):
    """A remark on a slice: the journal keeps the digest of its text, the text lies beside."""

    model_config = _example(verb="note", at=_EAST, text="大客户续约待定")

    verb: Literal["note"]
    at: SliceIn | None = None
    text: Annotated[str, Field(min_length=1, max_length=500)]


class ElapseIn(Strict):
    """The periods up to this one are over: their figures are locked."""

    model_config = _example(verb="elapse", period="2027-01")

    verb: Literal["elapse"]
    period: Word


class OpenIn(Strict):
    """A new member under a parent, on top without one; its cells open as those of ``like``."""

    model_config = _example(
        verb="open",
        axis="岗位",
        member="E9",
        parent="江苏",
        name="苏北组",
        like="E1",
        **{"from": _JULY},
    )

    verb: Literal["open"]
    axis: Word
    member: Word
    parent: Word | None = None
    name: MaybeWord = ""
    start: Day | None = Field(None, alias="from")
    like: MaybeWord = ""


class RetireIn(Strict):
    """A member that ends on a day; what it carries from then on goes to another."""

    model_config = _example(verb="close", **_SEAT, to="E2", **{"from": _JULY})

    verb: Literal["close"]
    axis: Word
    member: Word
    start: Day = Field(alias="from")
    to: MaybeWord = ""


class MoveIn(Strict):
    """A member under another parent from a day on; null is the top."""

    model_config = _example(verb="move", **_SEAT, parent="浙江", **{"from": _JULY})

    verb: Literal["move"]
    axis: Word
    member: Word
    parent: Word | None
    start: Day = Field(alias="from")


class RenameIn(Strict):
    """A member under another name from a day on."""

    model_config = _example(verb="rename", **_SEAT, name="江苏一部", **{"from": _JULY})

    verb: Literal["rename"]
    axis: Word
    member: Word
    name: Word
    start: Day = Field(alias="from")


class PartIn(Strict):
    """One of those that a member becomes, and how much of its figures goes there."""

    member: Word
    name: MaybeWord = ""
    weight: Weight


class SplitIn(Strict):
    """A member that becomes several from a day on."""

    model_config = _example(
        verb="split",
        **_SEAT,
        into=[{"member": "E11", "name": "苏南", "weight": "60"}, {"member": "E12", "weight": "40"}],
        **{"from": _JULY},
    )

    verb: Literal["split"]
    axis: Word
    member: Word
    into: list[PartIn] = Field(min_length=2, max_length=MOST_MEMBERS)
    start: Day = Field(alias="from")


class MergeIn(Strict):
    """Members that become one, new or old, from a day on."""

    model_config = _example(
        verb="merge", axis="岗位", members=["E1", "E2"], into="E3", name="江浙", **{"from": _JULY}
    )

    verb: Literal["merge"]
    axis: Word
    members: list[Word] = Field(min_length=1, max_length=MOST_MEMBERS)
    into: Word
    name: MaybeWord = ""
    start: Day = Field(alias="from")


def _by_verb(value: Any, read: Any) -> Any:  # noqa: ANN401 - what pydantic hands over
    """The body of its verb; a fault stands at its field, without the verb on the way there."""
    try:
        return read(value)
    except ValidationError as refused:
        faults: list[Any] = [
            {
                "type": one["type"],
                "loc": one["loc"][1:] or ("verb",),
                "input": one["input"],
                "ctx": one.get("ctx", {}),
            }
            for one in refused.errors()
        ]
        raise ValidationError.from_exception_data("edit", faults) from None


CellIn = SetIn | SpreadIn | ScaleIn | FixIn | CalibrateIn | ReconcileIn
RuleIn = BoundIn | HoldIn | LiftIn | ReviewIn | NoteIn | ElapseIn
MemberIn = OpenIn | RetireIn | MoveIn | RenameIn | SplitIn | MergeIn
EditIn = Annotated[CellIn | RuleIn | MemberIn, Field(discriminator="verb"), WrapValidator(_by_verb)]


class EditsIn(Strict):
    """Edits, all of them or none: as JSON, or as text in the grammar of plan files."""

    edits: list[EditIn] = Field(default_factory=list, max_length=MOST_EDITS)
    text: Annotated[str, Field(max_length=100_000)] = ""
    reason: Annotated[str, Field(max_length=500)] = ""
    seen: Number | None = None
