"""What somebody wants of the organisation: one class a verb."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Open:
    """A new member under a parent in each tree of ``parents`` (None: at the top)."""

    code: str
    kind: str
    name: str
    grade: str = ""
    parents: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Close:
    """A member ends; whoever holds it leaves."""

    code: str


@dataclass(frozen=True, slots=True)
class Move:
    """A member gets another parent in one tree, or its first one there."""

    code: str
    tree: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Rename:
    """A member gets another name or grade."""

    code: str
    name: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A member becomes several. ``parts`` are (code, name); its own code may be among them.

    ``children`` and ``holders`` say which part takes a child or a person. Where the member itself
    goes on, what is not named stays with it.
    """

    code: str
    parts: tuple[tuple[str, str], ...]
    children: Mapping[str, str] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merge:
    """Members end and ``into`` takes their children, and of their holders those who ``stay``."""

    codes: tuple[str, ...]
    into: str
    stay: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Occupy:
    """A person takes a share of a seat, or changes it."""

    seat: str
    person: str
    name: str
    share: Decimal = Decimal(1)
    staff_no: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """A person leaves a seat."""

    seat: str
    person: str


Wish = Open | Close | Move | Rename | Split | Merge | Occupy | Leave
