"""One click into the demo company: a card for each role, and the sign-in behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quotaloom.web.accounts.address import address_of
from quotaloom.web.accounts.card import Card
from quotaloom.web.accounts.login import tell
from quotaloom.web.accounts.models import SignIn, User
from quotaloom.web.org.access_sight import branch_names
from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Grant
from quotaloom.web.org.roles import CARD_ROLES
from quotaloom.web.ui.policy import PUBLIC, policy

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def role_cards() -> list[Card]:
    """One account for each role, the first that holds it; in the order of the cards."""
    rows = Grant.objects.filter(in_force(timezone.localdate()), role__code__in=CARD_ROLES)
    rows = rows.filter(user__is_active=True).select_related("role", "user")
    first: dict[str, Grant] = {}
    for grant in rows.order_by("user__username"):
        first.setdefault(grant.role.code, grant)
    names = branch_names(grant.scope_id for grant in first.values() if grant.scope_id)
    found = (first[code] for code in CARD_ROLES if code in first)
    return [
        Card(
            grant.user.username,
            str(grant.role),
            "" if grant.user.shown_name == grant.role.name_zh else grant.user.shown_name,
            names.get(grant.scope_id, "") if grant.scope_id else _("Whole company"),
        )
        for grant in found
    ]


@policy(PUBLIC)
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the account of a card; there is no such address outside the demo."""
    known = {card.account for card in role_cards()} if settings.DEMO else set()
    if request.POST.get("account") not in known:
        raise Http404
    user = User.objects.get(username=request.POST["account"], is_active=True)
    get_adapter().logout(request)
    get_adapter().login(request, user)
    SignIn.objects.create(user=user, at=timezone.now(), address=address_of(request))
    tell(request, "account.sign_in", user, demo=True)
    return redirect("home")
