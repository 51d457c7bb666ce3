"""Hierarchies from the columns of a table, or from a table of members and their parents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info, warning
from quotaloom.core.model.hierarchies import OWN, UNASSIGNED, Hierarchy, assemble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from quotaloom.core.model.findings import Finding

SHOWN: Final = 50
DEEPEST: Final = 100
_WHEN: Final = "§when"


def from_levels(
    name: str,
    levels: Sequence[str],
    rows: pl.DataFrame | Sequence[Sequence[str | None]],
    names: Mapping[str, str] | None = None,
    *,
    repeated_names: Literal["refuse", "separate"] = "refuse",
    newest: str | None = None,
) -> Hierarchy:
    """A hierarchy from columns that nest, top first; double rows count once, blanks are 未归属.

    ``names`` maps a level's header to the header of its display names. Of several names of a code
    the one with the largest value of the column ``newest`` is shown, or else the first in code
    order; one finding a level counts them. A member under two parents is refused with both paths;
    with ``separate`` one code under two parents is two members. 未归属 may stand under any parent.
    """
    headers = list(levels)
    frame = rows if isinstance(rows, pl.DataFrame) else _frame(headers, rows)
    frame = frame.with_columns(pl.col(headers).cast(pl.String).fill_null(UNASSIGNED))
    paths = frame.select(headers).unique().sort(headers)
    if repeated_names == "refuse":
        _refuse_two_parents(name, paths)
    opened = _opened(paths)
    depths = np.broadcast_to(np.arange(len(headers), dtype=np.int8), opened.shape)[opened]
    codes = _interleaved(paths, opened)
    if not names:
        return assemble(name, headers, (codes, codes), depths)
    when = pl.lit("") if newest is None else pl.col(newest)
    ranked = frame.with_columns(when.alias(_WHEN))
    shown, findings = _display_names(name, ranked, paths, names)
    return assemble(name, headers, (codes, _interleaved(shown, opened)), depths, findings)


def from_parents(
    name: str,
    members: Iterable[str],
    parents: Mapping[str, str | None],
    sellers: AbstractSet[str],
    names: Mapping[str, str] | None = None,
) -> Hierarchy:
    """A ragged hierarchy of the sellers and their ancestors; all other members are left out.

    A member without a parent stands at the top. An inner member that sells itself gets a 本级
    leaf as its first child. Levels are named ``person 1``, ``person 2`` … All cycles, orphans
    (a parent that is no member) and unknown sellers are refused together. 未归属 may sell.
    """
    known = set(members) | {UNASSIGNED}
    above = {member: parents.get(member) or None for member in known}
    refused = _orphans(name, above) + _cycles(name, above)
    refused += [
        error("hierarchy.unknown_member", seller, hierarchy=name)
        for seller in sorted(sellers - known)
    ]
    if refused:
        raise DataRefused(_first(name, refused))
    codes, depths = _preorder(name, _kept(above, sellers), sellers)
    shown = [(names or {}).get(code) or code for code in codes]
    levels = [f"{name} {depth + 1}" for depth in range(max(depths, default=-1) + 1)]
    return assemble(name, levels, (codes, shown), np.array(depths, np.int8))


def parents_of(name: str, rows: Iterable[tuple[str, str | None]]) -> dict[str, str | None]:
    """Each member's parent, from rows of (member, parent); a second, other parent is refused."""
    found: dict[str, str | None] = {}
    refused = []
    for member, parent in rows:
        first = found.setdefault(member, parent or None)
        if first != (parent or None):
            refused.append(
                error(
                    "hierarchy.two_parents",
                    member,
                    hierarchy=name,
                    first=f"{first or ''} > {member}",
                    second=f"{parent or ''} > {member}",
                )
            )
    if refused:
        raise DataRefused(_first(name, refused))
    return found


def _frame(levels: list[str], rows: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(levels, pl.String), orient="row")


def _opened(paths: pl.DataFrame) -> NDArray[np.bool_]:
    """Shape (rows, levels): where sorted paths open a new node."""
    opened = np.ones(paths.shape, np.bool_)
    same = np.ones(max(paths.height - 1, 0), np.bool_)
    for place, column in enumerate(paths.iter_columns()):
        same &= (column[1:] == column[:-1]).to_numpy()
        opened[1:, place] = ~same
    return opened


def _interleaved(columns: pl.DataFrame, opened: NDArray[np.bool_]) -> list[str]:
    """The texts of the opened nodes, row by row: preorder."""
    texts = np.empty(columns.shape, np.object_)
    for place, column in enumerate(columns.iter_columns()):
        texts[:, place] = column.to_numpy()
    found: list[str] = texts[opened].tolist()
    return found


