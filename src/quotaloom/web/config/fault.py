"""What one sees where the server itself cannot go on: disk full, database away, a fault."""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from quotaloom.core.model.findings import error
from quotaloom.report.wording import sentence
from quotaloom.web.ui.away import is_away
from quotaloom.web.ui.disk import disk_full
from quotaloom.web.ui.views import bad_request as unreadable
from quotaloom.web.ui.views import server_error as broken

if TYPE_CHECKING:
    from django.http import HttpRequest

    from quotaloom.core.model.findings import Finding
    from quotaloom.report.wording import Lang

SOON = "10"  # seconds after which a program may ask again


def server_error(request: HttpRequest) -> HttpResponse:
    """507 for a full disk, 503 for a database that is away, else 500.

    The first two pages ask neither the session nor the database.
    """
    return _beyond_us(sys.exc_info()[1]) or broken(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; but a session that could not be kept is called a bad request too, whatever the cause."""
    return _beyond_us(exception) or unreadable(request, exception)


def _beyond_us(fault: BaseException | None) -> HttpResponse | None:
    if found := disk_full(fault):
        return _plain(found, HTTPStatus.INSUFFICIENT_STORAGE)
    if not is_away(fault):
        return None
    answer = _plain(error("serve.database_away"), HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = SOON
    return answer


def _plain(found: Finding, status: HTTPStatus) -> HttpResponse:
    lang: Lang = "zh" if (get_language() or "zh").startswith("zh") else "en"
    told = {"said": sentence(found, lang), "lang": lang}
    return HttpResponse(render_to_string("config/fault.html", told), status=status)
