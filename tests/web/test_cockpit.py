"""The cockpit: who sees which figures, how they add up, and how they lead to their source rows."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from quotaloom.cycle.demo_company.year import challenged
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.web.cockpit.shown import percent
from quotaloom.web.data.shelf import facts_shelf
from tests.support.boards import SEATS, released

pytestmark = [pytest.mark.django_db, pytest.mark.store]
LINES = """订单日期,订单号,行号,合同号,大区,省份,岗位,产品,客户,不含税金额
2025-02-10,D0,1,H0,华东,江苏,E1,平台,老客户,1000
2026-01-10,D1,1,H1,华东,江苏,E1,平台,甲公司,90000
2026-03-10,D2,1,H2,华东,浙江,E2,终端,乙公司,80000.01
2026-05-10,D3,1,H3,华北,北京,N1,平台,丙公司,20000
2026-06-20,T3,1,H3,华北,北京,N1,平台,丙公司,-500
"""
DAY = {"as_of": "2026-06-30", "unit": "yuan"}


@pytest.fixture
def home(db, settings, tmp_path):  # noqa: ARG001 - opens the database
    """A plan of 2026 in force, and the orders of its first half."""
    settings.HOME = tmp_path / "home"
    released(tmp_path, total="360000").rename(tmp_path / "released")
    (tmp_path / "home" / "editions").mkdir(parents=True)
    (tmp_path / "released").rename(tmp_path / "home" / "editions" / "2026")
    path = tmp_path / "订单.csv"
    path.write_text(LINES, encoding="utf-8")
    take(facts_shelf(), ImportRequest(files=(path,), into="order_lines"), author="x")
    return settings.HOME


def shown(client, address="cockpit", **asked):
    return client.get(reverse(address), DAY | asked)


def amounts(answer):
    return {one.place.name: one.place.standing.credit for one in answer.context["rows"]}


@pytest.mark.usefixtures("home")
def test_a_director_sees_the_whole_and_its_parts(as_user):  # AT-27: the north is behind
    answer = shown(as_user("zhang"))
    assert answer.context["standing"].credit == 189_500_01
    assert amounts(answer) == {"华东": 170_000_01, "华北": 19_500_00}
    page = answer.content.decode()
    assert "合计正常，但下面有 1 处落后" in page
    assert "截至 2026-06-30" in page


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("name", "credit", "hidden"),
    [("li", 170_000_01, 1), ("wang", 90_000_00, 2), ("zhao", 19_500_00, 2)],
)
def test_everybody_sees_the_own_branch_and_is_told_of_the_rest(as_user, name, credit, hidden):
    answer = shown(as_user(name))
    assert answer.context["standing"].credit == credit
    assert answer.context["seen"].hidden == hidden
    assert f"范围外的 {hidden} 个岗位" in answer.content.decode()


@pytest.mark.usefixtures("home")
def test_what_lies_outside_the_scope_is_not_there(as_user):
    assert shown(as_user("li"), at="华北").status_code == 404
    assert shown(as_user("wang"), "cockpit_explain", at=["华东", "浙江"]).status_code == 404
    told = shown(as_user("wang"), "cockpit_explain").content.decode()
    assert "甲公司" in told
    assert "乙公司" not in told
    assert shown(as_user("stranger")).status_code == 403
    assert shown(as_user("system")).status_code == 403


@pytest.mark.usefixtures("home")
def test_a_seat_sees_its_own_products_in_page_and_workbook(as_user):
    answer = shown(as_user("wang"))
    assert amounts(answer) == {"平台": 90_000_00, "终端": 0}
    quotas = [one.place.standing.quota for one in answer.context["rows"]]
    assert sum(quotas) == answer.context["standing"].quota
    page = answer.content.decode()
    assert "分产品完成情况" in page
    assert "逐项完成情况" not in page
    book = load_workbook(io.BytesIO(b"".join(shown(as_user("wang"), "cockpit_export"))))
    lines = [row[0].strip() for row in book.worksheets[0].iter_rows(4, values_only=True)]
    assert lines == ["E1", "平台", "终端"]


@pytest.mark.usefixtures("home")
def test_a_figure_leads_to_the_rows_of_its_file(as_user):
    answer = shown(as_user("zhao"), "cockpit_explain")
    rows = [
        (one["order"], one["credit"], one["file"], one["row"]) for one in answer.context["lines"]
    ]
    assert rows == [("D3", 20_000_0000, "订单.csv", 5), ("T3", -500_0000, "订单.csv", 6)]
    assert answer.context["exact"] == 19_500_0000
    assert "19,500" in answer.content.decode()


@pytest.mark.usefixtures("home")
def test_period_pace_and_thresholds_are_those_of_the_address(as_user):
    director = as_user("zhang")
    quarter = shown(director, period="2026Q2").context
    assert (quarter["standing"].credit, quarter["standing"].quota) == (19_500_00, 90_000_00)
    assert shown(director, pace="plan").context["gone"] == "50.0%"
    assert shown(director, at="华北").context["whole"].light == "red"
    mild = {"yellow": "40", "red": "90"}
    assert shown(director, at="华北", **mild).context["whole"].light == "green"
    for wrong in ({"as_of": "soon"}, {"yellow": "-1"}, {"period": "2025Q1"}):
        assert shown(director, **wrong).status_code == 404


@pytest.mark.usefixtures("home")
def test_the_workbook_holds_what_is_shown(as_user):
    answer = shown(as_user("zhang"), "cockpit_export")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    lines = {row[0].strip(): row[1:4] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert lines["总额"][:2] == (360_000, 189_500.01)
    assert lines["华北"][:2] == (120_000, 19_500)
    assert str(lines["华北"][2]).startswith("=C")
    assert set(SEATS) <= set(lines)


def test_the_challenge_stands_beside_the_base(as_user, settings, tmp_path):
    settings.HOME = tmp_path / "home"
    (tmp_path / "home" / "editions").mkdir(parents=True)
    made = released(tmp_path, total="360000", beside=challenged)
    made.rename(tmp_path / "home" / "editions" / "2026")
    path = tmp_path / "订单.csv"
    path.write_text(LINES, encoding="utf-8")
    take(facts_shelf(), ImportRequest(files=(path,), into="order_lines"), author="x")
    director = as_user("zhang")
    answer = shown(director)
    east = answer.context["rows"][0]
    assert (east.place.name, east.place.challenge) == ("华东", 264_000_00)
    assert (east.attained, east.stretched) == ("70.8%", "64.4%")
    assert answer.context["whole"].stretched == "47.9%"
    assert "挑战目标达成率" in answer.content.decode()
    book = load_workbook(io.BytesIO(b"".join(shown(director, "cockpit_export").streaming_content)))
    lines = {row[0].strip(): row for row in book.worksheets[0].iter_rows(4, values_only=True)}
    assert lines["华东"][7] == 264_000
    assert str(lines["华东"][8]).startswith("=C")


@pytest.mark.usefixtures("home")
def test_the_year_to_date_counts_with_the_open_month_and_without(as_user):
    director, day = as_user("zhang"), {"as_of": "2026-05-20"}
    whole, with_it, without = (
        shown(director, ytd=how, **day).context["standing"] for how in ("", "with", "without")
    )
    assert (whole.credit, whole.quota) == (190_000_01, 360_000_00)
    assert (with_it.credit, with_it.quota) == (190_000_01, 150_000_00)
    assert (without.credit, without.quota) == (170_000_01, 120_000_00)
    page = shown(director, ytd="without", **day).content.decode()
    assert "2026-01-01 至 2026-04-30" in page


def test_without_facts_or_a_released_plan_the_page_says_what_to_do(as_user, settings, tmp_path):
    settings.HOME = tmp_path
    assert "quotaloom import" in shown(as_user("zhang")).content.decode()
    assert shown(as_user("zhang"), "cockpit_export").status_code == 404


@pytest.mark.usefixtures("home")
def test_the_way_to_the_reconciliation_is_shown_to_who_may_go_it(as_user, cast):
    way = f'href="{reverse("reconciliation")}"'
    assert way in shown(as_user("zhang")).content.decode()
    cast.zhang.grants.update(measures=["booked"])
    assert way not in shown(as_user("zhang")).content.decode()
    assert as_user("zhang").get(reverse("reconciliation")).status_code == 404


@pytest.mark.usefixtures("home")
def test_the_newest_fact_is_the_day_of_the_figures(as_user):
    board = as_user("zhang").get(reverse("cockpit")).context["board"]
    assert board.as_of == date(2026, 6, 20)


@pytest.mark.parametrize(
    ("fact", "target", "shown_as"),
    [(540, 500, "108%"), (12, 15, "80%"), (28, 30, "93%"), (180, 150, "120%")],
)
def test_percentages_stand_as_the_documents_print_them(fact, target, shown_as):  # AT-01 … AT-04
    assert percent(Fraction(fact, target), 0) == shown_as


RULES = "规则,客户,岗位,份额\n甲,甲公司,E1,50%\n甲,甲公司,N1,50%\n"


@pytest.mark.parametrize(
    ("rules", "north", "said"),
    [
        (RULES, 64_500_00, "按 assignments.csv 的 1 条规则归属"),
        (RULES.replace("50%", "60%"), 19_500_00, "归属规则没有生效"),
        ("规则,客户,产品,岗位,份额\n甲,甲公司,,E1,100%\n台,,平台,N1,100%\n", 19_500_00, "没有生效"),
    ],
)
def test_facts_are_credited_by_the_rules_of_the_company(as_user, home, rules, north, said):
    (home / "assignments.csv").write_text(rules, encoding="utf-8")
    answer = shown(as_user("zhang"))
    assert amounts(answer)["华北"] == north
    assert answer.context["standing"].credit == 189_500_01
    assert said in answer.content.decode()