def _display_names(
    name: str, frame: pl.DataFrame, paths: pl.DataFrame, names: Mapping[str, str]
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """``paths`` with names in place of codes, and a finding for each level with double names."""
    shown, findings = [], list["Finding"]()
    told = info if frame[_WHEN].max() else warning
    for place, level in enumerate(paths.columns):
        prefix = paths.columns[: place + 1]
        if level not in names:
            shown.append(paths[level])
            continue
        labels = _ranked_names(frame, prefix, names[level])
        joined = paths.select(prefix).join(labels, on=prefix, how="left", maintain_order="left")
        shown.append(joined["_first"].fill_null(paths[level]).alias(level))
        double = labels.filter(pl.col("_second").is_not_null())
        if double.height:
            code, first, second = double.row(0)[-3:]
            said = {"hierarchy": name, "member": code, "first": first, "second": second}
            told_as = "hierarchy.renamed" if told is info else "hierarchy.two_names"
            findings.append(told(told_as, names[level], count=double.height, **said))
    return pl.DataFrame(shown), tuple(findings)


def _ranked_names(frame: pl.DataFrame, prefix: list[str], header: str) -> pl.DataFrame:
    """Each path, sorted, with its newest name and the one before; ties in code order."""
    label = pl.col(header).cast(pl.String).alias("_name")
    named = frame.select(*prefix, label, _WHEN).drop_nulls("_name")
    last = named.group_by(*prefix, "_name").agg(pl.col(_WHEN).max())
    order = last.sort(*prefix, _WHEN, "_name", descending=[*[False] * len(prefix), True, False])
    return order.group_by(prefix, maintain_order=True).agg(
        pl.col("_name").first().alias("_first"),
        pl.col("_name").slice(1, 1).first().alias("_second"),
    )


def _refuse_two_parents(name: str, paths: pl.DataFrame) -> None:
    """Compare every member's parents level by level; 未归属 is another member under each parent."""
    refused = []
    above = pl.lit("")
    for place, level in enumerate(paths.columns):
        code = pl.col(level)
        double = (
            paths.with_columns(above.alias("_above"))
            .filter(code != UNASSIGNED)
            .unique(["_above", level], keep="first", maintain_order=True)
            .filter(pl.len().over(level) > 1)
        )
        if double.height:
            refused += _two_parents(name, double.select(paths.columns[: place + 1]))
        nowhere = pl.concat_str(above, pl.lit("\x1f"), code)
        above = pl.when(code == UNASSIGNED).then(nowhere).otherwise(code)
    if refused:
        raise DataRefused(_first(name, refused))


def _two_parents(name: str, double: pl.DataFrame) -> list[Finding]:
    found: dict[str, list[str]] = {}
    for path in double.iter_rows():
        found.setdefault(path[-1], []).append(" > ".join(path))
    return [
        error("hierarchy.two_parents", member, hierarchy=name, first=ways[0], second=ways[1])
        for member, ways in sorted(found.items())
    ]


def _first(name: str, refused: list[Finding]) -> list[Finding]:
    """At most 50 findings, and one that counts the rest."""
    left = len(refused) - SHOWN
    more = [error("hierarchy.more_refused", name, count=left)] if left > 0 else []
    return refused[:SHOWN] + more


def _orphans(name: str, above: Mapping[str, str | None]) -> list[Finding]:
    return [
        error("hierarchy.orphan", member, hierarchy=name, parent=parent)
        for member, parent in sorted(above.items())
        if parent is not None and parent not in above
    ]


def _cycles(name: str, above: Mapping[str, str | None]) -> list[Finding]:
    """Each cycle once, with its whole path from its first member in code order."""
    done: set[str] = set()
    refused = []
    for start in sorted(above):
        walk: dict[str, None] = {}
        member: str | None = start
        while member is not None and member not in done and member not in walk:
            walk[member] = None
            member = above.get(member)
        if member is not None and member in walk:
            ring = list(walk)[list(walk).index(member) :]
            turn = ring.index(min(ring))
            path = [*ring[turn:], *ring[: turn + 1]]
            refused.append(error("hierarchy.cycle", path[0], hierarchy=name, path=" > ".join(path)))
        done.update(walk)
    return refused


def _kept(
    above: Mapping[str, str | None], sellers: AbstractSet[str]
) -> dict[str | None, list[str]]:
    """The children of each member, sellers and their ancestors only, in code order."""
    kept: set[str] = set()
    for seller in sellers:
        member: str | None = seller
        while member is not None and member not in kept:
            kept.add(member)
            member = above[member]
    children: dict[str | None, list[str]] = {}
    for member in sorted(kept):
        children.setdefault(above[member], []).append(member)
    return children


def _preorder(
    name: str, children: Mapping[str | None, list[str]], sellers: AbstractSet[str]
) -> tuple[list[str], list[int]]:
    codes, depths = [], []
    waiting = [(member, 0) for member in reversed(children.get(None, []))]
    while waiting:
        member, depth = waiting.pop()
        if depth >= DEEPEST:
            raise DataRefused([error("hierarchy.too_deep", member, hierarchy=name, limit=DEEPEST)])
        codes.append(member)
        depths.append(depth)
        below = children.get(member, [])
        if below and member in sellers:
            codes.append(OWN)
            depths.append(depth + 1)
        waiting += [(child, depth + 1) for child in reversed(below)]
    return codes, depths
