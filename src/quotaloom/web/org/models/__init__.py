"""Tables of members, people and roles."""

from __future__ import annotations

from quotaloom.web.org.models.demo_company import DemoCompany
from quotaloom.web.org.models.list_import import ListImport
from quotaloom.web.org.models.member import Axis, Kind, Member, MemberDetail, Placement, Tree
from quotaloom.web.org.models.person import Occupancy, Person
from quotaloom.web.org.models.role import Grant, Role

__all__ = [
    "Axis",
    "DemoCompany",
    "Grant",
    "Kind",
    "ListImport",
    "Member",
    "MemberDetail",
    "Occupancy",
    "Person",
    "Placement",
    "Role",
    "Tree",
]
