"""Rosters: what a person says about next year is read exactly or refused with its address."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.roster_file import RosterRow, read_roster
from tests.support.office import codes, only, write

KNOWN = {"客户经理": ["张三", "李四", "王五", "赵六"], "产品": ["甲", "乙"]}
HEAD = "维度,成员,动作,接替人,参照,爬坡,开始日期,结束日期"


@pytest.fixture
def roster(tmp_path):
    def rows(*lines, head=HEAD, known=KNOWN):
        return read_roster(write(tmp_path, "\n".join([head, *lines]), "名册.csv"), known)

    return rows


@pytest.fixture
def refused(roster):
    def findings(*lines, **asked):
        with pytest.raises(DataRefused) as refusal:
            roster(*lines, **asked)
        return list(refusal.value.findings)

    return findings


def test_a_whole_roster(roster):
    rows, said = roster(
        "客户经理,张三,离职,,,,2027-04-01,",
        "客户经理,李四,接替,王五,,,2027年3月,",
        "客户经理,孙七,新增,,赵六,30%;60%;100%,2027-03-01,2027-12-31",
        "产品,甲,停产,,,,,",
        "产品,丙,上市,,,,,",
    )
    assert rows == (
        RosterRow("客户经理", "张三", "leave", None, None, (), date(2027, 4, 1), None, 2),
        RosterRow("客户经理", "李四", "succeed", "王五", None, (), date(2027, 3, 1), None, 3),
        RosterRow(
            "客户经理",
            "孙七",
            "open",
            None,
            "赵六",
            (Fraction(3, 10), Fraction(3, 5), Fraction(1)),
            date(2027, 3, 1),
            date(2027, 12, 31),
            4,
        ),
        RosterRow("产品", "甲", "leave", None, None, (), None, None, 5),
        RosterRow("产品", "丙", "open", None, None, (), None, None, 6),
    )
    assert codes(said, "info", "warning") == []


def test_the_same_in_english(roster):
    rows, _ = roster(
        "产品,甲,discontinue,,,,2027-04-01",
        "产品,乙,Succeed,甲,,,2027-04-01",
        "产品,丙,new,,甲,0.5|1,2027-04-01",
        head="dimension,member,action,successor,like,ramp,from",
    )
    assert [(row.action, row.successor, row.like, row.ramp) for row in rows] == [
        ("leave", None, None, ()),
        ("succeed", "甲", None, ()),
        ("open", None, "甲", (Fraction(1, 2), Fraction(1))),
    ]


@pytest.mark.parametrize(
    ("text", "ramp"),
    [
        ("30%-60%-100%", (30, 60, 100)),
        ("30/60/100%", (30, 60, 100)),
        ("20 40 100", (20, 40, 100)),
        ("0.2、1", (20, 100)),
        ("50％→100％", (50, 100)),
        ("1", (100,)),
    ],
)
def test_ramps_are_written_in_many_ways(roster, text, ramp):
    rows, _ = roster(f"产品,丙,新增,,,{text},,")
    assert rows[0].ramp == tuple(Fraction(step, 100) for step in ramp)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "ramp_unreadable"),
        ("20%;x", "ramp_unreadable"),
        ("120%", "ramp_out_of_range"),
        ("0%;0%", "ramp_out_of_range"),
    ],
)
def test_ramps_that_are_none_are_refused(refused, text, code):
    found = only(refused(f"产品,丙,新增,,,{text},,"), f"roster.{code}")
    assert (found.params["row"], found.params["column"]) == (2, "F 爬坡")


def test_a_leaver_with_a_successor_is_succeeded(roster):
    rows, _ = roster("客户经理,张三,离职,李四,,,2027-01-01,")
    assert (rows[0].action, rows[0].successor) == ("succeed", "李四")


def test_h74_unknown_members_are_refused_with_the_nearest_three(refused):
    found = refused("客户经理,张珊,离职,,,,,", "产品,丙,新增,,丁,,,")
    assert codes(found) == ["roster.unknown_member"] * 2
    assert found[0].params["nearest"] == "张三, 李四, 王五"
    assert (found[0].params["row"], found[0].params["column"]) == (2, "B 成员")
    assert (found[1].params["row"], found[1].params["column"]) == (3, "E 参照")


def test_h74_an_unknown_dimension_is_refused_with_those_there_are(refused):
    found = only(refused("人,张三,离职,,,,,"), "roster.unknown_dimension")
    assert found.params["known"] == "客户经理, 产品"


def test_h68_a_day_that_may_be_a_month_is_asked(refused):
    (found,) = refused("客户经理,张三,离职,,,,03/04/2027,")
    assert found.code == "roster.date_ambiguous"
    assert (found.params["row"], found.params["value"]) == (2, "03/04/2027")


def test_a_new_successor_is_opened_and_told(roster):
    rows, said = roster("客户经理,张三,接替,钱八,,,2027-01-01,")
    assert rows[0].successor == "钱八"
    assert only(said, "roster.successor_new").params["row"] == 2
    _, said = roster("客户经理,张三,接替,钱八,,,,", "客户经理,钱八,入职,,,,,")
    assert codes(said, "warning") == []


def test_opening_a_member_that_has_a_history_is_told(roster):
    _, said = roster("客户经理,张三,新增,,,,,")
    assert only(said, "roster.already_there").subject == "张三"


def test_h75_h77_a_member_that_leaves_twice_is_refused_with_both_rows(refused):
    found = refused("客户经理,张三,离职,,,,2027-01-01,", "客户经理,张三,接替,李四,,,2027-02-01,")
    twice = only(found, "roster.member_twice")
    assert (twice.params["row"], twice.params["first"]) == (3, 2)


def test_h81_all_faults_are_told_at_once(refused):
    found = refused(
        "客户经理,张三,离职,,,,2027-02-30,",
        "客户经理,李四,调岗,,,,,",
        "客户经理,王五,接替,,,,,",
        "客户经理,赵六,接替,赵六,,,,",
        "产品,,离职,,,,,",
        "产品,丙,新增,,,,2027-05-01,2027-05-01",
    )
    assert [(one.code, one.params["row"]) for one in found] == [
        ("intake.date_impossible", 2),
        ("roster.unknown_action", 3),
        ("roster.successor_missing", 4),
        ("roster.own_successor", 5),
        ("roster.member_blank", 6),
        ("roster.empty_interval", 7),
    ]


def test_the_dimension_may_be_left_out_where_there_is_one(roster, refused):
    known = {"产品": ["甲"]}
    assert roster("甲,停产", head="产品,动作", known=known)[0][0].dimension == "产品"
    found = only(refused("甲,停产", head="产品,动作"), "intake.role_missing")
    assert found.subject == "dimension"


def test_columns_that_mean_the_same_are_refused(refused):
    found = only(refused("产品,甲,甲,停产", head="维度,成员,姓名,动作"), "intake.role_unclear")
    assert found.params["choices"] == "成员, 姓名"


def test_names_are_cleaned_and_other_columns_ignored(roster):
    rows, _ = roster("产品, 甲\u200b ,停产,已通知客户", head="维度,成员,动作,备注")
    assert rows[0].member == "甲"
