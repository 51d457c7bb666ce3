"""A decomposition as the form and the database keep it, and as the engine wants it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from quotaloom.core.allocation.wish_text import quoted
from quotaloom.cycle.request import DecomposeRequest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEXT_LISTS = frozenset({"by", "tree", "event", "fix", "hold", "bound", "where", "alias"})


def request_of(asked: Mapping[str, Any], files: Mapping[str, Path]) -> DecomposeRequest:
    """The request of the kept form; ``files`` gives each upload's id its path.

    ``asked`` holds the fields of DecomposeRequest as JSON: lists for tuples, ids for files;
    ``joins`` has a mapping a joined file (file, left, right, alias), ``season_file`` an id.
    """
    known = {one.name for one in fields(DecomposeRequest)}
    given = {name: value for name, value in asked.items() if name in known}
    given |= {name: tuple(given[name]) for name in TEXT_LISTS & given.keys()}
    given["facts"] = tuple(files[one] for one in asked["facts"])
    given["join"] = tuple(_join(files[one["file"]], one) for one in asked.get("joins", ()))
    for name in ("weights", "roster"):
        if given.get(name):
            given[name] = files[given[name]]
    if asked.get("season_file"):
        given["seasonality"] = str(files[asked["season_file"]])
    return DecomposeRequest(**given)


def files_asked(asked: Mapping[str, Any]) -> list[str]:
    """The ids of all uploads that a kept form names."""
    single = [asked.get(name) for name in ("weights", "roster", "season_file", "potential")]
    joined = [one["file"] for one in asked.get("joins", ())]
    return [one for one in (*asked["facts"], *joined, *single) if one]


def _join(path: Path, one: Mapping[str, str]) -> str:
    keys = f"{_typed(one['left'])}={_typed(one['right'])}"
    return f"{path} on {keys} as {_typed(one['alias'])}"


def _typed(name: str) -> str:
    """A name as ``--join`` reads it: in quotes, too, where a blank could end it."""
    if any(sign.isspace() for sign in name) and quoted(name) == name:
        return f'"{name}"'
    return quoted(name)
