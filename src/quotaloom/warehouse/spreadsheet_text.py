"""Text that no spreadsheet takes for a formula, and back again."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

MARK: Final = "'"
# What a spreadsheet skips before it looks for a formula: blanks, controls, invisible signs, quotes.
_SKIPPED: Final = "\\s\\x00-\\x1f\\x7f\u200b-\u200f\u2028\u2029\u2060\ufeff\"'"
_LEADS: Final = "=+\\-@|%＝＋－＠−"
RISKY: Final = f"^(['\\t\\r\\n\\x00]|[{_SKIPPED}]*[{_LEADS}])"
_RISKY: Final = re.compile(RISKY)


def guarded(text: str) -> str:
    """The text with a leading ``'`` where it could be read as a formula or starts with ``'``."""
    return MARK + text if _RISKY.match(text) else text


def restored(text: str) -> str:
    """The text that was given to ``guarded``."""
    return text.removeprefix(MARK)


def guarded_column(column: pl.Expr) -> pl.Expr:
    """``guarded`` for a whole text column."""
    return pl.when(column.str.contains(RISKY)).then(column.str.replace("^", MARK)).otherwise(column)
