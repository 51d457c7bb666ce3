"""Files that are dropped on a page: how many there may be, and how large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.web.accounts.request import Request

MOST_FILES: Final = 20
MIB: Final = 2**20
KINDS: Final = ".csv,.gz,.tsv,.txt,.xlsx,.xlsm,.xls,.parquet,.toml"


def limits() -> dict[str, object]:
    """What the drop zone says of files."""
    return {"most": settings.MOST_UPLOAD_BYTES // MIB, "kinds": KINDS}


def dropped(request: Request) -> tuple[list[UploadedFile[bytes]], str]:
    """The files that came, and what is wrong with them, "" for nothing."""
    files = [file for file in request.FILES.getlist("file") if file is not None]
    if len(files) > MOST_FILES:
        return [], _("At most %(most)d files at once.") % {"most": MOST_FILES}
    if any((file.size or 0) > settings.MOST_UPLOAD_BYTES for file in files):
        return [], _("The file is larger than %(most)d MB.") % {"most": limits()["most"]}
    return files, ""
