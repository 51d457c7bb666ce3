"""A verb of the grammar: how its edit is read from a clause and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.planfile.clause import Said
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.reading import Reading

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Verb(Generic[E]):
    """The words that open a clause of this kind, the edit that it is, and both ways between."""

    words: tuple[str, ...]
    edit: type[E]
    read: Callable[[Reading], E]
    say: Callable[[E, Measures], Said]
