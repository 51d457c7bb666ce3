"""What comes of a submitted form: the record's page, the form again, or mine and theirs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quotaloom.web.audit.services import actor_of
from quotaloom.web.registers.field import plain
from quotaloom.web.registers.meeting import Clash, Seen
from quotaloom.web.registers.models import Update
from quotaloom.web.registers.services import Elsewhere, Hand, opportunity_change
from quotaloom.web.registers.words import field_word, value_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse, QueryDict

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.registers.field import Values
    from quotaloom.web.registers.forms import RecordForm
    from quotaloom.web.registers.models import Opportunity

KEEP: Final = "keep_"  # before a field's name: "theirs" takes what somebody else wrote
OURS: Final = frozenset({"csrfmiddlewaretoken", "known"})


def settled(posted: QueryDict, first: Mapping[str, Any]) -> QueryDict:
    """The posted fields, with those that were left to the others as the record holds them now."""
    data = posted.copy()
    for key, choice in posted.items():
        name = key.removeprefix(KEEP)
        if key.startswith(KEEP) and choice == "theirs" and name in first:
            value = first[name]
            data[name] = value.isoformat() if isinstance(value, date) else str(value or "")
    return data


def submitted(
    request: Request, record: Opportunity, form: RecordForm, more: Values
) -> HttpResponse:
    """Change the record as the valid form and ``more`` say, or show where it clashes (409)."""
    hand = hand_of(request, form)
    wishes = form.wishes() | more
    try:
        done = opportunity_change(
            key=record.pk, seen=_seen(request, form), wishes=wishes, hand=hand
        )
    except Clash as clash:
        return _clash(request, form, clash)
    except Elsewhere as kept:
        told = _("%(system)s keeps this record; it is changed there. Here you add how you see it.")
        messages.error(request, told % {"system": kept})
    else:
        is_new = done.position > record.position
        messages.success(request, _("Saved.") if is_new else _("Nothing was changed."))
    return redirect("opportunity", opportunity_id=record.pk)


def _seen(request: Request, form: RecordForm) -> Seen:
    told = form.cleaned_data
    mine = (key for key, choice in request.POST.items() if choice == "mine")
    chosen = frozenset(key.removeprefix(KEEP) for key in mine if key.startswith(KEEP))
    return Seen(told["seen"], told["known"] or 0, chosen)


def hand_of(request: Request, form: RecordForm) -> Hand:
    """Who submits a valid form, and when what it tells happened."""
    return Hand(request.user, actor_of(request), form.cleaned_data["happened_at"])


def _clash(request: Request, form: RecordForm, clash: Clash) -> HttpResponse:
    now = plain(clash.record)
    lines = [
        {
            "name": f"{KEEP}{name}",
            "word": field_word(name),
            "mine": value_word(name, clash.wishes[name], form.money),
            "theirs": value_word(name, now[name], form.money),
        }
        for name in clash.fields
    ]
    asked = OURS | {line["name"] for line in lines}
    kept = [(name, value) for name, value in request.POST.items() if name not in asked]
    last = Update.objects.filter(record=clash.record).last()
    context = {"record": clash.record, "lines": lines, "kept": kept, "last": last}
    return render(request, "registers/clash.html", context, status=409)
