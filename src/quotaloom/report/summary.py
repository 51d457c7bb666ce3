"""A decomposition on a terminal: the total, bars by top member and by quarter, what to know."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.report.cube import Cube, cube_of
from quotaloom.report.numbers import MILLE, Display, display, growth, shares
from quotaloom.report.period_columns import columns_of, summed
from quotaloom.report.summary_table import Row, aligned, packed, wrapped
from quotaloom.report.wording import sentence
from quotaloom.report.workbook.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.report.cube import Tree
    from quotaloom.report.period_columns import Column
    from quotaloom.report.wording import Lang

    Look = tuple[Lang, int]

MOST: Final = 12
FEW: Final = 3
WISHED: Final = ("check.fix", "check.hold", "check.bound", "check.growth")
PASS, FAIL = "✓", "✗"
MARKS: Final = {"error": "✗", "warning": "!", "info": "·"}


def summary(decomposition: Decomposition, lang: Lang, width: int) -> str:
    """The summary in lines of at most ``width`` columns, a wide sign counting as two.

    From 40 columns on; where there is no room for bars they are left out.
    """
    cube = cube_of(decomposition)
    columns = columns_of(cube.periods, decomposition.rollups)
    unit = display(decomposition.total, decomposition.unit, lang)
    sections = [
        _head(decomposition, columns, unit, (lang, width)),
        *(_members(decomposition, cube, tree, unit, (lang, width)) for tree in cube.trees),
        _periods(cube, columns, unit, (lang, width)),
        _checks(decomposition, lang, width),
        _findings(decomposition, lang, width),
    ]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _head(
    decomposition: Decomposition, columns: Sequence[Column], unit: Display, look: Look
) -> list[str]:
    lang, width = look
    year = columns[0].label or decomposition.periods[0].label
    parts = [f"{year}  {word('target', lang)} {unit.text(decomposition.total)} {unit.word}"]
    if decomposition.last_year is not None:
        risen = growth(decomposition.total, decomposition.last_year)
        parts.append(f"{word('last_year', lang)} {unit.text(decomposition.last_year)}")
        parts.append(f"{word('growth', lang)} {rate(risen)}")
    parts.append(f"{word('leaves', lang)} {decomposition.leaves.height:,}")
    return packed([f"{part}   " for part in parts], width, indent=2)


def rate(growing: Fraction | None) -> str:
    """A growth with its sign and one decimal, half up away from zero."""
    if growing is None:
        return "—"
    tenths = int(abs(growing) * MILLE + Fraction(1, 2))
    sign = "-" if growing < 0 and tenths else "+"
    return f"{sign}{tenths // 10:,}.{tenths % 10}%"


def _members(
    decomposition: Decomposition, cube: Cube, tree: Tree, unit: Display, look: Look
) -> list[str]:
    """The top members, the largest first; beyond twelve one line for the rest."""
    lang, width = look
    rows = _top_rows(decomposition, cube, tree, lang)
    parts = shares([amount for _, amount, _ in rows])
    top = tree.hierarchy.levels[0]
    title = word("by_member", lang, name=decomposition.label_of.get(top, top))
    heads = [title, f"{word('quota', lang)} ({unit.word})", word("share", lang)]
    has_past = any(past is not None for _, _, past in rows)
    table = [
        Row(
            label,
            (
                unit.text(amount),
                _share(part),
                *((rate(growth(amount, past)),) if has_past else ()),
            ),
            amount,
        )
        for (label, amount, past), part in zip(rows, parts, strict=True)
    ]
    return aligned([*heads, *([word("growth", lang)] if has_past else [])], table, width)


def _top_rows(
    decomposition: Decomposition, cube: Cube, tree: Tree, lang: Lang
) -> list[tuple[str, int, int | None]]:
    """Label, quota and last year of the top members that are shown."""
    quota = tree.sums(cube.quota).sum(axis=1).tolist()
    known, codes = _last_year(decomposition, tree), tree.hierarchy.codes
    tops = sorted(tree.tops(), key=lambda node: -quota[node])
    rows = [(tree.labels[node], quota[node], known.get(codes[node])) for node in tops]
    if len(rows) <= MOST:
        return rows
    rest = rows[MOST - 1 :]
    past = [amount for _, _, amount in rest]
    whole = None if None in past else sum(amount or 0 for amount in past)
    label = word("others", lang, count=len(rest))
    return [*rows[: MOST - 1], (label, sum(amount for _, amount, _ in rest), whole)]


def _last_year(decomposition: Decomposition, tree: Tree) -> dict[str, int]:
    """Last year's 分 of the top members."""
    return {
        path[0]: amount
        for name, path, amount in decomposition.node_last_year.iter_rows()
        if name == tree.hierarchy.name and len(path) == 1 and amount is not None
    }


def _share(part: int | None) -> str:
    return "—" if part is None else f"{part // 10}.{part % 10}%"


def _periods(cube: Cube, columns: Sequence[Column], unit: Display, look: Look) -> list[str]:
    """Quarters where there are some, else the leaf periods, twelve at the most."""
    lang, width = look
    sums = summed(cube.quota.sum(axis=0, keepdims=True), columns)[0].tolist()
    quarters = [at for at, column in enumerate(columns) if at and "Q" in column.label]
    shown = quarters or [at for at, column in enumerate(columns) if column.is_leaf]
    if not 1 < len(shown) <= MOST:
        return []
    parts = shares([sums[at] for at in shown])
    heads = [
        word("by_period", lang),
        f"{word('quota', lang)} ({unit.word})",
        word("share", lang),
    ]
    table = [
        Row(columns[at].label, (unit.text(sums[at]), _share(part)), sums[at])
        for at, part in zip(shown, parts, strict=True)
    ]
    return aligned(heads, table, width)


def _checks(decomposition: Decomposition, lang: Lang, width: int) -> list[str]:
    nodes = nodes_checked(decomposition)
    failed = any(check.failed for check in decomposition.checks)
    wished = [one for one in decomposition.checks if one.code in WISHED and one.count]
    lines = [
        f"{FAIL if failed else PASS} {word('leaves_equal', lang, count=f'{nodes:,}')}",
        *(f"{FAIL if one.failed else PASS} {sentence(one, lang)}" for one in wished),
    ]
    return [line for text in lines for line in wrapped(text, width)]


def nodes_checked(decomposition: Decomposition) -> int:
    """How many nodes were compared with the sum of their leaves."""
    return sum(check.count for check in decomposition.checks if check.code == "check.nodes")


def _findings(decomposition: Decomposition, lang: Lang, width: int) -> list[str]:
    """One line a finding; of many that are alike the first few and how many more there are."""
    counts = Counter(finding.code for finding in decomposition.findings)
    seen: Counter[str] = Counter()
    lines = []
    for one in decomposition.findings:
        seen[one.code] += 1
        mark, rest = MARKS[one.severity], counts[one.code] - FEW
        if rest <= 1 or seen[one.code] <= FEW:
            lines.append(f"{mark} {sentence(one, lang)}")
        elif seen[one.code] == counts[one.code]:
            lines.append(f"{mark} {word('alike_more', lang, count=f'{rest:,}')}")
    return [line for text in lines for line in wrapped(text, width, indent=2)]
