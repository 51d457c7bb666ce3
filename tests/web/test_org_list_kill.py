"""A worker killed at any statement of writing a list or taking it back: all of it or nothing."""

from __future__ import annotations

import random

import pytest

from tests.support.counts import FULL
from tests.support.halted import house, over, rows

__all__ = ["house"]
BASE = """岗位编码,岗位名称,上级,类别,工号,姓名
HQ,总公司,,单位,,
EAST,华东,HQ,单位,,
NORTH,华北,HQ,单位,,
E1,江苏客户经理,EAST,岗位,W1,小王
"""
LIST = """岗位编码,岗位名称,上级,类别,工号,姓名
E1,江苏首席,NORTH,岗位,W2,小李
SH,上海组,EAST,单位,,
E9,上海客户经理,SH,岗位,W9,新人
"""
STATE = (
    "select code, kind, opened_on, closed_on from org_member order by code",
    """select m.code, d.name, d.grade, d.valid_from, d.valid_to from org_memberdetail d
       join org_member m on m.id = d.member_id order by m.code, d.valid_from""",
    """select m.code, u.code, p.valid_from, p.valid_to from org_placement p
       join org_member m on m.id = p.member_id left join org_member u on u.id = p.parent_id
       order by m.code, p.valid_from""",
    """select m.code, o.staff_no, h.share, h.valid_from, h.valid_to from org_occupancy h
       join org_member m on m.id = h.seat_id join org_person o on o.id = h.person_id
       order by m.code, o.staff_no""",
    "select staff_no, name from org_person order by staff_no",
)
KILLS = 200 if FULL else 10  # of each kind
POINTS = {"write": 10, "undo": 8}  # that are surely reached: rows, list, audit, note of the end


def state(house):
    """Everything that a list may touch."""
    return [rows(house, asked) for asked in STATE]


def noted(house, action, one):
    asked = "select count(*) from audit_auditrow where action = ? and subject = ?"
    return rows(house, asked, f"list.{action}", f"list:{one}")[0][0]


@pytest.mark.heavy
def test_whenever_the_worker_is_killed_a_list_is_there_whole_or_not_at_all(house, tmp_path):
    base, later = tmp_path / "base.csv", tmp_path / "later.csv"
    base.write_text(BASE, encoding="utf-8")
    later.write_text(LIST, encoding="utf-8")
    house.begin()
    over(house, house.ask("list_job", "write", base)[1])
    before = state(house)
    one, job = house.ask("list_job", "write", later)
    assert over(house, job) == ("done", 1)
    after = state(house)
    assert before[2] != after[2]
    chance = random.Random(7)
    known = {"state": state, "allowed": (before, after)}
    for _ in range(KILLS):
        point = chance.randint(1, POINTS["undo"])
        house.killed(("list_job", "undo", one), point, **known)
        assert (state(house), noted(house, "undo", one)) == (before, 1)
        point = chance.randint(1, POINTS["write"])
        one, _job = house.killed(("list_job", "write", later), point, **known)
        assert (state(house), noted(house, "write", one)) == (after, 1)
    house.ask("audit_verify")
