"""Wishes as people type them: 地区=华东:1.5亿, 2027Q4:35%, 地区=华东&2027Q4:>=300万.

A name that holds one of ``: > / = & | < , "`` or blanks at its ends stands in double quotes, a
quote inside is doubled: 地区="华东:沿海":1.5亿. A path names a member below another one:
地区=华东>上海:800万. Outside quotes a full-width sign is the plain one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.amounts import parse_amount, parse_share
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.names import half_width

if TYPE_CHECKING:
    from fractions import Fraction

MARKS = ':>/=&|<,"'
WIDE = 0xFEE0  # from a sign to its full-width twin
QUOTED = re.compile(r'"((?:[^"]|"")*)"')
RELATIONS = str.maketrans({"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "＝": "="})
SHOWN = 120
Relation = Literal["=", ">=", "<="]


@dataclass(frozen=True)
class NodeText:
    """A node as typed: the header that names its hierarchy or level, and its path; or a period."""

    header: str | None
    path: tuple[str, ...]


@dataclass(frozen=True)
class WishText:
    """A typed wish: its nodes (all of them together), the relation and the amount or share."""

    text: str
    nodes: tuple[NodeText, ...]
    relation: Relation
    amount: Fraction | None
    share: Fraction | None
    currency: str | None = None


def parse_wish(text: str, *, relations: tuple[Relation, ...] = ("=",)) -> WishText:
    """Read one wish. Raises UsageRefused that shows the text and what is expected."""
    parts = split_marks(text, ":")
    if len(parts) != 2 or not parts[0].strip() or not parts[1].strip():
        raise _unreadable(text)
    relation, plain = _relation(parts[1])
    if relation not in relations:
        raise _unreadable(text)
    nodes = tuple(parse_node(part) for part in split_marks(parts[0], "&"))
    if plain.rstrip().endswith(("%", "％")):
        return WishText(text, nodes, relation, None, parse_share(plain))
    amount = parse_amount(plain)
    return WishText(text, nodes, relation, amount.value, None, amount.currency)


def parse_node(text: str) -> NodeText:
    """Read ``header=member``, ``header=parent>member``, or a period on its own."""
    parts = split_marks(text, "=")
    if len(parts) == 1:
        return NodeText(None, (unquoted(parts[0]),))
    if len(parts) > 2:
        raise _unreadable(text)
    return NodeText(unquoted(parts[0]), tuple(unquoted(p) for p in split_marks(parts[1], ">")))


def split_marks(text: str, mark: str) -> list[str]:
    """Cut the text at a mark, plain or full-width, that stands outside quotes."""
    marks, parts, start, inside = (mark, chr(ord(mark) + WIDE)), [], 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            inside = not inside
        elif sign in marks and not inside:
            parts.append(text[start:place])
            start = place + 1
    if inside:
        raise _unreadable(text)
    return [*parts, text[start:]]


def unquoted(text: str) -> str:
    """The name without its quotes and outer blanks.

    Raises UsageRefused for an empty one and for a quote that is not a whole name's.
    """
    plain = text.strip()
    match = QUOTED.fullmatch(plain)
    name = match[1].replace('""', '"') if match else plain
    if not name or (match is None and '"' in name):
        raise _unreadable(text)
    return name


def quoted(name: str) -> str:
    """The name as it must be typed."""
    plain = half_width(name)
    if any(mark in plain for mark in MARKS) or name != name.strip():
        return '"' + name.replace('"', '""') + '"'
    return name


def _relation(text: str) -> tuple[Relation, str]:
    plain = text.strip().translate(RELATIONS)
    if plain.startswith(">="):
        return ">=", plain[2:]
    if plain.startswith("<="):
        return "<=", plain[2:]
    return "=", plain.removeprefix("=")


def _unreadable(text: str) -> UsageRefused:
    shown = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return UsageRefused([error("wish.unreadable", shown)])
