"""Workbooks that are dropped on the board: how many there may be, and how large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.web.accounts.request import Request

MOST_FILES: Final = 100
MOST_BYTES: Final = 20 * 2**20  # each; a handout of 20,000 lines has four


def dropped(request: Request) -> tuple[list[UploadedFile[bytes]], str]:
    """The files that came, and what is wrong with them, "" for nothing."""
    files = [file for file in request.FILES.getlist("file") if file is not None]
    if len(files) > MOST_FILES:
        return [], _("At most %(most)d files at once.") % {"most": MOST_FILES}
    if any((file.size or 0) > MOST_BYTES for file in files):
        return [], _("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 2**20}
    return files, ""
