"""The first administrators of an empty house, and the company's settings.

Set-up is open only while there is no account at all, to whoever holds the token that was printed at
start. The three administrations go to three accounts from the first minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from quotaloom.core.model.findings import error
from quotaloom.web.accounts.company import company
from quotaloom.web.accounts.models import Company, User
from quotaloom.web.accounts.password_link import link_make
from quotaloom.web.accounts.secret import digest_of, new_secret
from quotaloom.web.audit.services import Actor, audit_record
from quotaloom.web.org.access_roles import builtin_role
from quotaloom.web.org.access_rules import refuse
from quotaloom.web.org.branches import placements
from quotaloom.web.org.models import (
    Axis,
    Grant,
    Kind,
    Member,
    MemberDetail,
    Placement,
    Role,
    Tree,
)
from quotaloom.web.org.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = ("company", "year", "organisation", "unit", "sample")


@dataclass(frozen=True, slots=True)
class Admins:
    """The three account names, and the password of the one who sets up."""

    system: str
    security: str
    audit: str
    password: str


@dataclass(frozen=True, slots=True)
class Begun:
    """Who set up, and the secrets of the links for the other two."""

    system: User
    links: tuple[tuple[str, str], ...]


def is_open() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


def setup_token() -> str:
    """A new token; the one printed before no longer works."""
    secret = new_secret()
    with transaction.atomic():
        row, _ = Company.objects.get_or_create(pk=1)
        Company.objects.filter(pk=row.pk).update(setup_digest=digest_of(secret))
    return secret


def token_fits(secret: str) -> bool:
    """Whether it is the token that was printed last, and set-up is open."""
    kept = company().setup_digest
    return bool(kept) and is_open() and kept == digest_of(secret)


def setup_admins(*, token: str, admins: Admins, actor: Actor) -> Begun | None:
    """Make the three administrators and close set-up; None where it is closed already."""
    names = (admins.system, admins.security, admins.audit)
    if len({name.casefold() for name in names}) < len(names):
        refuse([error("admit.account_name_taken", admins.security)])
    with transaction.atomic():
        row = Company.objects.select_for_update().filter(pk=1).first()
        if row is None or not token_fits(token):
            return None
        for code in ROLES:
            builtin_role(code)
        users = [_admin(name, code) for name, code in zip(names, _ROLES, strict=True)]
        users[0].set_password(admins.password)
        users[0].save()
        Company.objects.filter(pk=1).update(setup_digest="")
        audit_record(actor=actor, action="setup.admins", subject="company", params={"by": names[0]})
        links = tuple((user.username, link_make(user=user)) for user in users[1:])
    return Begun(users[0], links)


_ROLES = ("system_admin", "security_admin", "audit_admin")


def _admin(name: str, code: str) -> User:
    user = User(username=name)
    user.set_unusable_password()
    user.save()
    role = Role.objects.get(code=code)
    Grant.objects.create(user=user, role=role, valid_from=timezone.localdate())
    return user


def company_change(*, actor: Actor, step: str, changes: Mapping[str, object]) -> None:
    """Keep what a step of the wizard says, and that it was done; no changes: it was skipped."""
    with transaction.atomic():
        row, _ = Company.objects.select_for_update().get_or_create(pk=1)
        for name, value in changes.items():
            setattr(row, name, value)
        row.steps_done = [one for one in STEPS if one in {*row.steps_done, step}]
        if len(row.steps_done) == len(STEPS) and row.finished_at is None:
            row.finished_at = timezone.now()
        row.save()
        params = {"step": step, **changes}
        audit_record(actor=actor, action="company.change", subject="company", params=params)


def top_unit() -> Member | None:
    """The first unit at the top of the organisation, None where there is none yet."""
    rows = placements(timezone.localdate()).filter(parent=None, member__axis=Axis.ORG)
    row = rows.select_related("member").first()
    return row.member if row else None


def top_unit_create(*, actor: Actor, code: str, name: str) -> None:
    """The organisation's tree and its top unit, from the first of January of this year."""
    since = timezone.localdate().replace(month=1, day=1)
    with transaction.atomic():
        if top_unit() is not None:
            return
        told = {"name_zh": "销售组织", "name_en": "Sales organisation", "is_primary": True}
        trees = Tree.objects.filter(axis=Axis.ORG, is_primary=True)
        tree = trees.first() or Tree.objects.create(axis=Axis.ORG, code="org", **told)
        unit = {"axis": Axis.ORG, "kind": Kind.UNIT, "code": code, "opened_on": since}
        member = Member.objects.create(**unit)
        MemberDetail.objects.create(member=member, name=name, valid_from=since)
        Placement.objects.create(tree=tree, member=member, valid_from=since)
        params = {"code": code, "name": name}
        audit_record(actor=actor, action="member.open", subject=f"member:{code}", params=params)
