"""The dated verbs in the page: previewed, written once with one audit row, kept to the scope."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.org.models import Axis, Grant, Member, MemberDetail, Occupancy, Person, Placement
from quotaloom.web.org.register import book_of
from tests.support.cast import BEGIN

pytestmark = [pytest.mark.django_db, pytest.mark.store]
DAY = "2027-01-01"
SEAT_VERBS = ("occupy", "leave")


@pytest.fixture
def editor(cast, as_user):
    """李经理 may change the East, and nothing else."""
    role = cast.roles["sales_ops"]
    Grant.objects.create(user=cast.li, role=role, scope=cast.members["EAST"], valid_from=BEGIN)
    return as_user("li")


def address(verb, code, *, post=True):
    kind = "seat" if verb in SEAT_VERBS else "org"
    name = f"{kind}_change_post" if post else f"{kind}_change"
    return f"{reverse(name, args=[verb])}?axis=org&tree=org&on={DAY}&member={code}"


def ask(client, verb, code, **told):
    return client.post(address(verb, code), {"day": DAY, "step": "preview", **told})


def write(client, verb, code, **told):
    seen = ask(client, verb, code, **told).context["preview"].seen
    return client.post(address(verb, code), {"day": DAY, **told, "step": "apply", "seen": seen})


def parent_of(code, day=date(2027, 1, 1)):
    return book_of(Axis.ORG).on(("parent", "org", code), day).value


def test_it_previews_and_writes_nothing(cast, as_user):
    rows = Placement.objects.count()
    answer = ask(as_user("ops"), "move", "E1", tree="org", parent="NORTH")
    assert answer.context["preview"].members == 1
    assert "华北 NORTH" in answer.content.decode()
    assert Placement.objects.count() == rows
    assert not AuditRow.objects.filter(action="member.move").exists()
    assert cast.tree


def test_it_writes_what_was_seen_with_one_audit_row(cast, as_user):
    answer = write(as_user("ops"), "move", "E1", tree="org", parent="NORTH")
    assert answer.status_code == 302
    assert f"on={DAY}" in answer.url
    assert parent_of("E1") == "NORTH"
    assert parent_of("E1", date(2026, 12, 31)) == "EAST"
    audited = AuditRow.objects.get(action="member.move")
    assert audited.actor == str(cast.ops.pk)
    assert json.loads(audited.params)["wish"] == {"code": "E1", "parent": "NORTH", "tree": "org"}


def test_it_comes_back_to_the_member_the_words_and_the_branches(as_user):
    client, kept = as_user("ops"), "&words=%E7%8E%8B&open=EAST&open=NORTH&basis=now"
    told = {"day": "2027-02-01", "tree": "org", "parent": "NORTH"}
    asked = address("move", "E1") + kept
    page = client.post(asked, {**told, "step": "preview"})
    seen = page.context["preview"].seen
    for one in ("words=%E7%8E%8B", "open=EAST", "open=NORTH", "basis=now", "member=E1"):
        assert one in page.context["back"]
    answer = client.post(asked, {**told, "step": "apply", "seen": seen}, follow=True)
    assert answer.context["member"].code == "E1"
    assert answer.context["words"] == "王"
    assert answer.context["opened"] == ["EAST", "NORTH"]
    assert str(answer.context["look"].on) == "2027-02-01"
    assert answer.context["look"].basis == "now"


def test_it_shows_the_new_consequences_where_somebody_was_faster(as_user):
    client = as_user("ops")
    seen = ask(client, "move", "E1", tree="org", parent="NORTH").context["preview"].seen
    write(client, "move", "E1", tree="org", parent="HQ")
    told = {"day": DAY, "tree": "org", "parent": "NORTH", "step": "apply", "seen": seen}
    answer = client.post(address("move", "E1"), told)
    assert answer.status_code == 200
    assert "arrange.seen_otherwise" in answer.content.decode()
    assert parent_of("E1") == "HQ"


def test_it_refuses_with_every_reason_in_words(as_user):
    shown = ask(as_user("ops"), "close", "EAST").content.decode()
    assert "还有 2 个未关闭的成员" in shown
    assert 'value="apply"' not in shown


VERBS = (
    ("open", "EAST", {"kind": "seat", "new_code": "E7", "name": "新岗", "parent": "EAST"}),
    ("close", "E2", {}),
    ("rename", "E2", {"name": "新名", "grade": "P5"}),
    ("split", "E1", {"code_1": "E1", "name_1": "甲", "code_2": "E8", "name_2": "乙"}),
    ("merge", "E2", {"into": "E1"}),
    ("occupy", "E2", {"staff_no": "N9", "name": "新人", "share": "50"}),
)


@pytest.mark.parametrize(("verb", "code", "told"), VERBS, ids=[verb for verb, *_ in VERBS])
def test_it_writes_each_verb(cast, as_user, verb, code, told):
    people = {f"person:{one.pk}": "1" for one in Person.objects.filter(account=cast.wang)}
    told = told | (people if verb == "split" else {})
    assert write(as_user("ops"), verb, code, **told).status_code == 302
    assert AuditRow.objects.filter(action=f"member.{verb}").count() == 1


def test_it_takes_somebody_off_a_seat(cast, as_user):
    person = Person.objects.get(account=cast.wang)
    write(as_user("ops"), "leave", "E1", person=str(person.pk))
    assert Occupancy.objects.get(person=person).valid_to == date(2027, 1, 1)


def test_it_keeps_names_of_people_out_of_the_audit(as_user):
    write(as_user("ops"), "occupy", "E2", staff_no="N9", name="保密人", share="100")
    assert Person.objects.get(staff_no="N9").name == "保密人"
    assert "保密人" not in AuditRow.objects.get(action="member.occupy").params


@pytest.mark.parametrize("name", ["zhang", "li", "wang", "sun", "security", "stranger"])
@pytest.mark.parametrize("verb", ["move", "occupy"])
def test_it_shuts_the_door_to_those_who_may_not_change(as_user, name, verb):
    client = as_user(name)
    assert client.get(address(verb, "E1", post=False)).status_code == 403
    assert client.post(address(verb, "E1"), {"day": DAY}).status_code == 403


def test_it_lets_a_manager_change_the_own_branch_only(editor):
    assert ask(editor, "rename", "E1", name="新名").status_code == 200
    for code in ("N1", "NORTH", "HQ", "nobody"):
        assert ask(editor, "rename", code, name="新名").status_code == 404


def test_it_offers_a_manager_no_parent_beyond_the_scope(editor):
    answer = editor.get(address("move", "E1", post=False))
    offered = {code for code, _ in answer.context["form"].fields["parent"].choices}
    assert offered == {"", "EAST"}
    assert "华北" not in answer.content.decode()
    refused = ask(editor, "move", "E1", tree="org", parent="NORTH")
    assert refused.context["form"].errors["parent"]


def test_it_lets_no_manager_put_anything_at_the_top(editor):
    assert ask(editor, "move", "E1", tree="org", parent="").status_code == 404


def test_it_reveals_no_code_beyond_the_scope_but_that_it_is_taken(editor):
    told = {"kind": "seat", "new_code": "N1", "name": "x", "parent": "EAST"}
    shown = ask(editor, "open", "EAST", **told).content.decode()
    assert "arrange.code_taken" in shown
    assert "北京" not in shown


def test_it_names_no_later_parent_beyond_the_scope(cast, editor):
    row = Placement.objects.get(member=cast.members["E1"])
    row.valid_to = date(2098, 1, 1)
    row.save()
    later = {"tree": cast.tree, "member": row.member, "valid_from": row.valid_to}
    Placement.objects.create(parent=cast.members["NORTH"], **later)
    unit = Member.objects.create(axis="org", kind="unit", code="JS", opened_on=BEGIN)
    MemberDetail.objects.create(member=unit, name="江苏", valid_from=BEGIN)
    above = cast.members["EAST"]
    Placement.objects.create(tree=cast.tree, member=unit, parent=above, valid_from=BEGIN)
    shown = ask(editor, "move", "E1", tree="org", parent="JS").content.decode()
    assert "arrange.overlap" in shown
    assert "华北" not in shown
    assert write(editor, "move", "E1", tree="org", parent="JS", later="keep").status_code == 302
    kept = [parent_of("E1", day) for day in (BEGIN, date(2027, 6, 1), date(2098, 1, 1))]
    assert kept == ["EAST", "JS", "NORTH"]


def test_it_keeps_a_masked_parent_that_it_only_cuts(cast, as_user):
    role, scope = cast.roles["sales_ops"], cast.members["E2"]
    Grant.objects.create(user=cast.wang, role=role, scope=scope, valid_from=BEGIN)
    shown = ask(as_user("wang"), "close", "E2").content.decode()
    assert "华东" not in shown
    write(as_user("wang"), "close", "E2")
    row = Placement.objects.get(member=scope)
    assert (row.parent.code, row.valid_to) == ("EAST", date(2027, 1, 1))


def test_it_answers_404_for_a_verb_of_the_other_door(as_user):
    client = as_user("ops")
    for name, verb in (("org_change", "occupy"), ("seat_change", "move"), ("org_change", "fly")):
        assert client.get(f"{reverse(name, args=[verb])}?member=E1").status_code == 404


def test_it_writes_only_by_post(as_user):
    assert as_user("ops").get(address("close", "E1")).status_code == 405


def test_it_leaves_history_alone_in_the_database(as_user):
    before = dict(book_of(Axis.ORG).lines.items())
    write(as_user("ops"), "close", "E2")
    after = book_of(Axis.ORG)
    eve = date(2027, 1, 1) - timedelta(1)
    for key, spells in before.items():
        for day in (BEGIN, eve):
            held = next((s.value for s in spells if s.span.holds(day)), None)
            spell = after.on(key, day)
            assert (spell.value if spell else None) == held
