"""The register and the facts: published once, taken in where an import counts, never at odds."""

from __future__ import annotations

import pytest

from quotaloom.cycle.measures.figures import FigureRequest, figures
from quotaloom.cycle.measures.known import measures
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.audit.services import Actor
from quotaloom.web.data.services import batch_undo
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.registers import publish as publisher
from quotaloom.web.registers import services
from quotaloom.web.registers.meeting import Seen
from quotaloom.web.registers.models import Opportunity, Update
from quotaloom.web.registers.publish import publish
from quotaloom.web.registers.rows import REGISTER
from quotaloom.web.registers.services import opportunity_change
from tests.support.deals import LINE, brought, facts, hand, only_record, opened

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"
    return tmp_path


def batches():
    return [(one.dataset, one.rows) for one in facts_shelf().entries() if one.act == "commit"]


def pipeline_amount():
    """The open amount by the measure of the house, in 分."""
    asked = FigureRequest(codes=("pipeline",), by=("person",))
    frame = figures(facts_shelf(), measures(), asked).frame
    return {row["person"]: row["pipeline"] for row in frame.iter_rows(named=True)}


def test_a_submit_is_published_once_and_measured(cast):
    record = opened(cast, amount=5_000_000)
    assert batches() == [("opportunities", 1), ("stage_changes", 1), ("record_updates", 1)]
    assert pipeline_amount() == {"小王": 5_000_000}
    assert publish() == 0
    Update.objects.update(is_published=False)  # as if the publisher had died before its last word
    assert publish() == 1
    assert len(batches()) == 3
    opportunity_change(key=record.pk, seen=Seen(1), wishes={"note": "x"}, hand=hand(cast.wang))
    assert batches()[3:] == [("opportunities", 1), ("record_updates", 1)]
    assert facts()[record.number]["§row"] == Update.objects.latest("pk").pk


def test_what_could_not_be_published_is_left_to_the_next(cast, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publisher, "put_batch", full)
    record = opened(cast)
    assert Update.objects.get().is_published is False
    monkeypatch.undo()
    assert publish() == 1
    assert record.number in facts()


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_any_end_between_the_batches_is_made_up_for(done, cast, monkeypatch):
    class Ended(BaseException):
        pass

    put, left = publisher.put_batch, [None] * done

    def until(*given):
        if not left:
            raise Ended
        left.pop()
        put(*given)

    monkeypatch.setattr(services, "publish_now", lambda: None)
    opened(cast)
    monkeypatch.setattr(publisher, "put_batch", until)
    if done < 3:
        with pytest.raises(Ended):
            publish()
    monkeypatch.setattr(publisher, "put_batch", put)
    assert publish() == 1
    assert sorted(batches()) == [("opportunities", 1), ("record_updates", 1), ("stage_changes", 1)]
    assert not Update.objects.filter(is_published=False).exists()


def test_an_imported_record_is_shown_and_only_overlaid(cast, as_user):
    brought(cast)
    publish()
    record, client = only_record(), as_user("wang")
    assert (record.master, record.seat.code, record.amount) == ("CRM", "E1", 50_000_000)
    page = client.get(f"/opportunities/{record.pk}/").content.decode()
    assert "由 CRM 维护" in page
    assert "经导入进入" in page
    assert f"{record.pk}/edit" not in page
    told = {"seen": 1, "unit": "wan", "name": "别名", "seat": "E1", "stage": "线索确认"}
    told |= {"customer": "青禾装备", "begun_on": "2026-01-05", "probability": "10"}
    refused = client.post(f"/opportunities/{record.pk}/edit", told, follow=True)
    assert "请在那里修改" in refused.content.decode()
    assert only_record().name == "城南项目"
    before = facts()
    told = {"seen": 1, "unit": "wan", "seen_amount": "30", "seen_note": "预算缩减"}
    assert client.post(f"/opportunities/{record.pk}/overlay", told).status_code == 302
    assert facts() == before  # the fact of the CRM is untouched
    overlay = facts("opportunity_overlays")["C-1"]
    assert (overlay["amount"], overlay["seen"], overlay["person"]) == (
        30_000_000 * 100,
        "预算缩减",
        "小王",
    )


def test_a_new_import_renews_the_record_and_keeps_the_overlay(cast):
    brought(cast)
    publish()
    record, me = only_record(), hand(cast.wang)
    opportunity_change(key=record.pk, seen=Seen(1), wishes={"seen_note": "我看"}, hand=me)
    brought(cast, LINE.replace("500000", "800000"))
    publish()
    record.refresh_from_db()
    assert (record.amount, record.seen_note, record.position) == (80_000_000, "我看", 3)
    change = Update.objects.get(position=3)
    assert (change.author, change.batch) == (None, facts()["C-1"]["§batch"])
    assert [one.field for one in change.changes.all()] == ["amount"]


def test_an_import_of_a_record_kept_here_takes_it_over_until_it_is_undone(cast):
    record = opened(cast)
    entry = brought(cast, LINE.replace("C-1", record.number))
    publish()
    record.refresh_from_db()
    assert (record.master, record.name) == ("CRM", "城南项目")
    with pytest.raises(services.Elsewhere):
        opportunity_change(key=record.pk, seen=Seen(2), wishes={"name": "x"}, hand=hand(cast.wang))
    batch_undo(position=entry.position, user=cast.ops, actor=Actor())
    publish()
    record.refresh_from_db()
    assert (record.master, record.name) == ("", "厂房项目")
    opportunity_change(key=record.pk, seen=Seen(3), wishes={"name": "x"}, hand=hand(cast.wang))
    assert facts()[record.number]["name"] == "x"


def test_an_undone_import_takes_its_records_off_the_list(cast, as_user):
    entry = brought(cast)
    publish()
    assert "城南项目" in as_user("li").get("/opportunities/").content.decode()
    batch_undo(position=entry.position, user=cast.ops, actor=Actor())
    publish()
    assert "城南项目" not in as_user("li").get("/opportunities/").content.decode()
    brought(cast, LINE + "C-2,城北项目,2026-03-02,Won,1,E2,x\n")
    publish()
    page = as_user("li").get("/opportunities/?outcome=").content.decode()
    assert "城南项目" in page
    assert Opportunity.objects.get(number="C-2").outcome == "won"


def test_a_batch_of_the_register_that_is_undone_is_published_again(cast):
    record = opened(cast)
    batch_undo(position=1, user=cast.ops, actor=Actor())
    assert record.number not in facts()
    assert publish() == 1
    assert record.number in facts()


def test_an_import_between_is_taken_in_before_the_register_writes(cast, monkeypatch):
    record = opened(cast)
    take_in, calls = publisher.take_in, []

    def then_an_import():
        take_in()
        if not calls:
            calls.append(brought(cast, LINE.replace("C-1", record.number)))

    monkeypatch.setattr(publisher, "take_in", then_an_import)
    opportunity_change(key=record.pk, seen=Seen(1), wishes={"note": "x"}, hand=hand(cast.wang))
    fact = facts()[record.number]
    assert (fact["name"], fact["§batch"]) == ("城南项目", calls[0].position)
    record.refresh_from_db()
    assert record.master == "CRM"


def test_rows_lie_under_the_columns_of_their_kind(cast):
    opened(cast, amount=1, expected_on="2026-05-01", competitor="启明", note="n")
    frame = facts_shelf().facts("opportunities")
    kind = KINDS["opportunities"]
    assert {name: frame.schema[name] for name in kind.schema()} == kind.schema()
    assert frame["§file"].to_list() == [REGISTER]
