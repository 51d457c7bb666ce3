"""Pages about the trees of an axis: further roll-ups, and the health check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.findings import Severity
from quotaloom.web.audit.services import actor_of
from quotaloom.web.org.access import may, scope_of
from quotaloom.web.org.book import HOLDER, PARENT, narrowed
from quotaloom.web.org.faults import UNIT
from quotaloom.web.org.health import health, namesakes
from quotaloom.web.org.look import look_of
from quotaloom.web.org.models import Axis, Person, Tree
from quotaloom.web.org.register import book_of
from quotaloom.web.org.sight import codes_within, sight_of
from quotaloom.web.org.tree_service import tree_create
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.org.look import Look


class TreeForm(forms.ModelForm[Tree]):
    """A new roll-up."""

    class Meta:
        model = Tree
        fields = ("code", "name_zh", "name_en")
        labels = {  # noqa: RUF012 - Django reads it only
            "code": _("Roll-up code"),
            "name_zh": _("Chinese name"),
            "name_en": _("English name"),
        }

    def __init__(self, *args: object, axis: Axis, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        self.instance.axis = axis

    def clean_code(self) -> str:
        """A code is used once an axis."""
        code = str(self.cleaned_data["code"]).strip()
        if Tree.objects.filter(axis=self.instance.axis, code=code).exists():
            raise forms.ValidationError(_("This axis has a roll-up of this code already."))
        return code


@policy("org.edit")
@require_GET
def trees(request: Request) -> HttpResponse:
    """The roll-ups of an axis, each with how many leaves it holds."""
    look = look_of(request.GET)
    return _trees_page(request, look, TreeForm(axis=look.axis))


@policy("org.edit")
@require_POST
def trees_post(request: Request) -> HttpResponse:
    """A new roll-up; only for one who may change the whole axis."""
    look = look_of(request.GET)
    if not scope_of(request.user, "org.edit").everything:
        raise PermissionDenied("org.edit")
    form = TreeForm(request.POST, axis=look.axis)
    if not form.is_valid():
        return _trees_page(request, look, form)
    told = form.cleaned_data
    tree_create(axis=look.axis, actor=actor_of(request), **told)
    return redirect(f"{reverse('org_trees')}?axis={look.axis.value}")


def _trees_page(request: Request, look: Look, form: TreeForm) -> HttpResponse:
    scope = sight_of(request.user, look.axis, "org.edit")
    book = narrowed(book_of(look.axis), codes_within(look.axis, scope))
    open_now = {c for c, life in book.lives.items() if life.span.holds(look.on)}
    leaves = {code for code in open_now if book.lives[code].kind != UNIT}
    rows = []
    for tree in Tree.objects.filter(axis=look.axis).order_by("-is_primary", "code"):
        placed = {code for code in leaves if book.on((PARENT, tree.code, code), look.on)}
        units = {c for c in open_now - leaves if book.on((PARENT, tree.code, c), look.on)}
        rows.append((tree, len(units), len(placed), len(leaves) - len(placed)))
    shown = {"rows": rows, "form": form, "look": look, "axes": Axis.choices}
    return render(request, "org/trees.html", shown)


@policy("org.edit")
@require_GET
def health_check(request: Request) -> HttpResponse:
    """What is wrong or odd, gravest first."""
    look = look_of(request.GET)
    scope = sight_of(request.user, look.axis, "org.edit")
    book = narrowed(book_of(look.axis), codes_within(look.axis, scope))
    rows = Tree.objects.filter(axis=look.axis).order_by("-is_primary", "code")
    found = health(book, {tree.code: str(tree) for tree in rows}, look.on)
    if look.axis == Axis.ORG and may(request.user, "people.read"):
        held = {key[2] for key in book.lines if key[0] == HOLDER}
        people = Person.objects.all() if scope.everything else Person.objects.filter(pk__in=held)
        told = people.values_list("name", "staff_no")
        found += namesakes((name, number or "") for name, number in told)
    grave = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    found.sort(key=lambda one: grave.index(one.severity))
    counts = [sum(one.severity == severity for one in found) for severity in grave]
    shown = {"findings": found, "counts": counts, "look": look, "axes": Axis.choices}
    return render(request, "org/health.html", shown)
