"""The kinds of facts as formulas see them: which columns there are, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.measures.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.measures.expression import Column

Held = Quantity | Literal["text", "day"]


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of facts and its columns. ``date`` is the day on which a row counts.

    ``members`` are the columns that a register tells more about: customer → the kind customers.
    """

    code: str
    columns: Mapping[str, Held]
    members: Mapping[str, str] = field(default_factory=dict)


def held(column: Column, sources: Mapping[str, Source]) -> Held | None:
    """What a column holds; None where there is none."""
    source = sources[column.source]
    if column.through:
        register = sources.get(source.members.get(column.through, ""))
        return register.columns.get(column.name) if register else None
    return source.columns.get(column.name)
