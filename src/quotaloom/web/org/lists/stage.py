"""The stages of reading and writing a list, and how far each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext_lazy as _

from quotaloom.web.jobs.stage import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotaloom.web.jobs.registry import Progress

T = TypeVar("T")
STEP = 100  # parts between two notes
STAGES |= {
    "compare": _("Comparing with what is there"),
    "weigh": _("Checking what would follow"),
}


def counted(parts: Iterable[T], of: int, stage: str, progress: Progress) -> Iterator[T]:
    """The parts in order, telling on the way how many are done."""
    for done, part in enumerate(parts):
        if done % STEP == 0:
            progress(stage, done, of)
        yield part
