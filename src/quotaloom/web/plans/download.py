"""Downloads of a plan: what the page shows, and all that one sees of it as workbook or table."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from quotaloom.report.leaves_file import write_leaves
from quotaloom.report.screen import Screen, Words, write_screen
from quotaloom.report.workbook.excerpt import seen_part
from quotaloom.report.workbook.files import write_workbook
from quotaloom.web.plans.counted import shown_words, unit_word
from quotaloom.web.plans.grid import period_words
from quotaloom.web.plans.potential import potential_size
from quotaloom.web.plans.store import decomposition_of
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http.response import HttpResponseBase

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.report.pivot import Node
    from quotaloom.report.pivot import Path as NodePath
    from quotaloom.web.plans.cut import Cut
    from quotaloom.web.plans.selectors import Seen
    from quotaloom.web.ui.unit import Unit


def screen_file(seen: Seen, cut: Cut, query: Mapping[str, str], unit: Unit) -> HttpResponseBase:
    """The rows that are open and pass the filter, the columns that are on, in the page's unit."""
    screen = Screen(
        title=seen.plan.name,
        nodes=shown_nodes(seen, cut, query),
        columns=shown_columns(seen, query),
        words=_words(unit),
        stamps=_stamps(seen, cut, query.get("filter", "").strip()),
        unit_size=unit.size,
        decimals=unit.decimals,
        potential_size=potential_size(seen, decomposition_of(seen.plan)),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "screen.xlsx")
        write_screen(screen, path)
        return sent(path, f"{seen.plan.name}.xlsx")


def shown_nodes(seen: Seen, cut: Cut, query: Mapping[str, str]) -> list[tuple[Node, int, str]]:
    """The whole and the rows that are open and pass the filter, with their depth and names."""
    wanted = query.get("filter", "").strip().lower()
    top = seen.pivot.node(cut.rows, (), seen.sight.mask)
    shown = _kept(list(_shown(seen, cut, _open_paths(query), wanted)), wanted)
    return [(top, 0, _("Total")), *((node, depth + 1, node.name) for node, depth in shown)]


def shown_columns(seen: Seen, query: Mapping[str, str]) -> list[tuple[int, str]]:
    """The places of the columns that are on, with their heads."""
    return [
        (place, str(period_words(one.label)))
        for place, one in enumerate(seen.pivot.columns)
        if query.get("months", "1") == "1" or not one.is_leaf or place == 0
    ]


def _words(unit: Unit) -> Words:
    amounts = _("Amounts in %(unit)s") % {"unit": unit_word(unit)}
    heads = _("Member"), _("Growth"), _("Last year"), _("Potential")
    return Words(*heads, amounts, _("About"))


def _stamps(seen: Seen, cut: Cut, wanted: str) -> list[tuple[str, str]]:
    """Which plan, which cut of it, when: what the sheet 说明 says."""
    scope = _("Whole plan") if seen.sight.is_whole else _("The branches of your scope")
    return [
        (_("Plan"), f"{seen.plan.name} v{seen.plan.version}"),
        (_("Measure"), shown_words(seen.figures)),
        (_("Digest of the cells"), seen.plan.digest),
        (_("Rows by"), " > ".join(cut.rows)),
        (_("Filter"), wanted or "—"),
        (_("Scope"), scope),
        (_("Facts up to"), str(seen.plan.as_of or "—")),
        (_("Downloaded at"), timezone.localtime().strftime("%Y-%m-%d %H:%M")),
    ]


def part_of(seen: Seen) -> Decomposition:
    """The plan as far as it is seen: the whole, or the part of one's branches."""
    one = decomposition_of(seen.plan)
    return one if seen.sight.is_whole else seen_part(one, seen.sight.mask)


def leaves_file(seen: Seen, kind: str) -> HttpResponseBase:
    """All leaves that are seen: ``xlsx`` as the command's workbook, ``csv``, ``parquet``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"plan.{kind}")
        if kind == "xlsx":
            write_workbook(part_of(seen), path, language())
        else:
            write_leaves(part_of(seen), path)
        return sent(path, f"{seen.plan.name}.{kind}")


def _open_paths(query: Mapping[str, str]) -> set[NodePath]:
    try:
        found = json.loads(query.get("open", "[]"))
        return {tuple(path) for path in found}
    except (ValueError, TypeError, RecursionError):
        return set()


def _shown(seen: Seen, cut: Cut, opened: set[NodePath], wanted: str) -> Iterator[tuple[Node, int]]:
    """Nodes below open ones, with their depth; all of them under a filter."""
    inside: list[NodePath] = []
    for node in seen.pivot.walk(cut.rows, (), seen.sight.mask, len(cut.rows)):
        while inside and node.path[: len(inside[-1])] != inside[-1]:
            inside.pop()
        if wanted or all(path in opened for path in inside):
            yield node, len(inside)
        inside.append(node.path)


def _kept(found: list[tuple[Node, int]], wanted: str) -> list[tuple[Node, int]]:
    """The nodes that match the filter, with all above them."""
    if not wanted:
        return found
    matching = [node.path for node, _depth in found if wanted in node.name.lower()]
    above = {path[:depth] for path in matching for depth in range(1, len(path) + 1)}
    return [(node, depth) for node, depth in found if node.path in above]
