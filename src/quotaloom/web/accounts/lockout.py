"""Lock-out after wrong passwords, counted in the database so that all processes count together.

A trial is written down before the password is looked at, and taken back where it was right:
however many trials run at once, no more than the limit see the password.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from quotaloom.web.accounts.models import FailedSignIn

MOST_A_NAME: Final = 5
MOST_AN_ADDRESS: Final = 50  # a whole office may share one
WINDOW: Final = timedelta(minutes=15)
KEPT: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trial:
    """One try to get in: its row, and the minutes to wait where it may not be made (else 0)."""

    row: FailedSignIn
    minutes: int


def trial_begin(name: str, address: str) -> Trial:
    """Write a try down; with ``minutes`` above 0 it must be refused, and does not count."""
    now = timezone.now()
    FailedSignIn.objects.filter(at__lt=now - KEPT).delete()
    row = FailedSignIn.objects.create(key=_key(name), address=address, at=now)
    until = max(
        _free_at({"key": row.key}, MOST_A_NAME, row),
        _free_at({"address": address}, MOST_AN_ADDRESS, row),
    )
    if until <= now:
        return Trial(row, 0)
    row.delete()
    return Trial(row, -int(-(until - now).total_seconds() // 60))


def trial_right(name: str) -> None:
    """The password was right: the failures of this name no longer count."""
    FailedSignIn.objects.filter(key=_key(name)).delete()


def _free_at(who: dict[str, str], most: int, row: FailedSignIn) -> datetime:
    since = row.at - WINDOW
    earlier = FailedSignIn.objects.filter(at__gt=since, id__lt=row.pk, **who).order_by("-at", "-id")
    nth = earlier[most - 1 : most].first()
    return nth.at + WINDOW if nth else since


def _key(name: str) -> str:
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()
