"""What every page's frame shows: where one is, in which unit, and where one may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Place:
    """A door in the navigation: the address name, its word, icon, permission and key."""

    address: str
    word: str | Promise
    icon: str
    permission: str
    key: str


PLACES: list[Place] = []
COMPANY_UNIT: list[Callable[[], str]] = []  # set at start by who knows the company
UNIT_COOKIE = "unit"
ZH_UNITS, EN_UNITS = ("yuan", "wan", "yi"), ("yuan", "k", "m")


def place(address: str, word: Promise, icon: str, permission: str, key: str) -> None:
    """Add a door to the navigation; apps call it once, when they are ready."""
    PLACES.append(Place(address, word, icon, permission, key))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that the frame of every page needs."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    doors = [one for one in PLACES if user and signed_in and user.has_perm(one.permission)]
    words = unit_words()
    unit = UNITS[chosen_unit(request)]
    return {
        "places": [{"url": reverse(one.address), "place": one} for one in doors],
        "unit_code": unit.code,
        "unit": unit,
        "unit_word": unit.zh if words is ZH_UNITS else unit.en,
        "units": [
            (UNITS[code].zh if words is ZH_UNITS else UNITS[code].en, code) for code in words
        ],
        "language_code": get_language(),
        "is_demo": settings.DEMO,
        "user_scope": _("Whole company"),
    }


def unit_words() -> tuple[str, ...]:
    """The units that the language of the page counts in, small to large."""
    return ZH_UNITS if (get_language() or "zh").startswith("zh") else EN_UNITS


def chosen_unit(request: HttpRequest) -> str:
    """The unit of the page: of the address, else of the cookie, else 万元 or thousands."""
    asked = request.GET.get("unit") or request.COOKIES.get(UNIT_COOKIE, "")
    if not asked and COMPANY_UNIT:
        asked = COMPANY_UNIT[0]()
    words = unit_words()
    if asked in UNITS and asked not in words:  # chosen in the other language: its neighbour
        asked = words[(ZH_UNITS if asked in ZH_UNITS else EN_UNITS).index(asked)]
    return asked if asked in words else words[1]
