"""Bodies are read strictly: no field twice, nothing too deep, nothing that is no JSON number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from ninja.parser import Parser

from quotaloom.web.api.problem import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest


class StrictParser(Parser):
    """Refuses with 422 what other readers of JSON would guess at."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401 - as ninja asks
        """The body, once nothing in it can be read in two ways."""
        try:
            return json.loads(request.body, object_pairs_hook=fields_once, parse_constant=no_number)
        except (ValueError, RecursionError) as cause:
            raise Refused(422, "request.unreadable") from cause


def fields_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of its fields. Refused (422) where one stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(422, "request.field_twice", twice[:200])
    return found


def no_number(text: str) -> NoReturn:
    """Refuse NaN and Infinity, which no JSON has."""
    raise ValueError(text)
