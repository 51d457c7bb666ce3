"""A period up to now: with the plan's open period, or with those that are over and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quotaloom.core.model.periods import Period

ToDate = Literal["", "with", "without"]


def to_date(span: Period, periods: Sequence[Period], day: date, how: ToDate) -> Period:
    """The span cut after the plan's last period that has begun by the evening of a day.

    ``without`` leaves the open one out, whose fact is not whole while its target is: the fact of
    whole periods stands against their targets. Where none is over yet the open one stays; where
    none has begun the span stays whole. A period is over on the evening of its last day.
    """
    begun = [one for one in periods if one.start <= day and span.start <= one.start < span.end]
    over = [one for one in begun if one.end <= day + timedelta(1)]
    told = {"with": begun, "without": over or begun}.get(how, [])
    return replace(span, end=told[-1].end) if told else span
