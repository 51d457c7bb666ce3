"""Kinds of jobs and the function that does each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.web.jobs.models import Job

    Progress = Callable[[str, int, int], None]  # stage, done, of
    Work = Callable[[Job, Progress], dict[str, object]]

KINDS: dict[str, Work] = {}


def kind(name: str) -> Callable[[Work], Work]:
    """Register the work of a kind: it answers the job's result, a mapping for JSON.

    Refusals are raised as QuotaLoomError. The work must be safe to begin anew after a crash.
    """

    def registered(work: Work) -> Work:
        if name in KINDS:
            raise ValueError(f"two kinds of job are called {name}")
        KINDS[name] = work
        return work

    return registered
