"""quotaloom VERB …: one subcommand a verb, exit codes that scripts can trust.

0 done; 2 the request cannot be read; 3 the data are refused and nothing was written; 4 the wishes
contradict each other, or a checked file no longer adds up. 130 interrupted; 70 a fault of ours.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from quotaloom.cli.parser import Parser
from quotaloom.cli.speech import Speech, wanted_language
from quotaloom.core.model.errors import QuotaLoomError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED, FAULT = 130, 70
DESCRIPTION = {
    "zh": "织标：把一个销售总数变成人人有数、处处平衡的目标。",
    "en": "QuotaLoom: one sales number becomes a plan that everybody can carry.",
}
VERSION = {"zh": "显示版本", "en": "show the version"}
LANG = {"zh": "语言 zh 或 en（也可设 QUOTALOOM_LANG）", "en": "zh or en (or QUOTALOOM_LANG)"}
REFUSED = {
    "zh": "已停止，没有改动任何文件。请先解决上面标 ✗ 的问题。",
    "en": "Stopped; no file was changed. Solve what is marked ✗ above.",
}
STOPPED = {"zh": "已中断，没有写出文件。", "en": "interrupted; nothing was written."}
FAULTY = {
    "zh": "程序内部出错，没有完成：{what}（{where}）。这是我们的缺陷，请把这一行反馈给我们。",
    "en": "a fault of the program, unfinished: {what} ({where}). Please report this line.",
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; answers its exit code, whatever happens."""
    lang = wanted_language(arguments, os.environ)
    speech = Speech(lang)
    try:
        return _run(list(arguments), speech)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except QuotaLoomError as refusal:
        speech.refuse(refusal.findings)
        speech.note(REFUSED[lang])
        return refusal.exit_code
    except KeyboardInterrupt:
        speech.note(STOPPED[lang])
        return INTERRUPTED
    except BrokenPipeError:
        return 0  # the reader has seen enough; what was to be written is written
    except Exception as fault:  # noqa: BLE001 - a user never sees a traceback
        return _fault(fault, speech)


def _run(arguments: list[str], speech: Speech) -> int:
    from quotaloom.cli import (  # noqa: PLC0415 - so that Ctrl-C ends even this
        audit,
        backup,
        books,
        check,
        decompose,
        demo,
        doctor,
        measures,
        plan,
        run,
        share,
        track,
    )
    from quotaloom.cli.facts import batches, take, unresolved  # noqa: PLC0415 - as above

    parser = Parser(prog="quotaloom", lang=speech.lang, description=DESCRIPTION[speech.lang])
    shown = f"quotaloom {version('quotaloom')}"
    parser.add_argument("--version", action="version", version=shown, help=VERSION[speech.lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=LANG[speech.lang])
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=Parser)
    facts = (take, batches, unresolved)
    asking = (decompose, check, plan, *facts, measures, track, books, share)
    for verb in (*asking, demo, run, doctor, backup, audit):
        verb.declare(verbs, speech.lang)
    if not arguments:
        parser.print_help(sys.stderr)
        return 2
    chosen = parser.parse_args(arguments)
    code = int(chosen.perform(chosen, speech))
    speech.flush()
    return code


def _fault(fault: Exception, speech: Speech) -> int:
    if os.environ.get("QUOTALOOM_DEBUG"):
        raise fault
    last = extract_tb(fault.__traceback__)[-1]
    what = f"{type(fault).__name__}: {' '.join(str(fault).split())[:200]}"
    where = f"{Path(last.filename).name}:{last.lineno}"
    speech.note(FAULTY[speech.lang].format(what=what, where=where))
    return FAULT


def run() -> None:
    """The console command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old code page lacks some signs
    code = main(sys.argv[1:])
    _leave_quietly()
    sys.exit(code)


def _leave_quietly() -> None:
    """Flush what is left; where nobody reads any more, let Python's own flush find nothing."""
    try:
        Speech("zh").flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
