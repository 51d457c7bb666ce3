"""Files as downloads."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from django.http import FileResponse
from django.utils.translation import gettext as _

from quotaloom.report.annotated import write_annotated
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http.response import HttpResponseBase

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.raw_table import RawTable

KINDS: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
}


def sent(path: Path, name: str) -> HttpResponseBase:
    """A file as a download under a name; it may be deleted once it is open."""
    answer = FileResponse(path.open("rb"), content_type=KINDS[path.suffix])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def marked(table: RawTable | None, findings: Sequence[Finding], file: str) -> HttpResponseBase:
    """The file called ``file`` with everything that is wrong marked in its cell, and listed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "marked.xlsx")
        write_annotated(table, findings, path, language())
        return sent(path, _("%(file)s marked.xlsx") % {"file": file})
