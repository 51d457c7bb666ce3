"""The page of the audit: who reads it, what the filter finds, what the file holds."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import transaction
from django.urls import reverse

from quotaloom.web.audit.export import harmless
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor, audit_record

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def rows(cast):
    told = (
        (cast.li, "plan.create", "plan:1", {"name": "华东2027"}),
        (cast.ops, "member.move", "member:E1", {"to": "NORTH"}),
        (cast.ops, "member.rename", "member:E2", {"name": "=HYPERLINK(1)"}),
    )
    with transaction.atomic():
        for user, action, subject, params in told:
            actor = Actor(str(user.pk), "198.51.100.7")
            audit_record(actor=actor, action=action, subject=subject, params=params)


def shown(answer):
    return [line["row"].number for line in answer.context["lines"]]


@pytest.mark.parametrize("name", ["zhang", "li", "wang", "ops", "sun", "system", "security"])
def test_it_opens_for_nobody_but_the_audit_administrator(as_user, name):
    assert as_user(name).get(reverse("audit_list")).status_code == 403
    assert as_user(name).get(reverse("audit_verified")).status_code == 403
    assert as_user(name).post(reverse("audit_export")).status_code == 403
    assert as_user(name).get(reverse("audit_head")).status_code == 403


@pytest.mark.usefixtures("rows")
def test_it_shows_the_newest_first_with_names(as_user):
    answer = as_user("audit").get(reverse("audit_list"))
    assert shown(answer) == [3, 2, 1]
    assert "李经理 (li)" in answer.content.decode()


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "member"}, [3, 2]),
        ({"text": "华东"}, [1]),
        ({"actor": "ops"}, [3, 2]),
        ({"actor": "李经理"}, [1]),
        ({"actor": "nobody"}, []),
        ({"since": "2099-01-01"}, []),
        ({"until": "2099-01-01"}, [3, 2, 1]),
        ({"since": "no day", "page": "x"}, [3, 2, 1]),
    ],
)
def test_it_shows_what_the_filter_asks_for(as_user, asked, found):
    assert shown(as_user("audit").get(reverse("audit_list"), asked)) == found


@pytest.mark.usefixtures("rows")
def test_it_gives_the_table_alone_to_htmx(as_user):
    answer = as_user("audit").get(reverse("audit_list"), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()


@pytest.mark.usefixtures("rows")
def test_it_says_whether_the_chain_is_whole(as_user):
    client = as_user("audit")
    assert "审计链完整：共 3 条" in client.get(reverse("audit_verified")).content.decode()
    AuditRow.objects.filter(number=2).update(subject="member:N1")
    page = client.get(reverse("audit_verified")).content.decode()
    assert "审计记录第 2 条（#2）的内容与写入时不同" in page


@pytest.mark.usefixtures("rows")
def test_it_exports_what_the_filter_shows_and_notes_that_it_was_taken(as_user):
    answer = as_user("audit").post(reverse("audit_export"), {"text": "member"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["number"] for line in lines] == ["3", "2"]
    assert lines[0]["actor_name"] == "运营 (ops)"
    assert AuditRow.objects.latest("number").action == "audit.export"


@pytest.mark.usefixtures("rows")
def test_it_exports_the_head(as_user):
    answer = as_user("audit").get(reverse("audit_head"))
    assert answer.json() == {"number": 3, "hash": AuditRow.objects.get(number=3).hash}


LEADS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("lead", [*LEADS, *(f" {lead}" for lead in LEADS), '"='])
def test_it_exports_no_live_formula(lead):
    assert harmless(f"{lead}cmd|1").startswith("'")


def test_it_leaves_plain_cells_alone():
    assert harmless("华东 2027-01") == "华东 2027-01"


@pytest.mark.usefixtures("cast")
def test_it_hears_of_sign_in_and_sign_out(client):
    told = {"login": "li", "password": "li-secret-2027"}
    client.post(reverse("account_login"), {**told, "password": "guess"})
    client.post(reverse("account_login"), told)
    client.post(reverse("account_logout"))
    actions = list(AuditRow.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["account.sign_in_failed", "account.sign_in", "account.sign_out"]


def test_it_reads_a_page_with_few_queries(as_user, rows, django_assert_max_num_queries):  # noqa: ARG001
    client = as_user("audit")
    with django_assert_max_num_queries(10):
        client.get(reverse("audit_list"))
