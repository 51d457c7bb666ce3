"""What was seen in files, kept for all processes: files never change under their id."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING, Final, TypeVar, cast

from django.core.cache import caches

from quotaloom.cycle.inspect import Inspection, Look
from quotaloom.warehouse.intake.match import Match
from quotaloom.web.plans.kept import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")
SHAPE: Final = [[one.name for one in fields(kind)] for kind in (Look, Inspection, Match)]


def seen(key: Hashable, answer: Callable[[], T]) -> T:
    """The answer as this process, or any other, has it already; else a new one."""
    return kept(key, lambda: cast("T", _shared(key, answer)))


def is_seen(key: Hashable) -> bool:
    """Whether some process has the answer."""
    return _named(key) in caches["seen"]


def _shared(key: Hashable, answer: Callable[[], T]) -> T | None:
    return caches["seen"].get_or_set(_named(key), answer)


def _named(key: Hashable) -> str:
    """A key's digest; a version that sees more or less asks under another."""
    return hashlib.sha256(repr((key, SHAPE)).encode()).hexdigest()
