"""What a program is told when something is wrong: a code, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja import Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI


class Problem(Schema):
    """A refusal."""

    code: str
    subject: str = ""


class Refused(Exception):
    """An operation that is not carried out, with the status to answer."""

    def __init__(self, status: int, code: str, subject: str = "", **more: object) -> None:
        super().__init__(code)
        self.status = status
        self.problem = {"code": code, "subject": subject, **more}


PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


def answer_problems(api: NinjaAPI) -> None:
    """Every refusal in one form."""

    def refused(request: HttpRequest, cause: Any) -> HttpResponse:  # noqa: ANN401 - as ninja asks
        return api.create_response(request, cause.problem, status=cause.status)

    def unreadable(request: HttpRequest, cause: Any) -> HttpResponse:  # noqa: ANN401
        first = cause.errors[0] if cause.errors else {}
        kind, *parts = (str(part) for part in first.get("loc", ("",)))
        pointer = "".join(f"/{part}" for part in parts[1:])
        where = pointer if kind == "body" else ".".join((kind, *parts))
        told = {"code": f"request.{first.get('type', 'unreadable')}", "subject": where}
        return api.create_response(request, told, status=422)

    def unknown(request: HttpRequest, _cause: object) -> HttpResponse:
        return api.create_response(request, {"code": "token.unknown", "subject": ""}, status=401)

    def missing(request: HttpRequest, _cause: object) -> HttpResponse:
        return api.create_response(request, {"code": "missing", "subject": ""}, status=404)

    def unparsed(request: HttpRequest, cause: Any) -> HttpResponse:  # noqa: ANN401
        told = cause.__cause__ if isinstance(cause.__cause__, Refused) else None
        problem = told or Refused(cause.status_code, "request.unreadable")
        return refused(request, problem)

    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(HttpError, unparsed)
    api.add_exception_handler(ValidationError, unreadable)
    api.add_exception_handler(AuthenticationError, unknown)
    api.add_exception_handler(Http404, missing)
