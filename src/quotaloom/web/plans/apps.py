"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from quotaloom.web.ui.frame import place


class Plans(AppConfig):
    """Plans and their pages."""

    name = "quotaloom.web.plans"
    label = "plans"

    def ready(self) -> None:
        """The plans' door in the navigation, and how the palette finds them."""
        from quotaloom.web.plans import (  # noqa: PLC0415 - kinds of work, parts of the demo
            demo,  # noqa: F401
            jobs,  # noqa: F401
            looking,  # noqa: F401
            parts,  # noqa: F401
        )
        from quotaloom.web.plans.question import WORDS  # noqa: PLC0415 - needs the models
        from quotaloom.web.plans.search import plans_found  # noqa: PLC0415 - needs the models
        from quotaloom.web.ui.flags import FIELDS  # noqa: PLC0415
        from quotaloom.web.ui.search import FINDERS  # noqa: PLC0415

        FIELDS.update(WORDS)
        FINDERS.append(plans_found)

        place("plan_list", _("Plans"), "network", "plans.read", "p")
