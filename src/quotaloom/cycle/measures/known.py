"""The dictionary of the house, and with the measures of one's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, get_args

from quotaloom.core.model.measures.definition import Group
from quotaloom.core.model.measures.dictionary import Dictionary, dictionary
from quotaloom.cycle.measures.text import read_definitions
from quotaloom.warehouse.measures.source import sources

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from quotaloom.core.model.measures.definition import Definition

OWN: Final = "measures.toml"  # in the data folder: the measures of one's own
GROUPS: Final[tuple[Group, ...]] = tuple(one for one in get_args(Group) if one != "own")


@cache
def house() -> tuple[Definition, ...]:
    """What the house tells, group by group."""
    folder = files("quotaloom.cycle.measures") / "house"
    texts = {one: (folder / f"{one}.toml").read_text(encoding="utf-8") for one in GROUPS}
    return tuple(
        one for group, text in texts.items() for one in read_definitions(text, group=group)
    )


def measures(own: str = "", *, on: date | None = None, file: str = "") -> Dictionary:
    """The measures that count on a day (None: the newest), those of one's own text among them.

    A measure of the same code and a higher version takes the place of the house's from its day on.
    Raises DataRefused with everything that is wrong.
    """
    added = read_definitions(own, group="own", file=file) if own else ()
    return dictionary((*house(), *added), sources(), on)


def measures_of(home: Path, *, on: date | None = None) -> Dictionary:
    """The measures of a data folder: the house's, and those of its ``measures.toml``."""
    path = home / OWN
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return measures(text, on=on, file=OWN)
