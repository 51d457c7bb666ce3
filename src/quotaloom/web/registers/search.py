"""Opportunities for the command palette: by name and number, within the scope of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse

from quotaloom.web.registers.selectors import opportunities_of
from quotaloom.web.ui.search import WITHIN, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.web.accounts.models import User
    from quotaloom.web.ui.search import Words

MOST: Final = 50


def opportunities_found(user: User, words: Words) -> Iterator[Hit]:
    """The records whose name, number or customer fits, those updated last first."""
    if not user.has_perm("opportunities.read"):
        return
    text = words.text
    fits = Q(name__icontains=text) | Q(number__icontains=text) | Q(customer__icontains=text)
    for one in opportunities_of(user).filter(fits).order_by("-updated_at")[:MOST]:
        rank = words.rank(one.name, one.number)
        told = f"{one.number} · {one.customer}"
        url = reverse("opportunity", args=[one.pk])
        yield Hit(WITHIN if rank is None else rank, one.name, told, "handshake", url)
