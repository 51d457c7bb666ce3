"""A look at files before a plan is made of them."""

from __future__ import annotations

from datetime import date

import pytest

from quotaloom.cycle.inspect import guess_join, inspect_joins, inspect_request, look_at
from quotaloom.cycle.request import DecomposeRequest
from quotaloom.warehouse.intake.raw import RawOptions

FACTS = "订单日期,大区,产品码,金额\n2025-01-02,华东,7,10\n2025-02-03,华北,8,20\n"
LATER = FACTS.replace("2025", "2026")
PRODUCTS = "产品码,产品\n7,平台\n"


@pytest.fixture
def request_of(tmp_path):
    def made(*facts, **options):
        paths = []
        for place, text in enumerate(facts):
            paths.append(tmp_path / f"{place}.csv")
            paths[-1].write_text(text, encoding="utf-8")
        return DecomposeRequest(tuple(paths), "1", 2027, **options)

    return made


@pytest.fixture
def products(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(PRODUCTS, encoding="utf-8")
    return path


def test_files_are_told_together(request_of):
    seen = inspect_request(request_of(FACTS, LATER))
    assert (seen.rows, seen.first, seen.last) == (4, date(2025, 1, 2), date(2026, 2, 3))
    assert seen.amount == 60 * 10_000
    assert seen.by == ("大区",)
    assert seen.is_ready


def test_a_bad_cell_of_any_file_keeps_it_from_being_ready(request_of):
    seen = inspect_request(request_of(FACTS, LATER.replace(",20", ",2x0")))
    assert not seen.is_ready
    told = [one.params for one in seen.findings if "row" in one.params]
    assert [(one["file"], one["row"]) for one in told] == [("1.csv", 3)]


def test_files_without_a_known_dimension_are_told_all_the_same(request_of):
    seen = inspect_request(request_of(FACTS.replace("大区", "甲"), LATER.replace("大区", "甲")))
    assert not seen.is_ready
    assert [one.code for one in seen.findings] == ["decompose.no_dimension"]
    assert (seen.rows, seen.last, seen.chosen["amount"]) == (4, date(2026, 2, 3), "金额")
    assert (seen.by, seen.members) == ((), {})


def test_what_hides_a_table_is_told_once(request_of):
    seen = inspect_request(request_of(""))
    assert len(seen.findings) == len({one.code for one in seen.findings}) == 1


def test_a_joined_column_is_counted(request_of, products):
    seen = inspect_request(request_of(FACTS, join=(f"{products} on 产品码=产品码",), by=("产品",)))
    assert seen.members == {"产品": 2}  # one is 未归属


def test_weights_are_told_beside_the_dated_facts(request_of, tmp_path):
    path = tmp_path / "权重.csv"
    path.write_text("大区,权重\n华东,1\n华北,2\n华南,3\n", encoding="utf-8")
    both = inspect_request(request_of(FACTS, weights=path))
    assert (both.rows, both.weights, both.members) == (2, 3, {"大区": 3})
    alone = inspect_request(request_of(weights=path))
    assert (alone.rows, alone.weights, alone.first, alone.amount) == (0, 3, None, 0)
    assert alone.is_ready


def test_joins_are_told_by_name_and_count_rows(request_of, products):
    join = (f"{products} on 产品码=产品码 as x",)
    assert inspect_joins(request_of(FACTS, LATER, join=join))["x"].matched == 2


def test_what_cannot_be_read_has_no_joins(request_of):
    assert inspect_joins(request_of(FACTS, by=("大区>大区",))) == {}


def test_a_look_shows_the_table_and_whether_it_has_facts(request_of, products):
    (facts,) = request_of("标题\n\n" + FACTS).facts
    look = look_at(facts, RawOptions())
    assert (look.header_row, look.rows, look.lines[0][1]) == (3, 2, "华东")
    assert look.has_facts
    assert not look_at(products, RawOptions()).has_facts


def test_a_join_is_guessed_from_a_file(products, tmp_path):
    assert guess_join({"facts": ["产品码"]}, products) == ("facts.产品码", "产品码")
    assert guess_join({"facts": ["产品码"]}, tmp_path / "没有.csv") is None
