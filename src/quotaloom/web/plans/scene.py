"""What the files of a draft are taken for under the answers given so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import get_object_or_404

from quotaloom.cycle.inspect import inspect_joins, inspect_request, look_at
from quotaloom.cycle.reading import raw_options
from quotaloom.warehouse.intake.raw import RawOptions
from quotaloom.web.plans.columns import columns_of
from quotaloom.web.plans.models import Draft, Role
from quotaloom.web.plans.question import QUESTIONS
from quotaloom.web.plans.request import request_of
from quotaloom.web.plans.seen import is_seen, seen
from quotaloom.web.plans.store import upload_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.inspect import Inspection, Look
    from quotaloom.cycle.request import DecomposeRequest
    from quotaloom.warehouse.intake.match import Match
    from quotaloom.web.accounts.models import User
    from quotaloom.web.plans.columns import Columns
    from quotaloom.web.plans.models import DraftFile, Upload

PLAIN: Final = RawOptions()


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as the page shows it; ``match`` where it is joined and could be tried."""

    file: DraftFile
    look: Look
    match: Match | None


@dataclass(frozen=True, slots=True)
class Scene:
    """All files, what is recognised in them, and the columns that the form offers."""

    files: tuple[Shown, ...]
    seen: Inspection
    columns: Columns

    @property
    def of_joins(self) -> list[Finding]:
        """What is told beside the files that are joined."""
        return [one for shown in self.files if shown.match for one in shown.match.findings]


def draft_of(user: User, draft_id: UUID) -> Draft:
    """One of the user's own drafts. Raises Http404 for any other."""
    return get_object_or_404(Draft, pk=draft_id, owner=user)


def scene_of(draft: Draft, asked: Mapping[str, Any]) -> Scene:
    """Look at every file. Files never change, so that looks are kept and cost nothing twice."""
    request = looking(draft, asked)
    files = list(draft.files.select_related("upload"))
    looks = [(file, _look(file, request)) for file in files]
    joined = seen(("joins", request), lambda: inspect_joins(request)) if request.join else {}
    return Scene(
        tuple(Shown(file, look, joined.get(file.alias)) for file, look in looks),
        seen(("seen", request), lambda: inspect_request(request)),
        columns_of(looks),
    )


def looking(draft: Draft, asked: Mapping[str, Any]) -> DecomposeRequest:
    """The request as far as it says how files are read: nothing else makes them be read anew."""
    answers = {name: asked[name] for name in asked if name in QUESTIONS and QUESTIONS[name].looks}
    named = {"total": "0", "year": 2027} | answers | files_of(draft)
    paths = {str(one.upload_id): upload_path(one.upload) for one in _files(draft)}
    return request_of(named, paths)


def files_of(draft: Draft) -> dict[str, Any]:
    """The files of a draft as a request keeps them: ids by role, joins in an order that works."""
    files = _files(draft)
    by_role: dict[str, list[str]] = {}
    for file in files:
        by_role.setdefault(file.role, []).append(str(file.upload_id))
    single = {
        "weights": Role.WEIGHTS,
        "roster": Role.ROSTER,
        "season_file": Role.SEASON,
        "potential": Role.POTENTIAL,
    }
    told = {name: by_role[role][-1] for name, role in single.items() if role in by_role}
    joins = [
        {"file": str(file.upload_id), "left": file.left, "right": file.right, "alias": file.alias}
        for file in _hung([file for file in files if file.is_joined])
    ]
    return {"facts": by_role.get(Role.FACTS, []), "joins": joins, **told}


def _files(draft: Draft) -> list[DraftFile]:
    return list(draft.files.select_related("upload"))


def _hung(joined: Sequence[DraftFile]) -> list[DraftFile]:
    """The joins, each after the one that it hangs on; a circle stays as it is, to be refused."""
    waiting, ordered = list(joined), []
    while waiting:
        names = {file.alias for file in waiting}
        ready = [one for one in waiting if one.left.partition(".")[0] not in names] or waiting
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return ordered


def _look(file: DraftFile, request: DecomposeRequest) -> Look:
    """The file as it is read: sheet and header row are said of past orders and weights alone."""
    is_base = file.role in {Role.FACTS, Role.WEIGHTS}
    return look_of(file.upload, raw_options(request) if is_base else RawOptions())


def look_of(upload: Upload, options: RawOptions = PLAIN) -> Look:
    """The table in an upload, read with the options."""
    return seen(("look", upload.pk, options), lambda: look_at(upload_path(upload), options))


def is_scene_seen(draft: Draft, asked: Mapping[str, Any]) -> bool:
    """Whether the files were read under these answers before, so that nobody waits."""
    return is_seen(("seen", looking(draft, asked)))
