"""What the sign-in page shows beside its form: other houses, the demo's cards, the version."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from allauth.socialaccount.adapter import get_adapter
from django import template
from django.conf import settings

from quotaloom.web.accounts.card import Card, demo_cards
from quotaloom.web.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()


@register.simple_tag
def houses(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and address of every house that people may sign in through."""
    found: list[Any] = get_adapter().list_providers(request)
    return [(one.app.name or one.name, one.get_login_url(request)) for one in found]


@register.simple_tag
def cards() -> list[Card]:
    """The demo's roles; none outside the demo."""
    return demo_cards() if settings.DEMO else []


@register.simple_tag
def product_version() -> str:
    """The version that runs."""
    return version("quotaloom")


@register.simple_tag
def region() -> str:
    """Where the figures lie, as the operator calls it; empty where that is this server."""
    return str(getattr(settings, "REGION", ""))


@register.simple_tag
def contact() -> str:
    """Whom to ask where signing in fails, as the operator calls it; empty where nobody said."""
    return str(settings.CONTACT)


@register.simple_tag
def first_run() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()
