"""Forms of set-up and of the wizard's five steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from quotaloom.web.accounts.models import User

PATTERNS = (
    ("", _("Natural months")),
    ("4-4-5", "4-4-5"),
    ("4-5-4", "4-5-4"),
    ("5-4-4", "5-4-4"),
)
UNITS = (("yuan", _("元 CNY")), ("wan", _("万元 10k CNY")), ("yi", _("亿元 100M CNY")))


class NameField(forms.CharField):
    """The name of an account."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(max_length=150, validators=[UnicodeUsernameValidator()], **given)


class AdminsForm(forms.Form):
    """The three administrators."""

    token = forms.CharField(
        label=_("Set-up token"), help_text=_("It was printed where the server was started.")
    )
    system = NameField(label=_("Your account: system administrator"), initial="system")
    password1 = forms.CharField(label=_("Your password"), widget=forms.PasswordInput)
    password2 = forms.CharField(label=_("Your password again"), widget=forms.PasswordInput)
    security = NameField(
        label=_("Account of the security administrator"),
        initial="security",
        help_text=_("Makes accounts and gives roles."),
    )
    audit = NameField(
        label=_("Account of the audit administrator"),
        initial="audit",
        help_text=_("Reads the audit, and nothing else."),
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords alike, and good enough."""
        told: dict[str, Any] = super().clean() or {}
        one, other = told.get("password1"), told.get("password2")
        if one and other and one != other:
            self.add_error("password2", _("The two passwords differ."))
        elif one:
            try:
                validate_password(one, User(username=told.get("system", "")))
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        return told


class CompanyForm(forms.Form):
    """Step 1."""

    name = forms.CharField(label=_("Name of the company"), max_length=100)


class YearForm(forms.Form):
    """Step 2."""

    start_month = forms.TypedChoiceField(
        label=_("First month of the fiscal year"),
        choices=[(n, n) for n in range(1, 13)],
        coerce=int,
    )
    cutoff_day = forms.IntegerField(
        label=_("Last day of a month"),
        min_value=0,
        max_value=28,
        help_text=_("0: months end naturally; 25: the month runs from the 26th to the 25th."),
    )
    pattern = forms.ChoiceField(label=_("Weeks of a quarter"), choices=PATTERNS, required=False)


class OrganisationForm(forms.Form):
    """Step 3."""

    name = forms.CharField(label=_("Name of the top unit"), max_length=200, initial="总公司")
    code = forms.SlugField(label=_("Its code"), max_length=64, initial="HQ")


class UnitForm(forms.Form):
    """Step 4."""

    unit = forms.ChoiceField(
        label=_("Amounts are shown in"), choices=UNITS, widget=forms.RadioSelect
    )


class SampleForm(forms.Form):
    """Step 5 asks nothing."""


FORMS: dict[str, type[forms.Form]] = {
    "company": CompanyForm,
    "year": YearForm,
    "organisation": OrganisationForm,
    "unit": UnitForm,
    "sample": SampleForm,
}
