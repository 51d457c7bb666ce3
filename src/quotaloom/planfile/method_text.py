"""How a total becomes cells, as options of set and spread; what is as usual is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from quotaloom.core.allocation.journal.edit import Method, OnZero, Place
from quotaloom.core.numeric.spread_wish import Operation, Scope
from quotaloom.planfile.number import (
    read_amount,
    read_numbers,
    read_rate,
    write_amount,
    write_number,
    write_rate,
)
from quotaloom.planfile.piece import read_name, word
from quotaloom.planfile.place_text import measure_of, read_slice, write_slice
from quotaloom.planfile.reading import one_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.planfile.number import Measures
    from quotaloom.planfile.piece import Piece
    from quotaloom.planfile.reading import Reading

_USUAL: Final = Method()
_HOW = tuple[str, Operation, Scope]
_OPERATIONS: Final[tuple[Operation, ...]] = get_args(Operation)
_PLACES: Final[tuple[Place, ...]] = ("first", "last")
_SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)


def write_method(method: Method, at: Slice, measures: Measures) -> list[tuple[str, str]]:
    """The options of a method; the end of a line counts in the measure of ``at``."""
    how = [word(method.name)]
    how += [method.operation] if method.operation != _USUAL.operation else []
    how += [method.scope] if method.scope != _USUAL.scope else []
    usual = how == [_USUAL.name]
    end = method.end
    return [
        ("method", "" if usual else ", ".join(how)),
        ("on_zero", "" if method.on_zero == _USUAL.on_zero else method.on_zero),
        *[
            ("figures", word(one)) if isinstance(one, str) else ("reference", write_slice(one))
            for one in method.references
        ],
        ("weights", ", ".join(map(write_number, method.weights))),
        ("rate", "" if method.rate is None else write_rate(method.rate)),
        ("end", "" if end is None else write_amount(end, measure_of(at, measures))),
        ("place", method.place),
    ]


def read_method(reading: Reading, at: Slice) -> Method:
    """The method that the options of a clause give."""
    name, operation, scope = reading.option(
        "method", _read_how, (_USUAL.name, _USUAL.operation, _USUAL.scope)
    )
    return Method(
        name,
        operation,
        scope,
        reading.option("on_zero", one_of(get_args(OnZero)), _USUAL.on_zero),
        reading.every(_REFERENCE, ""),
        reading.option("weights", read_numbers, ()),
        reading.option("rate", read_rate, None),
        reading.option("end", _read_end(at, reading.measures), None),
        reading.option("place", one_of(_PLACES), _USUAL.place),
    )


def _read_how(piece: Piece) -> _HOW:
    """A method's name, and what it does to which cells where that is not as usual."""
    name, *rest = piece.split(",")
    operation, scope = _USUAL.operation, _USUAL.scope
    for one in rest:
        found = one_of((*_OPERATIONS, *_SCOPES))(one)
        operation = next((known for known in _OPERATIONS if known == found), operation)
        scope = next((known for known in _SCOPES if known == found), scope)
    return name.name(), operation, scope


def _read_end(at: Slice, measures: Measures) -> Callable[[Piece], int]:
    return lambda piece: read_amount(piece, measure_of(at, measures))


_REFERENCE: Final[dict[str, Callable[[Piece], Slice | str]]] = {
    "reference": read_slice,
    "figures": read_name,
}
