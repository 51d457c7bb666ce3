"""`audit_verify`: walk the chain of the audit and name the first bad row; 0 whole, 4 broken."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from quotaloom.report.wording import sentence
from quotaloom.web.audit.proof import proof_faults
from quotaloom.web.audit.verify import Head, chain_fault, head_now

if TYPE_CHECKING:
    from argparse import ArgumentParser

BROKEN = 4
WORDS = {
    "whole": {
        "zh": "审计链完整：共 {number} 条，链头 {hash}",
        "en": "The audit is whole: {number} rows, head {hash}",
    },
    "kept": {"zh": "链头已写到 {path}", "en": "the head is written to {path}"},
    "unread": {"zh": "读不出链头文件 {path}：{why}", "en": "cannot read the head {path}: {why}"},
}


class Command(BaseCommand):
    """The verb."""

    help = "Walk the chain of the audit and name the first bad row."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A head exported before, where to export the present one, and the language."""
        parser.add_argument("--head", metavar="FILE", help="a head that was exported before")
        parser.add_argument("--export", metavar="FILE", help="write the present head there")
        parser.add_argument("--lang", choices=("zh", "en"), default="zh")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Verify, say it, and leave with 4 where the chain is broken."""
        lang = options["lang"]
        broken = chain_fault(_kept(options["head"], lang))
        faults = [broken] if broken else list(proof_faults())
        for fault in faults:
            self.stderr.write(f"✗ {sentence(fault, lang)}")
        if faults:
            sys.exit(BROKEN)
        head = head_now()
        self.stdout.write(WORDS["whole"][lang].format(number=head.number, hash=head.hash))
        if options["export"]:
            Path(options["export"]).write_text(head.text() + "\n", encoding="utf-8")
            self.stdout.write(WORDS["kept"][lang].format(path=options["export"]))


def _kept(path: str | None, lang: str) -> Head | None:
    if not path:
        return None
    try:
        return Head.read(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        said = WORDS["unread"][lang].format(path=path, why=cause)
        raise CommandError(said, returncode=2) from cause
