"""Business data in the browser: files in, faults told, batches undone, names resolved."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.data.faulty import MOST
from quotaloom.web.data.jobs import TAKE
from quotaloom.web.data.kept import upload_path
from quotaloom.web.data.models import State, Upload
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.jobs.models import Job
from quotaloom.web.jobs.registry import KINDS as WORK

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TEXT = "发票号,开票日期,开票金额(万元),大区\nF1,2026-01-05,1.13,华东\nF2,2026-02-05,2,华冬\n"


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """A data folder of its own: the log of each test begins anew."""
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"
    return tmp_path


def brought(client, text=TEXT, name="开票.csv", **words):
    """Upload a text as a file; answers its row."""
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post("/data/uploads", {"file": file, **words})
    assert answer.status_code == 302
    return Upload.objects.latest("created_at")


def taken(client, row):
    """Press Import, and do the job."""
    client.post(f"/data/uploads/{row.pk}/take")
    job = Job.objects.filter(kind=TAKE).latest("created_at")
    WORK[TAKE](job, lambda *_: None)
    row.refresh_from_db()
    return row


def test_a_file_is_known_looked_at_and_taken(as_user):
    client = as_user("ops")
    row = brought(client)
    page = client.get(f"/data/uploads/{row.pk}/").content.decode()
    assert (row.dataset, row.state) == ("invoices", State.READY)
    assert row.effect["new"] == 2
    assert "11,300" in page
    assert taken(client, row).state == State.TAKEN
    assert table(facts_shelf(), KINDS["invoices"])["amount"].sum() == 31_300_0000
    assert AuditRow.objects.filter(action="facts.import").count() == 1
    again = brought(client, name="又一次.csv")
    assert again.state == State.NOTHING
    home = client.get("/data/").content.decode()
    assert "开票.csv" in home
    assert 'data-dataset="invoices"' in home


def test_a_job_that_is_begun_anew_takes_nothing_twice(as_user):
    client = as_user("ops")
    row = taken(client, brought(client))
    WORK[TAKE](Job.objects.filter(kind=TAKE).latest("created_at"), lambda *_: None)
    assert len(facts_shelf().entries()) == 1
    assert row.position == 1


def test_every_fault_is_told_and_marked(as_user):
    client = as_user("ops")
    row = brought(client, TEXT.replace("2026-02-05", "2026-02-30").replace("1.13", "x"))
    page = client.get(f"/data/uploads/{row.pk}/").content.decode()
    assert row.state == State.REFUSED
    assert "第3行 B列「开票日期」" in page
    assert "2 处错误" in page
    client.post(f"/data/uploads/{row.pk}/take")
    assert facts_shelf().entries() == []
    marked = client.get(f"/data/uploads/{row.pk}/marked.xlsx")
    sheet = load_workbook(BytesIO(b"".join(marked.streaming_content))).worksheets[0]
    assert sheet["B3"].comment is not None
    assert sheet["C2"].comment is not None


def test_valid_rows_are_taken_alone_where_that_was_asked(as_user):
    client = as_user("ops")
    row = brought(client, TEXT.replace("2026-02-05", "2026-02-30"))
    assert row.state == State.REFUSED
    told = {"dataset": "invoices", "mode": "key", "decimal_mark": ".", "faulty": "leave"}
    client.post(f"/data/uploads/{row.pk}/look", told)
    page = client.get(f"/data/uploads/{row.pk}/").content.decode()
    assert "1 处错误，所在的行没有导入" in page
    assert "第3行 B列「开票日期」" in page
    taken(client, row)
    assert (row.state, row.effect["new"], row.effect["left_out"]) == (State.TAKEN, 1, 1)
    assert table(facts_shelf(), KINDS["invoices"])["invoice"].to_list() == ["F1"]
    assert "1 行未导入" in client.get("/data/").content.decode()
    noted = json.loads(AuditRow.objects.get(action="facts.import").params)
    assert noted["left_out"] == 1
    marked = client.get(f"/data/uploads/{row.pk}/marked.xlsx")
    sheet = load_workbook(BytesIO(b"".join(marked.streaming_content))).worksheets[0]
    assert sheet["B3"].comment is not None


def mended(client, row, *cells, verb="mend"):
    """Type texts into cells; each is the row, the header and the text."""
    rows, columns, texts = zip(*cells, strict=True)
    told = {"sheet": [""] * len(cells), "row": rows, "column": columns, "new": texts}
    answer = client.post(f"/data/uploads/{row.pk}/{verb}", told, follow=True)
    row.refresh_from_db()
    return answer.content.decode()


def test_faulty_cells_are_put_right_without_the_file(as_user, cast):
    client = as_user("ops")
    wrong = TEXT.replace("2026-02-05", "2026-02-30").replace("1.13", "x")
    row = brought(client, wrong)
    day, amount = (3, "开票日期", "2026-02-05"), (2, "开票金额(万元)", "1.13")
    page = client.get(f"/data/uploads/{row.pk}/").content.decode()
    assert page.count('name="new"') == 2
    assert "已改正 1 格" in mended(client, row, day, (3, "发票号", "F9"))
    assert (row.state, [one["row"] for one in row.mends]) == (State.REFUSED, [3])
    page = mended(client, row, amount)
    assert (row.state, "改正了 2 格" in page) == (State.READY, True)
    mended(client, row, day, verb="restore")
    assert (row.state, len(row.mends)) == (State.REFUSED, 1)
    mended(client, row, day)
    assert taken(client, row).state == State.TAKEN
    facts = table(facts_shelf(), KINDS["invoices"])
    assert facts["invoice"].to_list() == ["F1", "F2"]
    assert facts["amount"].sum() == 31_300_0000
    told = [(one.old, one.new, one.author) for one in facts_shelf().entries()[0].mended]
    ops = str(cast.ops.pk)
    assert told == [("x", "1.13", ops), ("2026-02-30", "2026-02-05", ops)]
    assert upload_path(row).read_text() == wrong
    assert brought(client, name="写对的.csv").state == State.NOTHING
    page = client.get("/data/batches/1/mended").content.decode()
    assert ("2026-02-30" in page, cast.ops.shown_name in page) == (True, True)
    assert as_user("zhang").get("/data/batches/1/mended").status_code == 403
    actions = AuditRow.objects.order_by("pk").values_list("action", flat=True)
    assert [one for one in actions if one.startswith("upload.")].count("upload.mend") == 3
    assert json.loads(AuditRow.objects.get(action="facts.import").params)["mended"] == 2


def test_what_was_put_right_outlives_an_import_that_broke_off(as_user):
    client = as_user("ops")
    row = brought(client, TEXT.replace("1.13", "x"))
    mended(client, row, (2, "开票金额(万元)", "1.13"))
    client.post(f"/data/uploads/{row.pk}/take")
    job = Job.objects.get(kind=TAKE)

    def broken(stage, *_):
        if stage == "keep":
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        WORK[TAKE](job, broken)
    assert facts_shelf().entries() == []
    for _ in range(2):  # the next worker, and one that came late
        WORK[TAKE](job, lambda *_: None)
    (entry,) = facts_shelf().entries()
    assert [(one.row, one.old, one.new) for one in entry.mended] == [(2, "x", "1.13")]


def test_only_faulty_cells_of_a_file_that_waits_are_put_right(as_user):
    client = as_user("ops")
    row = brought(client, TEXT.replace("2026-02-05", "2026-02-30"))
    assert "没有改正任何一格" in mended(client, row, (2, "发票号", "F7"))
    assert "最多 200 个字" in mended(client, row, (3, "开票日期", "x" * 201))
    assert as_user("sun").post(f"/data/uploads/{row.pk}/mend").status_code == 404
    assert as_user("zhang").post(f"/data/uploads/{row.pk}/mend").status_code == 403
    mended(client, row, (3, "开票日期", "2026-02-05"))
    taken(client, row)
    mended(client, row, (3, "开票日期", "2026-02-06"))
    mended(client, row, (3, "开票日期", ""), verb="restore")
    assert (row.state, [one["new"] for one in row.mends]) == (State.TAKEN, ["2026-02-05"])


def test_so_many_cells_of_a_file_may_be_put_right_and_no_more(as_user):
    client = as_user("ops")
    lines = "".join(f"F{number},2026-02-30,1,华东\n" for number in range(MOST + 5))
    row = brought(client, TEXT.splitlines()[0] + "\n" + lines)
    cells = [(number + 2, "开票日期", "2026-02-28") for number in range(MOST + 5)]
    mended(client, row, *cells)
    assert len(row.mends) == MOST
    page = client.get(f"/data/uploads/{row.pk}/").content.decode()
    assert ('name="new"' in page, "5 处错误" in page) == (False, True)


def test_a_column_that_is_named_is_remembered(as_user):
    client = as_user("ops")
    strange = TEXT.replace("发票号", "流水")
    row = brought(client, strange, dataset="invoices")
    assert row.state == State.REFUSED
    told = {"dataset": "invoices", "mode": "key", "source": "ERP", "decimal_mark": "."}
    heads = {"header": ["流水"], "taken": [""], "column": ["invoice"]}
    client.post(f"/data/uploads/{row.pk}/look", told | heads)
    row.refresh_from_db()
    assert row.state == State.READY
    taken(client, row)
    second = brought(client, strange.replace("F1", "F9"), dataset="invoices")
    client.post(f"/data/uploads/{second.pk}/look", told)
    second.refresh_from_db()
    assert second.state == State.READY


def test_a_replacement_needs_its_period(as_user):
    client = as_user("ops")
    row = brought(client)
    told = {"dataset": "invoices", "mode": "replace", "decimal_mark": "."}
    answer = client.post(f"/data/uploads/{row.pk}/look", told)
    assert answer.status_code == 422
    client.post(f"/data/uploads/{row.pk}/look", told | {"period": "2026Q1"})
    row.refresh_from_db()
    assert row.state == State.READY


def test_unknown_names_are_resolved_on_their_page(as_user):
    client = as_user("ops")
    taken(client, brought(client))
    page = client.get("/data/members/invoices/").content.decode()
    assert "华冬" in page
    assert "20,000" in page
    told = {"column": "region", "text": "华冬"}
    refused = client.post("/data/members/invoices/resolve", told | {"member": "火星"}, follow=True)
    assert "火星" in refused.content.decode()
    client.post("/data/members/invoices/resolve", told | {"member": "华东"})
    facts = table(facts_shelf(), KINDS["invoices"])
    assert facts["region"].to_list() == ["华东", "华东"]
    assert AuditRow.objects.filter(action="facts.resolve").count() == 1


def test_a_batch_is_taken_back_once(as_user):
    client = as_user("sun")
    taken(client, brought(client))
    assert "已撤回" in client.post("/data/batches/1/undo", follow=True).content.decode()
    assert facts_shelf().facts("invoices").is_empty()
    again = client.post("/data/batches/1/undo", follow=True).content.decode()
    assert "已经撤回" in again
    assert AuditRow.objects.filter(action="facts.undo").count() == 1


def test_who_may_import_and_who_may_see(as_user):
    row = brought(as_user("ops"))
    assert as_user("zhang").get("/data/").status_code == 200
    assert "data-drop" not in as_user("zhang").get("/data/").content.decode()
    assert as_user("zhang").post("/data/batches/1/undo").status_code == 403
    for name in ("wang", "li", "system", "stranger"):
        assert as_user(name).get("/data/").status_code == 403
    assert as_user("sun").get(f"/data/uploads/{row.pk}/").status_code == 404


def test_every_kind_has_a_template_that_comes_back(as_user):
    client = as_user("ops")
    for name in ("invoices", "opportunities", "customers"):
        text = client.get(f"/data/templates/{name}.csv").content.decode("utf-8-sig")
        row = brought(client, text, dataset=name)
        assert row.state == State.READY, (name, row.findings)
    assert client.get("/data/templates/weather.csv").status_code == 404
