"""Lists of members out of files: recognised, checked cell by cell, previewed, written whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.book import HOLDER, PARENT
from quotaloom.web.org.change import digest
from quotaloom.web.org.lists.reading import list_read
from quotaloom.web.org.lists.service import list_bring, list_write
from quotaloom.web.org.models import Axis, Member, Occupancy, Person, Placement, Tree
from quotaloom.web.org.register import book_of
from tests.support.lists import DAY, FEISHU, TWO, upload

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bring(cast):
    """``bring(table)`` keeps a list for 运营 and reads it."""

    def brought(text, axis=Axis.ORG, **params):
        tree = Tree.objects.filter(axis=axis).first()
        one = list_bring(
            owner=cast.ops, axis=axis, tree=tree, day=DAY, file=upload(text), actor=Actor()
        )
        one.params = params
        one.save()
        return one, list_read(one)

    return brought


def wrong(reading):
    assert reading.compared is None
    return {one.code: one.params for one in reading.findings if one.severity == "error"}


def write(one, reading):
    list_write(one=one, seen=digest(reading.compared.done), actor=Actor())


def parent(code, day=DAY):
    spell = book_of(Axis.ORG).on((PARENT, "org", code), day)
    return spell.value if spell else None


DINGTALK = """
    员工UserID | 姓名 | 部门 | 职位 | 工号 | 直属主管
    u1 | 陈一 | 总公司-华东-南京组 | 客户经理 | F001 |
"""
WECOM = """
    姓名 | 帐号 | 别名 | 职务 | 部门 | 直属上级
    陈一 | F001 | chen | 客户经理 | 总公司/华东/南京组 |
