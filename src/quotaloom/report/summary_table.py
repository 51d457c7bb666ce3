"""Tables on a terminal, where a wide East Asian sign takes two columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP: Final = "  "
LEAST_BAR: Final = 8
LONGEST_BAR: Final = 40
LEAST_LABEL: Final = 6
BLOCKS: Final = "▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class Row:
    """A label, its figures as text, and the amount that its bar shows."""

    label: str
    figures: tuple[str, ...]
    amount: int


def columns_of_text(text: str) -> int:
    """How many columns a text takes: wide signs two, combining ones none."""
    return sum(
        0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text
    )


def fitted(text: str, width: int) -> str:
    """The text in exactly ``width`` columns, shortened with … or filled with blanks."""
    shown = text
    while columns_of_text(shown) > width:
        shown = shown.removesuffix("…")[:-1] + "…"
        if shown == "…":
            break
    return shown + " " * (width - columns_of_text(shown))


def bar(amount: int, largest: int, width: int) -> str:
    """A bar in eighths of a column; nothing for amounts of 0 and less."""
    if amount <= 0 or largest <= 0:
        return ""
    eighths = max(1, amount * width * len(BLOCKS) // largest)
    whole, rest = divmod(eighths, len(BLOCKS))
    return BLOCKS[-1] * whole + (BLOCKS[rest - 1] if rest else "")


def aligned(heads: Sequence[str], rows: Sequence[Row], width: int) -> list[str]:
    """A header and a line a row: label left, figures right, a bar where there is room."""
    numbers = [
        max(columns_of_text(text) for text in (head, *(row.figures[at] for row in rows)))
        for at, head in enumerate(heads[1:])
    ]
    taken = sum(numbers) + len(GAP) * len(numbers)
    room = width - taken
    wanted = max(columns_of_text(text) for text in (heads[0], *(row.label for row in rows)))
    label = max(LEAST_LABEL, min(wanted, room - LEAST_BAR - len(GAP)))
    if room - label - len(GAP) < LEAST_BAR:
        label = max(LEAST_LABEL, min(wanted, room))
    bars = min(LONGEST_BAR, room - label - len(GAP))
    largest = max((row.amount for row in rows), default=0)
    lines = [_line(heads[0], heads[1:], label, numbers)]
    for row in rows:
        drawn = bar(row.amount, largest, bars) if bars >= LEAST_BAR else ""
        lines.append((_line(row.label, row.figures, label, numbers) + GAP + drawn).rstrip())
    return lines


def _line(label: str, figures: Sequence[str], width: int, numbers: Sequence[int]) -> str:
    shown = [fitted(label, width)]
    for text, place in zip(figures, numbers, strict=True):
        shown.append(" " * (place - columns_of_text(text)) + text)
    return GAP.join(shown)


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """The text in lines of at most ``width`` columns, broken at blanks or between wide signs."""
    return packed(_pieces(text), width, indent)


def packed(pieces: Sequence[str], width: int, indent: int = 0) -> list[str]:
    """The pieces one after the other, in as few lines of at most ``width`` columns as they need."""
    lines, line = [], ""
    for piece in pieces:
        if line.strip() and columns_of_text(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = " " * indent + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Words with the blank behind them; wide signs each alone, closing marks with what they end."""
    found: list[str] = []
    for sign in text:
        is_wide = east_asian_width(sign) in "WF"
        closes = sign in "，。；：、！？）」』”’,.;:!?)"
        opened = bool(found) and not found[-1].endswith(" ")
        joins = opened and (closes or not (is_wide or east_asian_width(found[-1][-1]) in "WF"))
        if joins or (sign == " " and found):
            found[-1] += sign
        else:
            found.append(sign)
    return found
