"""The standing cast: a small company, and who may see what in it.

张总 HQ (director, everywhere) · 李经理 East (regional manager) · 小王 an East rep · 赵经理 North
(regional manager) · 孙财务 finance (everywhere) · 运营 sales operations (everywhere) · the three
administrators · 外人 an account without any grant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from quotaloom.web.accounts.models import User
from quotaloom.web.org.models import (
    Axis,
    Grant,
    Kind,
    Member,
    MemberDetail,
    Occupancy,
    Person,
    Placement,
    Role,
    Tree,
)
from quotaloom.web.org.roles import ROLES

BEGIN = date(2024, 1, 1)
BRANCHES = (  # code, name, parent, kind
    ("HQ", "总公司", None, Kind.UNIT),
    ("EAST", "华东", "HQ", Kind.UNIT),
    ("NORTH", "华北", "HQ", Kind.UNIT),
    ("E1", "江苏客户经理1", "EAST", Kind.SEAT),
    ("E2", "浙江客户经理1", "EAST", Kind.SEAT),
    ("N1", "北京客户经理1", "NORTH", Kind.SEAT),
)
PEOPLE = {  # account: name, role, branch, seat
    "zhang": ("张总", "director", None, None),
    "li": ("李经理", "regional_manager", "EAST", None),
    "wang": ("小王", "account_manager", "E1", "E1"),
    "zhao": ("赵经理", "regional_manager", "NORTH", None),
    "sun": ("孙财务", "finance", None, None),
    "ops": ("运营", "sales_ops", None, None),
    "system": ("系统", "system_admin", None, None),
    "security": ("安全", "security_admin", None, None),
    "audit": ("审计", "audit_admin", None, None),
    "stranger": ("外人", None, None, None),
}


@dataclass
class Cast:
    """Accounts by name, members and roles by code."""

    users: dict[str, User] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    tree: Tree | None = None
    made: dict[tuple, object] = field(default_factory=dict)  # by tests.support.door_objects

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None


def assembled() -> Cast:
    """The cast, written to the database."""
    cast = Cast()
    for code, (zh, en, permissions) in ROLES.items():
        names = {"name_zh": zh, "name_en": en, "permissions": list(permissions)}
        cast.roles[code] = Role.objects.create(code=code, is_builtin=True, **names)
    cast.tree = Tree.objects.create(axis=Axis.ORG, code="org", name_zh="销售组织", is_primary=True)
    for code, name, parent, kind in BRANCHES:
        member = Member.objects.create(axis=Axis.ORG, kind=kind, code=code, opened_on=BEGIN)
        MemberDetail.objects.create(member=member, name=name, valid_from=BEGIN)
        above = cast.members.get(parent or "")
        Placement.objects.create(tree=cast.tree, member=member, parent=above, valid_from=BEGIN)
        cast.members[code] = member
    for account, (name, role, branch, seat) in PEOPLE.items():
        user = User.objects.create_user(account, password=f"{account}-secret-2027", first_name=name)
        person = Person.objects.create(name=name, staff_no=account.upper(), account=user)
        scope = cast.members.get(branch or "")
        if role:
            granted = {"role": cast.roles[role], "scope": scope}
            Grant.objects.create(user=user, valid_from=BEGIN, **granted)
        if seat:
            Occupancy.objects.create(seat=cast.members[seat], person=person, valid_from=BEGIN)
        cast.users[account] = user
    return cast
