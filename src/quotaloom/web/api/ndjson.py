"""Rows as JSON, an object a line: read strictly, and laid out as the table that they are."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any, Final

from quotaloom.web.api.problem import Refused
from quotaloom.web.api.strict import fields_once, no_number

MOST_FIELDS: Final = 200


def rows_as_csv(body: bytes) -> str:
    """A csv of the rows; a field that only some have is blank in the others.

    Refused (422) at the first line that is no object of texts, whole numbers and nulls: a float
    does not say which amount it means. The subject is the line, from 1, and the field.
    """
    rows = [_row(number, line) for number, line in enumerate(body.splitlines(), 1) if line.strip()]
    heads = list(dict.fromkeys(name for row in rows for name in row))
    if not heads or len(heads) > MOST_FIELDS:
        raise Refused(422, "request.no_rows" if not heads else "request.too_many_fields")
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([row.get(name, "") for name in heads] for row in rows)
    return out.getvalue()


def _row(number: int, line: bytes) -> dict[str, str]:
    try:
        found = json.loads(line, object_pairs_hook=fields_once, parse_constant=no_number)
    except (ValueError, RecursionError) as cause:
        raise Refused(422, "request.unreadable", f"/{number}") from cause
    if not isinstance(found, dict):
        raise Refused(422, "request.no_object", f"/{number}")
    return {name: _cell(f"/{number}/{name}"[:200], value) for name, value in found.items()}


def _cell(where: str, value: Any) -> str:  # noqa: ANN401 - what JSON holds
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Refused(422, "request.no_text", where)
