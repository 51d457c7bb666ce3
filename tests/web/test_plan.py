"""One plan: its page, its rows, its explanations, its downloads, and who sees what of it."""

from __future__ import annotations

import io
import json
import re
from uuid import uuid4

import openpyxl
import polars as pl
import pytest
from django.test import Client
from django.urls import reverse

from quotaloom.cycle.request import DecomposeRequest
from quotaloom.report.recheck.file import recheck
from quotaloom.web.audit.services import Actor
from quotaloom.web.plans.services import Order, plan_create
from tests.support.small_plan import small_plan

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FEN = 100


def rows(client, plan, path=(), deep=1, **more):
    told = {"path": json.dumps(path), "deep": deep, **more}
    return client.get(reverse("plan_rows", args=[plan.pk]), told)


def test_it_asks_a_stranger_to_sign_in(plan):
    assert Client().get(reverse("plan", args=[plan.pk])).status_code == 302


@pytest.mark.parametrize("name", ["zhang", "sun", "ops"])
def test_it_shows_everything_to_those_who_may_see_everything(as_user, plan, name):
    answer = as_user(name).get(reverse("plan", args=[plan.pk]))
    assert answer.status_code == 200
    data = answer.context["data"]
    assert data["top"]["v"][0] == 1_200_000 * FEN
    assert "范围外" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "seats", "hidden"), [("li", {"E1", "E2"}, 1), ("wang", {"E1"}, 2), ("zhao", {"N1"}, 2)]
)
def test_it_shows_a_branch_and_says_what_is_hidden(as_user, plan, name, seats, hidden):
    client = as_user(name)
    page = client.get(reverse("plan", args=[plan.pk]))
    assert f"{hidden} 个岗位" in page.content.decode()
    told = rows(client, plan, deep=12).json()["rows"]
    assert {row["p"][2] for row in told if len(row["p"]) >= 3} == seats
    top = sum(row["v"][0] for row in told if len(row["p"]) == 1)
    assert page.context["data"]["top"]["v"][0] == top < 1_200_000 * FEN


def test_it_never_names_what_is_hidden(as_user, plan):
    client = as_user("zhao")
    texts = [
        client.get(reverse("plan", args=[plan.pk])).content.decode(),
        rows(client, plan, deep=12).content.decode(),
        client.get(reverse("plan_explain", args=[plan.pk])).content.decode(),
        rows(client, plan, deep=12, rows="产品>岗位").content.decode(),
    ]
    for text in texts:
        assert not re.search(r"\bE1\b", text)  # not by chance within a token
        assert "华东" not in text


@pytest.mark.parametrize("verb", ["plan_explain", "plan_rows"])
def test_it_has_no_node_outside_the_scope(as_user, plan, verb):
    asked = {"path": json.dumps(["华东"])}
    answer = as_user("zhao").get(reverse(verb, args=[plan.pk]), asked)
    assert answer.status_code == 404 or answer.json() == {"rows": []}


@pytest.mark.parametrize("name", ["stranger", "system", "security", "audit"])
def test_it_is_shut_to_those_without_the_permission(as_user, plan, name):
    assert as_user(name).get(reverse("plan", args=[plan.pk])).status_code == 403


def test_it_is_not_there_for_a_manager_where_the_plan_is_tied_to_no_seat(as_user, plan):
    plan.org_header = ""
    plan.save()
    assert as_user("li").get(reverse("plan", args=[plan.pk])).status_code == 404
    assert as_user("ops").get(reverse("plan", args=[plan.pk])).status_code == 200


def test_it_has_no_plan_of_another_id(as_user):
    assert as_user("ops").get(reverse("plan", args=[uuid4()])).status_code == 404


def test_rows_of_every_order_sum_to_the_total(as_user, plan):
    client = as_user("ops")
    for order in ("", "产品>大区", "岗位", "省份>产品>岗位"):
        told = rows(client, plan, rows=order).json()["rows"]
        assert sum(row["v"][0] for row in told) == 1_200_000 * FEN
        assert sum(row["s"] for row in told) == 1000


@pytest.mark.parametrize(
    "query",
    [
        {"rows": "period"},
        {"rows": "大区>大区"},
        {"path": "no json"},
        {"path": '{"a":1}'},
        {"path": "[1]"},
        {"path": "[" * 5000},
        {"deep": "-1"},
        {"path": json.dumps(["华东"] * 30)},
    ],
)
def test_it_has_no_cut_that_makes_no_sense(as_user, plan, query):
    assert as_user("ops").get(reverse("plan_rows", args=[plan.pk]), query).status_code == 404


def test_an_explanation_shows_children_that_sum_and_source_rows(as_user, plan):
    client = as_user("ops")
    asked = {"path": json.dumps(["华东", "江苏", "E1"]), "period": "2027Q1"}
    answer = client.get(
        reverse("plan_explain", args=[plan.pk]), asked, headers={"HX-Request": "true"}
    )
    text = answer.content.decode()
    found = answer.context["found"]
    assert sum(value for _node, value in found.children) == found.value
    assert answer.context["lines"].count == 2 * 12 * 2
    assert "订单.csv · " in text
    assert "<html" not in text


