"""quotaloom check: re-read an output and name every sum that no longer holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.report.recheck.file import recheck
from quotaloom.report.wording import sentence

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "重新核对一份输出，指出每个对不上的合计",
    "en": "re-read an output and name every sum that no longer holds",
}
FILE = {"zh": "xlsx、csv 或 parquet", "en": "xlsx, csv or parquet"}
LANG = {"zh": "语言 zh 或 en", "en": "language, zh or en"}
BROKEN = 4


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("check", lang=lang, help=HELP[lang], description=HELP[lang])
    parser.add_argument("file", metavar="FILE", help=FILE[lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=LANG[lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Say every check with its count; 0 where all hold, 4 where one does not."""
    result = recheck(Path(chosen.file))
    for check in result.checks:
        mark = "✗" if check.failed else "✓"
        speech.say(f"{mark} {sentence(check, speech.lang)}")
    speech.refuse(result.findings)
    return BROKEN if any(check.failed for check in result.checks) else 0
