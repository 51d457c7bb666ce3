"""The words of the stages that jobs go through; an app adds those of its own jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

STAGES: dict[str, Promise] = {
    "read": _("Reading the file"),
    "add_up": _("Adding up the history"),
    "spread": _("Spreading the total"),
    "check": _("Checking every sum"),
    "write": _("Writing the result"),
    "keep": _("Writing the result"),
}
LAST: set[str] = {"keep"}  # stages from which on a job can no longer be stopped


def stage_word(stage: str) -> str:
    """What a job is at."""
    return str(STAGES.get(stage, _("Getting ready")))
