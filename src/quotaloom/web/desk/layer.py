"""Layers of a figure brought together as a page asks: their weighted mean, or another's totals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.edit import Calibrate, Reconcile
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.names import half_width
from quotaloom.planfile.number import read_number
from quotaloom.planfile.piece import ALL, Piece
from quotaloom.web.plans.counted import layer_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan

    Asked = Mapping[str, str]
WEIGHT: Final = "weight."  # before a layer: how much it counts in the mean
ALONG: Final = "along."  # before a number: an axis whose members follow, the star is time
LONGEST: Final = 40


def layers_edit(asked: Asked, plan: Plan, at: Slice) -> Reconcile | Calibrate:
    """The edit that brings the layer of a slice together with others.

    Each layer is read at the very cells of the slice. Raises UsageRefused and DataRefused for what
    is missing or cannot be read.
    """
    if asked.get("change") == "calibrate":
        reference = replace(at, layer=asked.get("reference", "")[:LONGEST])
        _refuse_empty(plan, [reference])
        return Calibrate(at, reference, _along(asked))
    told = {one: _weight(asked.get(WEIGHT + one, "")) for one in plan.layers}
    weights = {one: weight for one, weight in told.items() if weight}
    if not weights or min(weights.values()) < 0:
        raise UsageRefused([error("layers.lacks_weights")])
    references = tuple(replace(at, layer=one) for one in weights)
    _refuse_empty(plan, references)
    return Reconcile(at, references, tuple(weights.values()))


def _refuse_empty(plan: Plan, references: Sequence[Slice]) -> None:
    """Refuse layers in which no figure was given yet: they would count as 0."""
    empty = [one.layer for one in references if not _has_figures(plan, one)]
    if empty:
        raise UsageRefused([error("layers.empty", str(layer_words(one))) for one in empty])


def _has_figures(plan: Plan, at: Slice) -> bool:
    region = plan.region(at)
    return bool((region.cut(plan.column(at.key).given) & region.mask).any())


def _weight(text: str) -> Fraction | None:
    """What was typed, None for nothing."""
    told = half_width(text).strip().removesuffix("%")[:LONGEST]
    return read_number(Piece(told).trimmed()) if told else None


def _along(asked: Asked) -> tuple[str, ...]:
    found = [asked[field] for field in sorted(asked) if field.startswith(ALONG)]
    if not found:
        raise UsageRefused([error("layers.lacks_along")])
    return tuple("" if one == ALL else one for one in found)
