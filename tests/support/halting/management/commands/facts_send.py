"""facts_send FILE KEY: a program sends invoices under a key; prints what it is answered."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand
from django.test import Client
from django.utils import timezone

from quotaloom.web.accounts.models import User
from quotaloom.web.accounts.secret import digest_of
from quotaloom.web.api.models import Token
from quotaloom.web.org.models import Grant, Role
from tests.support.halting.apps import halt

PERMISSIONS = ["data.import", "tokens.use"]
SECRET = "ql_for_this_test_only"  # noqa: S105 - of an account of this test
ADDRESS = "/api/v1/facts/invoices"


class Command(BaseCommand):
    """Send the file; the end of the command, where all is committed, is a point as well."""

    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("key")

    def handle(self, *, file, key, **_):
        self._program()
        path = Path(file)
        answer = Client(SERVER_NAME="127.0.0.1").post(
            ADDRESS,
            {"file": SimpleUploadedFile(path.name, path.read_bytes())},
            headers={"Authorization": f"Bearer {SECRET}", "Idempotency-Key": key},
        )
        halt()
        self.stdout.write(f"{answer.status_code} {answer.json().get('batch')}")

    def _program(self):
        user, is_new = User.objects.get_or_create(username="program")
        if is_new:
            named = {"name_zh": "程序", "name_en": "Program", "permissions": PERMISSIONS}
            role = Role.objects.create(code="program", **named)
            Grant.objects.create(user=user, role=role, valid_from=date(2020, 1, 1))
            told = {"name": "erp", "digest": digest_of(SECRET), "scopes": ["data.import"]}
            later = timezone.now() + timedelta(days=1)
            Token.objects.create(user=user, expires_at=later, **told)
