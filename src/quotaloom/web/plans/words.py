"""What the explanation of a number says, figure by figure."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from quotaloom.report.numbers import scaled_text, shares
from quotaloom.web.plans.grid import rows_of
from quotaloom.web.ui.unit import grouped, in_full

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.report.explanation import Explanation
    from quotaloom.report.pivot import Path
    from quotaloom.web.plans.cut import Cut
    from quotaloom.web.plans.selectors import Seen

MOST_ORDERED = 3  # hierarchies whose every order is offered


def labels() -> dict[str, str]:
    """The words that the grid's script needs."""
    return {
        "total": _("Total"),
        "member": _("Member"),
        "growth": _("Growth"),
        "share": _("Share"),
        "last_year": _("Last year"),
        "potential": _("Potential"),
        "of_potential": _("{share} of the whole potential"),
        "yuan": _("CNY"),
        "fold": _("Open or close"),
        "nothing": _("Nothing matches."),
        "loading": _("Loading …"),
        "too_many": _("Too many rows to open at once: open them branch by branch."),
        "range": _("{count} cells · sum {sum} · mean {mean}"),
        "chart": _("{name}: largest period {period}, {share} of the year"),
        "largest": _("{name}: largest part {part}, {share}"),
        "others": _("Others"),
    }


def season_words(seasonality: str) -> str:
    """A seasonality in the words of the form; shares and files stay as they were given."""
    return {
        "history": _("As in past years"),
        "equal": _("Even"),
        "workdays": _("By working days"),
    }.get(seasonality, seasonality)


def orders(hierarchies: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, str]]:
    """The orders of rows to choose from: every order of the hierarchies, then each alone."""
    chains = [tuple(levels) for _name, levels in hierarchies]
    ordered = permutations(chains) if len(chains) <= MOST_ORDERED else [chains]
    found = [[level for chain in order for level in chain] for order in ordered]
    alone = [list(chain) for chain in chains] if len(chains) > 1 else []
    tops = [[chain[0] for chain in order] for order in permutations(chains, 2)]
    texts = [">".join(levels) for levels in (*found, *alone, *tops)]
    return [
        ("" if place == 0 else text, " › ".join(text.split(">")))
        for place, text in enumerate(dict.fromkeys(texts))
    ]


def explained(seen: Seen, cut: Cut, found: Explanation, one: Decomposition) -> dict[str, Any]:
    """The context of the panel."""
    step = found.step
    parts = shares([value for _node, value in found.children])
    below = rows_of([node for node, _value in found.children])
    path = crumbs(seen, cut)
    return {
        "plan": seen.plan,
        "cut": cut,
        "found": found,
        "one": one,
        "crumbs": [(cut.query(above), name) for above, name in path],
        "name": path[-1][1],
        "rate": decimal(100 * step.rate, 4) if step else "",
        "real": round(step.real) if step else None,
        "off_shown": in_full(round(found.off)),
        "part": grouped(scaled_text(step.part, one.basis_scale)) if step else "",
        "of": grouped(scaled_text(step.of, one.basis_scale)) if step else "",
        "of_year": decimal(Fraction(100 * found.value, found.of_year), 2) if found.of_year else "",
        "children": [
            (cut.query(tuple(row["p"])), row["n"], value, part, row["g"])
            for row, (_node, value), part in zip(below, found.children, parts, strict=True)
        ],
        "hidden": seen.sight.hidden,
        "season": season_words(one.parameters.get("seasonality", "")),
    }


def decimal(value: Fraction, places: int) -> str:
    """A fraction with so many decimals, half away from zero, with separators."""
    whole = int(abs(value) * 10**places * 2 + 1) // 2
    head, tail = divmod(whole, 10**places)
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{head:,}" + (f".{tail:0{places}d}" if places else "")


def crumbs(seen: Seen, cut: Cut) -> list[tuple[Path, str]]:
    """The nodes from the whole plan down to the one explained, blanks left out."""
    found: list[tuple[Path, str]] = [((), seen.plan.name)]
    for depth in range(1, len(cut.path) + 1):
        level, text = seen.pivot.levels[cut.rows[depth - 1]], cut.path[depth - 1]
        if text:
            found.append((cut.path[:depth], level.names[level.texts.index(text)]))
    return found
