"""The demo: its company, its accounts with passwords that everybody may know, its plan."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.utils import timezone

from quotaloom.core.model.findings import info
from quotaloom.cycle.demo_company import build_company
from quotaloom.cycle.demo_company.books import import_books
from quotaloom.cycle.demo_company.pipeline import import_pipeline
from quotaloom.cycle.demo_company.prospecting import import_prospecting
from quotaloom.cycle.demo_company.year import import_year, release_year
from quotaloom.report.summary_table import columns_of_text
from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import Actor, audit_record
from quotaloom.web.config.speech import language, say
from quotaloom.web.data.shelf import writing_shelf
from quotaloom.web.org import demo as org_demo
from quotaloom.web.org.access_roles import builtin_role
from quotaloom.web.org.branches import below, in_force
from quotaloom.web.org.models import Axis, Grant, Kind, Member, Occupancy
from quotaloom.web.org.roles import ROLES
from quotaloom.web.plans.demo import plan_create_demo
from quotaloom.web.registers.demo import register_deals

if TYPE_CHECKING:
    from pathlib import Path

MARK: Final = "demo.json"
BEGIN: Final = date(2024, 1, 1)
REGION, HEAD = "EAST", "GW001"
FACTS: Final = "订单明细.csv"


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the demo: its role, and whether its sight ends at the region or one seat."""

    name: str
    role: str
    sees: tuple[str, str]
    reach: str = ""  # "region", "seat", or everywhere

    @property
    def password(self) -> str:
        """Readable on purpose."""
        return f"demo-{self.name}-2027"

    def told(self, at: int) -> tuple[str, ...]:
        """Its line in the table, in Chinese (0) or English (1)."""
        role = str(ROLES[self.role][at])
        return self.name, self.password, role, self.sees[at]


EVERYWHERE = ("全公司", "the whole company")
LOGINS: Final = (
    Login("director", "director", EVERYWHERE),
    Login("region", "regional_manager", ("华东", "East 华东"), "region"),
    Login("seller", "account_manager", ("自己的岗位", "the own seat"), "seat"),
    Login("ops", "sales_ops", EVERYWHERE),
    Login("finance", "finance", EVERYWHERE),
    Login("system", "system_admin", ("系统状态", "the system")),
    Login("security", "security_admin", ("账号与权限", "accounts and roles")),
    Login("audit", "audit_admin", ("审计日志", "the audit")),
)
HEADS = {"zh": ("登录名", "密码", "角色", "看得到"), "en": ("login", "password", "role", "sees")}


def is_demo(home: Path) -> bool:
    """Whether the folder holds a demo company, with its known passwords."""
    return (home / MARK).exists()


def load(home: Path) -> None:
    """Bring the demo into being, as far as it is not there yet."""
    if is_demo(home):
        return
    actor = Actor()
    if not (home / FACTS).exists():
        say(info("serve.demo_company"))
        build_company(home)
    say(info("serve.demo_org"))
    org_demo.load(home, actor)
    accounts = {login.name: _account(login, actor) for login in LOGINS}
    say(info("serve.demo_plan"))
    plan_create_demo(owner=accounts["ops"], folder=home, actor=actor)
    say(info("serve.demo_year"))
    release_year(home, home / "editions", author=str(accounts["director"].pk))
    facts = writing_shelf(actor)
    import_year(home, facts, author=str(accounts["ops"].pk))
    import_prospecting(home, facts, author=str(accounts["ops"].pk))
    import_books(home, facts, author=str(accounts["finance"].pk))
    import_pipeline(home, facts, author=str(accounts["ops"].pk))
    register_deals(home, actor)
    connection.close()
    told = {login.name: login.password for login in LOGINS}
    (home / MARK).write_text(json.dumps(told, indent=1), encoding="utf-8")


def show_logins() -> None:
    """The accounts as a table."""
    lang = language()
    at = 0 if lang == "zh" else 1
    rows = [HEADS[lang], *(one.told(at) for one in LOGINS)]
    widths = [max(map(columns_of_text, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            text + " " * (width - columns_of_text(text))
            for text, width in zip(row, widths, strict=True)
        )
        print("  " + "  ".join(cells).rstrip(), flush=True)  # noqa: T201 - a terminal


def _account(login: Login, actor: Actor) -> User:
    with transaction.atomic():
        role = builtin_role(login.role)
        user, made = User.objects.get_or_create(username=login.name)
        if not made:
            return user
        user.set_password(login.password)
        user.first_name = ROLES[login.role][0]
        scope = _settle(login, user)
        user.save()
        Grant.objects.create(user=user, role=role, scope=scope, valid_from=BEGIN)
        told = {"role": login.role, "scope": str(scope or "")}
        audit_record(actor=actor, action="user.demo", subject=f"user:{user.pk}", params=told)
    return user


def _settle(login: Login, user: User) -> Member | None:
    """Give the account the person of its seat; answers the branch that it sees."""
    if not login.reach:
        return None
    region = Member.objects.get(axis=Axis.ORG, code=REGION)
    held = Occupancy.objects.filter(in_force(timezone.localdate()), person__account=None)
    held = held.filter(seat__kind=Kind.SEAT).select_related("person", "seat")
    inside = held.filter(seat_id__in=below([region.pk], timezone.localdate()))
    is_head = login.reach == "region"
    fitting = held.filter(seat__code=HEAD) if is_head else inside.exclude(seat__code=HEAD)
    one = fitting.order_by("seat__code").first()
    if one is not None:
        one.person.account, user.first_name = user, one.person.name
        user.save()
        one.person.save()
    return region if is_head or one is None else one.seat
