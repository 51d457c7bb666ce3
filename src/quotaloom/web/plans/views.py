"""The list of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from quotaloom.web.plans.selectors import plans_for_user
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request


@policy("plans.read")
@require_GET
def plan_list(request: Request) -> HttpResponse:
    """The plans that the user may see, newest first."""
    return render(request, "plans/list.html", {"plans": plans_for_user(request.user)})