"""


@pytest.mark.parametrize(
    ("text", "code"), [(FEISHU, "feishu"), (DINGTALK, "dingtalk"), (WECOM, "wecom")]
)
def test_it_knows_the_exports_of_the_three_offices(bring, text, code):
    one, reading = bring(text)
    assert reading.columns.preset.code == code
    write(one, reading)
    assert parent("总公司/华东/南京组") == "EAST"
    seat = Occupancy.objects.get(person__staff_no="F001").seat
    assert Placement.objects.get(member=seat).parent.code == "总公司/华东/南京组"
    assert seat.details.get().name == "客户经理"


def test_it_writes_nothing_before_it_is_told_and_nothing_twice(bring):
    before = Member.objects.count()
    one, reading = bring(FEISHU)
    assert (reading.compared.new, reading.compared.changed) == (3, 0)
    assert Member.objects.count() == before
    write(one, reading)
    assert Member.objects.count() == before + 3
    assert AuditRow.objects.filter(action="list.write").count() == 1
    _, again = bring(FEISHU)
    assert again.compared.done.changes == ()
    assert (again.compared.new, again.compared.changed) == (0, 0)


def test_it_tells_new_changed_and_the_same_and_leaves_the_rest(bring):
    one, reading = bring("""
        编码 | 名称 | 上级
        E1 | 江苏客户经理1 | NORTH
        E2 | 浙江客户经理1 | EAST
        E9 | 上海客户经理9 | 华东
    """)
    made = reading.compared
    assert (made.new, made.changed, made.same) == (1, 1, 1)
    assert [f.params["count"] for f in made.findings if f.code == "enlist.absent"] == [4]
    write(one, reading)
    assert (parent("E1"), parent("E1", date(2026, 12, 31)), parent("E9")) == (
        "NORTH",
        "EAST",
        "EAST",
    )
    assert parent("N1") == "NORTH"


def test_it_reads_dates_row_by_row(bring):
    one, reading = bring("""
        岗位编码 | 岗位名称 | 上级 | 类别 | 生效日期 | 失效日期
        E9 | 上海客户经理 | NORTH | 岗位 | 2025-01-01 | 2026-03-01
        E9 | 上海客户经理 | EAST | 岗位 | 2026-03-01 |
    """)
    write(one, reading)
    assert [parent("E9", day) for day in (date(2024, 6, 1), date(2026, 2, 28), DAY)] == [
        None,
        "NORTH",
        "EAST",
    ]


def test_it_names_every_bad_cell_and_applies_nothing(bring):
    _, reading = bring("""
        编码 | 名称 | 上级 | 生效日期 | 失效日期
        A1 | 甲 | EASTT | 2025-13-01 |
        A2 | 乙 | EAST | 2025-02-01 | 2025-01-01
        A3 | 丙 | EAST | |
        A3 | 丁 | NORTH | |
        | | EAST | |
    """)
    found = wrong(reading)
    assert found["enlist.date_unreadable"] | {"sheet": ""} == {
        "file": "清单.csv",
        "sheet": "",
        "row": 2,
        "column": "D 生效日期",
        "value": "2025-13-01",
    }
    assert found["enlist.empty_span"]["row"] == 3
    assert "EAST" in found["enlist.unknown_parent"]["nearest"]
    assert (found["enlist.twice"]["row"], found["enlist.twice"]["first"]) == (5, 4)
    assert found["enlist.code_unusable"]["row"] == 6
    assert not Member.objects.filter(code__startswith="A").exists()


def test_it_shows_a_circle_as_a_path(bring):
    _, reading = bring("""
        编码 | 名称 | 上级 | 类别
        A | 甲 | C | 单位
        B | 乙 | A | 单位
        C | 丙 | B | 单位
    """)
    assert wrong(reading)["enlist.circle"]["path"] == "A → C → B → A"


def test_it_shows_a_circle_with_what_is_there_already(bring):
    _, reading = bring("""
        编码 | 名称 | 上级
        HQ | 总公司 | EAST
    """)
    assert "HQ" in wrong(reading)["arrange.circle"]["path"]


def test_it_shows_a_circle_of_managers(bring):
    _, reading = bring("""
        姓名 | 工号 | 部门 | 直属上级
        甲 | F1 | 总公司/华东 | 乙
        乙 | F2 | 总公司/华东 | 甲
    """)
    assert wrong(reading)["enlist.circle"]["path"] == "乙 → 甲 → 乙"


def test_it_flags_the_same_name_without_a_number(bring):
    _, reading = bring("""
        姓名 | 工号 | 部门
        张伟 | F1 | 总公司/华东
        张伟 | | 总公司/华北
    """)
    found = wrong(reading)
    assert (found["enlist.namesakes"]["row"], found["enlist.namesakes"]["count"]) == (3, 2)


def test_it_asks_whom_a_known_name_means(bring):
    for number in ("W1", "W2"):
        Person.objects.create(name="张伟", staff_no=number)
    _, reading = bring("""
        姓名 | 部门
        张伟 | 总公司/华东
    """)
    assert wrong(reading)["enlist.name_unclear"]["count"] == 2


def test_it_asks_about_one_person_in_two_regions(bring):
    _, reading = bring(TWO)
    assert wrong(reading)["enlist.two_places"]["places"] == "总公司/华东 ; 总公司/华北"
    _, reading = bring("""
        姓名 | 工号 | 部门 | 备注
        陈一 | F001 | 总公司/华东 | a
        陈一 | F001 | 总公司/华北 | b
    """)
    assert wrong(reading)["enlist.second_place"]["first"] == 2


def test_it_does_as_it_was_answered_about_two_regions(bring):
    one, reading = bring(TWO, double="share")
    write(one, reading)
    shares = Occupancy.objects.filter(person__staff_no="F001").values_list("share", flat=True)
    assert list(shares) == [Decimal("0.5"), Decimal("0.5")]
    _, again = bring(TWO, double="share")
    assert again.compared.done.changes == ()


def test_it_takes_the_first_place_where_told(bring):
    one, reading = bring(TWO, double="first")
    write(one, reading)
    seat = Occupancy.objects.get(person__staff_no="F001").seat
    assert parent(seat.code) == "EAST"


def test_it_moves_the_seat_of_a_known_person_and_makes_no_second_one(bring):
    one, reading = bring("""
        姓名 | 工号 | 部门
        小王 | WANG | 总公司/华北
    """)
    write(one, reading)
    assert Occupancy.objects.get(person__staff_no="WANG").seat.code == "E1"
    assert parent("E1") == "NORTH"


def test_it_replaces_the_holder_of_a_seat_from_the_day_on(bring):
    one, reading = bring("""
        岗位编码 | 岗位名称 | 上级 | 工号 | 姓名
        E1 | 江苏客户经理1 | EAST | F7 | 新人
    """)
    write(one, reading)
    book = book_of(Axis.ORG)
    lines = [key for key in book.lines if key[:2] == (HOLDER, "E1")]
    held = {book.people[key[2]]: book.lines[key][0].span for key in lines}
    assert held["小王"].end == DAY == held["新人"].start


def test_it_reads_products_with_levels_and_makes_their_tree(bring):
    one, reading = bring(
        """
        产品编码 | 产品 | 产品线 | 上市日期 | 停售日期
        P1 | 云平台 | 平台 | 2024-01-01 |
        P2 | 网关 | 硬件 | 2024-01-01 | 2026-07-01
        """,
        Axis.PRODUCT,
    )
    write(one, reading)
    tree = Tree.objects.get(axis="product")
    assert (tree.name_zh, tree.name_en, tree.is_primary) == ("产品", "Products", True)
    assert Member.objects.get(axis="product", code="P2").closed_on == date(2026, 7, 1)
    assert Placement.objects.get(tree=tree, member__code="P1").parent.code == "平台"
    assert Member.objects.get(axis="product", code="平台").kind == "unit"


def test_it_refuses_what_was_seen_otherwise(bring):
    one, reading = bring(FEISHU)
    Member.objects.filter(code="E2").update(closed_on=DAY)
    other, later = bring("""
        编码 | 名称 | 上级
        总公司/华东/南京组 | 南京组 | EAST
    """)
    write(other, later)
    with pytest.raises(Exception, match="seen_otherwise") as caught:
        write(one, reading)
    assert caught.value.findings[0].code == "enlist.seen_otherwise"
    assert not Person.objects.filter(staff_no="F001").exists()


def test_it_asks_for_columns_that_it_cannot_find(bring):
    _, reading = bring("""
        甲 | 乙
        1a | 2b
    """)
    assert "enlist.no_name_column" in wrong(reading)
    _, told = bring(
        """
        甲 | 乙
        A1 | EAST
        """,
        columns={"code": "甲", "parent": "乙"},
    )
    assert told.compared.new == 1


def test_it_names_texts_that_do_not_fit(bring):
    _, reading = bring(f"""
        编码 | 名称 | 上级 | 级别
        A1 | {"长" * 201} | EAST | {"高" * 41}
    """)
    assert [one.code for one in reading.findings].count("enlist.too_long") == 2


def test_it_keeps_a_long_name_of_a_file_within_what_folders_take(cast):
    file = upload("编码|名称\nA|甲", name="../" + "长" * 150 + ".csv")
    told = {"axis": Axis.ORG, "tree": cast.tree, "day": DAY, "file": file}
    one = list_bring(owner=cast.ops, actor=Actor(), **told)
    assert one.name == "长" * 56 + ".csv"
    assert list_read(one).rows == 1


def test_it_places_known_leaves_in_another_roll_up(cast, bring):
    entity = Tree.objects.create(axis="org", code="entity", name_zh="法人")
    one, _ = bring("""
        编码 | 上级
        E1 | 一公司
    """)
    assert "enlist.unknown_parent" in wrong(list_read(one))
    file = upload("""
        岗位编码 | 一级部门
        E1 | 一公司
        N1 | 一公司
        E2 | 二公司
    """)
    told = {"axis": Axis.ORG, "tree": entity, "day": DAY, "file": file}
    one = list_bring(owner=cast.ops, actor=Actor(), **told)
    write(one, list_read(one))
    placed = Placement.objects.filter(tree=entity, parent__code="一公司")
    assert set(placed.values_list("member__code", flat=True)) == {"E1", "N1"}
    assert parent("E1") == "EAST"


def test_it_leaves_out_those_who_are_gone_and_says_so(bring):
    _, reading = bring("""
        姓名 | 工号 | 部门 | 员工状态
        陈一 | F1 | 总公司/华东 | 在职
        陈二 | F2 | 总公司/华东 | 离职
    """)
    assert reading.rows == 1
    assert [f.params["count"] for f in reading.findings if f.code == "enlist.gone"] == [1]


def test_it_takes_the_holder_off_a_seat_that_the_list_calls_vacant(bring):
    one, reading = bring("""
        岗位编码 | 岗位名称 | 上级 | 姓名
        E1 | 江苏客户经理1 | EAST | 待招
    """)
    write(one, reading)
    assert Occupancy.objects.get(seat__code="E1").valid_to == DAY


def test_it_reads_who_held_a_seat_one_after_the_other(bring):
    one, reading = bring("""
        岗位 | 工号 | 姓名 | 任职开始 | 任职结束
        E2 | F1 | 甲 | 2025-01-01 | 2026-01-01
        E2 | F2 | 乙 | 2026-02-01 |
    """)
    write(one, reading)
    rows = Occupancy.objects.filter(seat__code="E2").values_list("person__name", "valid_to")
    assert list(rows) == [("甲", date(2026, 1, 1)), ("乙", None)]
    assert Member.objects.get(code="E2").closed_on is None


def test_it_asks_when_something_began_that_is_over_already(bring):
    _, reading = bring(
        """
        产品编码 | 产品 | 停售日期
        P1 | 旧品 | 2026-07-01
        """,
        Axis.PRODUCT,
    )
    assert wrong(reading)["enlist.ended_before"]["row"] == 2
