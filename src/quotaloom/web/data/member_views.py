"""The page of names that count under 未归属: who each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.warehouse.batches.shelf import DATASET
from quotaloom.web.audit.services import actor_of
from quotaloom.web.data.known import known_members
from quotaloom.web.data.selectors import unknown_names
from quotaloom.web.data.services import members_resolve
from quotaloom.web.data.words import dataset_word, stored_word
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import said

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request


@policy("data.import")
@require_GET
def members(request: Request, dataset: str) -> HttpResponse:
    """The names with their rows and amounts, and the members that come nearest."""
    _checked(dataset)
    names = unknown_names(dataset)
    columns = {one.column for one in names}
    known = known_members()
    lists = [(column, sorted(known.get(column, ()))) for column in sorted(columns)]
    context = {
        "dataset": dataset,
        "word": dataset_word(dataset),
        "names": names,
        "lists": lists,
        "has_amounts": any(one.amount is not None for one in names),
    }
    return render(request, "data/members.html", context)


@policy("data.import")
@require_POST
def resolve(request: Request, dataset: str) -> HttpResponse:
    """Take down who the names are; a member that is on no list is refused."""
    _checked(dataset)
    texts, columns = request.POST.getlist("text"), request.POST.getlist("column")
    wishes: dict[str, dict[str, str]] = {}
    for column, text, member in zip(columns, texts, request.POST.getlist("member"), strict=False):
        if member.strip():
            wishes.setdefault(column, {})[text] = member.strip()
    if wrong := _strangers(dataset, wishes):
        messages.error(request, wrong)
        return redirect("data_members", dataset=dataset)
    actor = actor_of(request)
    try:
        for column, named in wishes.items():
            told = {"dataset": dataset, "column": column, "members": named}
            members_resolve(**told, user=request.user, actor=actor)  # type: ignore[arg-type]
    except QuotaLoomError as refusal:
        messages.error(request, " ".join(map(said, refusal.findings)))
    else:
        _tell(request, sum(map(len, wishes.values())))
    return redirect("data_members", dataset=dataset)


def _checked(dataset: str) -> None:
    if not DATASET.fullmatch(dataset):
        raise Http404


def _strangers(dataset: str, wishes: dict[str, dict[str, str]]) -> str:
    """What to say of members that are on no list, "" where all are."""
    known = known_members()
    wrong = [
        f"{stored_word(dataset, column)}: {member}"
        for column, named in wishes.items()
        for member in named.values()
        if member not in known.get(column, ())
    ]
    told = _("These are on no list of members, so nothing was changed: %(names)s")
    return told % {"names": ", ".join(sorted(set(wrong)))} if wrong else ""


def _tell(request: Request, count: int) -> None:
    if not count:
        messages.warning(request, _("Say of at least one name which member it is."))
        return
    told = ngettext("%(count)d name is resolved.", "%(count)d names are resolved.", count)
    messages.success(request, told % {"count": count})
