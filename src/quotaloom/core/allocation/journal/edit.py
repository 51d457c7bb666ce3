"""The edits of a plan: what people ask for, in the words that the journal keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Literal

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import HoldKind
    from quotaloom.core.numeric.spread_wish import Operation, Scope

GRAMMAR: Final = 1
OnZero = Literal["equal", "refuse"]
Keep = Literal["roll_up", "hold_parent"]
Place = Literal["", "first", "last"]


@dataclass(frozen=True, slots=True)
class Method:
    """How a total becomes cells. ``name`` is an identifier of docs/algorithms.

    ``references``: slices or names of read-only figures, one for ``by_reference``, several for
    ``blend``. ``weights``: typed ones, or the ``mix`` of a blend, or a ``pattern`` over periods;
    ``place`` gives all of a pattern to its first or last part. ``rate``: 1/10 is ten percent.
    """

    name: str = "proportional"
    operation: Operation = "replace"
    scope: Scope = "all"
    on_zero: OnZero = "equal"
    references: tuple[Slice | str, ...] = ()
    weights: tuple[Fraction, ...] = ()
    rate: Fraction | None = None
    end: int | None = None
    place: Place = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A slice and the figure that its cells shall add up to, in units of its measure."""

    at: Slice
    amount: int


@dataclass(frozen=True, slots=True)
class Set:
    """Totals wished for, all of them or none; ``exclude`` leaves cells out of the spreading.

    With ``hold_parent`` the siblings along the axis ``along`` ("" is time) absorb the difference.
    """

    verb: ClassVar[str] = "set"
    wishes: tuple[Wish, ...]
    method: Method = field(default_factory=Method)
    keep: Keep = "roll_up"
    along: str = ""
    exclude: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """One slice by a method that itself says how much: repeat, straight_line, growth, copy."""

    verb: ClassVar[str] = "spread"
    at: Slice
    method: Method
    amount: int | None = None
    exclude: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """A slice raised or lowered by a rate; what comes out is rounded to the unit."""

    verb: ClassVar[str] = "scale"
    at: Slice
    rate: Fraction


@dataclass(frozen=True, slots=True)
class HoldEdit:
    """Keep cells, or a total, out of what other edits move, until a day (exclusive)."""

    verb: ClassVar[str] = "hold"
    at: Slice
    kind: HoldKind = "cells"
    owner: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """Lift the hold, or the bound, that an earlier edit set."""

    verb: ClassVar[str] = "release"
    seq: int


@dataclass(frozen=True, slots=True)
class BoundEdit:
    """Keep the sum of a slice in ``[low, high]``, in units."""

    verb: ClassVar[str] = "bound"
    at: Slice
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Fix:
    """Several totals at once, solved for together; the total of ``within`` stays as it is."""

    verb: ClassVar[str] = "fix"
    wishes: tuple[Wish, ...]
    within: Slice | None = None


@dataclass(frozen=True, slots=True)
class Calibrate:
    """The children of a slice along each axis ("" is time) made what they are in a reference.

    The cells keep as near to what they hold as that allows. ``reference`` names another measure or
    layer, whose totals are read at the same places.
    """

    verb: ClassVar[str] = "calibrate"
    at: Slice
    reference: Slice
    along: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconcile:
    """A slice as the weighted mean of others, such as 折中 between 下达 and 上报, cell by cell."""

    verb: ClassVar[str] = "reconcile"
    at: Slice
    references: tuple[Slice, ...]
    weights: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a slice; the text lies beside the journal, under this digest."""

    verb: ClassVar[str] = "note"
    at: Slice
    digest: str


@dataclass(frozen=True, slots=True)
class Review:
    """A step of the approval of a slice: submit, accept or return."""

    verb: ClassVar[str] = "review"
    at: Slice
    step: Literal["submit", "accept", "return"]


@dataclass(frozen=True, slots=True)
class Elapse:
    """The periods up to this one, by its label, are over: from now on their figures are locked."""

    verb: ClassVar[str] = "elapse"
    period: str


@dataclass(frozen=True, slots=True)
class EditionEdit:
    """The plan was released as it stood: under this number, in force from a period on.

    ``digest`` is that of the edition's cells. Such an edit is never taken back.
    """

    verb: ClassVar[str] = "edition"
    number: int
    period: str
    digest: str


@dataclass(frozen=True, slots=True)
class Revert:
    """Take one earlier edit back, where nothing has touched its cells since."""

    verb: ClassVar[str] = "revert"
    seq: int


@dataclass(frozen=True, slots=True)
class Open:
    """A new member under a parent.

    Its cells open beside each combination of the other axes that ``like`` has, or its parent;
    ``has_cells`` is False for a member that shall only hold others.
    """

    verb: ClassVar[str] = "open"
    axis: str
    member: str
    parent: str
    name: str = ""
    start: date | None = None
    like: str = ""
    has_cells: bool = True


@dataclass(frozen=True, slots=True)
class Close:
    """A member that ends on a day; what it still carries from then on goes ``to`` another."""

    verb: ClassVar[str] = "close"
    axis: str
    member: str
    start: date
    to: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A member under another parent from a day on."""

    verb: ClassVar[str] = "move"
    axis: str
    member: str
    parent: str
    start: date


@dataclass(frozen=True, slots=True)
class Rename:
    """A member under another name from a day on."""

    verb: ClassVar[str] = "rename"
    axis: str
    member: str
    name: str
    start: date


@dataclass(frozen=True, slots=True)
class Split:
    """A member that becomes several from a day on: (id, name, weight) each."""

    verb: ClassVar[str] = "split"
    axis: str
    member: str
    into: tuple[tuple[str, str, Fraction], ...]
    start: date


@dataclass(frozen=True, slots=True)
class Merge:
    """Members that become one, new or old, from a day on."""

    verb: ClassVar[str] = "merge"
    axis: str
    members: tuple[str, ...]
    into: str
    name: str
    start: date


CellEdit = Set | Spread | Scale | Fix | Calibrate | Reconcile
MemberEdit = Open | Close | Move | Rename | Split | Merge
RuleEdit = HoldEdit | Release | BoundEdit | Note | Review | Elapse | EditionEdit
Edit = CellEdit | MemberEdit | RuleEdit | Revert
CELL_EDITS: Final = (Set, Spread, Scale, Fix, Calibrate, Reconcile)
MEMBER_EDITS: Final = (Open, Close, Move, Rename, Split, Merge)
