"""A full disk and a database that is away are told in words, and leave everything as it was."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.utils import InterfaceError, OperationalError
from django.test import RequestFactory
from django.urls import reverse

from quotaloom.web.config.fault import server_error
from quotaloom.web.plans.models import Upload
from quotaloom.web.plans.store import upload_path
from quotaloom.web.ui.disk import disk_full
from tests.support.counts import examples
from tests.support.disk import leave, small_disk
from tests.support.site import demo_home, serving
from tests.support.small_plan import orders_text
from tests.support.visitor import Visitor

__all__ = ["small_disk"]


def answered(fault, request=None):
    try:
        raise fault
    except type(fault):
        return server_error(request or RequestFactory().get("/"))


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 507, "磁盘已满"),
        (OperationalError("database or disk is full"), 507, "磁盘已满"),
        (OperationalError("could not extend file: No space left on device"), 507, "磁盘已满"),
        (OperationalError("server closed the connection unexpectedly"), 503, "数据库暂时连不上"),
        (InterfaceError("connection already closed"), 503, "数据库暂时连不上"),
        (OperationalError("database is locked"), 503, "数据库暂时连不上"),
    ],
)
def test_what_the_server_cannot_help_is_told(fault, status, said):
    answer = answered(fault)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert answer.headers.get("Retry-After") == ("10" if status == 503 else None)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [RuntimeError, OperationalError])
def test_any_other_fault_is_ours(rf, kind):
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - needs the apps

    request = rf.get("/")
    request.user, request.htmx, request.session = AnonymousUser(), False, {}
    answer = answered(kind("no such table: a secret detail"), request)
    assert answer.status_code == 500
    assert "secret detail" not in answer.content.decode()


def test_the_cause_of_a_fault_counts():
    inner = sqlite3.OperationalError("database or disk is full")
    outer = RuntimeError("outer")
    outer.__cause__ = inner
    assert disk_full(outer).code == "serve.disk_full"
    assert disk_full(RuntimeError("outer")) is None
    assert disk_full(None) is None


@pytest.mark.heavy
def test_a_full_disk_is_told_and_nothing_is_spoilt(small_disk, tmp_path_factory):
    home = demo_home(tmp_path_factory.getbasetemp(), small_disk / "home")
    seen = set()
    with serving(home, "--workers", 1, QUOTALOOM_DEMO="1") as site:
        visitor = Visitor(site.url)
        for step in range(examples(20)):
            filler = leave(small_disk, step * 12_000)
            seen |= {visitor.come() for _ in range(3)}
            filler.unlink()
            assert visitor.come() == 302
        acknowledged = visitor.acknowledged
    assert 507 in seen
    assert visitor.statuses <= {200, 302, 507}
    with closing(sqlite3.connect(home / "quotaloom.sqlite3")) as line:
        assert line.execute("pragma integrity_check").fetchone() == ("ok",)
        kept = "select count(*) from audit_auditrow where action = 'account.sign_in'"
        assert line.execute(kept).fetchone()[0] >= acknowledged


@pytest.mark.heavy
@pytest.mark.django_db
def test_a_file_that_finds_no_room_is_told_and_leaves_nothing(small_disk, cast, settings, client):
    settings.HOME = small_disk / "home"
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(cast.ops, backend=backend)
    client.raise_request_exception = False
    text, seen = orders_text().encode() * 400, []

    def sent():
        file = SimpleUploadedFile("订单.csv", text)
        return client.post(reverse("plan_new"), {"file": file}).status_code

    for step in range(examples(20)):
        filler = leave(small_disk, step * len(text) // 20)
        seen.append(sent())
        folders = list((small_disk / "home").glob("uploads/*"))
        assert len(folders) == Upload.objects.count()
        filler.unlink()
    assert set(seen) <= {302, 507}
    assert seen.count(507) >= examples(20) // 2
    before = Upload.objects.count()
    assert sent() == 302
    kept = Upload.objects.order_by("-created_at").first()
    assert Upload.objects.count() == before + 1
    assert upload_path(kept).read_bytes() == text
