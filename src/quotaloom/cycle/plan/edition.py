"""Release a plan: its cells as they stand become an edition, which no path can change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.allocation.journal.edit import EditionEdit
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.checkpoint import read_checkpoint, write_checkpoint
from quotaloom.planfile.definition import read_definition
from quotaloom.planfile.journal import Author
from quotaloom.warehouse import edition as shelf

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.periods import Period
    from quotaloom.planfile.definition import Definition
    from quotaloom.planfile.journal import Journal
    from quotaloom.warehouse.edition import Edition


@dataclass(frozen=True, slots=True)
class Release:
    """What is to be released: under which name, from which period on (label), by whom, and why."""

    name: str
    period: str
    author: str
    note: str = ""


def release(journal: Journal, editions: Path, plan_name: str, wish: Release) -> Edition:
    """The plan as it stands, released from the first day of a period on.

    A period that is closed keeps the edition that is in force there. The release is an edit of the
    journal, which binds the edition's digest into the chain.
    """
    plan = journal.refresh()
    effective = _begins(plan, wish.period)
    _refuse_closed(plan, editions, effective)
    content = shelf.Content(leaf_frame(plan), write_checkpoint(plan), journal.store.definition())
    about = shelf.Edition(
        number=0,
        name=wish.name,
        plan=plan_name,
        position=plan.position,
        head=journal.store.head().hash,
        effective=effective.start.isoformat(),
        released_by=wish.author,
        released_at=datetime.now(UTC).isoformat(timespec="seconds"),
        digest="",
        totals=_totals(plan),
        note=wish.note,
        elapsed=plan.periods[plan.elapsed - 1].label if plan.elapsed else "",
    )
    made = shelf.release(editions, content, about)
    seal = EditionEdit(made.number, wish.period, made.digest)
    journal.write(seal, Author(wish.author), wish.note)
    return made


def released_plan(edition: Path) -> tuple[Plan, Definition]:
    """The plan that an edition's folder holds, and what it was before its first edit.

    DataRefused where it is not what was released, or was released without its plan.
    """
    content = shelf.read_content(edition)
    if not content.state:
        raise DataRefused([error("edition.without_plan", edition.name)])
    plan = read_checkpoint(content.state)
    if not leaf_frame(plan).equals(content.cells):
        about = shelf.read_about(edition)
        raise DataRefused([error("edition.changed", about.name, number=about.number)])
    return plan, read_definition(content.definition)


def refuse_altered(journal: Journal, editions: Path) -> int:
    """How many editions the plan released, each of them as the chain says; else DataRefused.

    One is refused whose cells, plan or description were changed, or that is gone.
    """
    sealed = [journal.record(seq).edit for seq in sorted(journal.plan.editions)]
    for edit in sealed:
        if isinstance(edit, EditionEdit):
            refuse_other(shelf.folder_of(editions, edit.number), edit.digest)
    return len(sealed)


def refuse_other(edition: Path, digest: str) -> None:
    """Refuse an edition that is not what was released, or not the one with these cells."""
    about = shelf.read_about(edition)
    released_plan(edition)
    if about.digest != digest:
        raise DataRefused([error("edition.foreign", about.name, number=about.number)])


def leaf_frame(plan: Plan) -> pl.DataFrame:
    """A row a given cell: period, one column an axis (ids), measure, layer, amount.

    The amount of money is in 分, of other measures in pieces. Rows go by members, then period.
    """
    order = np.argsort(plan.rank)
    labels = np.array([period.label for period in plan.periods])
    frames = []
    for measure, layer in sorted(plan.columns):
        column = plan.columns[measure, layer]
        given = column.given[order]
        rows, periods = np.nonzero(given)
        unit = plan.measure(measure).unit
        ids = {
            axis.name: np.array([one.id for one in axis.members])[plan.rows[order[rows], place]]
            for place, axis in enumerate(plan.axes)
        }
        frames.append(
            pl.DataFrame(
                {
                    "period": labels[periods],
                    **ids,
                    "measure": [measure] * len(rows),
                    "layer": [layer] * len(rows),
                    "amount": column.values[order][rows, periods] * unit,
                },
            )
        )
    return pl.concat(frames)


def _begins(plan: Plan, label: str) -> Period:
    """The period that an edition is to be in force from."""
    found = next((one for one in plan.periods if one.label == label), None)
    if found is None:
        shown = f"{plan.periods[0].label}–{plan.periods[-1].label}"
        raise UsageRefused([error("edition.no_period", label, periods=shown)])
    return found


def _refuse_closed(plan: Plan, editions: Path, effective: Period) -> None:
    """What was closed under one edition stays under it."""
    over = [one for one in plan.periods[: plan.elapsed] if one.start >= effective.start]
    there = shelf.in_force(editions, over[-1].start.isoformat()) if over else None
    if there is not None:
        told = {"last": over[-1].label, "edition": there.name}
        raise DataRefused([error("edition.period_closed", effective.label, **told)])


def _totals(plan: Plan) -> dict[str, str]:
    """The total of each column, as people write it."""
    return {
        f"{measure}/{layer}": plan.measure(measure).say(int(column.values[column.given].sum()))
        for (measure, layer), column in sorted(plan.columns.items())
    }
