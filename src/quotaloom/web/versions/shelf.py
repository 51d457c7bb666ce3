"""Where the editions of a plan lie in the data folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from quotaloom.cycle.plan.edition import released_plan
from quotaloom.warehouse.edition import editions, folder_of
from quotaloom.web.plans.kept import kept
from quotaloom.web.versions.models import Edition

if TYPE_CHECKING:
    from uuid import UUID

    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan


def shelf_of(plan_id: UUID) -> Path:
    """The folder with the editions of a plan."""
    return Path(settings.HOME, "editions", str(plan_id))


def plan_of(edition: Edition) -> LivingPlan:
    """The plan as it was released. DataRefused where the files are not what was released."""
    place = folder_of(shelf_of(edition.plan_id), edition.number)
    key = ("edition", str(edition.plan_id), edition.number, edition.seal)
    return kept(key, lambda: released_plan(place)[0])


def sweep(plan_id: UUID) -> None:
    """Delete what a killed process wrote before its row was: nobody ever saw it as released."""
    numbers = set(Edition.objects.filter(plan=plan_id).values_list("number", flat=True))
    folder = shelf_of(plan_id)
    for one in editions(folder):
        if one.number not in numbers:
            shutil.rmtree(folder_of(folder, one.number))
