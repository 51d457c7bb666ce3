"""list_job write FILE | list_job undo ID: what the pages of lists ask; prints list and job."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.core.files.base import File
from django.core.management.base import BaseCommand

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.change import digest
from quotaloom.web.org.lists.jobs import UNDO, WRITE, list_job
from quotaloom.web.org.lists.reading import list_read
from quotaloom.web.org.lists.service import list_bring
from quotaloom.web.org.models import Axis, ListImport, Tree


class Command(BaseCommand):
    """Start to write a list, or to take one back."""

    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("what")
        parser.add_argument("which")

    def handle(self, *, what, which, **_):
        owner, _ = User.objects.get_or_create(username="tester")
        told = {"owner": owner, "actor": Actor()}
        if what == "write":
            one = self._brought(Path(which), **told)
            seen = digest(list_read(one).compared.done)
            job = list_job(one=one, kind=WRITE, seen=seen, **told)
        else:
            one = ListImport.objects.get(pk=which)
            job = list_job(one=one, kind=UNDO, **told)
        self.stdout.write(f"{one.pk} {job.pk}")

    def _brought(self, path, **told):
        tree = Tree.objects.filter(axis=Axis.ORG).first()
        with path.open("rb") as file:
            asked = {"axis": Axis.ORG, "tree": tree, "day": date(2027, 1, 1)}
            return list_bring(file=File(file, path.name), **asked, **told)
