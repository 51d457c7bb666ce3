"""The demo company in the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Count

from quotaloom.cycle.demo_company.build import build_company
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.branches import below, placements
from quotaloom.web.org.demo import load
from quotaloom.web.org.models import Member, MemberDetail, Person, Placement, Tree

pytestmark = [pytest.mark.django_db, pytest.mark.store]
EVE, MARCH = date(2026, 2, 28), date(2026, 3, 1)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return build_company(tmp_path_factory.mktemp("demo company")).folder


@pytest.fixture
def loaded(folder, db):  # noqa: ARG001 - opens the database
    return load(folder, Actor())


def seats_below(code, day):
    found = below([Member.objects.get(axis="org", code=code).pk], day)
    rows = Member.objects.filter(pk__in=found, kind="seat", code__gt="GW100")
    return set(rows.values_list("code", flat=True))


def test_it_loads_every_axis(loaded):
    assert loaded == {
        "org": 1 + 4 + 21 + 63,
        "product": 5 + 4 + 24,
        "territory": 21 + len({m.code for m in Member.objects.filter(code__contains="/")}),
        "customer": 3 + 9 + 1 + 905,
        "channel": 3,
        "industry": 9,
        "people": 85,
        "occupancies": 86,
    }


@pytest.mark.usefixtures("loaded")
def test_it_shows_the_move_of_march_by_its_dates():
    shandong = {"GW141", "GW142", "GW143", "GW144"}
    assert shandong <= seats_below("NORTH", EVE)
    assert not shandong & seats_below("EAST", EVE)
    assert shandong | {"GW145"} <= seats_below("EAST", MARCH)
    assert not shandong & seats_below("NORTH", MARCH)
    assert "GW118" in seats_below("SOUTH", MARCH)
    assert {"GW130", "GW131"} <= seats_below("SOUTHWEST", MARCH)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("day", [date(2021, 1, 1), EVE, MARCH, date(2027, 1, 1)])
def test_it_gives_everyone_one_parent_a_day(day):
    doubled = placements(day).values("tree", "member").annotate(rows=Count("id")).filter(rows__gt=1)
    assert not doubled.exists()
    closed = Member.objects.get(code="GW149")
    assert Placement.objects.filter(member=closed).last().valid_to == MARCH == closed.closed_on


@pytest.mark.usefixtures("loaded")
def test_it_keeps_the_grades_of_a_seat_by_their_days():
    told = MemberDetail.objects.filter(member__code="GW101").values_list("name", "grade")
    assert list(told) == [("上海客户经理1", "P4"), ("上海客户经理1", "P5")]
    assert Person.objects.get(staff_no="E1005").left_on == date(2025, 4, 22)
    assert Person.objects.get(staff_no="E1006").left_on is None


def test_it_writes_nothing_twice(folder, loaded):
    assert load(folder, Actor()) == loaded
    assert AuditRow.objects.filter(action="org.load").count() == 1
    assert Tree.objects.filter(is_primary=True).count() == 6
