"""First run: the administrators by the printed token, then five steps that can wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.accounts.company import company, conventions
from quotaloom.web.audit.services import actor_of
from quotaloom.web.org import access_setup as services
from quotaloom.web.org.access_sample import sample_lines
from quotaloom.web.org.access_setup_forms import FORMS, AdminsForm
from quotaloom.web.org.demo_views import demo_shown
from quotaloom.web.ui.policy import PUBLIC, SIGNED_IN, policy

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from quotaloom.core.model.periods import Period
    from quotaloom.web.accounts.request import Request

WORDS = {
    "company": _("Company"),
    "year": _("Fiscal year"),
    "organisation": _("Organisation"),
    "unit": _("Unit"),
    "sample": _("Sample"),
}
REFUSED = 422


@policy(PUBLIC)
@never_cache
@sensitive_post_parameters("password1", "password2", "token")
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """The three administrators; there is no such page once somebody has an account."""
    if not services.is_open():
        raise Http404
    form = AdminsForm(request.POST or None, initial={"token": request.GET.get("token", "")})
    if request.method == "POST" and form.is_valid():
        if not services.token_fits(form.cleaned_data["token"]):
            form.add_error("token", _("This is not the token that was printed last."))
        else:
            return _begun(request, form)
    status = REFUSED if request.method == "POST" else 200
    return render(request, "org/access_setup.html", {"form": form}, status=status)


def _begun(request: HttpRequest, form: AdminsForm) -> HttpResponse:
    told = form.cleaned_data
    admins = services.Admins(told["system"], told["security"], told["audit"], told["password1"])
    try:
        begun = services.setup_admins(token=told["token"], admins=admins, actor=actor_of(request))
    except DataRefused as refusal:
        context = {"form": form, "findings": refusal.findings}
        return render(request, "org/access_setup.html", context, status=REFUSED)
    if begun is None:
        raise Http404
    get_adapter().login(request, begun.system)
    links = [
        (name, request.build_absolute_uri(reverse("choose_password", args=[secret])))
        for name, secret in begun.links
    ]
    return render(request, "org/access_setup_done.html", {"links": links})


@policy("system.edit")
@require_GET
def wizard(_request: Request) -> HttpResponse:
    """The first step that is not done; the first of all where all are."""
    done = company().steps_done
    return redirect("wizard_step", next((s for s in services.STEPS if s not in done), "company"))


@policy("system.edit")
@require_http_methods(["GET", "POST"])
def wizard_step(request: Request, step: str) -> HttpResponse:
    """One of the five steps."""
    if step not in services.STEPS:
        raise Http404
    row, form = company(), FORMS[step](request.POST or None, initial=vars(company()))
    if request.method == "POST" and form.is_valid():
        _keep(request, step, form)
        return redirect(*_after(step))
    done = set(row.steps_done)
    context = {
        "form": form,
        "step": step,
        "company": row,
        "steps": [(one, WORDS[one], one in done) for one in services.STEPS],
        "quarters": _quarters() if step == "year" else (),
        "top": services.top_unit() if step == "organisation" else None,
        "last": step == services.STEPS[-1],
        "demo": demo_shown() if step == "sample" else None,
    }
    return render(request, "org/access_wizard.html", context)


@policy("system.edit")
@require_POST
def wizard_skip(request: Request, step: str) -> HttpResponse:
    """Leave a step as it is and go on."""
    if step not in services.STEPS:
        raise Http404
    services.company_change(actor=actor_of(request), step=step, changes={})
    return redirect(*_after(step))


@policy(SIGNED_IN)
@require_GET
def sample(_request: Request) -> StreamingHttpResponse:
    """Past orders to try a first plan with."""
    lines = sample_lines(timezone.localdate().year)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="quotaloom-sample.csv"'
    return answer


def _keep(request: Request, step: str, form: forms.Form) -> None:
    actor, told = actor_of(request), form.cleaned_data
    if step == "organisation":
        services.top_unit_create(actor=actor, code=told["code"], name=told["name"])
        told = {}
    services.company_change(actor=actor, step=step, changes=told)


def _after(step: str) -> tuple[str, ...]:
    later = services.STEPS[services.STEPS.index(step) + 1 :]
    return ("wizard_step", later[0]) if later else ("home",)


def _quarters() -> tuple[Period, ...]:
    return conventions().calendar.periods(timezone.localdate().year + 1, "quarter")
