"""quotaloom plan …: a plan in a folder, its edits, its branches and its editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.parser import Parser
from quotaloom.cli.plan import (
    aim,
    begin,
    branches,
    collect,
    diff,
    editions,
    edits,
    past,
    score,
    send,
    show,
)

if TYPE_CHECKING:
    from quotaloom.cli.speech import Lang

HELP = {
    "zh": "计划：新建、定标、查看、修改、撤销、比较、分支、合并、核对、发布、评分、下发、收回",
    "en": "a plan: begin, aim, show, edit, compare, merge, check, release, score, send, collect",
}
PARTS = (begin, aim, show, edits, diff, past, branches, editions, score, send, collect)


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb and those below it."""
    parser = verbs.add_parser("plan", lang=lang, help=HELP[lang], description=HELP[lang])
    below = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    for part in PARTS:
        part.declare(below, lang)
