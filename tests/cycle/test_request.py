"""What a decomposition is asked for: dimensions, joins, aliases, settings out of range."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from quotaloom.core.model.errors import UsageRefused
from quotaloom.cycle.request import (
    CHOICES,
    DecomposeRequest,
    Level,
    TreeText,
    flag_of,
    read_dimensions,
    read_join,
    read_pairs,
    refuse_unusable,
)
from tests.support.orders import codes

REQUEST = DecomposeRequest((Path("a.csv"),), "100", 2027)


def test_levels_are_joined_and_codes_have_names():
    found = read_dimensions(("大区 > 省 > 岗位|客户经理", "产品线"), ())
    assert found.levels == (
        (Level("大区"), Level("省"), Level("岗位", "客户经理")),
        (Level("产品线"),),
    )
    assert found.columns == ("大区", "省", "岗位", "客户经理", "产品线")


def test_a_header_in_quotes_may_hold_any_sign():
    found = read_dimensions(('"a>b|c"|"d=e">"f""g"',), ('"h=i"="j<k"<"l"',))
    assert found.levels == ((Level("a>b|c", "d=e"), Level('f"g')),)
    assert found.trees == (TreeText("h=i", "j<k", "l"),)


def test_a_tree_names_member_parent_and_names():
    found = read_dimensions((), ("person=EmployeeKey|Name<e.ParentEmployeeKey",))
    assert found.trees == (TreeText("person", "EmployeeKey", "e.ParentEmployeeKey", "Name"),)
    assert found.columns == ("EmployeeKey",)


@pytest.mark.parametrize(
    ("by", "tree", "code"),
    [
        (("a>b>a",), (), "dimension.column_twice"),
        (("a", "b>a"), (), "dimension.column_twice"),
        (("a|b", "b"), (), "dimension.column_twice"),
        (("a",), ("p=a<b",), "dimension.column_twice"),
        (("a|b|c",), (), "dimension.unreadable"),
        (("a>",), (), "wish.unreadable"),
        (("",), (), "wish.unreadable"),
        (('"a',), (), "wish.unreadable"),
        ((), ("a<b",), "dimension.unreadable_tree"),
        ((), ("p=a",), "dimension.unreadable_tree"),
        ((), ("p=a<b<c",), "dimension.unreadable_tree"),
        ((), ("p=a=b<c",), "dimension.unreadable_tree"),
    ],
)
def test_dimensions_that_cannot_be_read_are_refused(by, tree, code):
    with pytest.raises(UsageRefused) as refusal:
        read_dimensions(by, tree)
    assert codes(refusal.value)[0] == code


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("p.csv on 产品=编码", ("p.csv", "产品", "编码", None)),
        ("p.csv on 产品=编码 as p", ("p.csv", "产品", "编码", "p")),
        ("my file.csv on a b = c d as p", ("my file.csv", "a b", "c d", "p")),
        ("a on b.csv on x=y", ("a on b.csv", "x", "y", None)),
        ("p.csv on t.a=b as p", ("p.csv", "t.a", "b", "p")),
        ('p.csv on "a=b"="c on d" as "e f"', ("p.csv", "a=b", "c on d", "e f")),
    ],
)
def test_a_join_is_read(text, parts):
    assert read_join(text) == parts


@pytest.mark.parametrize(
    "text",
    ["", "p.csv", "p.csv on a", "on a=b", "p.csv on =b", "p.csv on a=", "p.csv on a=b=c",
     'p.csv on "a=b', "p.csv a=b", " on " * 2000],
)  # fmt: skip
def test_a_join_that_is_none_is_refused(text):
    with pytest.raises(UsageRefused) as refusal:
        read_join(text)
    assert codes(refusal.value)[0] in ("join.unreadable", "wish.unreadable")


def test_aliases_are_pairs_of_names():
    assert read_pairs(("GTXPro=GTX Pro", '"a=b"=c')) == {"GTXPro": "GTX Pro", "a=b": "c"}


@pytest.mark.parametrize("text", ["a", "a=b=c", "=b", "a="])
def test_an_alias_that_is_none_is_refused(text):
    with pytest.raises(UsageRefused):
        read_pairs((text,))


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_there_is_not_is_refused_by_its_flag(name):
    with pytest.raises(UsageRefused) as refusal:
        refuse_unusable(replace(REQUEST, **{name: "x"}))
    (finding,) = refusal.value.findings
    assert (finding.code, finding.subject) == ("option.unknown_choice", flag_of(name))
    assert finding.params == {"value": "x", "allowed": ", ".join(CHOICES[name])}


def test_everything_out_of_range_is_named_at_once():
    with pytest.raises(UsageRefused) as refusal:
        refuse_unusable(replace(REQUEST, year=99999, basis_years=0, time="day"))
    assert codes(refusal.value) == [
        "option.unknown_choice",
        "year.out_of_range",
        "basis.years_out_of_range",
    ]


@pytest.mark.parametrize(
    "wrong", [{"year": 1999}, {"year": 2191}, {"year": -1}, {"basis_years": 91}]
)
def test_a_number_out_of_range_is_refused(wrong):
    with pytest.raises(UsageRefused):
        refuse_unusable(replace(REQUEST, **wrong))


def test_what_is_set_is_told_in_the_order_of_the_fields():
    told = replace(REQUEST, fix=("a:1", "b:2"), roster=Path("r.csv")).settings()
    assert told["facts"] == "a.csv"
    assert told["fix"] == "a:1; b:2"
    assert told["roster"] == "r.csv"
    assert "hold" not in told
    names = [one.name for one in fields(DecomposeRequest)]
    assert list(told) == [name for name in names if name in told]
