"""batch_log: the log of batches for the command line, a question a line and an answer a line."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.warehouse.batches.entry import loads
from quotaloom.web.audit.services import Actor
from quotaloom.web.data.known import known_members
from quotaloom.web.data.shelf import writing_log
from quotaloom.web.jobs.tasks import plain


class Command(BaseCommand):
    """Answers until its input ends; what it adds is audited as the command's own."""

    help = "the log of batches, for the command line"
    requires_system_checks = ()

    def handle(self, *_: str, **_named: Any) -> None:  # noqa: ANN401 - Django's own
        """Answer each line."""
        for line in sys.stdin:
            try:
                told = answer(json.loads(line))
            except QuotaLoomError as refusal:
                told = {"refused": plain(refusal.findings)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            self.stdout.flush()


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """The log, the lists of members, or nothing for a line that was added."""
    log = writing_log(Actor())
    if "append" in asked:
        log.append(loads(asked["append"]))
        return {}
    if "known" in asked:
        return {"known": {column: sorted(names) for column, names in known_members().items()}}
    return {"entries": [entry.dumps() for entry in log.entries()]}
