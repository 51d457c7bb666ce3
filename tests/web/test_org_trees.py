"""Further roll-ups on the same leaves, and the health check of all of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.org.book import HOLDER, NAME, PARENT, Book, Life, Spell
from quotaloom.web.org.health import health, namesakes
from quotaloom.web.org.models import Grant, Occupancy, Person, Tree
from quotaloom.web.org.span import Span
from tests.support.cast import BEGIN

pytestmark = [pytest.mark.django_db, pytest.mark.store]
DAY, ALWAYS = date(2027, 1, 1), Span(BEGIN)


def make(client, **told):
    return client.post(reverse("org_trees_post") + "?axis=org", told)


def test_it_makes_a_roll_up_once(as_user):
    client = as_user("ops")
    assert make(client, code="entity", name_zh="法人").status_code == 302
    assert not Tree.objects.get(code="entity").is_primary
    assert AuditRow.objects.filter(action="tree.create").count() == 1
    assert "已有相同编码" in make(client, code="entity", name_zh="法人").content.decode()


def test_it_counts_the_leaves_that_a_roll_up_lacks(as_user):
    client = as_user("ops")
    make(client, code="entity", name_zh="法人")
    rows = client.get(reverse("org_trees")).context["rows"]
    assert [(tree.code, *counts) for tree, *counts in rows] == [
        ("org", 3, 3, 0),
        ("entity", 0, 0, 3),
    ]
    shown = client.get(reverse("org_health")).content.decode()
    assert "里缺 3 个末级成员" in shown


def test_it_lets_only_those_who_may_change_all_make_one(cast, as_user):
    role = cast.roles["sales_ops"]
    Grant.objects.create(user=cast.li, role=role, scope=cast.members["EAST"], valid_from=BEGIN)
    assert make(as_user("li"), code="x", name_zh="x").status_code == 403
    assert make(as_user("sun"), code="x", name_zh="x").status_code == 403
    assert as_user("li").get(reverse("org_trees")).context["rows"][0][2] == 2


def test_it_shows_a_manager_the_health_of_the_own_branch_only(cast, as_user):
    role = cast.roles["sales_ops"]
    Grant.objects.create(user=cast.li, role=role, scope=cast.members["EAST"], valid_from=BEGIN)
    shown = as_user("li").get(reverse("org_health")).content.decode()
    assert "E2" in shown
    assert "N1" not in shown
    assert "N1" in as_user("ops").get(reverse("org_health")).content.decode()
    for name in ("zhang", "wang", "stranger"):
        assert as_user(name).get(reverse("org_health")).status_code == 403


def test_it_finds_namesakes_without_a_number(as_user):
    for _ in range(2):
        Person.objects.create(name="张伟")
    Person.objects.create(name="王芳", staff_no="W1")
    Person.objects.create(name="王芳", staff_no="W2")
    shown = as_user("ops").get(reverse("org_health")).content.decode()
    assert "有 2 位「张伟」" in shown
    assert "王芳" not in shown


def test_it_finds_a_person_in_two_regions_and_over_full(cast, as_user):
    person = Person.objects.get(account=cast.wang)
    Occupancy.objects.create(seat=cast.members["N1"], person=person, valid_from=BEGIN)
    codes = [one.code for one in as_user("ops").get(reverse("org_health")).context["findings"]]
    assert {"inspect.two_branches", "arrange.person_over_full"} <= set(codes)


def test_it_says_so_where_nothing_is_odd(cast, as_user):
    for code, name in (("E2", "甲"), ("N1", "乙")):
        person = Person.objects.create(name=name, staff_no=name)
        Occupancy.objects.create(seat=cast.members[code], person=person, valid_from=BEGIN)
    assert "一切正常" in as_user("ops").get(reverse("org_health")).content.decode()


def book(*rows, held=()):
    """Rows are (code, parent, kind, span)."""
    lines = {}
    for code, parent, _, span in rows:
        earlier = lines.get((PARENT, "t", code), ())
        lines[PARENT, "t", code] = (*earlier, Spell(span, parent))
        lines[NAME, code] = (Spell(ALWAYS, (code, "")),)
    for seat, person, share in held:
        lines[HOLDER, seat, person] = (Spell(ALWAYS, share),)
    lives = {code: Life(kind, ALWAYS) for code, _, kind, _ in rows}
    return Book(lives, lines, {})


def codes(found):
    return [one.code for one in found]


def test_rows_that_share_a_day_are_told_with_both():
    found = health(
        book(
            ("A", None, "unit", ALWAYS),
            ("B", None, "unit", ALWAYS),
            ("S", "A", "item", Span(BEGIN, DAY)),
            ("S", "B", "item", Span(date(2026, 6, 1))),
        ),
        {"t": "树"},
        DAY,
    )
    assert codes(found)[0] == "arrange.overlap"
    assert (found[0].params["one"], found[0].params["other"]) == ("A A", "B B")


def test_orphans_and_circles_and_empty_units_are_told():
    orphan = book(("S", "X", "item", ALWAYS))
    assert codes(health(orphan, {"t": "树"}, DAY)) == ["arrange.unknown_parent"]
    circle = book(("A", "B", "unit", ALWAYS), ("B", "A", "unit", ALWAYS))
    assert "arrange.circle" in codes(health(circle, {"t": "树"}, DAY))
    empty = book(("A", None, "unit", ALWAYS))
    assert codes(health(empty, {"t": "树"}, DAY)) == ["inspect.empty_unit"]


def test_namesakes_are_only_those_without_a_number():
    assert namesakes([("张伟", "1"), ("张伟", "2")]) == []
    found = namesakes([("张伟", "1"), ("张伟", "")])
    assert found[0].params == {"count": 2, "without": 1}
