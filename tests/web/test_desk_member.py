"""Members of a plan changed in the workbench: every verb keeps the totals and is taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from quotaloom.web.journals import opened
from quotaloom.web.plans.store import figures
from tests.web.test_desk import EAST, NORTH, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.store]
E1, N1 = [*EAST, "江苏", "E1"], [*NORTH, "北京", "N1"]
JULY = "2027-07-01"


@pytest.fixture
def sitting(as_user, plan):
    return lambda name: Desk(as_user(name), plan)


def change(desk, path, verb, how="edit", **fields):
    return desk.ask(how, path, act="member", change=verb, day=JULY, **fields)


def every_row(desk):
    address = reverse("plan_rows", args=[desk.plan.pk])
    rows = desk.client.get(address, {"path": "[]", "deep": 12}).json()["rows"]
    return {tuple(row["p"]): (row["n"], row["v"]) for row in rows}


def halves(desk, path):
    row = desk.row(path)
    return row[desk.column("2027H1")], row[desk.column("2027H2")]


@pytest.mark.parametrize(
    ("path", "verb", "fields"),
    [
        (EAST, "open", {"code": "上海", "name": "上海"}),
        (E1, "rename", {"name": "江苏一部"}),
        (E1, "move", {"other": "浙江"}),
        (E1, "split", {"parts": "E11 | 苏南 | 60\nE12｜苏北｜40"}),
        (E1, "merge", {"other": "E2", "code": "E3", "name": "江浙"}),
        (E1, "close", {"other": "N1"}),
        ([*EAST, "江苏"], "part", {"part": "unallocated"}),
    ],
)
def test_every_change_keeps_the_whole_and_is_taken_back(sitting, path, verb, fields):
    desk = sitting("zhang")
    rows, shape = every_row(desk), desk.ask("rows")["shape"]
    preview = change(desk, path, verb, "preview", **fields)
    told = change(desk, path, verb, **fields)
    assert (told["position"], told["cells"]) == (1, preview["cells"])
    assert told["shape"] != shape
    after = {path: desk.row(list(path)) for path in {tuple(EAST), tuple(NORTH)}}
    assert [sum(pair) for pair in zip(*after.values(), strict=True)] == told["top"]["v"]
    assert desk.ask("undo")["top"]["v"] == told["top"]["v"]
    assert every_row(desk) == rows
    assert desk.type("+1%", EAST)["position"] == 3
    assert sitting("li").type("+1%", EAST)["position"] == 4


def test_a_seat_that_is_split_shares_out_what_is_to_come(sitting, plan):
    desk = sitting("zhang")
    past, coming = halves(desk, E1)
    change(desk, E1, "split", parts="E11 | 苏南 | 75\nE12 | 苏北 | 25")
    parts = [[*E1[:-1], code] for code in ("E11", "E12")]
    assert halves(desk, E1) == (past, 0)
    assert sum(halves(desk, part)[1] for part in parts) == coming
    assert halves(desk, parts[0])[1] > 2.9 * halves(desk, parts[1])[1]
    assert desk.type("+10%", parts[1])["position"] == 2
    mark = figures(plan).shape
    opened._OPEN.clear()  # another process tells the same members by the same mark
    assert figures(plan).shape == mark


def test_what_is_not_given_out_is_seen_and_shared(sitting):
    desk = sitting("zhang")
    change(desk, [*EAST, "江苏"], "part", part="unallocated")
    told = desk.type("5000", [*EAST, "江苏", "未分配"], "2027Q3", method="equal")
    assert told["unallocated"] == 5_000 * 100


def test_who_sees_a_branch_sees_what_is_not_given_out_in_it(sitting):
    desk, region = sitting("zhang"), sitting("li")
    for above in ([], EAST, [*EAST, "江苏"], NORTH):
        change(desk, above, "part", part="unallocated")
        desk.type("1000", [*above, "未分配"], "2027Q3", method="equal")
    rows = [path for path in every_row(region) if "未分配" in path]
    assert {path[: path.index("未分配") + 1] for path in rows} == {
        (*EAST, "未分配"),
        (*EAST, "江苏", "未分配"),
    }
    assert region.type("+5%", EAST, "2027Q3")["cells"]
    assert region.type("2000", [*EAST, "未分配"], "2027Q3", method="equal")["position"]


@pytest.mark.parametrize(
    ("path", "verb", "fields"),
    [
        (E1, "grow", {}),
        ([], "rename", {"name": "全国"}),
        (E1, "rename", {}),
        (E1, "rename", {"name": "新名", "day": "someday"}),
        (E1, "split", {"parts": "E11 | 60"}),
        (E1, "split", {"parts": "E11 | 60\nE12"}),
        (E1, "merge", {"other": "谁也不是"}),
        (E1, "close", {}),
        (EAST, "open", {"name": "没有编号"}),
        (EAST, "open", {"code": "E1", "name": "重号"}),
        (EAST, "move", {"other": "江苏"}),
        (EAST, "part", {"part": "spare"}),
        (EAST, "open", {"code": "x" * 201, "name": "长"}),
        (E1, "split", {"parts": "\n".join(f"S{number} | 1" for number in range(101))}),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(sitting, path, verb, fields):
    desk = sitting("zhang")
    told = desk.ask("edit", path, **{"act": "member", "change": verb, "day": JULY} | fields)
    assert told["findings"]
    assert desk.ask("rows")["position"] == 0


def test_names_stay_as_they_were_typed(sitting):
    desk = sitting("zhang")
    change(desk, E1, "split", parts="E11｜苏南（一部）｜６０\nE12 | 苏北 | 40")
    names = {path[-1]: name for path, (name, _) in every_row(desk).items() if len(path) == 3}
    assert names["E11"] == "苏南（一部） · E11"


@pytest.mark.parametrize(
    ("verb", "lacks"),
    [
        ("open", "请填新成员的编号。"),
        ("rename", "请填新的名称。"),
        ("move", "请填另一个成员。"),
        ("merge", "请填另一个成员。"),
        ("split", "至少拆成两个，每行一个：编号 | 名称 | 权重。"),
        ("part", "请选择单列哪一行。"),
    ],
)
def test_what_is_lacking_is_named_in_words(sitting, verb, lacks):
    assert change(sitting("zhang"), E1, verb)["findings"] == [lacks]


def test_who_writes_a_part_changes_no_members(sitting):
    region = sitting("li")
    assert change(region, E1, "rename", name="我的")["findings"]
    assert b'id="member"' not in region.page().content
    assert b'id="member"' in sitting("zhang").page().content
