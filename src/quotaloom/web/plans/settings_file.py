"""Settings from the command's TOML file as answers of the form."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.config import read_config
from quotaloom.cycle.request import read_join
from quotaloom.cycle.season import is_list
from quotaloom.web.plans.choices import OWN, SEASONS, UNITS
from quotaloom.web.plans.draft import answers_keep
from quotaloom.web.plans.models import Role
from quotaloom.web.plans.question import QUESTIONS
from quotaloom.web.ui.templatetags.ql import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.plans.models import Draft, DraftFile

ROLES = {"facts": Role.FACTS, "weights": Role.WEIGHTS, "roster": Role.ROSTER}


@dataclass(frozen=True, slots=True)
class Taken:
    """How many settings were taken, the files that they name and the draft lacks, what is wrong."""

    count: int = 0
    lacking: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def tell(self, request: Request) -> None:
        """Say it on the next page."""
        for finding in self.findings:
            messages.error(request, said(finding))
        if self.count:
            text = ngettext("%(n)d setting taken.", "%(n)d settings taken.", self.count)
            messages.success(request, text % {"n": self.count})
        if self.lacking:
            text = _("The settings name files that are still to be added: %(files)s")
            messages.warning(request, text % {"files": ", ".join(self.lacking)})


def is_settings(file: UploadedFile[bytes]) -> bool:
    """Whether a dropped file holds settings."""
    return (file.name or "").lower().endswith(".toml")


def settings_take(*, draft: Draft, file: UploadedFile[bytes], actor: Actor) -> Taken:
    """Take the settings of a TOML file as answers; files that it names get their roles.

    Where it goes and what it is called (out, split_by, json) is not asked here. Files are known
    by their names, without folders. Nothing is taken where something cannot be read.
    """
    try:
        given = _read(file)
        files = dict(_files(given))
    except QuotaLoomError as refusal:
        return Taken(findings=tuple(refusal.findings))
    with transaction.atomic():
        typed = dict(_answers(given))
        answers_keep(draft=draft, typed=draft.typed | typed, actor=actor)
        there = {one.upload.name: one for one in draft.files.select_related("upload")}
        for name, role in files.items():
            if name in there:
                _cast(there[name], *role)
    return Taken(len(typed), tuple(sorted(set(files) - set(there))))


def _read(file: UploadedFile[bytes]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, PurePosixPath(file.name or "").name)
        path.write_bytes(file.read())
        return read_config(path)


def _answers(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each answer as it would be typed."""
    for name, value in given.items():
        if name in QUESTIONS and name != "unit":
            yield name, _typed(value)
    unit = _typed(given["unit"]) if "unit" in given else ""
    if unit:
        yield from _own("unit", "own_unit", unit, dict(UNITS))
    season = _typed(given.get("seasonality", ""), ",")
    if season and (season in dict(SEASONS) or is_list(season)):
        yield from _own("season", "profile", season, dict(SEASONS))


def _own(name: str, own: str, value: str, options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """An answer among options, else one's own."""
    yield (name, value) if value in options else (name, OWN)
    if value not in options:
        yield own, value


def _typed(value: object, between: str = "\n") -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return between.join(map(str, value)) if isinstance(value, list) else str(value)


def _files(given: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Role, dict[str, str]]]]:
    """The files that the settings name, without folders, and what each is for."""
    for name, role in ROLES.items():
        for text in _listed(given.get(name)):
            yield PurePosixPath(text).name, (role, {})
    for text in _listed(given.get("join")):
        path, left, right, alias = read_join(text)
        keys = {"left": left, "right": right, "alias": alias or ""}
        yield PurePosixPath(path).name, (Role.JOIN, keys)
    season = _typed(given.get("seasonality", ""), ",")
    if season and season not in dict(SEASONS) and not is_list(season):
        yield PurePosixPath(season).name, (Role.SEASON, {})


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] * bool(value)


def _cast(file: DraftFile, role: Role, keys: Mapping[str, str]) -> None:
    """Give a file its role; a column of the facts is qualified by their table."""
    file.role = role
    if keys:
        left = keys["left"]
        file.left = left if "." in left else f"facts.{left}"
        file.right, file.alias = keys["right"], keys["alias"] or file.alias
    file.save()
