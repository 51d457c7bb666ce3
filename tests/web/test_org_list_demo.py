"""The demo company's own files as lists: read as they are, and known once they are there."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quotaloom.cycle.demo_company.build import build_company
from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.change import digest
from quotaloom.web.org.demo import load
from quotaloom.web.org.lists.reading import list_read
from quotaloom.web.org.lists.service import list_bring, list_write
from quotaloom.web.org.models import Axis, Member, Tree

pytestmark = [pytest.mark.django_db, pytest.mark.store]
DAY = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("name", "axis", "new"),
    [
        ("组织沿革.csv", Axis.ORG, 59),
        ("产品.csv", Axis.PRODUCT, 24),
        ("客户.csv", Axis.CUSTOMER, 905),
    ],
)
def test_it_reads_the_demo_company_from_its_own_files(tmp_path, name, axis, new):
    folder = build_company(tmp_path).folder
    owner = User.objects.create(username="x")
    file = SimpleUploadedFile(name, (folder / name).read_bytes())
    told = {"axis": axis, "tree": None, "day": date(2024, 1, 1), "file": file}
    one = list_bring(owner=owner, actor=Actor(), **told)
    reading = list_read(one)
    assert reading.compared is not None, reading.findings[:3]
    list_write(one=one, seen=digest(reading.compared.done), actor=Actor())
    assert Member.objects.filter(axis=axis).exclude(kind="unit").count() == (
        new if axis != "org" else 0
    )


def test_it_finds_nothing_to_change_among_holders_that_are_known(tmp_path):
    folder = build_company(tmp_path).folder
    load(folder, Actor())
    file = SimpleUploadedFile("任职.csv", (folder / "任职.csv").read_bytes())
    told = {"tree": Tree.objects.get(axis="org"), "day": DAY, "file": file}
    owner = User.objects.create(username="x")
    one = list_bring(owner=owner, axis=Axis.ORG, actor=Actor(), **told)
    reading = list_read(one)
    assert [f.params["row"] for f in reading.findings if f.code == "enlist.not_open"] == [75]
    assert reading.compared.done.changes == ()
