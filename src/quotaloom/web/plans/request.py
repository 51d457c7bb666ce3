"""A decomposition as the form and the database keep it, and as the engine wants it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from quotaloom.cycle.request import DecomposeRequest

if TYPE_CHECKING:
    from pathlib import Path

TEXT_LISTS = frozenset({"by", "tree", "join", "fix", "hold", "bound", "where", "alias"})
FILES = frozenset({"facts", "weights", "roster"})


def request_of(asked: dict[str, Any], files: dict[str, Path]) -> DecomposeRequest:
    """The request of the kept form; ``files`` gives each upload's id its path.

    ``asked`` holds the fields of DecomposeRequest as JSON: lists for tuples, ids for files.
    """
    known = {one.name for one in fields(DecomposeRequest)}
    given: dict[str, Any] = {name: value for name, value in asked.items() if name in known}
    for name in TEXT_LISTS & given.keys():
        given[name] = tuple(given[name])
    given["facts"] = tuple(files[one] for one in asked["facts"])
    for name in ("weights", "roster"):
        if given.get(name):
            given[name] = files[given[name]]
    return DecomposeRequest(**given)
