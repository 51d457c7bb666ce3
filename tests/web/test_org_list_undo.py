"""Taking a list back: everything as before, or nothing and the names of what stands in the way."""

from __future__ import annotations

from datetime import date

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.change import digest
from quotaloom.web.org.lists.reading import list_read
from quotaloom.web.org.lists.service import list_bring, list_undo, list_write
from quotaloom.web.org.models import (
    Axis,
    Grant,
    ListImport,
    Member,
    MemberDetail,
    Occupancy,
    Person,
    Placement,
    Tree,
)
from quotaloom.web.org.register import book_of
from tests.support.lists import DAY, FEISHU, upload

pytestmark = [pytest.mark.django_db, pytest.mark.store]
LATER = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def imported(cast):
    """``imported(table)`` brings a list and writes it."""

    def done(text, axis=Axis.ORG):
        tree = Tree.objects.filter(axis=axis).first()
        told = {"axis": axis, "tree": tree, "day": DAY, "file": upload(text)}
        one = list_bring(owner=cast.ops, actor=Actor(), **told)
        reading = list_read(one)
        return list_write(one=one, seen=digest(reading.compared.done), actor=Actor())

    return done


def refused(one):
    with pytest.raises(DataRefused) as caught:
        list_undo(one=one, actor=Actor())
    assert ListImport.objects.get(pk=one.pk).undone_at is None
    return {
        found.code: found.params | {"subject": found.subject} for found in caught.value.findings
    }


MIXED = """
    岗位编码 | 岗位名称 | 上级 | 工号 | 姓名 | 类别
    E1 | 江苏首席 | NORTH | F7 | 新人 | 岗位
    E9 | 上海客户经理 | 上海组 | F8 | 另一位 | 岗位
    上海组 | 上海组 | EAST | | | 单位
"""


def test_it_leaves_everything_as_it_was(imported):
    before, people = book_of(Axis.ORG), set(Person.objects.values_list("pk", flat=True))
    one = imported(MIXED)
    assert book_of(Axis.ORG) != before
    list_undo(one=one, actor=Actor())
    assert book_of(Axis.ORG) == before
    assert set(Person.objects.values_list("pk", flat=True)) == people


def test_it_removes_the_tree_that_the_first_list_of_an_axis_made(imported):
    one = imported("产品编码 | 产品 | 产品线\nP1 | 云平台 | 平台", Axis.PRODUCT)
    list_undo(one=one, actor=Actor())
    assert not Tree.objects.filter(axis="product").exists()
    assert not Member.objects.filter(axis="product").exists()


def test_it_keeps_the_tree_while_others_stand_in_it(imported):
    first = imported("产品编码 | 产品 | 产品线\nP1 | 云平台 | 平台", Axis.PRODUCT)
    imported("产品编码 | 产品 | 产品线\nP2 | 网关 | 硬件", Axis.PRODUCT)
    list_undo(one=first, actor=Actor())
    assert set(Member.objects.filter(axis="product").values_list("code", flat=True)) == {
        "P2",
        "硬件",
    }


def test_it_does_nothing_twice(imported):
    one = list_undo(one=imported(MIXED), actor=Actor())
    at = one.undone_at
    assert list_undo(one=one, actor=Actor()).undone_at == at


def test_it_names_a_member_that_was_put_below(imported, cast):
    one = imported(MIXED)
    above = Member.objects.get(code="上海组")
    Placement.objects.filter(member__code="E2").update(valid_to=LATER)
    Placement.objects.create(
        tree=cast.tree, member=cast.members["E2"], parent=above, valid_from=LATER
    )
    assert "E2" in refused(one)["retract.built_on"]["member"]


def test_it_names_a_new_name(imported):
    one = imported(MIXED)
    seat = Member.objects.get(code="E9")
    MemberDetail.objects.filter(member=seat).update(valid_to=LATER)
    MemberDetail.objects.create(member=seat, name="别名", valid_from=LATER)
    assert "E9" in refused(one)["retract.name_changed"]["subject"]


def test_it_names_a_holder_who_came_later(imported, cast):
    one = imported(MIXED)
    Occupancy.objects.filter(seat__code="E9").update(valid_to=LATER)
    seat, person = Member.objects.get(code="E9"), Person.objects.get(account=cast.zhang)
    Occupancy.objects.create(seat=seat, person=person, valid_from=LATER)
    assert refused(one)["retract.holder_changed"]["person"] in {"张总", "另一位"}


def test_it_names_a_person_who_took_another_seat(imported, cast):
    one = imported(MIXED)
    person = Person.objects.get(staff_no="F8")
    Occupancy.objects.create(seat=cast.members["N1"], person=person, valid_from=LATER)
    assert refused(one)["retract.person_used"]["subject"] == "另一位"


def test_it_names_a_closing(imported):
    one = imported(MIXED)
    Member.objects.filter(code="E9").update(closed_on=LATER)
    assert "E9" in refused(one)["retract.life_changed"]["subject"]


def test_it_names_a_role_on_a_branch_that_would_go(imported, cast):
    one = imported(MIXED)
    scope = Member.objects.get(code="上海组")
    Grant.objects.create(user=cast.wang, role=cast.roles["director"], scope=scope, valid_from=DAY)
    assert refused(one)["retract.granted"] == {"subject": "上海组", "account": "wang"}


def test_it_names_a_person_who_signs_in_by_now(imported, cast):
    one = imported(MIXED)
    Person.objects.filter(account=cast.stranger).delete()
    Person.objects.filter(staff_no="F8").update(account=cast.stranger)
    assert refused(one)["retract.has_account"]["account"] == "stranger"


def test_it_tells_which_rule_would_be_broken(imported):
    one = imported("编码 | 名称 | 上级\nE1 | 江苏客户经理1 | NORTH")
    Member.objects.filter(code="EAST").update(closed_on=LATER)
    Placement.objects.filter(member__code="EAST").update(valid_to=LATER)
    assert "arrange.orphan" in refused(one)


def test_what_the_list_did_not_touch_may_have_changed(imported):
    one = imported(FEISHU)
    MemberDetail.objects.filter(member__code="N1").update(name="北京首席")
    list_undo(one=one, actor=Actor())
    assert MemberDetail.objects.get(member__code="N1").name == "北京首席"
