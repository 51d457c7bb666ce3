"""Versions side by side: figures, differences, causes, the workbook, and who sees how much."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.urls import reverse

from tests.support.doors import steady
from tests.support.small_plan import small_plan
from tests.support.versions import EAST, NORTH, edition, figure, scenario, typed

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FEN = 100


@pytest.fixture
def family(as_user, cast, plan):
    """The plan, a scenario with two edits of two people, and edits of the plan since."""
    made = scenario(cast.zhang, plan)
    typed(as_user("zhang"), made, "+10%", EAST)
    typed(as_user("li"), made, "+5%", EAST)
    typed(as_user("zhao"), plan, "-10%", NORTH)
    return plan, made


def look(client, plan, *refs, name="compare", **asked):
    answer = client.get(reverse(name, args=[plan.pk]), {"v": refs, "unit": "yuan", **asked})
    return answer if answer.status_code == 200 else answer.status_code


def lines(answer):
    return {row["name"]: row for row in (answer.context["top"], *answer.context["rows"])}


def test_each_node_has_a_figure_a_version_and_what_differs(as_user, family):
    plan, made = family
    client = as_user("zhang")
    found = lines(look(client, plan, plan.pk, made.pk))
    east, north = figure(client, plan, EAST), figure(client, plan, NORTH)
    other = [figure(client, made, path) for path in (EAST, NORTH)]
    assert found["华东"]["first"] == east
    assert found["华东"]["others"][0][1:3] == (other[0], other[0] - east)
    assert found["总额"]["others"][0][2] == sum(other) - east - north
    assert found["华东"]["others"][0][3] == round((other[0] - east) * 1000 / east)


def test_up_to_four_versions_and_a_position_of_long_ago(as_user, cast, family):
    plan, made = family
    edition(cast.sun, plan)
    client = as_user("zhang")
    refs = (f"{plan.pk}:0", f"{plan.pk}:e1", str(plan.pk), str(made.pk))
    found = lines(look(client, plan, *refs))
    assert [one[2] for one in found["华北"]["others"]][:2] == [
        figure(client, plan, NORTH) - found["华北"]["first"]
    ] * 2
    assert look(client, plan, *refs, str(plan.pk) + ":1") == 404


@pytest.mark.parametrize("by", ["edit", "author", "verb"])
def test_the_causes_are_the_whole_of_the_difference(as_user, family, by):
    plan, made = family
    answer = look(as_user("zhang"), plan, plan.pk, made.pk, by=by)
    causes = answer.context["causes"]
    assert sum(one.change for one in causes) == answer.context["change"] != 0
    names = " ".join(one.name for one in causes)
    if by == "edit":
        assert [one.change > 0 for one in causes] == [True, True, True]  # 华北 fell in the plan
    if by == "author":
        assert {one.name for one in causes} == {"张总", "李经理", "赵经理"}
    assert names


def test_causes_of_one_node_are_those_that_changed_it(as_user, family):
    plan, made = family
    client = as_user("zhang")
    asked = {"path": json.dumps(NORTH), "name": "compare_causes"}
    answer = look(client, plan, plan.pk, made.pk, **asked)
    assert [one.name for one in answer.context["causes"]] == ["#1 赵经理（只在对照版本里）"]
    told = answer.content.decode()
    assert "scale" in told or "set" in told


def test_what_began_differently_is_a_cause_of_its_own(as_user, cast, plan, tmp_path):
    other = small_plan(cast.ops, tmp_path, total="900000", name="另一份")
    answer = look(as_user("zhang"), plan, plan.pk, other.pk)
    (cause,) = answer.context["causes"]
    assert (cause.name, cause.change) == ("起点不同", -300_000 * FEN)


def test_the_largest_difference_comes_first_if_asked(as_user, family):
    plan, made = family
    typed(as_user("zhang"), made, "+90%", NORTH)
    client = as_user("zhang")
    first = [row["name"] for row in look(client, plan, plan.pk, made.pk, open="[]").context["rows"]]
    told = look(client, plan, plan.pk, made.pk, open="[]", sort="change").context["rows"]
    changes = [abs(row["others"][0][2]) for row in told]
    assert changes == sorted(changes, reverse=True)
    assert {row["name"] for row in told} == set(first)


def test_a_period_is_compared_by_itself(as_user, family):
    plan, made = family
    client = as_user("zhang")
    found = lines(look(client, plan, plan.pk, made.pk, period="2027Q2"))
    labels = [
        one["label"]
        for one in client.get(reverse("plan", args=[plan.pk])).context["data"]["columns"]
    ]
    assert found["华东"]["first"] == figure(client, plan, EAST, labels.index("2027Q2"))
    assert look(client, plan, plan.pk, made.pk, period="2031Q2") == 404


def test_rows_are_opened_later_as_well(as_user, family):
    plan, made = family
    asked = {"path": json.dumps(EAST), "name": "compare_rows"}
    told = look(as_user("zhang"), plan, plan.pk, made.pk, **asked).content.decode()
    assert "江苏" in told
    assert "北京" not in told


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "["},
        {"path": '["a","b","c","d","e","f"]'},
        {"open": "{}x"},
        {"with": "9"},
        {"rows": "无"},
    ],
)
def test_an_address_that_cannot_be_read_leads_nowhere(as_user, family, asked):
    plan, made = family
    assert look(as_user("zhang"), plan, plan.pk, made.pk, **asked) == 404


@pytest.mark.parametrize(
    "ref", ["x", "{}:e9", "{}:99", "{}:-1", "00000000-0000-0000-0000-000000000000"]
)
def test_a_version_that_is_not_there_leads_nowhere(as_user, plan, ref):
    assert look(as_user("zhang"), plan, plan.pk, ref.format(plan.pk)) == 404


def test_the_workbook_shows_what_the_page_shows_with_formulas_that_have_values(as_user, family):
    plan, made = family
    client = as_user("zhang")
    opened = json.dumps([EAST], ensure_ascii=False)
    answer = client.get(
        reverse("compare_export", args=[plan.pk]),
        {"v": [str(plan.pk), str(made.pk)], "unit": "yuan", "open": opened},
    )
    content = b"".join(answer.streaming_content)
    values, formulas = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=kept) for kept in (True, False)
    )
    sheet = values.worksheets[0]
    names = [str(row[0].value).strip("\u3000") for row in sheet.iter_rows(min_row=5)]
    assert names[:3] == ["总额", "华东", "江苏"]
    row = next(row for row in sheet.iter_rows(min_row=5) if "华东" in str(row[0].value))
    change = (figure(client, made, EAST) - figure(client, plan, EAST)) / FEN
    assert row[3].value == pytest.approx(change)
    assert str(formulas.worksheets[0].cell(row[3].row, 4).value).startswith("=")
    causes = values.worksheets[1]
    total = sum(row[1].value for row in causes.iter_rows(min_row=2))
    assert total == pytest.approx(sheet.cell(5, 4).value)
    assert plan.name in str([cell.value for row in values.worksheets[2].rows for cell in row])


def test_whoever_sees_a_part_compares_that_part(as_user, family):
    plan, made = family
    li = as_user("li")
    answer = look(li, plan, plan.pk, made.pk)
    assert "华北" not in answer.content.decode()
    assert lines(answer)["总额"]["first"] == figure(li, plan, EAST)
    assert [one.name for one in answer.context["causes"]] == ["#1 张总", "#2 李经理"]
    assert look(as_user("stranger"), plan, plan.pk, made.pk) in {403, 404}


def test_answers_stay_byte_for_byte_when_hidden_figures_change(as_user, family):
    plan, made = family
    li, zhao = as_user("li"), as_user("zhao")
    pages = [
        lambda: steady(look(li, plan, plan.pk, made.pk)),
        lambda: steady(look(li, plan, plan.pk, made.pk, name="compare_causes", by="author")),
        lambda: steady(li.get(reverse("versions", args=[plan.pk]))),
    ]
    before = [one() for one in pages]
    typed(zhao, plan, "+7%", NORTH)
    typed(zhao, made, "-7%", NORTH)
    assert [one() for one in pages] == before


def test_a_version_is_compared_with_what_it_was(as_user, cast, plan):
    made = scenario(cast.zhang, plan)
    typed(as_user("zhang"), made, "+10%", EAST)
    answer = look(as_user("zhang"), plan, made.pk, f"{made.pk}:0")
    (cause,) = answer.context["causes"]
    assert cause.change == answer.context["change"] < 0


@pytest.fixture
def of_measures(as_user, cast, tmp_path, settings):
    """A plan of several measures and a scenario in which margin and its rate differ."""
    settings.HOME = tmp_path / "home"
    plan = small_plan(cast.ops, tmp_path, also=["margin", "margin_rate", "new_customers"])
    shared = {"method": "equal", "measure": "margin"}
    typed(as_user("zhang"), plan, "240000", EAST, **shared)
    made = scenario(cast.zhang, plan)
    typed(as_user("zhang"), made, "300000", EAST, **shared)
    return plan, made


def test_each_measure_is_compared_in_its_own_unit(as_user, of_measures):
    plan, made = of_measures
    client, refs = as_user("zhang"), (plan.pk, made.pk)
    assert lines(look(client, plan, *refs))["华东"]["others"][0][2] == 0
    margin = look(client, plan, *refs, measure="margin")
    assert lines(margin)["华东"]["others"][0][1:3] == (300_000 * FEN, 60_000 * FEN)
    assert sum(one.change for one in margin.context["causes"]) == 60_000 * FEN
    rate = look(client, plan, *refs, measure="margin_rate")
    east = lines(rate)["华东"]
    assert (rate.context["unit_word"], east["others"][0][2] > 0) == ("%", True)
    assert rate.context["causes"] == []
    assert "比率" in rate.content.decode()
    assert look(client, plan, *refs, measure="no_such") == 404
    count = look(client, plan, *refs, measure="new_customers")
    assert lines(count)["华东"]["first"] is None
    rows = look(
        client, plan, *refs, name="compare_rows", measure="margin_rate", path=json.dumps(["华东"])
    )
    assert "万" not in rows.content.decode()


def test_a_layer_is_compared_apart(as_user, of_measures):
    plan, made = of_measures
    client = as_user("zhang")
    typed(client, made, "90000", EAST, method="equal", layer="proposed")
    found = lines(look(client, plan, plan.pk, made.pk, layer="proposed"))
    assert found["华东"]["others"][0][1] == 90_000 * FEN


def test_the_download_says_which_measure_it_shows(as_user, of_measures):
    plan, made = of_measures
    answer = look(
        as_user("ops"), plan, plan.pk, made.pk, name="compare_export", measure="margin_rate"
    )
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    told = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "毛利率" in told
