"""facts_job FILE: what the page of an upload asks; prints the job."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import File
from django.core.management.base import BaseCommand

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import Actor
from quotaloom.web.data.jobs import TAKE, upload_job
from quotaloom.web.data.services import upload_keep


class Command(BaseCommand):
    """Start to import a file of invoices."""

    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **_):
        told = {"owner": User.objects.get_or_create(username="tester")[0], "actor": Actor()}
        with Path(file).open("rb") as opened:
            row = upload_keep(file=File(opened, Path(file).name), dataset="invoices", **told)
        self.stdout.write(str(upload_job(row=row, kind=TAKE, **told).pk))
