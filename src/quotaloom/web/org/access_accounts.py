"""Making, closing and opening accounts, and the one-time links to their passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction

from quotaloom.core.model.findings import error
from quotaloom.web.accounts.models import User
from quotaloom.web.accounts.password_link import link_make
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.access_rules import oneself, refuse
from quotaloom.web.org.models import Person

if TYPE_CHECKING:
    from quotaloom.web.audit.services import Actor


def account_create(
    *, actor: Actor, username: str, name: str, email: str = "", sso_only: bool = False
) -> User:
    """A new account without a password; a one-time link or another house opens it."""
    if User.objects.filter(username__iexact=username).exists():
        refuse([error("admit.account_name_taken", username)])
    with transaction.atomic():
        user = User(username=username, first_name=name, email=email, sso_only=sso_only)
        user.set_unusable_password()
        user.save()
        params = {"username": username, "sso_only": sso_only}
        audit_record(
            actor=actor, action="account.create", subject=f"account:{user.pk}", params=params
        )
    return user


def account_tie(*, actor: Actor, user: User, person: Person | None) -> None:
    """Say whose account it is; the person's former account is loose then."""
    with transaction.atomic():
        Person.objects.filter(account=user).update(account=None)
        if person:
            Person.objects.filter(pk=person.pk).update(account=user)
        params = {"person": str(person.pk) if person else ""}
        audit_record(
            actor=actor, action="account.change", subject=f"account:{user.pk}", params=params
        )


def account_deactivate(*, actor: Actor, user: User) -> None:
    """Close it: the next request of whoever is signed in to it is a stranger's."""
    if actor.id == str(user.pk):
        refuse([error("admit.close_oneself", user.username)])
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)
        audit_record(actor=actor, action="account.deactivate", subject=f"account:{user.pk}")


def account_activate(*, actor: Actor, user: User) -> None:
    """Open it again, with the grants that it still has."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)
        audit_record(actor=actor, action="account.activate", subject=f"account:{user.pk}")


def account_factors_remove(*, actor: Actor, user: User) -> None:
    """Take its second factors away, as after a lost phone; nobody does that to her own."""
    refuse(oneself(actor, user))
    with transaction.atomic():
        count, _kinds = Authenticator.objects.filter(user=user).delete()
        if count:
            subject = f"account:{user.pk}"
            audit_record(actor=actor, action="account.factors_taken", subject=subject)


def account_link(*, actor: Actor, user: User) -> str:
    """The secret of a one-time link to choose a password; shown to the caller only now."""
    with transaction.atomic():
        secret = link_make(user=user)
        audit_record(actor=actor, action="account.link", subject=f"account:{user.pk}")
    return secret
