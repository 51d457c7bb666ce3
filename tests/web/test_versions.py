"""Scenarios: copied, changed, described, archived, promoted and taken back."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from quotaloom.planfile.chain import verify_store
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.store import plan_folder
from quotaloom.web.versions.models import Scenario
from tests.support.small_plan import small_plan
from tests.support.versions import EAST, NORTH, edition, figure, scenario, typed

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FEN = 100


def copied(client, plan, **more):
    """What the form of a copy answers."""
    asked = {"source": str(plan.pk), "name": "乐观", "growth": "", "year": 2027, "note": "", **more}
    return client.post(reverse("version_copy", args=[plan.pk]), asked)


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_a_scenario_has_all_edits_and_goes_its_own_way(as_user, plan):
    client = as_user("zhang")
    typed(client, plan, "+10%", EAST)
    before = figure(client, plan, EAST)
    assert copied(client, plan, note="假设新渠道").status_code == 302
    made = Scenario.objects.get().plan
    assert (made.root, made.owner) == (plan, plan.owner)
    assert figure(client, made, EAST) == before
    assert verify_store(DatabaseStore(made.pk)).position == 1
    typed(client, made, "+10%", EAST)
    assert figure(client, plan, EAST) == before
    assert figure(client, made, EAST) > before
    told = page(client, "versions", plan.pk)
    assert "乐观" in told
    assert "假设新渠道" in told
    assert "张总" in told
    assert "乐观" not in page(client, "plan_list")


@pytest.mark.parametrize(("growth", "rate"), [("+8%", 108), ("-5%", 95), ("８％", 108)])
def test_a_copy_may_be_raised_at_once(as_user, plan, growth, rate):
    client = as_user("zhang")
    assert copied(client, plan, growth=growth).status_code == 302
    made = Scenario.objects.get().plan
    whole = sum(figure(client, made, path) for path in (EAST, NORTH))
    assert whole == 1_200_000 * FEN * rate // 100
    assert Scenario.objects.get().growth == growth


@pytest.mark.parametrize("growth", ["viel", "8", "1e9%", "=cmd()"])
def test_a_growth_that_is_none_makes_nothing(as_user, plan, growth):
    client = as_user("zhang")
    told = client.post(
        reverse("version_copy", args=[plan.pk]),
        {"source": str(plan.pk), "name": "乐观", "growth": growth, "year": 2027},
        follow=True,
    )
    assert "message error" in told.content.decode()
    assert Plan.objects.count() == 1
    assert [one.name for one in plan_folder(plan.pk).parent.iterdir()] == [str(plan.pk)]


def test_an_edition_is_copied_as_it_was_released(as_user, cast, plan):
    client = as_user("zhang")
    typed(client, plan, "+10%", EAST)
    released = figure(client, plan, EAST)
    edition(cast.sun, plan)
    typed(client, plan, "+50%", EAST)
    assert copied(client, plan, source=f"{plan.pk}:e1").status_code == 302
    assert figure(client, Scenario.objects.get().plan, EAST) == released


def test_next_year_is_a_plan_of_its_own_with_this_one_as_last_year(as_user, plan):
    client = as_user("ops")
    assert copied(client, plan, growth="+8%", year=2028, name="二八年").status_code == 302
    made = Plan.objects.get(year=2028)
    assert (made.root, made.total) == (None, 1_296_000 * FEN)
    told = page(client, "plan", made.pk)
    assert "二八年" in told
    assert figure(client, made, EAST) > 0
    row = client.get(reverse("plan", args=[made.pk])).context["data"]["top"]
    assert (row["v"][0], row["y"]) == (1_296_000 * FEN, 1_200_000 * FEN)
    typed(client, made, "+10%", EAST)
    assert page(client, "plan_explain", made.pk, path='["华东"]') != 404


def test_another_plan_becomes_a_scenario_beside_this_one(as_user, cast, plan, tmp_path):
    other = small_plan(cast.ops, tmp_path, total="900000", name="另一份")
    client = as_user("zhang")
    assert copied(client, plan, source=str(other.pk), growth="+10%").status_code == 302
    made = Scenario.objects.get().plan
    assert (made.root, made.total) == (plan, 990_000 * FEN)
    told = page(client, "promote", plan.pk, made.pk)
    assert "edit.not_a_branch" in told


def test_it_is_named_archived_and_restored_by_whoever_may_write(as_user, cast, plan):
    made = scenario(cast.zhang, plan)
    client = as_user("zhang")
    change = reverse("scenario_change", args=[plan.pk, made.pk])
    assert client.post(change, {"name": "谨慎", "note": "下行"}).status_code == 302
    assert "谨慎" in page(client, "versions", plan.pk)
    shelve = reverse("scenario_shelve", args=[plan.pk, made.pk])
    client.post(shelve, {"archived": "1"})
    assert page(client, "desk", made.pk) == 404
    assert page(client, "plan", made.pk) != 404
    client.post(shelve, {"archived": ""})
    assert page(client, "desk", made.pk) != 404
    for name in ("li", "sun", "wang"):
        assert as_user(name).post(shelve, {"archived": "1"}).status_code in {403, 404}
    actions = ["scenario.copy", "scenario.describe", "scenario.archive", "scenario.restore"]
    assert [AuditRow.objects.filter(action=one).count() for one in actions] == [1, 1, 1, 1]


def test_a_manager_makes_and_promotes_a_scenario_within_her_branches(as_user, cast, plan):
    li = as_user("li")
    assert copied(li, plan).status_code == 302
    made = Scenario.objects.get().plan
    assert made.owner != cast.li
    assert "华北" not in page(li, "plan", made.pk)
    typed(li, made, "+10%", EAST)
    before = figure(as_user("zhang"), plan, NORTH)
    told = page(li, "promote", plan.pk, made.pk)
    assert "华北" not in told
    answer = li.post(reverse("promote_post", args=[plan.pk, made.pk]))
    assert answer.status_code == 302
    assert figure(li, plan, EAST) == figure(li, made, EAST)
    assert figure(as_user("zhang"), plan, NORTH) == before


def test_she_does_not_promote_what_reaches_beyond_her_scope(as_user, cast, plan):
    made = scenario(cast.zhang, plan)
    typed(as_user("zhang"), made, "+10%", NORTH)
    before = JournalRecord.objects.filter(journal=plan.pk).count()
    answer = as_user("li").post(reverse("promote_post", args=[plan.pk, made.pk]))
    assert "华北" not in answer.content.decode()
    assert JournalRecord.objects.filter(journal=plan.pk).count() == before


def test_a_scenario_is_promoted_and_taken_back_as_one(as_user, cast, plan):
    client = as_user("zhang")
    before = [figure(client, plan, path) for path in (EAST, NORTH)]
    made = scenario(cast.zhang, plan)
    typed(client, made, "+10%", EAST)
    typed(client, made, "+20%", NORTH)
    told = page(client, "promote", plan.pk, made.pk)
    assert "华东" in told
    answer = client.post(reverse("promote_post", args=[plan.pk, made.pk]), follow=True)
    after = [figure(client, plan, path) for path in (EAST, NORTH)]
    assert after == [figure(client, made, path) for path in (EAST, NORTH)]
    assert reverse("promote_undo", args=[plan.pk]) in answer.content.decode()
    again = page(client, "promote", plan.pk, made.pk)
    assert reverse("promote_post", args=[plan.pk, made.pk]) in again
    client.post(reverse("promote_post", args=[plan.pk, made.pk]))
    assert [figure(client, plan, path) for path in (EAST, NORTH)] == after
    client.post(reverse("promote_undo", args=[plan.pk]))
    assert [figure(client, plan, path) for path in (EAST, NORTH)] == before
    assert verify_store(DatabaseStore(plan.pk)).position == 4


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_where_both_changed_the_same_it_asks(as_user, cast, plan, side):
    client = as_user("zhang")
    made = scenario(cast.zhang, plan)
    typed(client, made, "600000", EAST, "2027Q2")
    typed(client, made, "+5%", NORTH)
    typed(as_user("li"), plan, "500000", EAST, "2027Q2")
    address = reverse("promote_post", args=[plan.pk, made.pk])
    asked = client.post(address)
    assert asked.status_code == 200
    assert "李经理" in asked.content.decode()
    assert JournalRecord.objects.filter(journal=plan.pk).count() == 1
    (clash,) = set(re.findall(r'name="(take-\d+)"', asked.content.decode()))
    assert client.post(address, {clash: side}).status_code == 302
    labels = [one["label"] for one in heads(client, plan)]
    wanted = (600_000 if side == "theirs" else 500_000) * FEN
    assert figure(client, plan, EAST, labels.index("2027Q2")) == wanted
    assert figure(client, plan, NORTH) == figure(client, made, NORTH)


def heads(client, plan):
    return client.get(reverse("plan", args=[plan.pk])).context["data"]["columns"]


def test_promoting_waits_for_an_undo_of_its_own_only(as_user, cast, plan):
    client = as_user("zhang")
    made = scenario(cast.zhang, plan)
    typed(client, made, "+10%", EAST)
    client.post(reverse("promote_post", args=[plan.pk, made.pk]))
    typed(client, plan, "+1%", NORTH)
    before = JournalRecord.objects.filter(journal=plan.pk).count()
    answer = client.post(reverse("promote_undo", args=[plan.pk]), follow=True)
    assert "message error" in answer.content.decode()
    assert JournalRecord.objects.filter(journal=plan.pk).count() == before


def test_nobody_else_sees_a_scenario_or_what_is_in_it(as_user, cast, plan):
    made = scenario(cast.zhang, plan, name="机密方案")
    stranger = as_user("stranger")
    for name, *args in (
        ("versions", plan.pk),
        ("compare", plan.pk),
        ("promote", plan.pk, made.pk),
        ("plan", made.pk),
    ):
        assert page(stranger, name, *args) in {403, 404}
    assert page(as_user("wang"), "versions", plan.pk) != 404
