"""The language of a page: chosen in the page bar, kept in a cookie; Chinese unless said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

KNOWN = ("zh-hans", "en", "en-xa")  # en-xa is the pseudo-locale of the tests


class ChosenLanguage:
    """Activates the language of the cookie, else Chinese; the browser's wish does not count."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in KNOWN else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            answer = self.respond(request)
        answer.headers.setdefault("Content-Language", language)
        return answer
