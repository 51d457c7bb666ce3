"""Opportunities one by one: who sees them, what a stage needs, how they end, who changed what."""

from __future__ import annotations

import pytest

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.registers.meeting import Seen
from quotaloom.web.registers.models import Change, Opportunity, Outcome, Update
from quotaloom.web.registers.services import opportunity_change
from tests.support.deals import facts, hand, only_record, opened

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TYPED = {
    "seen": 0,
    "unit": "wan",
    "name": "厂房项目",
    "customer": "青禾装备",
    "seat": "E1",
    "stage": "线索确认",
    "begun_on": "2026-01-05",
}


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """A data folder of its own."""
    settings.HOME = tmp_path
    return tmp_path


def page(client, path=""):
    return client.get(f"/opportunities/{path}").content.decode()


def at(record, verb=""):
    return f"/opportunities/{record.pk}/{verb}"


def test_a_record_is_typed_found_and_published(as_user):
    client = as_user("wang")
    answer = client.post("/opportunities/new", TYPED | {"amount": "1.5亿", "note": "第一次"})
    record = only_record()
    assert answer.url == at(record)
    assert (record.number, record.person, record.probability) == ("QL-00001", "小王", 10)
    assert record.amount == 150_000_000_00
    fact = facts()["QL-00001"]
    assert (fact["amount"], fact["seat"], fact["person"]) == (1_500_000_000_000, "E1", "小王")
    assert (fact["region"], fact["outcome"], fact["probability"]) == ("华东", "open", 100_000)
    assert facts("stage_changes")["QL-00001"]["stage"] == "线索确认"
    assert facts("record_updates")["QL-00001/1"]["person"] == "小王"
    assert "厂房项目" in page(client, "?q=青禾 小王")
    assert "厂房项目" not in page(client, "?q=青禾 别人")
    assert AuditRow.objects.filter(action="opportunity.open").count() == 1


def test_who_sees_a_record_and_who_may_change_it(cast, as_user):
    record = opened(cast)
    for name in ("wang", "li", "zhang", "ops", "sun"):
        assert "厂房项目" in page(as_user(name)), name
    assert "厂房项目" not in page(as_user("zhao"))
    assert as_user("zhao").get(at(record)).status_code == 404
    assert as_user("sun").get(at(record)).status_code == 200
    assert as_user("sun").get(at(record, "edit")).status_code == 403
    assert as_user("system").get("/opportunities/").status_code == 403
    north = as_user("zhao").post("/opportunities/new", TYPED)
    assert north.status_code == 422  # a seat beyond her branch is no choice
    assert Opportunity.objects.count() == 1


def test_a_stage_asks_for_what_it_needs(cast, as_user):
    record, client = opened(cast), as_user("wang")
    later = TYPED | {"seen": 1, "stage": "方案报价"}
    refused = client.post(at(record, "edit"), later)
    assert refused.status_code == 422
    assert refused.content.decode().count("阶段「方案报价」需要填写这一项") == 3
    assert only_record().stage == "线索确认"
    told = {"stage": "线索确认", "amount": "５０", "expected_on": "2026-01-04"}
    early = client.post(at(record, "edit"), later | told)
    assert "早于开始日期" in early.content.decode()
    bad = client.post(at(record, "edit"), later | {"stage": "线索确认", "amount": "五块"})
    assert bad.status_code == 422


def test_the_chance_follows_the_stage_until_somebody_says_another(cast):
    record, me = opened(cast), hand(cast.wang)
    told = {"stage": "需求确认", "product": "P"}
    moved = opportunity_change(key=record.pk, seen=Seen(1), wishes=told, hand=me)
    assert moved.probability == 25
    own = opportunity_change(key=record.pk, seen=Seen(2), wishes={"probability": 33}, hand=me)
    assert own.probability == 33
    stays = opportunity_change(key=record.pk, seen=Seen(3), wishes={"stage": "商务谈判"}, hand=me)
    assert stays.probability == 33


def test_one_row_a_change_is_shown_on_the_record(cast, as_user):
    record, client = opened(cast), as_user("li")
    told = TYPED | {"seen": 1, "amount": "120", "competitor": "启明", "probability": 10}
    assert client.post(at(record, "edit"), told).status_code == 302
    update = Update.objects.get(position=2)
    rows = Change.objects.filter(update=update).values_list("field", "old", "new")
    assert set(rows) == {("amount", "", 120_000_000), ("competitor", "", "启明")}
    shown = page(client, f"{record.pk}/")
    for word in ("李经理", "竞争对手", "启明", "120 万元"):
        assert word in shown
    assert "1 亿" not in shown
    same = client.post(at(record, "edit"), told | {"seen": 2}, follow=True)
    assert "没有任何改动" in same.content.decode()
    assert Update.objects.count() == 2


def test_a_record_is_won_or_lost_with_a_reason_and_may_be_opened_again(cast, as_user):
    record, client = opened(cast), as_user("wang")
    told = {"seen": 1, "unit": "wan", "outcome": "won", "closed_on": "2026-03-01"}
    assert client.get(at(record, "close")).status_code == 200
    refused = client.post(at(record, "close"), told)
    assert refused.status_code == 422
    assert "赢单要有金额" in refused.content.decode()
    ahead = told | {"closed_on": "2099-01-01", "amount": "80", "reason": "价格"}
    assert client.post(at(record, "close"), ahead).status_code == 422
    won = told | {"amount": "80", "reason": "价格"}
    assert client.post(at(record, "close"), won).status_code == 302
    fact = facts()[record.number]
    assert (fact["outcome"], str(fact["closed"]), fact["reason"]) == ("won", "2026-03-01", "价格")
    assert fact["probability"] == 1_000_000
    assert "厂房项目" not in page(client)  # the list begins with what is open
    assert "厂房项目" in page(client, "?outcome=won")
    client.post(at(record, "reopen"), {"seen": 2, "unit": "wan"})
    fact = facts()[record.number]
    assert (fact["outcome"], fact["closed"], fact["probability"]) == ("open", None, 100_000)


def test_the_list_is_filtered_sorted_and_paged(cast, as_user):
    for number in range(3):
        opened(cast, f"项目{number}", seat="E2" if number == 2 else "E1", who="ops")
    for number, amount in enumerate((300, 100, 200)):
        Opportunity.objects.filter(name=f"项目{number}").update(amount=amount * 10_000_00)
    Opportunity.objects.filter(name="项目1").update(outcome=Outcome.LOST, stage="需求确认")
    client = as_user("li")

    def names(query):
        found = client.get(f"/opportunities/?{query}").context["page"].object_list
        return [one.name for one in found]

    assert names("outcome=&sort=amount") == ["项目1", "项目2", "项目0"]
    assert names("outcome=&sort=-amount") == ["项目0", "项目2", "项目1"]
    assert names("sort=number") == ["项目0", "项目2"]
    assert names("outcome=&stage=需求确认") == ["项目1"]
    assert names("outcome=x&sort=password&page=99&sort=number") == ["项目0", "项目1", "项目2"]
    assert [one.name for one in as_user("wang").get("/opportunities/").context["page"]] == ["项目0"]
    part = client.get("/opportunities/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_the_palette_finds_within_the_scope(cast, as_user):
    opened(cast)
    assert "厂房项目" in as_user("li").get("/search/?text=厂房").json()["rows"]
    assert "厂房项目" not in as_user("zhao").get("/search/?text=厂房").json()["rows"]
