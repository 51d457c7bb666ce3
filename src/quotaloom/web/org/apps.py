"""The app's name, and what it tells the permission backend at start."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from quotaloom.web.ui.frame import place


class Org(AppConfig):
    """Members, people, roles, and who may see what."""

    name = "quotaloom.web.org"
    label = "org"

    def ready(self) -> None:
        """Every permission gets its predicate, the demo its cards, the palette its finders."""
        from quotaloom.web.accounts.card import MAKERS  # noqa: PLC0415 - needs the models
        from quotaloom.web.org import demo_jobs  # noqa: F401, PLC0415 - registers kinds of work
        from quotaloom.web.org.access import declare_permissions  # noqa: PLC0415
        from quotaloom.web.org.access_demo import role_cards  # noqa: PLC0415
        from quotaloom.web.org.access_offer import offer_after_migration  # noqa: PLC0415
        from quotaloom.web.org.lists import jobs  # noqa: F401, PLC0415 - the same
        from quotaloom.web.org.search import holders_found, members_found  # noqa: PLC0415
        from quotaloom.web.ui.search import FINDERS  # noqa: PLC0415

        declare_permissions()
        post_migrate.connect(offer_after_migration, sender=self)
        MAKERS.append(role_cards)
        FINDERS.extend((members_found, holders_found))
        place("org", _("Organisation"), "building-2", "org.read", "o")
        place("wizard", _("Company settings"), "settings", "system.edit", "s")
        place("account_list", _("Access"), "shield", "access.read", "k")
