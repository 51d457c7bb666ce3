"""plan_job FILE: what the page of a new plan asks; prints the job."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import File
from django.core.management.base import BaseCommand

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import Actor
from quotaloom.web.jobs.services import job_start
from quotaloom.web.plans.jobs import PLAN_CREATE
from quotaloom.web.plans.services import upload_keep


class Command(BaseCommand):
    """Start to make a plan."""

    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **_):
        owner, _ = User.objects.get_or_create(username="tester")
        with Path(file).open("rb") as opened:
            kept = upload_keep(owner=owner, file=File(opened, "订单.csv"), actor=Actor())
        columns = {"by": ["大区>省份>岗位", "产品"], "date": "订单日期", "amount": "金额"}
        asked = {"facts": [str(kept.pk)], "total": "1200000", "year": 2027, **columns}
        told = {"name": "小方案", "asked": asked, "back": "/"}
        job = job_start(owner=owner, kind=PLAN_CREATE, params=told, actor=Actor())
        self.stdout.write(str(job.pk))
