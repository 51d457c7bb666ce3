"""Kinds and columns in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from quotaloom.warehouse.tables.column import Column, Kind


def kind_word(kind: Kind) -> str:
    """What a kind is called."""
    return kind.zh if language() == "zh" else kind.en


def dataset_word(dataset: str) -> str:
    """What a dataset is called; one that is no kind has only its name."""
    return kind_word(KINDS[dataset]) if dataset in KINDS else dataset


def column_word(column: Column) -> str:
    """What a column is called."""
    return column.zh if language() == "zh" else column.en


def stored_word(dataset: str, name: str) -> str:
    """What a stored column of a dataset is called."""
    kind = KINDS.get(dataset)
    found = [one for one in kind.columns if one.name == name] if kind else []
    return column_word(found[0]) if found else name