def test_an_explanation_keeps_the_source_rows_of_others_unseen(as_user, plan):
    for name, count in (("ops", 144), ("li", 96), ("wang", 48)):
        answer = as_user(name).get(reverse("plan_explain", args=[plan.pk]))
        assert answer.context["lines"].count == count


def test_the_download_holds_what_the_page_shows(as_user, plan):
    client = as_user("li")
    told = rows(client, plan, deep=1).json()["rows"]
    asked = {"open": json.dumps([["华东"]]), "months": "0", "unit": "yuan"}
    answer = client.get(reverse("plan_export", args=[plan.pk]), asked)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    lines = list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
    assert [line[0].strip() for line in lines] == ["总额", "华东", "江苏", "浙江"]
    assert lines[1][3] == told[0]["v"][0] / FEN
    assert len(lines[0]) == 3 + 1 + 4 + 2  # whole, quarters, halves
    assert plan.digest in {cell.value for cell in book.worksheets[1]["B"]}


def downloaded(client, plan, kind):
    answer = client.get(reverse("plan_leaves", args=[plan.pk, kind]))
    assert answer.status_code == 200
    return io.BytesIO(b"".join(answer.streaming_content))


def leaves(client, plan, kind):
    """The leaves of a download, amounts in 元."""
    file = downloaded(client, plan, kind)
    if kind == "parquet":
        return pl.read_parquet(file)
    return pl.read_csv(file, schema_overrides={"quota": pl.Decimal(18, 2)})


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("name", "seats"), [("ops", {"E1", "E2", "N1"}), ("li", {"E1", "E2"}), ("zhao", {"N1"})]
)
def test_a_table_holds_the_leaves_that_the_page_sums(as_user, plan, kind, name, seats):
    client = as_user(name)
    table = leaves(client, plan, kind)
    top = client.get(reverse("plan", args=[plan.pk])).context["data"]["top"]["v"][0]
    assert set(table["岗位"]) == seats
    assert table["quota"].sum() * FEN == top
    assert table.height == len(seats) * 2 * 12


def texts_of(book):
    return {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }


@pytest.mark.parametrize(("name", "hidden"), [("ops", set()), ("li", {"华北", "北京"})])
def test_a_workbook_holds_what_is_seen_and_agrees_with_itself(
    as_user, plan, tmp_path, name, hidden
):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(downloaded(as_user(name), plan, "xlsx").getvalue())
    texts = texts_of(openpyxl.load_workbook(path))
    assert {"E1", "华东"} <= texts
    assert not [text for text in texts for one in hidden if one in text]
    assert recheck(path).findings == ()


def test_there_is_no_download_of_another_kind(as_user, plan):
    assert as_user("ops").get(reverse("plan_leaves", args=[plan.pk, "exe"])).status_code == 404


def test_notes_that_name_anybody_are_for_those_who_see_the_whole(as_user, plan):
    assert as_user("ops").get(reverse("plan", args=[plan.pk])).context["findings"]
    assert not as_user("li").get(reverse("plan", args=[plan.pk])).context["findings"]


def test_a_page_costs_few_queries(as_user, plan, django_assert_max_num_queries):
    client = as_user("li")
    with django_assert_max_num_queries(12):
        client.get(reverse("plan", args=[plan.pk]))
    with django_assert_max_num_queries(10):
        rows(client, plan)


def test_an_explanation_names_the_season_in_the_words_of_the_form(as_user, plan):
    text = as_user("ops").get(reverse("plan_explain", args=[plan.pk])).content.decode()
    assert "按历年规律" in text
    assert "history" not in text


def test_potential_is_shown_where_the_plan_was_decomposed_by_it(cast, as_user, tmp_path, settings):
    """The weights of the file, added up; a plan of history says that it has none."""
    settings.HOME = tmp_path / "home"
    weights = tmp_path / "潜力.csv"
    rows = [("华东", "E1", 300), ("华东", "E2", 100), ("华北", "N1", "0.5")]
    weights.write_text("大区,岗位,潜力\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows))
    request = DecomposeRequest(
        (), "1200000", 2027, by=("大区>岗位",), weights=weights, weight_column="潜力"
    )
    order = Order("潜力方案", request, {})
    made = plan_create(owner=cast.ops, order=order, actor=Actor(str(cast.ops.pk)))
    data = as_user("zhang").get(reverse("plan", args=[made.pk])).context["data"]
    assert data["top"]["b"] == 400.5 * data["potential"]
    east = next(row["b"] for row in data["rows"] if row["p"] == ("华东",))
    assert east == 400 * data["potential"]
    history = small_plan(cast.ops, tmp_path)
    page = as_user("zhang").get(reverse("plan", args=[history.pk]))
    assert page.context["data"]["potential"] is None
    assert "未提供潜力" in page.content.decode()
