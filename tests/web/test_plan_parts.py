"""A workbook for each member of a level, as a zip: who gets which, and for how long."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from quotaloom.core.model.errors import UsageRefused
from quotaloom.cycle.progress import silent
from quotaloom.web.jobs.models import Job, State
from quotaloom.web.plans.parts import KEPT_FOR
from quotaloom.web.plans.parts import split as make
from quotaloom.web.plans.store import parts_path

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


def split(client, plan, level="岗位"):
    """The job that the button starts, done."""
    answer = client.post(reverse("plan_split", args=[plan.pk]), {"level": level})
    assert answer.status_code == 302
    return Job.objects.get()


def fetched(client, plan, job):
    answer = client.get(reverse("plan_parts", args=[plan.pk, job.pk]))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize(
    ("name", "level", "files"),
    [
        ("ops", "岗位", {"E1.xlsx", "E2.xlsx", "N1.xlsx"}),
        ("ops", "大区", {"华东.xlsx", "华北.xlsx"}),
        ("li", "岗位", {"E1.xlsx", "E2.xlsx"}),
        ("li", "产品", {"平台.xlsx", "终端.xlsx"}),
    ],
)
def test_each_member_that_is_seen_has_a_workbook(as_user, plan, name, level, files):
    client = as_user(name)
    job = split(client, plan, level)
    assert job.state == State.DONE, job.findings
    package = fetched(client, plan, job)
    assert set(package.namelist()) == files
    words = " ".join(
        str(cell)
        for file in files
        for sheet in openpyxl.load_workbook(io.BytesIO(package.read(file)))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )
    assert ("北京" in words) == (name == "ops")


def test_the_page_tells_that_they_are_ready(as_user, plan):
    client = as_user("ops")
    job = split(client, plan)
    page = client.get(client.get(reverse("job", args=[job.pk])).url)
    assert reverse("plan_parts", args=[plan.pk, job.pk]) in page.content.decode()
    assert "3 个工作簿已生成" in page.content.decode()


def test_nobody_else_gets_them(as_user, plan):
    job = split(as_user("li"), plan)
    address = reverse("plan_parts", args=[plan.pk, job.pk])
    for name in ("ops", "zhang", "wang"):
        assert as_user(name).get(address).status_code == 404
        page = as_user(name).get(reverse("plan", args=[plan.pk]), {"parts": job.pk})
        assert page.context["parts"] is None


def test_they_are_gone_for_one_who_sees_less_by_now(as_user, cast, plan):
    client = as_user("li")
    job = split(client, plan)
    cast.li.grants.update(scope=cast.members["E1"])
    assert client.get(reverse("plan", args=[plan.pk])).status_code == 200
    assert client.get(reverse("plan_parts", args=[plan.pk, job.pk])).status_code == 404


@pytest.mark.parametrize("level", ["", "period", "工号"])
def test_there_is_no_level_of_another_name(as_user, plan, level):
    answer = as_user("ops").post(reverse("plan_split", args=[plan.pk]), {"level": level})
    assert answer.status_code == 404
    assert not Job.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "3b9e9f85-05df-48a7-9156-578b093bded1"])
def test_an_address_of_no_job_shows_the_plain_page(as_user, plan, key):
    page = as_user("ops").get(reverse("plan", args=[plan.pk]), {"parts": key})
    assert page.context["parts"] is None


def test_what_nobody_fetched_is_swept_away(as_user, plan):
    client = as_user("ops")
    old = parts_path(split(client, plan).pk)
    long_ago = time.time() - KEPT_FOR - 60
    os.utime(old, (long_ago, long_ago))
    Job.objects.all().delete()
    fresh = split(client, plan)
    assert not old.exists()
    assert sorted(path.name for path in old.parent.iterdir()) == [f"{fresh.pk}.zip"]


def test_a_plan_that_was_edited_gives_no_workbook_of_before(as_user, plan):
    client = as_user("zhang")
    asked = {"path": json.dumps(["华东"]), "period": "", "open": "[]", "seen": "", "typed": "+10%"}
    ready = split(client, plan)
    assert fetched(client, plan, ready).namelist()
    assert client.post(reverse("desk_edit", args=[plan.pk]), asked).status_code == 200
    with pytest.raises(UsageRefused, match=r"pivot\.edited"):
        make(ready, silent)
    assert client.get(reverse("plan_parts", args=[plan.pk, ready.pk])).status_code == 404
