"""The first page, the choices of the page bar, and what one sees when something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from quotaloom.web.ui.frame import PLACES, UNIT_COOKIE
from quotaloom.web.ui.language import KNOWN
from quotaloom.web.ui.policy import PUBLIC, SIGNED_IN, policy
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from django.http import HttpRequest

YEAR = 365 * 24 * 3600


@policy(SIGNED_IN)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page that the one who came may open, in the order of the navigation."""
    user = request.user
    for one in sorted(PLACES, key=lambda place: place.address != "plan_list"):
        if user.has_perm(one.permission):
            return redirect(one.address)
    return render(request, "ui/nothing.html")


@policy(PUBLIC)
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("ok", content_type="text/plain")


@policy(PUBLIC)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back."""
    wanted = request.POST.get("language", "")
    return _kept(request, settings.LANGUAGE_COOKIE_NAME, wanted if wanted in KNOWN else "zh-hans")


@policy(SIGNED_IN)
@require_POST
def choose_unit(request: HttpRequest) -> HttpResponse:
    """Keep the unit and go back."""
    wanted = request.POST.get("unit", "")
    return _kept(request, UNIT_COOKIE, wanted if wanted in UNITS else "wan")


def _kept(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("home")
    answer = HttpResponseRedirect(back)
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(cookie, value, YEAR, httponly=True, samesite="Lax", secure=secure)
    return answer


def _wrong(request: HttpRequest, status: int, cause: str = "") -> HttpResponse:
    return render(request, "ui/wrong.html", {"status": status, "cause": cause}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400."""
    return _wrong(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the permission that is missing."""
    return _wrong(request, 403, str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 for what did not come from a page of ours."""
    return _wrong(request, 403, "policy.csrf")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404; the same for what is not there and for what one may not see."""
    return _wrong(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _wrong(request, 500)
