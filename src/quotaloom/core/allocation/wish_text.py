"""Wishes as people type them: 地区=华东:1.5亿, 2027Q4:35%, 地区=华东&2027Q4:>=300万.

A name that holds one of ``: > / = & "`` stands in double quotes, a quote inside is doubled:
地区="华东:沿海":1.5亿. A path names a member below another one: 地区=华东>上海:800万.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.amounts import parse_amount, parse_share
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from fractions import Fraction

MARKS = ":>/=&"
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
    nodes_text, amount_text = _cut_last(text)
    relation, plain = _relation(amount_text)
    if relation not in relations:
        raise _unreadable(text)
    nodes = tuple(parse_node(part) for part in split_marks(nodes_text, "&"))
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
    """Cut the text at a mark that stands outside quotes."""
    parts, start, quoted = [], 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif sign == mark and not quoted:
            parts.append(text[start:place])
            start = place + 1
    if quoted:
        raise _unreadable(text)
    return [*parts, text[start:]]


def unquoted(text: str) -> str:
    """The name without its quotes and outer blanks. Raises UsageRefused for an empty one."""
    plain = text.strip()
    if plain.startswith('"') and plain.endswith('"') and len(plain) > 1:
        plain = plain[1:-1].replace('""', '"')
    if not plain:
        raise _unreadable(text)
    return plain


def quoted(name: str) -> str:
    """The name as it must be typed."""
    if any(mark in name for mark in MARKS + '"') or name != name.strip():
        return '"' + name.replace('"', '""') + '"'
    return name


def _cut_last(text: str) -> tuple[str, str]:
    parts = split_marks(text.replace("：", ":") if '"' not in text else text, ":")
    if len(parts) != 2 or not parts[0].strip() or not parts[1].strip():
        raise _unreadable(text)
    return parts[0], parts[1]


def _relation(text: str) -> tuple[Relation, str]:
    plain = text.strip().replace("≥", ">=").replace("≤", "<=").replace("＞＝", ">=")
    if plain.startswith(">="):
        return ">=", plain[2:]
    if plain.startswith("<="):
        return "<=", plain[2:]
    return "=", plain


def _unreadable(text: str) -> UsageRefused:
    return UsageRefused([error("wish.unreadable", text[:120])])
