"""Where a request comes from, as far as the proxies in front can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The client's address; empty where it cannot be told."""
    try:
        return str(get_client_ip(request) or "")
    except (ImproperlyConfigured, ValueError):  # fewer hops than proxies: nobody to believe
        return str(request.META.get("REMOTE_ADDR", ""))
