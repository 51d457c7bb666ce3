"""A request from named values: what a config file and a Python call have in common."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import polars as pl

from quotaloom.cycle.request import DecomposeRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Kind = Literal["text", "texts", "number", "rate", "weights", "integer", "flag", "path", "paths"]

_OTHERS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("by", "tree", "join", "event", "fix", "hold", "bound"), "texts"),
    **dict.fromkeys(("where", "alias"), "texts"),
    **dict.fromkeys(("year", "fiscal_start", "cutoff_day", "basis_years", "header_row"), "integer"),
    **dict.fromkeys(("total", "unit", "growth_max"), "number"),
    "recency": "rate",
    "seasonality": "weights",
    "fill_down": "flag",
    "facts": "paths",
    "weights": "path",
    "roster": "path",
}
KINDS: Final[dict[str, Kind]] = {
    one.name: _OTHERS.get(one.name, "text") for one in fields(DecomposeRequest)
}
REQUIRED: Final = tuple(
    one.name for one in fields(DecomposeRequest) if one.default is MISSING and one.name != "facts"
)
EXAMPLES: Final[dict[Kind, str]] = {
    "text": '"…"',
    "texts": '["…", "…"]',
    "number": '"…"',
    "rate": '"0.5"',
    "weights": '"15,20,30,35"',
    "integer": "2027",
    "flag": "true",
    "path": '"….csv"',
    "paths": '["….csv", "….csv"]',
}


@dataclass(frozen=True)
class Misfit:
    """A value that its option cannot have, and how one is written."""

    name: str
    value: str
    expected: str


def request_of(values: Mapping[str, Any]) -> tuple[DecomposeRequest | None, list[Misfit]]:
    """The request, or None and every value of a wrong type.

    One text stands for a list of one; whole and exact numbers for their texts; None for what is
    not set. Names are known and the required ones are there.
    """
    read = {name: _read(KINDS[name], value) for name, value in values.items() if value is not None}
    misfits = [
        Misfit(name, _shown(values[name]), f"{name} = {EXAMPLES[KINDS[name]]}")
        for name, value in read.items()
        if value is None
    ]
    if misfits:
        return None, misfits
    return DecomposeRequest(**({"facts": ()} | read)), []


def _read(kind: Kind, value: Any) -> Any:  # noqa: ANN401 - checks what has any type
    """The value as the request holds it; None where its type is wrong."""
    return READERS[kind](value)


def _text(value: object) -> str | None:
    """A text that a command line could hold: without NUL."""
    return value if isinstance(value, str) and "\0" not in value else None


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: object) -> str | None:
    """An exact number as the text that says it; a float says no amount exactly."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return _text(value) if _integer(value) is None else str(value)


def _rate(value: object) -> str | None:
    """A rate may be a float: the shortest decimal that it shows is meant."""
    return repr(value) if isinstance(value, float) else _number(value)


def _weights(value: object) -> str | None:
    if not isinstance(value, list | tuple):
        return _number(value)
    parts = _each(_number, value)
    return ",".join(parts) if parts else None


def _path(value: object) -> Path | pl.DataFrame | None:
    if isinstance(value, pl.DataFrame):
        return value
    name = _text(str(value)) if isinstance(value, str | Path) else None
    return Path(name) if name else None


def _each(read: Callable[[Any], Any], value: object) -> tuple[Any, ...] | None:
    values = value if isinstance(value, list | tuple) else [value]
    found = tuple(read(one) for one in values)
    return None if any(one is None for one in found) else found


def _paths(value: object) -> tuple[Path, ...] | pl.DataFrame | None:
    if isinstance(value, pl.DataFrame):
        return value
    found = _each(_path, value)
    return found if found is None or all(isinstance(one, Path) for one in found) else None


READERS: Final[dict[Kind, Callable[[Any], Any]]] = {
    "text": _text,
    "texts": lambda value: _each(_text, value),
    "number": _number,
    "rate": _rate,
    "weights": _weights,
    "integer": _integer,
    "flag": _flag,
    "path": _path,
    "paths": _paths,
}


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= 60 else text[:60] + "…"
