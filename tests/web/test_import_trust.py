"""Imports of pages and programs on a full disk, and of files that are broken by chance."""

from __future__ import annotations

import random
import warnings
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quotaloom.web.data.models import State, Upload
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.jobs.models import Job
from tests.cli.hostile_mutations import hostile_orders
from tests.support.counts import examples
from tests.support.disk import leave, small_disk

__all__ = ["small_disk"]
pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
ADDRESS = "/api/v1/facts/{}"
WHOLE, PARTS = 1_000, 4
ROWS = 12_000


def settle(settings, folder):
    settings.HOME, settings.MEDIA_ROOT = folder, folder / "uploads"


def invoices():
    """Invoices that do not pack well: more than 100 kB as a batch."""
    chance = random.Random(17)
    lines = [f"F{number},2026-01-05,{chance.random() * 10**6:.2f}" for number in range(ROWS)]
    return "\n".join(("发票号,开票日期,开票金额", *lines)).encode()


def brought(client, name, data, **words):
    """The row of an uploaded file."""
    answer = client.post("/data/uploads", {"file": SimpleUploadedFile(name, data), **words})
    assert answer.status_code == 302, name
    return Upload.objects.get(pk=answer.headers["Location"].strip("/").rpartition("/")[2])


@pytest.fixture
def pressed(django_capture_on_commit_callbacks):
    """Press Import; answers the job once it is over."""

    def press(client, row):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"/data/uploads/{row.pk}/take")
        return Job.objects.get(pk=answer.headers["Location"].strip("/").rpartition("/")[2])

    return press


def test_r13_a_full_disk_leaves_the_facts_as_they_were(
    small_disk, settings, as_user, program, pressed
):
    settle(settings, small_disk / "home")
    page, machine, ends = as_user("ops"), program("ops"), Counter()
    machine.raise_request_exception = False
    data = invoices()
    row = brought(page, "开票.csv", data, dataset="invoices")
    for point in range(examples(20)):
        is_sent = point % 2  # a program's file needs room before its batch does
        filler = leave(small_disk, point * 4_000 + is_sent * len(data))
        if is_sent:
            sent = {"file": SimpleUploadedFile("开票.csv", data)}
            ends[machine.post(ADDRESS.format("invoices"), sent).status_code] += 1
        else:
            job = pressed(page, row)
            ends[job.state, *(one["code"] for one in job.findings)] += 1
        assert facts_shelf().entries() == []
        filler.unlink()
        row.refresh_from_db()
        assert row.state == State.READY
    assert ends.keys() == {("refused", "batch.disk"), 507}
    assert pressed(page, row).state == "done"
    assert facts_shelf().facts("invoices").height == ROWS
    assert len(list((small_disk / "home/batches/invoices").iterdir())) == 1
    assert len(list((small_disk / "home/uploads/facts").iterdir())) == 1


def met(seed, page, machine):
    """What became of the file of a seed, sent to the page or, every other one, as a program's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of a double member
        name, data, _ = hostile_orders(seed)
    if seed % 2:
        file = SimpleUploadedFile(name, data)
        answer = machine.post(f"/api/v1/facts/market_sizes?source=S{seed}", {"file": file})
        assert answer.status_code in {200, 422}, (seed, answer.status_code)
        told = answer.json().get("findings", [])
        end = "taken" if answer.status_code == 200 else "refused"
    else:
        row = brought(page, name, data, dataset="market_sizes")
        assert page.get(f"/data/uploads/{row.pk}/").status_code == 200, seed
        told = [one for one in row.findings if one["severity"] == "error"]
        end = row.state
        if told:
            assert page.get(f"/data/uploads/{row.pk}/marked.xlsx").status_code == 200, seed
    return end, told


def is_addressed(told):
    """Whether a fault says where it is, or how many more there are of those that say so."""
    return "file" in told["params"] or told["subject"] or told["code"] == "batch.more_rows"


@pytest.mark.parametrize("part", range(PARTS))
def test_s9_no_broken_file_breaks_a_page_or_a_program(part, tmp_path, settings, as_user, program):
    settle(settings, tmp_path)
    page, machine, ends = as_user("ops"), program("ops"), Counter()
    count = examples(WHOLE) // PARTS
    for seed in range(part * count, (part + 1) * count):
        before = len(facts_shelf().entries())
        end, told = met(seed, page, machine)
        ends[end] += 1
        if end == State.REFUSED:
            assert told != [], seed
            assert [one for one in told if not is_addressed(one)] == [], seed
        assert len(facts_shelf().entries()) == before + (end == "taken" and seed % 2), seed
    assert ends[State.REFUSED] >= count // 4
    assert ends[State.READY] + ends["taken"] >= 1
