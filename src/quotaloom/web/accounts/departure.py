"""Leaving for another house to sign in: a page that says so and goes there by itself.

The content policy keeps forms at home, and browsers apply that to redirects of a form as well; a
page of our own that moves on is not a form.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialApp
from django.http import Http404
from django.shortcuts import render
from django.urls import URLPattern, URLResolver

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LEAVING = ("openid_connect_login", "feishu_login", "dingtalk_login", "wecom_login")


class Departure:
    """Turns the redirect to another house into a page that leads there."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the way out as a page."""
        answer = self.respond(request)
        match = request.resolver_match
        goal = answer.headers.get("Location", "")
        if not match or match.url_name not in LEAVING or not urlsplit(goal).netloc:
            return answer
        if urlsplit(goal).scheme not in {"https", "http"}:
            return answer
        return render(request, "account/leaving.html", {"goal": goal})


def where_configured(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses; those of a house that is not configured are not there."""
    for one in patterns:
        if isinstance(one, URLResolver):
            where_configured(one.url_patterns)
        else:
            one.callback = _there(one.callback)
    return patterns


def _there(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def opened(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:  # noqa: ANN401
        try:
            return view(request, *given, **named)
        except SocialApp.DoesNotExist as cause:
            raise Http404 from cause

    return opened
