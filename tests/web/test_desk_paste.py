"""Several figures at once: what a spreadsheet's block becomes, and what of it is refused."""

from __future__ import annotations

import json

import pytest

from quotaloom.web.journals.models import JournalRecord
from tests.web.test_desk import EAST, FEN, NORTH, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.store]
Q1, Q2 = "2027Q1", "2027Q2"


@pytest.fixture
def sitting(as_user, plan):
    return lambda name: Desk(as_user(name), plan)


def paste(desk, block, paths=(EAST, NORTH), periods=(Q1, Q2), verb="edit", **more):
    told = {"act": "paste", "block": block, "paths": json.dumps(paths), **more}
    return desk.ask(verb, periods=json.dumps(periods), **told)


def figures(desk, paths=(EAST, NORTH), periods=(Q1, Q2)):
    places = [desk.column(period) for period in periods]
    return [[desk.row(path)[place] // FEN for place in places] for path in paths]


def test_a_pasted_block_is_one_edit_and_one_undo(sitting):
    desk = sitting("zhang")
    before = figures(desk)
    preview = paste(desk, "100,000\t120000\r\n90000\t80000\r\n", verb="preview")
    assert (preview["before"], preview["after"]) == (f"{sum(map(sum, before)):,}", "390,000")
    assert figures(desk) == before
    told = paste(desk, "100,000\t120000\r\n90000\t80000\r\n")
    assert told["position"] == 1
    assert told["cells"] == preview["cells"]
    assert figures(desk) == [[100_000, 120_000], [90_000, 80_000]]
    assert desk.ask("undo")["position"] == 2
    assert figures(desk) == before


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("100000", 100_000),
        (" 100,000 ", 100_000),
        ("１００，０００", 100_000),
        ("¥100,000.00", 100_000),
        ("10万", 100_000),
        ("0.001亿元", 100_000),
        ('"100,000"', 100_000),
        ("99999.6", 100_000),
    ],
)
def test_figures_as_spreadsheets_write_them(sitting, text, after):
    desk = sitting("zhang")
    paste(desk, text, [EAST], [Q1])
    assert figures(desk, [EAST], [Q1]) == [[after]]


def test_a_percentage_with_a_sign_changes_what_is_there(sitting):
    desk = sitting("zhang")
    ((before,),) = figures(desk, [EAST], [Q1])
    paste(desk, "+10%", [EAST], [Q1])
    assert figures(desk, [EAST], [Q1]) == [[(before * 11 + 5) // 10]]


def test_what_was_rounded_is_said(sitting):
    told = paste(sitting("zhang"), "100000.4\t120000", [EAST])
    assert any("1" in note for note in told["notes"])


def test_a_blank_cell_keeps_its_figure(sitting):
    desk = sitting("zhang")
    before = figures(desk)
    paste(desk, "100000\t\n\t80000")
    assert figures(desk) == [[100_000, before[0][1]], [before[1][0], 80_000]]


def test_one_figure_fills_all_that_is_selected(sitting):
    desk = sitting("zhang")
    paste(desk, "50000")
    assert figures(desk) == [[50_000, 50_000], [50_000, 50_000]]


def test_zero_clears(sitting):
    desk = sitting("zhang")
    paste(desk, "0", **{"as": ""})
    assert figures(desk) == [[0, 0], [0, 0]]


def test_columns_that_are_only_read_are_left_out_and_counted(sitting):
    desk = sitting("zhang")
    told = paste(desk, "15.6%\t100000", [EAST], [None, Q1])
    assert figures(desk, [EAST], [Q1]) == [[100_000]]
    assert any("1" in note for note in told["notes"])


@pytest.mark.parametrize(
    ("block", "names"),
    [
        ("100000\tabc\nx\t1", ["华东 · Q2", "华北 · Q1"]),
        ("#REF!\t1", ["华东 · Q1"]),
        ("50%\t1", ["华东 · Q1"]),
        ("1e5\t1", ["华东 · Q1"]),
        ("1\t2\t3", ["3"]),
        ("1\n2\n3", ["3"]),
        ("", [""]),
        (" \t \n\t", [""]),
    ],
)
def test_a_refused_block_names_every_wrong_figure_and_writes_none(sitting, block, names):
    desk = sitting("zhang")
    found = paste(desk, block)["findings"]
    assert all(any(name in text for text in found) for name in names)
    assert JournalRecord.objects.count() == 0


def test_a_total_beside_its_parts_must_be_their_sum(sitting):
    desk = sitting("zhang")
    paths = [[], EAST, NORTH]
    found = paste(desk, "300000\n200000\n90000", paths, [Q1])["findings"]
    assert "300,000" in found[0]
    assert "290,000" in found[0]
    told = paste(desk, "290000\n200000\n90000", paths, [Q1])
    assert told["position"] == 1
    assert figures(desk, paths[1:], [Q1]) == [[200_000], [90_000]]


def test_a_total_without_all_its_parts_is_met_together_with_them(sitting):
    desk = sitting("zhang")
    paste(desk, "300000\n200000", [[], EAST], [Q1])
    assert figures(desk, periods=[Q1]) == [[200_000], [100_000]]


def test_the_unit_is_asked_where_the_block_is_far_from_what_is_there(sitting):
    desk = sitting("zhang")
    there = sum(map(sum, figures(desk)))
    asked = paste(desk, "10\t12\n9\t8")["unit"]
    assert asked["there"] == f"{there:,}"
    assert [(one["code"], one["sum"]) for one in asked["choices"]] == [
        ("yuan", "39"),
        ("wan", "390,000"),
        ("yi", "3,900,000,000"),
    ]
    assert JournalRecord.objects.count() == 0
    paste(desk, "10\t12\n9\t8", **{"as": "wan"})
    assert figures(desk) == [[100_000, 120_000], [90_000, 80_000]]


def test_a_figure_with_a_unit_of_its_own_asks_nothing(sitting):
    assert "unit" not in paste(sitting("zhang"), "1元\t1元\n1元\t1元")


def test_who_met_others_writes_nothing_of_a_block(sitting):
    zhang, li = sitting("zhang"), sitting("li")
    zhang.type("+10%", NORTH)
    li.type("+10%", EAST, Q1)
    before = figures(zhang)
    told = paste(zhang, "100000\t120000\n90000\t80000", seen="1")
    assert [one["seq"] for one in told["met"]] == [2]
    assert figures(zhang) == before


def test_a_block_reaches_nothing_beyond_ones_scope(sitting):
    desk = sitting("li")
    before = figures(sitting("zhang"))
    found = paste(desk, "100000\t120000\n90000\t80000")["findings"]
    assert any("华北" in text for text in found)
    assert figures(sitting("zhang")) == before
    assert JournalRecord.objects.count() == 0


def test_a_held_figure_refuses_the_whole_block(sitting):
    desk = sitting("zhang")
    desk.ask("edit", EAST, Q1, act="hold")
    before = figures(desk)
    assert paste(desk, "100000\t120000\n90000\t80000")["findings"]
    assert figures(desk) == before


@pytest.mark.parametrize("told", [{"paths": "x"}, {"periods": "{}"}, {"paths": '[["?"]]'}])
def test_a_broken_request_is_refused_in_words(sitting, told):
    desk = sitting("zhang")
    asked = {"act": "paste", "block": "1", "paths": json.dumps([EAST]), "periods": '["2027Q1"]'}
    assert desk.ask("edit", **(asked | told))["findings"]
