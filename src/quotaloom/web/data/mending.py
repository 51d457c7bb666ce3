"""Cells put right on the page of their file, and restored: noted with who did it, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from quotaloom.cycle.facts.take import now
from quotaloom.web.audit.services import audit_record
from quotaloom.web.data.faulty import faulty_cells, mended_cell
from quotaloom.web.data.models import State, Upload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.warehouse.tables.mendable import Cell
    from quotaloom.web.audit.services import Actor

    Mend = dict[str, Any]


def cells_mend(*, row: Upload, texts: Mapping[Cell, str], actor: Actor) -> int:
    """Note what faulty cells are to say; answers how many.

    Cells that are not faulty, or whose text stays, are left alone.
    """
    with transaction.atomic():
        held = _held(row)
        known = {mended_cell(one): one for one in held.mends}
        typed = {
            one.cell: _mend(one.cell, known.get(one.cell, {}).get("old", one.value), text, actor)
            for one in faulty_cells(held)
            if (text := texts.get(one.cell, one.value)) != one.value
        }
        if typed:
            _keep(row, (known | typed).values(), "upload.mend", len(typed), actor)
    return len(typed)


def cell_restore(*, row: Upload, cell: Cell, actor: Actor) -> bool:
    """Let a cell say again what stands in the file; answers whether it said something else."""
    with transaction.atomic():
        held = _held(row)
        left = [one for one in held.mends if mended_cell(one) != cell]
        is_open = held.position is None and not held.is_busy
        is_done = is_open and len(left) < len(held.mends)
        if is_done:
            _keep(row, left, "upload.restore", 1, actor)
    return is_done


def _held(row: Upload) -> Upload:
    return Upload.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _mend(cell: Cell, old: str, new: str, actor: Actor) -> Mend:
    sheet, row, column = cell
    told = {"sheet": sheet, "row": row, "column": column, "old": old, "new": new}
    return told | {"author": actor.id, "time": now()}


def _keep(row: Upload, mends: Iterable[Mend], action: str, cells: int, actor: Actor) -> None:
    """Keep the mends; what was found by the cells before no longer holds."""
    row.mends = list(mends)
    row.state, row.effect, row.findings = State.WAITS, {}, []
    row.save(update_fields=["mends", "state", "effect", "findings"])
    subject = f"upload:{row.pk}"
    audit_record(actor=actor, action=action, subject=subject, params={"cells": cells})
