"""Where an uploaded file lies, and how it is to be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.warehouse.intake.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.web.data.models import Upload

BY_KEY, APPEND, REPLACE = "key", "append", "replace"
LEAVE: Final = "leave"  # rows with faults
PLAIN: Final = ("sheet", "header_row", "encoding", "subtotals", "date_order")
DEFAULTED: Final = ("hidden_rows", "decimal_mark", "source")


def upload_path(row: Upload) -> Path:
    """The file under its own name, so that findings can name it."""
    return Path(settings.MEDIA_ROOT, "facts", str(row.pk), row.name)


def mends_of(row: Upload) -> tuple[Mend, ...]:
    """The cells that were put right, in the order in which that was done."""
    return tuple(Mend(file=row.name, **one) for one in row.mends)


def request_of(row: Upload) -> ImportRequest:
    """What is asked of the import, as the page's settings say it."""
    told: Mapping[str, Any] = row.reading
    given: dict[str, Any] = {name: told.get(name) or None for name in PLAIN}
    given |= {name: told[name] for name in DEFAULTED if told.get(name)}
    mode = told.get("mode", BY_KEY)
    return ImportRequest(
        files=(upload_path(row),),
        into=row.dataset,
        append=mode == APPEND,
        replace=told.get("period") if mode == REPLACE else None,
        fill_down=bool(told.get("fill_down")),
        valid_only=told.get("faulty") == LEAVE,
        map=tuple(f"{header}={column}" for header, column in told.get("map", {}).items()),
        mends=mends_of(row),
        **given,
    )
