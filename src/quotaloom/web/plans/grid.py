"""The rows of the plan page, as a script draws them: whole 分 and tenths of a percent."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from quotaloom.report.numbers import growth_mille, shares_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotaloom.report.period_columns import Column
    from quotaloom.report.pivot import Node, Path, Pivot

Row = dict[str, Any]


def heads(pivot: Pivot) -> list[dict[str, object]]:
    """The period columns: label, words, and how deep a leaf or a sum it is."""
    return [
        {
            "label": one.label,
            "title": str(period_words(one.label)),
            "leaf": one.is_leaf,
            "in": _wider(one, pivot.columns),
        }
        for one in pivot.columns
    ]


def _wider(one: Column, columns: Sequence[Column]) -> str:
    """The narrowest wider period around a column, "" for the whole."""
    around = [c for c in columns if c is not one and set(one.leaves) < set(c.leaves)]
    return min(around, key=lambda c: len(c.leaves)).label if around else ""


def period_words(label: str) -> str:
    """A period for people: 2027-03 is 3月, 2027Q1 is Q1, the year is 全年."""
    if "-" in label:
        return _("M%(number)d") % {"number": int(label.rsplit("-", 1)[1])}
    for mark in "QHWP":
        if mark in label:
            return mark + label.split(mark, 1)[1]
    return _("Year %(year)s") % {"year": label} if label else _("Total")


def rows_of(nodes: Iterable[Node]) -> list[Row]:
    """Nodes as rows: p path, n name, h level, v figures, y last year, b potential, c has more.

    Without a potential ``b`` is the basis. ``g`` is the growth and ``s`` the share, both in ‰; a
    figure that is not there is None.
    """
    listed = list(nodes)
    tenths = _tenths(listed)
    return [
        {
            "p": node.path,
            "n": node.name,
            "h": node.header,
            "v": node.figures,
            "y": node.last_year,
            "b": node.behind,
            "g": None if (year := node.figures[0]) is None else growth_mille(year, node.last_year),
            "s": tenths.get(node.path),
            "c": int(node.has_children),
        }
        for node in listed
    ]


def _tenths(nodes: Sequence[Node]) -> dict[Path, int | None]:
    """Each node's share of its parent in tenths of a percent; siblings sum to 1,000."""
    groups: dict[Path, list[Node]] = {}
    for node in nodes:
        if node.adds:
            groups.setdefault(node.path[:-1], []).append(node)
    families = list(groups.values())
    parts = shares_within([[int(node.values[0]) for node in family] for family in families])
    return {node.path: part for node, part in zip(chain(*families), chain(*parts), strict=True)}
