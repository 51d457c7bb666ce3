"""Editions: released once, seen by whom the plan is, changed by nobody; closed periods."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.chain import verify_store
from quotaloom.warehouse.edition import folder_of
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.versions.models import Edition
from quotaloom.web.versions.proof import editions_altered
from quotaloom.web.versions.shelf import shelf_of
from tests.support.versions import EAST, edition, figure, scenario, typed

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FEN = 100


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def released(client, plan, **more):
    """What the form answers; ``seen`` is what the page said."""
    seen = client.get(reverse("release", args=[plan.pk])).context["position"]
    asked = {"name": "年度目标", "period": "2027-01", "note": "董事会通过", "seen": seen, **more}
    return client.post(reverse("release_post", args=[plan.pk]), asked)


def closed(client, plan, period="", **more):
    asked = {"period": period, **more}
    return client.post(reverse("period_close", args=[plan.pk]), asked, follow=True).content.decode()


def test_the_checks_stand_before_the_release(as_user, plan):
    client = as_user("sun")
    told = page(client, "release", plan.pk)
    assert "个合计与下级之和一致" in told
    assert "release.scenarios" in told
    typed(as_user("zhang"), plan, "+10%", EAST)
    answer = released(client, plan)
    assert answer.status_code == 302
    made = Edition.objects.get()
    assert (made.number, made.position, made.released_by.first_name) == (1, 1, "孙财务")
    row = AuditRow.objects.get(action="plan.release")
    assert json.loads(row.params)["digest"] == made.digest
    told = page(client, "edition", plan.pk, 1)
    assert made.digest in told
    assert "董事会通过" in told
    assert verify_store(DatabaseStore(plan.pk)).position == 2


def test_the_plan_lives_on_and_the_edition_stays(as_user, cast, plan):
    client = as_user("zhang")
    edition(cast.sun, plan)
    before = client.get(reverse("edition", args=[plan.pk, 1])).context["version"].total
    typed(client, plan, "+50%", EAST)
    answer = client.get(reverse("edition", args=[plan.pk, 1]))
    assert answer.context["version"].total == before == 1_200_000 * FEN
    assert answer.context["moved"]
    cells = client.get(reverse("edition_cells", args=[plan.pk, 1]))
    frame = pl.read_parquet(io.BytesIO(b"".join(cells.streaming_content)))
    assert int(frame["amount"].sum()) == before


def test_the_plan_says_which_version_it_is(as_user, cast, plan):
    """A draft, an edition with its period, a draft again; in its list and on its page."""
    client = as_user("zhang")
    li = as_user("li")
    assert ">草案<" in page(client, "plan", plan.pk)
    edition(cast.sun, plan)
    for name, args in (("plan", [plan.pk]), ("plan_list", [])):
        assert "✓ 第 1 版，自 2027-01 起" in page(client, name, *args)
    told = typed(client, plan, "+50%", ["华北"])
    assert told["badge"]["words"] == "第 1 版，自 2027-01 起，之后有改动"
    assert "之后有改动" in page(client, "plan_list")
    for name, args in (("plan", [plan.pk]), ("plan_list", [])):
        assert "之后有改动" not in page(li, name, *args)  # it was elsewhere


@pytest.mark.parametrize("name", ["li", "wang", "ops", "system", "stranger"])
def test_who_may_not_release_does_not(as_user, plan, name):
    client = as_user(name)
    assert page(client, "release", plan.pk) in {403, 404}
    told = {"name": "x", "period": "2027-01", "seen": 0}
    assert client.post(reverse("release_post", args=[plan.pk]), told).status_code in {403, 404}
    period = {"period": "2027-01"}
    assert client.post(reverse("period_close", args=[plan.pk]), period).status_code in {403, 404}
    assert Edition.objects.count() == JournalRecord.objects.count() == 0


def test_who_sees_a_part_sees_that_part_of_an_edition(as_user, cast, plan):
    edition(cast.sun, plan)
    li = as_user("li")
    answer = li.get(reverse("edition", args=[plan.pk, 1]))
    assert answer.context["version"].total == figure(li, plan, EAST)
    assert Edition.objects.get().digest not in answer.content.decode()
    assert page(li, "edition_cells", plan.pk, 1) == 404
    assert page(as_user("stranger"), "edition", plan.pk, 1) in {403, 404}


def test_what_was_edited_since_it_was_looked_at_is_not_released(as_user, plan):
    client = as_user("sun")
    seen = client.get(reverse("release", args=[plan.pk])).context["position"]
    typed(as_user("zhang"), plan, "+10%", EAST)
    answer = released(client, plan, seen=seen)
    assert answer.status_code == 200
    assert "没有发布" in answer.content.decode()
    assert Edition.objects.count() == 0
    assert not shelf_of(plan.pk).exists()


def test_a_later_edition_counts_from_its_period_on(as_user, cast, plan):
    edition(cast.sun, plan)
    client = as_user("sun")
    assert released(client, plan, name="年中调整", period="2027-07").status_code == 302
    early = released(client, plan, name="太早", period="2027-04")
    assert "年中调整" in early.content.decode()
    assert Edition.objects.count() == 2
    assert released(client, plan, name="没有", period="2031-01").status_code == 200


def test_a_scenario_is_not_released(as_user, cast, plan):
    made = scenario(cast.zhang, plan)
    assert page(as_user("zhang"), "release", made.pk) == 404


def test_scenarios_that_clash_are_told_before(as_user, cast, plan):
    client = as_user("zhang")
    made = scenario(cast.zhang, plan, name="乐观方案")
    typed(client, made, "600000", EAST, "2027Q2")
    typed(as_user("li"), plan, "500000", EAST, "2027Q2")
    assert "乐观方案" in page(client, "release", plan.pk)
    assert released(client, plan).status_code == 302


class Wrong(Exception):
    """Something goes wrong after the files were written."""


def test_files_of_a_release_that_failed_are_no_edition(cast, plan, monkeypatch):
    def broken(**_told):
        raise Wrong

    monkeypatch.setattr("quotaloom.web.versions.release.audit_record", broken)
    with pytest.raises(Wrong):
        edition(cast.sun, plan)
    monkeypatch.undo()
    assert Edition.objects.count() == JournalRecord.objects.count() == 0
    assert edition(cast.sun, plan, name="真的").number == 1
    assert [one.name for one in shelf_of(plan.pk).iterdir()] == ["001-真的"]


def attempts(one):
    """Every way through the models to another edition."""
    return {
        "save": one.save,
        "delete": one.delete,
        "update": lambda: Edition.objects.filter(pk=one.pk).update(name="x"),
        "bulk": lambda: Edition.objects.bulk_update([one], ["name"]),
        "delete all": Edition.objects.all().delete,
        "plan": one.plan.delete,
    }


@pytest.mark.parametrize("way", sorted(["save", "delete", "update", "bulk", "delete all", "plan"]))
def test_no_model_changes_an_edition(cast, plan, way):
    one = edition(cast.sun, plan)
    one.name = "另一个名字"
    with pytest.raises((DataRefused, DatabaseError)), transaction.atomic():
        attempts(one)[way]()
    assert Edition.objects.get().name == "年度目标"


@pytest.mark.parametrize(
    "sql", ["UPDATE versions_edition SET name = 'x'", "DELETE FROM versions_edition"]
)
def test_the_database_itself_keeps_editions(cast, plan, sql):
    edition(cast.sun, plan)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        connection.cursor().execute(sql)
    assert Edition.objects.get().name == "年度目标"


def altered():
    return {one.code for one in editions_altered()}


def bent(path):
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("name", ["cells.parquet", "state", "plan.txt", "edition.json"])
def test_altered_files_are_found_shown_and_not_read(as_user, cast, plan, name):
    edition(cast.sun, plan)
    call_command("audit_verify", stdout=io.StringIO())
    bent(folder_of(shelf_of(plan.pk), 1) / name)
    with pytest.raises(SystemExit) as left:
        call_command("audit_verify", stdout=io.StringIO(), stderr=io.StringIO())
    assert left.value.code == 4
    client = as_user("zhang")
    assert "✗" in page(client, "versions", plan.pk)
    assert "✗" in page(client, "edition", plan.pk, 1)
    assert page(client, "edition_cells", plan.pk, 1) == 404
    refs = {"v": [f"{plan.pk}:e1", str(plan.pk)]}
    assert client.get(reverse("compare", args=[plan.pk]), refs).status_code == 404


@pytest.mark.parametrize("what", ["row gone", "row changed", "row put in"])
def test_altered_rows_are_found_by_the_audit(cast, plan, what):
    one = edition(cast.sun, plan)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE versions_edition DISABLE TRIGGER versions_edition_stays")
        else:
            cursor.execute("DROP TRIGGER versions_edition_update")
            cursor.execute("DROP TRIGGER versions_edition_delete")
        if what == "row gone":
            cursor.execute("DELETE FROM versions_edition")
        elif what == "row changed":
            cursor.execute("UPDATE versions_edition SET total = total + 1")
        else:
            names = [field.column for field in Edition._meta.fields if field.column != "id"]
            told = ", ".join("7" if name == "number" else name for name in names)
            cursor.execute(
                f"INSERT INTO versions_edition ({', '.join(names)}) "  # noqa: S608 - names of fields
                f"SELECT {told} FROM versions_edition"
            )
    assert altered() == {"edition.row_changed"}
    assert one.number == 1


def test_another_edition_in_its_place_is_found_by_the_chain(cast, plan, as_user):
    """Files and seal made anew are sound in themselves, and yet not what was released."""
    edition(cast.sun, plan)
    typed(as_user("zhang"), plan, "+10%", EAST)
    other = edition(cast.sun, plan, name="另一版", period="2027-02")
    first, second = (folder_of(shelf_of(plan.pk), one) for one in (1, other.number))
    for path in first.iterdir():
        path.chmod(0o644)
        path.write_bytes((second / path.name).read_bytes())
    assert "edition.foreign" in altered()


def test_closed_periods_are_refused_in_words_for_everybody(as_user, plan):
    told = closed(as_user("sun"), plan, "2027-02")
    assert "已结账到 2027-02" in told
    for name in ("zhang", "li"):
        asked = {"path": json.dumps(EAST), "period": "2027-01", "open": "[]", "seen": ""}
        address = reverse("desk_edit", args=[plan.pk]) + "?unit=yuan"
        answer = as_user(name).post(address, asked | {"typed": "600000"}).json()
        assert "已经结账" in " ".join(answer["findings"])
    typed(as_user("li"), plan, "600000", EAST, "2027Q1")
    assert AuditRow.objects.filter(action="plan.close_period").count() == 1


def test_the_last_close_is_taken_back_unless_an_edition_has_it(as_user, cast, plan):
    client = as_user("sun")
    closed(client, plan, "2027-01")
    closed(client, plan, "2027-02")
    assert "已撤回" in closed(client, plan, act="reopen")
    typed(as_user("zhang"), plan, "100000", EAST, "2027-02")
    edition(cast.sun, plan)
    assert "2027-01" in closed(client, plan, act="reopen")
    assert "已结账到 2027-01" in page(client, "versions", plan.pk)
    late = released(client, plan, name="又一版", period="2027-01")
    assert "年度目标" in late.content.decode()
    assert released(client, plan, name="又一版", period="2027-02").status_code == 302


def test_an_edit_that_closes_or_releases_is_not_smuggled_in(program, cast, plan):
    for role in cast.roles.values():
        if "plans.read" in role.permissions:
            role.permissions = sorted({*role.permissions, "plans.write"} - {"plans.release"})
            role.save()
    for name, text in (
        ("ops", "elapse 2027-03"),
        ("li", "elapse 2027-03"),
        ("ops", f"edition 1\n  from: 2027-01\n  digest: {'0' * 64}"),
    ):
        body = {"text": text, "seen": 0}
        address = f"/api/v1/plans/{plan.pk}/edits"
        assert program(name).post(address, body, "application/json").status_code == 422
    assert JournalRecord.objects.count() == 0
