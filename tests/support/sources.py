"""The Python sources of the house, parsed."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One file: its path below the project's root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    def functions(self):
        """Every function and method, nested ones too."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]


def parsed(text: str, path: str = "sample.py") -> Source:
    """A source from its text: what a negative test feeds to a rule."""
    return Source(path, text, ast.parse(text))


@cache
def sources(folder: str = "src/quotaloom") -> tuple[Source, ...]:
    """All sources below a folder, sorted by path; migrations are Django's writing, not ours."""
    return tuple(
        parsed(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.parent.name != "migrations"
    )
