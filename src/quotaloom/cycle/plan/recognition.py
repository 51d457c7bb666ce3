"""Lines of what is booked become lines of what is recognised, kind of revenue by kind (F10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.allocation.recognition import recognised, weights_of, yearly_rate
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, info
from quotaloom.core.model.money import plain_amount
from quotaloom.core.model.period_labels import parse_period
from quotaloom.cycle.plan.ruled import ruled
from quotaloom.planfile.place_text import write_slice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.plan.lines import Lines
    from quotaloom.planfile.rule_text import RecognitionRule

    Ints = NDArray[np.int64]
MONTH = "month"


@dataclass(frozen=True, slots=True, eq=False)
class Recognised:
    """The lines of what is recognised within the plan's year, and what is to be said of the rest.

    Told for each rule: what falls due after the year, and of subscriptions their ARR then.
    """

    lines: Lines
    findings: tuple[Finding, ...]


def recognise(lines: Lines, rules: Sequence[RecognitionRule]) -> Recognised:
    """Each member's bookings over the months in which they are recognised, to the unit.

    UsageRefused where the periods are no months; DataRefused as by ``ruled``.
    """
    frame = lines.frame
    labels = sorted(
        frame["period"].unique(), key=lambda one: parse_period(one, lines.calendar).start
    )
    if any(parse_period(one, lines.calendar).kind != MONTH for one in labels):
        raise UsageRefused([error("rule.no_months", labels[0])])
    row, month = _places(frame, labels)
    quota, said = np.zeros(frame.height, np.int64), []
    for rule, mask in ruled(lines, rules):
        cells = row[mask], month[mask]
        booked = np.zeros((int(row.max()) + 1, len(labels)), np.int64)
        booked[cells] = frame["quota"].to_numpy()[mask] // lines.unit
        weights = weights_of(rule.pattern, rule.months, rule.milestones)
        inside, later = recognised(booked, weights)
        quota[mask] = inside[cells] * lines.unit
        said += _told(rule, booked * lines.unit, int(later.sum()) * lines.unit)
    known = frame.drop("basis", strict=False).with_columns(pl.Series("quota", quota, pl.Int64))
    return Recognised(replace(lines, frame=known), tuple(said))


def _places(frame: pl.DataFrame, labels: Sequence[str]) -> tuple[Ints, Ints]:
    """Of each line which members it is of, by a number, and the place of its month."""
    members = [one for one in frame.columns if one not in {"period", "quota", "basis"}]
    row = frame.select(pl.struct(members).rank("dense")).to_series().to_numpy() - 1
    order = {label: number for number, label in enumerate(labels)}
    month = frame["period"].replace_strict(order, return_dtype=pl.Int64).to_numpy()
    return row, month


def _told(rule: RecognitionRule, booked: Ints, later: int) -> list[Finding]:
    """What a rule leaves for later years, in 元."""
    where = write_slice(rule.at)
    told = [info("rule.later", where, later=plain_amount(later))] if later else []
    if rule.pattern == "monthly":
        arr = plain_amount(yearly_rate(booked, rule.months))
        told.append(info("rule.arr", where, arr=arr))
    return told
