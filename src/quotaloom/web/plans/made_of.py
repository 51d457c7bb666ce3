"""What a figure of another measure or layer is made of: its parts, and of a ratio its two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.web.plans.counted import full_words, measure_words, shown_words, unit_of
from quotaloom.web.plans.grid import period_words
from quotaloom.web.plans.selectors import seen_now
from quotaloom.web.plans.words import crumbs
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from quotaloom.web.accounts.models import User
    from quotaloom.web.plans.cut import Cut
    from quotaloom.web.plans.selectors import Seen


def made_of(user: User, seen: Seen, cut: Cut, label: str) -> dict[str, Any]:
    """The context of the panel. Raises LookupError for a node or a period that is not there."""
    pivot, sight = seen.pivot, seen.sight
    place = next((at for at, one in enumerate(pivot.columns) if one.label == label), None)
    node = pivot.node(cut.rows, cut.path, sight.mask)
    if place is None or not node.tuples:
        raise LookupError(label)
    path = crumbs(seen, cut)
    return {
        "plan": seen.plan,
        "cut": cut,
        "label": label,
        "period": period_words(label),
        "measure": shown_words(seen.figures),
        "adds": pivot.adds,
        "name": path[-1][1],
        "crumbs": [(cut.query(above), name) for above, name in path],
        "value": node.figures[place],
        "sides": _sides(user, seen, cut, place),
        "children": [
            (cut.query(one.path), one.name, one.figures[place])
            for one in pivot.children(cut.rows, cut.path, sight.mask)
        ],
        "hidden": sight.hidden,
    }


def _sides(user: User, seen: Seen, cut: Cut, place: int) -> list[tuple[str, str]]:
    """What a ratio is taken of, numerator first, to the last digit; nothing for other measures."""
    measure, layer = seen.figures.measure, seen.figures.key[1]
    codes = (measure.numerator, measure.denominator) if measure.kind == "ratio" else ()
    sides = [seen_now(user, seen.plan, shows=(code, layer)) for code in codes]
    return [_side(one, cut, place) for one in sides]


def _side(side: Seen, cut: Cut, place: int) -> tuple[str, str]:
    measure = side.figures.measure
    node = side.pivot.node(cut.rows, cut.path, side.sight.mask)
    return measure_words(measure), full_words(node.figures[place], unit_of(measure, UNITS["yuan"]))
