"""A new plan from a file: upload, look, ask, job."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.jobs.models import Job
from quotaloom.web.plans.models import DraftFile, Plan, Upload
from tests.support.small_plan import orders_text

BY = "大区>省份>岗位\n产品"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"


@pytest.fixture
def client(as_user):
    return as_user("ops")


def sent(client, text, name="订单.csv"):
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(reverse("plan_new"), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def filled(client, address, **changes):
    """The form as the page shows it, with the answers of a person."""
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    typed = shown | {"total": "120万", "by": BY} | changes
    return {
        name: str(value) for name, value in typed.items() if str(value or "") or str(value) == "0"
    }


@pytest.mark.parametrize("name", ["zhang", "li", "wang", "sun", "stranger"])
def test_it_is_shut_to_those_who_make_no_plans(as_user, name):
    assert as_user(name).get(reverse("plan_new")).status_code == 403
    file = SimpleUploadedFile("a.csv", b"x")
    assert as_user(name).post(reverse("plan_new"), {"file": file}).status_code == 403
    assert not Upload.objects.exists()


def test_it_recognises_the_columns_and_says_so(client):
    page = client.get(sent(client, orders_text()))
    look = page.context["scene"].seen
    assert look.chosen == {"date": "订单日期", "amount": "金额"}
    assert look.rows == 144
    text = page.content.decode()
    assert "144 行" in text
    assert "产品" in look.by
    assert look.members == {"大区": 2, "省份": 3, "岗位": 3, "产品": 2}
    assert "--" not in text.split("</nav>")[-1].replace("<!--", "")


def test_a_total_is_all_that_is_needed(client, cast):
    address = sent(client, orders_text())
    answer = client.post(address, filled(client, address))
    job = Job.objects.get()
    assert answer.url == reverse("job", args=[job.pk])
    assert job.state == "done", job.findings
    plan = Plan.objects.get()
    assert (plan.total, plan.year, plan.org_header) == (120_000_000, 2027, "岗位")
    assert plan.owner == cast.ops
    assert client.get(answer.url).url == reverse("plan", args=[plan.pk])
    done = set(AuditRow.objects.values_list("action", flat=True))
    assert {"upload.keep", "job.start", "plan.create"} <= done


def test_every_wish_of_the_form_is_met(client):
    address = sent(client, orders_text())
    wishes = {
        "fix": "大区=华东:60万\n2027Q4:35%",
        "hold": "岗位=E1:20万",
        "bound": "产品=平台:>=30万",
    }
    client.post(address, filled(client, address, **wishes))
    job = Job.objects.get()
    assert job.state == "done", job.findings
    page = client.get(job.result["url"])
    regions = {row["n"]: row["v"][0] for row in page.context["data"]["rows"] if len(row["p"]) == 1}
    assert regions["华东"] == 60_000_000
    seats = {row["n"]: row["v"][0] for row in page.context["data"]["rows"] if len(row["p"]) == 3}
    assert seats["E1"] == 20_000_000


def test_a_bad_cell_is_named_and_nothing_is_made(client):
    address = sent(client, orders_text(spoiled="12x4"))
    page = client.get(address)
    text = page.content.decode()
    assert not page.context["scene"].seen.is_ready
    assert "12x4" in text
    assert "5" in text
    client.post(address, filled(client, address, year="2027", name="x", by="大区"))
    job = Job.objects.get()
    assert job.state == "refused"
    assert not Plan.objects.exists()
    told = client.get(reverse("job", args=[job.pk])).content.decode()
    assert "12x4" in told
    assert address in told


def test_wishes_that_contradict_are_told_in_words_and_what_was_typed_is_kept(client):
    address = sent(client, orders_text())
    client.post(address, filled(client, address, fix="大区=华东:100万\n大区=华北:100万"))
    job = Job.objects.get()
    assert job.state == "refused"
    assert "大区=华东" in client.get(reverse("job", args=[job.pk])).content.decode()
    again = client.get(address).content.decode()
    assert "大区=华北:100万" in again


def test_a_missing_total_is_asked_for_in_place(client):
    address = sent(client, orders_text())
    answer = client.post(address, filled(client, address, total=""))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"total"}
    assert not Job.objects.exists()


def test_another_cannot_use_the_file(client, as_user, cast):
    address = sent(client, orders_text())
    cast.users["zhang"].grants.update(role=cast.roles["sales_ops"])
    assert as_user("zhang").get(address).status_code == 404


def test_no_file_is_told(client):
    answer = client.post(reverse("plan_new"), {})
    assert "请先选择文件" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "C:\\temp\\a.csv", ".csv", "订单 2026.csv"]
)
def test_a_name_never_leaves_its_folder(client, name, settings):
    sent(client, orders_text(), name)
    kept = [path for path in settings.HOME.rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert kept[0].parent.parent == settings.HOME / "uploads"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.csv", b""),
        ("a.xls", b"<html></html>"),
        ("a.pdf", b"%PDF-1.4"),
    ],
)
def test_a_file_that_is_no_table_is_told_why(client, name, data):
    answer = client.post(reverse("plan_new"), {"file": SimpleUploadedFile(name, data)}, follow=True)
    assert answer.status_code == 200
    assert "finding error" in answer.content.decode() or "请先选择" in answer.content.decode()


def test_another_look_follows_the_answers(client):
    text = "标题\n" + orders_text().replace("金额", "含税金额", 1).replace("\n", ",1\n").replace(
        "含税金额,1", "含税金额,不含税金额", 1
    )
    address = sent(client, text)
    look = client.post(f"{address}look", {"amount": "含税金额", "by": "大区"})
    assert look.context["scene"].seen.is_ready
    assert look.context["scene"].seen.members == {"大区": 2}
    assert "<html" not in look.content.decode()
    assert 'value="含税金额" selected' in client.get(address).content.decode()


def test_the_marked_file_shows_the_bad_cell_where_it_stood(client):
    sent(client, orders_text(spoiled="12x4"))
    file = DraftFile.objects.get()
    answer = client.get(reverse("plan_marked", args=[file.draft_id, file.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cell = book.worksheets[0]["F5"]
    assert cell.value == "12x4"
    assert "12x4" in cell.comment.text
    listed = book.worksheets[1].iter_rows(min_row=2, values_only=True)
    assert [row[1:4] for row in listed if row[0] == "错误"] == [("5", "F 金额", "12x4")]


def test_every_setting_of_the_form_reaches_the_engine(client):
    address = sent(client, orders_text())
    typed = {
        "recency": "1",
        "cutoff_day": "25",
        "partial_years": "leave_out",
        "on_zero_basis": "refuse",
        "on_negative_basis": "zero",
        "spring_festival": "off",
        "repeated_names": "separate",
        "fiscal_start": "4",
        "basis_years": "2",
        "time": "quarter",
        "season": "custom",
        "profile": "15,20,30,35",
    }
    client.post(address, filled(client, address, **typed))
    job = Job.objects.get()
    assert job.state == "done", job.findings
    asked = Plan.objects.get().request
    typed["seasonality"] = typed.pop("profile")
    del typed["season"]
    assert {name: str(asked[name]) for name in typed} == typed
    page = client.get(job.result["url"])
    assert len(page.context["data"]["columns"]) == 1 + 4 + 2
