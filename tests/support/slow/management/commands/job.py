"""job start KIND JSON | job again ID | job cancel ID: what a page would ask."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import Actor
from quotaloom.web.jobs.models import Job
from quotaloom.web.jobs.services import job_cancel, job_start
from quotaloom.web.jobs.tasks import work


class Command(BaseCommand):
    """Ask for a job, deliver it once more, or cancel it."""

    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("words", nargs="+")

    def handle(self, *, words, **_):
        asked, *rest = words
        if asked == "start":
            owner, _ = User.objects.get_or_create(username="tester")
            params = json.loads(rest[1])
            for _ in range(int(params.pop("times", 1))):
                job = job_start(owner=owner, kind=rest[0], params=params, actor=Actor())
                self.stdout.write(str(job.pk))
        elif asked == "again":
            work.enqueue(rest[0])
        else:
            job_cancel(job=Job.objects.get(pk=rest[0]), actor=Actor())
