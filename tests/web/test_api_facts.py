"""Facts of programs: rows and files in, once, whole or not at all."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.data.models import Upload
from quotaloom.web.data.shelf import facts_shelf

pytestmark = [pytest.mark.django_db, pytest.mark.store]
ROWS = (
    {"invoice": "F1", "date": "2026-01-05", "amount": "113.00", "大区": "华东"},
    {"invoice": "F2", "date": "2026-02-05", "amount": 226, "大区": None},
)
KEY = {"Idempotency-Key": "january"}


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"


def sent(client, rows=ROWS, words="", **headers):
    text = rows if isinstance(rows, str) else "\n".join(map(json.dumps, rows))
    address = f"/api/v1/facts/invoices{words}"
    return client.post(address, text, content_type="application/x-ndjson", headers=headers)


def test_rows_become_one_batch(program):
    answer = sent(program("ops"))
    assert answer.status_code == 200, answer.content
    assert (answer.json()["batch"], answer.json()["rows"]) == (1, 2)
    facts = table(facts_shelf(), KINDS["invoices"])
    assert facts["amount"].to_list() == [113_0000, 226_0000]
    assert facts["region"].to_list() == ["华东", "未归属"]
    assert AuditRow.objects.filter(action="facts.import").count() == 1


def test_a_key_is_answered_once_and_only_for_its_rows(program):
    client = program("ops")
    first, again = sent(client, **KEY), sent(client, **KEY)
    assert again.json() == first.json()
    assert len(facts_shelf().entries()) == 1
    other = sent(client, ROWS[:1], **KEY)
    assert (other.status_code, other.json()["code"]) == (422, "request.key_reused")
    assert sent(client, **{"Idempotency-Key": "other"}).json()["batch"] is None


def test_a_file_goes_the_same_way(program):
    text = "发票号,开票日期,开票金额(万元)\nF1,2026-01-05,1.13\n"
    file = SimpleUploadedFile("开票.csv", text.encode())
    answer = program("ops").post("/api/v1/facts/invoices?mode=append", {"file": file})
    assert answer.status_code == 200, answer.content
    assert table(facts_shelf(), KINDS["invoices"])["amount"].to_list() == [11_300_0000]


def test_a_bad_row_refuses_all_and_says_where(program):
    wrong = [*ROWS, {"invoice": "F3", "date": "2026-02-30", "amount": "x"}]
    answer = sent(program("ops"), wrong)
    assert answer.status_code == 422
    found = {(one["code"], one["params"].get("row")) for one in answer.json()["findings"]}
    assert found >= {("intake.date_impossible", 4), ("amount.unreadable", 4)}
    assert facts_shelf().entries() == []
    assert not Upload.objects.exists()


def test_r10_the_valid_rows_are_taken_alone_and_all_others_told(program):
    client = program("ops")
    wrong = [
        *ROWS,
        {"invoice": "F3", "date": "2026-02-30", "amount": "x"},
        {"invoice": "F4", "date": "2026-03-05", "amount": "1.00"},
        {"invoice": "F4", "date": "2026-03-06", "amount": "2.00"},
    ]
    answer = sent(client, wrong, "?faulty=leave", **KEY)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["batch"], told["rows"], told["left_out"]) == (1, 2, 3)
    assert sorted((one["params"]["row"], one["code"]) for one in told["findings"]) == [
        (4, "amount.unreadable"),
        (4, "intake.date_impossible"),
        (5, "batch.key_twice"),
        (6, "batch.key_twice"),
    ]
    facts = table(facts_shelf(), KINDS["invoices"])
    assert facts["invoice"].to_list() == ["F1", "F2"]
    assert sent(client, wrong, "?faulty=leave", **KEY).json() == told
    nothing = sent(client, wrong, "?faulty=leave").json()
    assert (nothing["batch"], nothing["left_out"], len(nothing["findings"])) == (None, 3, 4)
    file = SimpleUploadedFile(
        "开票.csv", "发票号,开票日期,开票金额\nF5,x,1\nF6,2026-01-05,1\n".encode()
    )
    by_file = client.post("/api/v1/facts/invoices?faulty=leave", {"file": file}).json()
    assert (by_file["rows"], by_file["findings"][0]["params"]["column"]) == (1, "B 开票日期")
    every = sent(client, wrong[2:3], "?faulty=leave")
    assert (every.status_code, len(every.json()["findings"])) == (422, 3)


@pytest.mark.parametrize(
    ("rows", "subject"),
    [
        ('{"invoice": "F1", "amount": 0.1}', "/1/amount"),
        ('{"invoice": "F1"}\n{"amount": true}', "/2/amount"),
        ('{"invoice": "F1", "amount": NaN}', "/1"),
        ("[1]", "/1"),
        ('{"a": 1, "a": 2}', "a"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(program, rows, subject):
    answer = sent(program("ops"), rows)
    assert (answer.status_code, answer.json()["subject"]) == (422, subject)


def test_the_description_says_what_becomes_of_faulty_rows(program):
    told = program("ops").get("/api/v1/openapi.json").json()
    asked = told["paths"]["/api/v1/facts/{kind}"]["post"]["parameters"]
    faulty = next(one for one in asked if one["name"] == "faulty")
    assert faulty["schema"]["enum"] == ["", "leave"]
    assert "left out" in faulty["description"]
    assert {"left_out", "findings"} <= set(told["components"]["schemas"]["FactsOut"]["required"])


def test_other_doors_stay_shut(program):
    assert sent(program("zhang")).status_code == 403
    assert sent(program("ops"), words="?colour=red").status_code == 422
    answer = program("ops").post("/api/v1/facts/weather", "{}", content_type="application/json")
    assert answer.status_code == 404
