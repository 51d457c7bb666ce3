"""The pages of lists: read by a job, answered, downloaded with its marks, written, taken back."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.jobs.models import Job, State
from quotaloom.web.jobs.tasks import work
from quotaloom.web.org.lists import jobs
from quotaloom.web.org.models import ListImport, Member, Person
from tests.support.lists import FEISHU, TWO, upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(as_user):
    return as_user("ops")


def bring(client, file, day="2027-01-01", **look):
    answer = client.post(reverse("org_lists_post", query=look), {"file": file, "day": day})
    assert answer.status_code == 302, answer.content.decode()
    return ListImport.objects.latest("created_at")


def page(client, one):
    return client.get(reverse("org_list", args=[one.pk]))


def post(client, one, what, **told):
    client.post(reverse(f"org_list_{what}", args=[one.pk]), told)
    one.refresh_from_db()
    return one.job


def write(client, one):
    return post(client, one, "apply", seen=page(client, one).context["made"]["seen"])


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("清单.xlsx", file.getvalue())


def test_it_opens_lists_to_those_who_may_change_all(as_user):
    for name, status in (("ops", 200), ("li", 403), ("sun", 403), ("stranger", 403)):
        assert as_user(name).get(reverse("org_lists")).status_code == status


@pytest.mark.parametrize("name", ["li", "sun", "system", "stranger"])
def test_it_shuts_every_page_of_a_list_to_others(client, as_user, name):
    one = bring(client, upload(FEISHU))
    other = as_user(name)
    for what in ("", "_marked"):
        assert other.get(reverse(f"org_list{what}", args=[one.pk])).status_code == 403
    for what in ("settings", "apply", "undo"):
        address = reverse(f"org_list_{what}", args=[one.pk])
        assert other.post(address, {"seen": one.reading["made"]["seen"]}).status_code == 403
    assert not Person.objects.filter(staff_no="F001").exists()


def test_it_reads_by_a_job_that_leads_to_the_list(client):
    one = bring(client, upload(FEISHU))
    assert (one.job.kind, one.job.state) == ("list.read", "done")
    answer = client.get(reverse("job", args=[one.job.pk]))
    assert answer.url == reverse("org_list", args=[one.pk])
    assert one.reading["made"]["new"] == 3


def test_it_walks_from_file_to_members(client):
    one = bring(client, upload(FEISHU))
    shown = page(client, one).content.decode()
    assert "飞书" in shown
    assert "南京组" in shown
    assert write(client, one).state == "done"
    assert one.counts == {"new": 3, "changed": 0, "same": 0, "people": 2}
    assert "整批写入" in page(client, one).content.decode()
    assert "已写入" in client.get(reverse("org_lists")).content.decode()
    assert Member.objects.filter(code="总公司/华东/南京组").exists()


def test_it_shows_what_is_wrong_and_takes_the_answer(client):
    one = bring(client, upload(TWO))
    answer = page(client, one)
    assert "同时在几个部门" in answer.content.decode()
    assert reverse("org_list_apply", args=[one.pk]) not in answer.content.decode()
    post(client, one, "settings", double="first")
    assert reverse("org_list_apply", args=[one.pk]) in page(client, one).content.decode()
    assert page(client, one).context["form"]["double"].value() == "first"


def test_it_marks_every_error_in_its_cell(client):
    text = """
        编码 | 名称 | 上级 | 生效日期
        A1 | 甲 | EASTT | 2025-13-01
        A2 | 乙 | EAST | 2025-01-01
    """
    one = bring(client, upload(text))
    answer = client.get(reverse("org_list_marked", args=[one.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    data, told = book.worksheets
    assert data["D2"].value == "2025-13-01"
    assert "日期" in data["D2"].comment.text
    assert "EAST" in data["C2"].comment.text
    assert data["D3"].comment is None
    assert {row[1].value for row in told.iter_rows(min_row=2) if row[0].value == "错误"} == {"2"}


def test_it_offers_the_sheets_and_reads_the_one_that_is_chosen(client):
    rows = [["编码", "名称", "上级"], ["A1", "甲", "EAST"]]
    one = bring(client, workbook(旧=rows, 新=[["导出于今天"], rows[0], ["A2", "乙", "EAST"]]))
    form = page(client, one).context["form"]
    assert [code for code, _ in form.fields["sheet"].choices] == ["", "旧", "新"]
    post(client, one, "settings", sheet="新", header_row="2")
    assert [one.reading["sheet"], one.reading["header_row"]] == ["新", 2]
    assert one.reading["lines"] == [["A2", "乙", "EAST"]]
    write(client, one)
    assert Member.objects.filter(code="A2").exists()
    assert not Member.objects.filter(code="A1").exists()


def test_it_takes_the_encoding_that_is_chosen(client):
    rows = "名稱,code,parent\n測試,A1,EAST\n"
    one = bring(client, SimpleUploadedFile("清单.csv", rows.encode("big5")))
    assert "sheet" not in page(client, one).context["form"].fields
    post(client, one, "settings", encoding="big5")
    assert one.reading["lines"] == [["測試", "A1", "EAST"]]
    post(client, one, "settings", encoding="utf-8")
    assert one.reading["made"] is None


@pytest.mark.parametrize(
    "wrong", [{"header_row": "0"}, {"encoding": "rot13"}, {"double": "x"}, {"column:code": "无"}]
)
def test_it_refuses_answers_that_it_did_not_offer(client, wrong):
    one = bring(client, upload(FEISHU))
    answer = client.post(reverse("org_list_settings", args=[one.pk]), wrong)
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.params == {}


def test_it_refuses_a_preview_that_is_old_and_shows_the_new_one(client):
    one = bring(client, upload(FEISHU))
    seen = one.reading["made"]["seen"]
    other = bring(client, upload("编码 | 名称 | 上级\n总公司/华东/南京组 | 南京组 | EAST"))
    write(client, other)
    job = post(client, one, "apply", seen=seen)
    assert job.state == "refused"
    assert [found["code"] for found in job.findings] == ["enlist.seen_otherwise"]
    assert one.written_at is None
    assert one.reading["made"]["seen"] != seen
    assert "核对新的预览" in page(client, one).content.decode()
    assert write(client, one).state == "done"


def test_it_writes_a_list_once(client):
    one = bring(client, upload(FEISHU))
    write(client, one)
    for what in ("apply", "settings"):
        answer = client.post(reverse(f"org_list_{what}", args=[one.pk]), {"seen": "x"})
        assert answer.status_code == 404
    again = Job.objects.create(kind=jobs.WRITE, owner=one.owner, params=one.job.params)
    assert jobs.write(again, lambda *_: None)["list"] == str(one.pk)
    assert AuditRow.objects.filter(action="list.write").count() == 1


def test_it_begins_nothing_while_a_job_is_under_way(client, cast):
    one = bring(client, upload(FEISHU))
    one.job = Job.objects.create(kind=jobs.READ, owner=cast.ops, state=State.RUNNING, stage="read")
    one.save()
    job = post(client, one, "apply", seen=one.reading["made"]["seen"])
    assert job == one.job
    assert page(client, one).url == reverse("job", args=[job.pk])
    assert Job.objects.filter(kind=jobs.WRITE).count() == 0


def test_it_tells_another_who_is_at_work(client, cast):
    one = bring(client, upload(FEISHU))
    one.job = Job.objects.create(
        kind=jobs.READ, owner=cast.zhang, state=State.RUNNING, stage="read"
    )
    one.save()
    shown = page(client, one).content.decode()
    assert "张总" in shown
    assert "正在处理这份清单：读取文件" in shown
    assert reverse("org_list_settings", args=[one.pk]) not in shown


def test_it_stops_reading_where_its_job_was_cancelled(client, cast):
    one = bring(client, upload(FEISHU))
    told = {"kind": jobs.READ, "owner": cast.ops, "params": {"list": str(one.pk)}}
    job = Job.objects.create(**told, cancel_asked=True)
    ListImport.objects.update(job=job, reading={})
    work.enqueue(str(job.pk))
    job.refresh_from_db()
    one.refresh_from_db()
    assert (job.state, one.reading) == ("cancelled", {})


def test_it_may_be_read_again_once_its_job_was_cancelled(client, cast):
    one = bring(client, upload(FEISHU))
    cancelled = Job.objects.create(kind=jobs.READ, owner=cast.ops, state=State.CANCELLED)
    ListImport.objects.update(job=cancelled, reading={})
    assert "已取消" in page(client, one).content.decode()
    post(client, one, "settings")
    assert one.reading["made"]["new"] == 3


def test_it_tells_how_far_it_is(client, cast):
    text = "编码 | 名称 | 上级\n" + "\n".join(f"A{n} | 甲{n} | EAST" for n in range(450))
    one = bring(client, upload(text))
    told = []
    job = Job.objects.create(kind=jobs.READ, owner=cast.ops, params={"list": str(one.pk)})
    jobs.read(job, lambda *note: told.append(note))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["read", "compare", "weigh"]
    assert ("read", 400, 450) in told
    assert ("compare", 300, 450) in told


def test_it_keeps_every_list_in_its_history(client):
    lists = [bring(client, upload(FEISHU)) for _ in range(21)]
    first = client.get(reverse("org_lists"))
    assert len(first.context["rows"]) == 20
    older = client.get(reverse("org_lists"), {"page": 2})
    assert [row.pk for row in older.context["rows"]] == [lists[0].pk]
    assert (
        client.get(reverse("org_lists"), {"axis": "product"}).context["rows"].paginator.count == 0
    )


def test_it_takes_a_list_back_whole(client):
    members, people = Member.objects.count(), Person.objects.count()
    one = bring(client, upload(FEISHU))
    write(client, one)
    job = post(client, one, "undo")
    assert (job.state, one.undone_at is not None) == ("done", True)
    assert (Member.objects.count(), Person.objects.count()) == (members, people)
    assert "撤销" in page(client, one).content.decode()
    assert client.post(reverse("org_list_undo", args=[one.pk])).status_code == 404
    assert AuditRow.objects.filter(action="list.undo", subject=f"list:{one.pk}").count() == 1


def test_it_names_what_was_changed_since_and_takes_nothing_back(client):
    one = bring(client, upload(FEISHU))
    write(client, one)
    later = bring(client, upload("编码 | 名称 | 上级\n总公司/华东/南京组 | 苏南组 | NORTH"))
    write(client, later)
    job = post(client, one, "undo")
    assert job.state == "refused"
    assert {found["code"] for found in job.findings} == {
        "retract.name_changed",
        "retract.parent_changed",
    }
    assert "苏南组" in page(client, one).content.decode()
    assert one.undone_at is None
    post(client, later, "undo")
    assert post(client, one, "undo").state == "done"
