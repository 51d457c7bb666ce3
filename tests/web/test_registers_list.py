"""The list of opportunities as a file, and the reminder before the deadline of the day (H25)."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from quotaloom.web.registers import views
from quotaloom.web.registers.meeting import Seen
from quotaloom.web.registers.reminder import reminder
from quotaloom.web.registers.services import opportunity_change
from tests.support.deals import brought, hand, opened

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TOLD = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)  # 16:30 in Shanghai, a Friday


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"
    return tmp_path


def lines(client, query=""):
    """The rows of the csv."""
    answer = client.get(f"/opportunities/list.csv{query}")
    assert answer.status_code == 200, answer.status_code
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_the_list_goes_out_as_it_is_seen(cast, as_user):
    opened(cast, "厂房项目", amount=123_456_78, probability=45, expected_on="2026-12-01")
    opened(cast, '=HYPERLINK("http://x")', amount=10**13)
    client = as_user("wang")
    client.cookies["ql-unit"] = "wan"
    found = {one["商机"]: one for one in lines(client)}
    assert set(found) == {"厂房项目", '\'=HYPERLINK("http://x")'}
    plant = found["厂房项目"]
    assert (plant["赢率"], plant["预计签约日期"]) == ("45%", "2026-12-01")
    assert plant["金额（万元）"] == "12.345678"
    assert [one["商机"] for one in lines(client, "?q=厂房")] == ["厂房项目"]
    assert lines(client, "?outcome=won") == []
    page = client.get("/opportunities/?q=厂房").content.decode()
    assert "/opportunities/list.xlsx?q=%E5%8E%82%E6%88%BF" in page


def test_the_workbook_holds_figures_and_no_formula(cast, as_user):
    opened(cast, "=1+1", amount=123_456_78)
    client = as_user("wang")
    answer = client.get("/opportunities/list.xlsx")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["商机"].value, row["商机"].data_type) == ("=1+1", "s")
    amount = next(cell for head, cell in row.items() if head.startswith("金额（"))
    assert isinstance(amount.value, float)
    assert [one.value for one in book.worksheets[1]["A"]][:1] == ["行数"]


def test_only_what_one_sees_goes_out_and_only_with_the_permission(cast, as_user):
    opened(cast)
    assert [one["商机"] for one in lines(as_user("li"))] == ["厂房项目"]
    assert lines(as_user("zhao")) == []
    assert as_user("system").get("/opportunities/list.csv").status_code == 403
    assert as_user("stranger").get("/opportunities/list.xlsx").status_code == 403


@pytest.mark.parametrize(
    ("at", "is_over"),
    [
        (TOLD - timedelta(minutes=1), None),
        (TOLD, False),
        (TOLD + timedelta(minutes=30), False),  # 17:00 is still in time
        (TOLD + timedelta(minutes=31), True),
        (TOLD + timedelta(days=1), None),  # a Saturday
    ],
    ids=["16:29", "16:30", "17:00", "17:01", "Saturday"],
)
def test_people_are_reminded_from_half_past_four_on_working_days(cast, at, is_over):
    opened(cast)
    found = reminder(cast.users["wang"], at)
    assert (found.is_over if found else None) is is_over


def test_what_was_updated_today_or_is_kept_elsewhere_does_not_wait(cast):
    first, _second = opened(cast, "甲"), opened(cast, "乙")
    brought(cast)
    wang = cast.users["wang"]
    assert (reminder(wang, TOLD).records, reminder(wang, TOLD).deadline) == (2, "17:00")
    me = hand(wang, at=TOLD - timedelta(hours=8, minutes=29))  # 00:01 of that day
    opportunity_change(key=first.pk, seen=Seen(1), wishes={"note": "跟进"}, hand=me)
    assert reminder(wang, TOLD).people == (("小王", 1),)
    assert reminder(cast.users["zhao"], TOLD) is None
    assert reminder(cast.users["sun"], TOLD) is None, "finance may read and not write"


def test_the_day_and_the_time_are_the_company_s(cast, settings):
    opened(cast)
    settings.TIME_ZONE, settings.UPDATE_REMINDER = "America/New_York", "09:00"
    assert reminder(cast.users["wang"], TOLD) is None  # 03:30 there
    assert reminder(cast.users["wang"], TOLD + timedelta(hours=6)) is not None


def test_the_page_reminds_and_leads_to_what_waits(cast, as_user, monkeypatch):
    opened(cast, "要更新的项目")
    monkeypatch.setattr(views, "now", lambda: TOLD)
    page = as_user("wang").get("/opportunities/").content.decode()
    assert "还有 1 个进行中的商机今天没有更新，请在 17:00 前更新" in page
    assert "小王 1" in page
    assert "要更新的项目" in as_user("wang").get("/opportunities/?waits=1").content.decode()
    monkeypatch.setattr(views, "now", lambda: TOLD - timedelta(minutes=1))
    assert "data-reminder" not in as_user("wang").get("/opportunities/").content.decode()
