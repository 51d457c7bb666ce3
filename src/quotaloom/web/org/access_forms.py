"""Forms of accounts, roles and grants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Axis, Member, MemberDetail, Person, Role
from quotaloom.web.org.roles import MEASURES
from quotaloom.web.ui.permissions import PERMISSIONS


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(
        label=_("Account name"), max_length=150, validators=[UnicodeUsernameValidator()]
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"), required=False)
    staff_no = forms.CharField(
        label=_("Staff number"),
        required=False,
        help_text=_("Ties the account to the person who holds a seat."),
    )
    sso_only = forms.BooleanField(
        label=_("Signs in through another house only, never by password"), required=False
    )

    def clean_staff_no(self) -> Person | None:
        """The person of the number."""
        number = self.cleaned_data["staff_no"].strip()
        if not number:
            return None
        person = Person.objects.filter(staff_no=number).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        if person.account_id:
            raise forms.ValidationError(_("This person has an account already."))
        return person


class GrantForm(forms.Form):
    """A role for an account: where, for which measures, from when to when."""

    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.all())
    scope = forms.CharField(
        label=_("Branch"),
        required=False,
        help_text=_("Code or name; empty: the whole company."),
        widget=forms.TextInput(attrs={"list": "branches", "autocomplete": "off"}),
    )
    since = forms.DateField(label=_("From day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("Until before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The first day on which it no longer holds; empty: open."),
    )
    measures = forms.MultipleChoiceField(
        label=_("Measures"),
        required=False,
        choices=list(MEASURES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all measures."),
    )

    def clean_scope(self) -> Member | None:
        """The one member of the organisation that is meant."""
        text = self.cleaned_data["scope"].strip()
        if not text:
            return None
        members = Member.objects.filter(axis=Axis.ORG)
        named = MemberDetail.objects.filter(in_force(timezone.localdate()), name=text)
        found = members.filter(Q(code=text) | Q(pk__in=named.values("member_id")))[:2]
        if len(found) != 1:
            raise forms.ValidationError(
                _("Two branches are called so: please give the code.")
                if found
                else _("There is no such branch.")
            )
        return found[0]


class RoleForm(forms.Form):
    """A role: its names and what it allows."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    permissions = forms.MultipleChoiceField(
        label=_("Permissions"),
        required=False,
        choices=list(PERMISSIONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, role: Role | None = None, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **named)
        if role:
            del self.fields["code"]
