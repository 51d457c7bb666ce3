"""quotaloom VERB …: one subcommand a verb, exit codes that scripts can trust.

0 done; 2 the request cannot be read; 3 the data are refused and nothing was written; 4 the wishes
contradict each other, or a checked file no longer adds up.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from quotaloom.cli import check, decompose, demo
from quotaloom.cli.parser import Parser
from quotaloom.cli.speech import Speech, wanted_language
from quotaloom.core.model.errors import QuotaLoomError

if TYPE_CHECKING:
    from collections.abc import Sequence

VERBS = (decompose, check, demo)
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run one command; answers its exit code."""
    lang = wanted_language(arguments, os.environ)
    parser = Parser(prog="quotaloom", lang=lang)
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser)
    for verb in VERBS:
        verb.declare(verbs, lang)
    speech = Speech(lang)
    try:
        chosen = parser.parse_args(list(arguments))
        return int(chosen.perform(chosen, speech))
    except QuotaLoomError as refusal:
        speech.refuse(refusal.findings)
        return refusal.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


def run() -> None:
    """The console command."""
    sys.exit(main(sys.argv[1:]))
