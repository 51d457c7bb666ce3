"""A plain text checked block by block on all processors, with the memory of a few blocks.

Every block is checked as a table of its own. That gives what the whole gives only while no block
says anything that depends on the others: the first that does leaves the file to the careful way.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.warehouse.intake.amount_column import total_size
from quotaloom.warehouse.intake.amount_text import LARGEST
from quotaloom.warehouse.intake.gather import ROW
from quotaloom.warehouse.intake.plain_text import BLOCK, NotPlainError
from quotaloom.warehouse.intake.subtotals import may_hold_sums, names_sum
from quotaloom.warehouse.tables.cell import SCALED
from quotaloom.warehouse.tables.checked import (
    FEW_BLANKS,
    amount_of,
    cells_of,
    checked,
    headings_of,
    keys_of,
)
from quotaloom.warehouse.tables.request import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.members import Tally
    from quotaloom.warehouse.intake.plain_text import PlainText
    from quotaloom.warehouse.tables.cell import Cells
    from quotaloom.warehouse.tables.checked import Headings
    from quotaloom.warehouse.tables.mapping import Chosen
    from quotaloom.warehouse.tables.request import Step, TableRequest

_TOLD_ALIKE: Final = ("intake.header_unit", "intake.amount_currency")  # by every block that has any
_WORKERS: Final = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Key:
    """A key in some rows: how many cells are blank, and whether one is a name of a total."""

    rows: int
    blanks: int
    is_named: bool

    @property
    def may_hold_sums(self) -> bool:
        """Whether ``without_sums`` would look for sums by it."""
        return bool(self.blanks or self.is_named) and self.blanks * FEW_BLANKS <= self.rows


@dataclass(frozen=True, slots=True)
class Part:
    """What one block says. ``keys`` are the columns by which sums would show."""

    frame: pl.DataFrame
    findings: tuple[Finding, ...]
    tallies: dict[str, Tally]
    keys: Sequence[Key]


def plain_parts(
    request: TableRequest, text: PlainText, chosen: Chosen, step: Step, size: int = BLOCK
) -> list[Part]:
    """All blocks of the text, checked. Raises NotPlainError where the careful way must look."""

    def work(block: bytes) -> Part:
        return _checked_part(request, text, chosen, block)

    parts: list[Part] = []
    for part in _side_by_side(work, text.blocks(size)):
        parts.append(_below(parts, part))
        step("check", len(parts), max(len(parts), text.path.stat().st_size // size))
    if not parts or _may_hold_sums(parts) or _are_too_large(request, parts):
        raise NotPlainError
    return parts


def told(parts: Iterable[Part], chosen: Chosen) -> list[Finding]:
    """The findings of the parts, each told once by the first that has it, column by column."""
    once: dict[tuple[int, int], Finding] = {}
    headers = list(chosen.headers.values())
    for part in parts:
        for one in part.findings:
            once.setdefault((headers.index(one.subject), _TOLD_ALIKE.index(one.code)), one)
    return [once[place] for place in sorted(once)]


def _side_by_side(work: Callable[[bytes], Part], blocks: Iterable[bytes]) -> Iterator[Part]:
    """What comes of each block, in their order; few are held at a time."""
    waiting: deque[Future[Part]] = deque()
    with ThreadPoolExecutor(_WORKERS) as pool:
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) > _WORKERS:
                yield waiting.popleft().result()
        yield from (one.result() for one in waiting)


def _below(parts: Sequence[Part], part: Part) -> Part:
    """The part with the numbers of its rows in the file."""
    if not parts:
        return part
    above = int(parts[-1].frame[ROW][-1]) - 1
    return replace(part, frame=part.frame.with_columns(pl.col(ROW) + above))


def _checked_part(request: TableRequest, text: PlainText, chosen: Chosen, block: bytes) -> Part:
    """One block as a table of its own. Raises NotPlainError where it cannot speak for itself."""
    tallies: dict[str, Tally] = {}
    cells, headings = cells_of(request, text.table(block), tallies), headings_of(chosen)
    keys: list[Key] = []
    if amount_of(headings) is not None:
        keys = _keys(request, cells, headings)
        if "date" in headings and may_hold_sums([], cells.star.column(headings["date"])):
            raise NotPlainError
    frame = checked(request, cells, chosen, silent)
    if cells.noted or any(one.code not in _TOLD_ALIKE for one in cells.findings):
        raise NotPlainError
    return Part(frame, tuple(cells.findings), tallies, keys)


def _keys(request: TableRequest, cells: Cells, headings: Headings) -> list[Key]:
    """The keys by which sums would show. Raises NotPlainError where they show at once."""
    looked = keys_of(request.kind, cells.star, headings)
    keys = [Key(len(one), one.blanks(), names_sum(one)) for one in looked.values()]
    if any(key.may_hold_sums for key in keys):
        raise NotPlainError
    return keys


def _may_hold_sums(parts: Sequence[Part]) -> bool:
    """Whether a key shows sums in the whole text, where it did not in any part."""
    columns = zip(*(part.keys for part in parts), strict=True)
    return any(_of_all(column).may_hold_sums for column in columns)


def _of_all(column: Sequence[Key]) -> Key:
    rows, blanks = sum(one.rows for one in column), sum(one.blanks for one in column)
    return Key(rows, blanks, any(one.is_named for one in column))


def _are_too_large(request: TableRequest, parts: Sequence[Part]) -> bool:
    """Whether a column of amounts adds up to more than a fact may be."""
    scaled = [one.name for one in request.kind.columns if one.value in SCALED]
    return any(
        sum(total_size(part.frame[name]) for part in parts) > LARGEST
        for name in scaled
        if name in parts[0].frame.columns
    )
