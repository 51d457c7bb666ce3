"""quotaloom audit verify: walk the chain of the audit and name the first bad row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.parser import Parser
from quotaloom.cli.run import declare_place, place
from quotaloom.cli.web import web

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "审计：校验审计链，指出第一条有问题的记录",
    "en": "the audit: verify its chain and name the first bad row",
}
VERIFY = {
    "zh": "校验审计链；完整为 0，有问题为 4",
    "en": "verify the chain; 0 where it is whole, else 4",
}
HEAD = {
    "zh": "此前导出的链头文件：对照它才看得出末尾被截去",
    "en": "a head exported before: against it a tail that was cut off shows",
}
EXPORT = {"zh": "把现在的链头写到这个文件", "en": "write the present head to this file"}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("audit", lang=lang, help=HELP[lang], description=HELP[lang])
    below = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    verify = below.add_parser("verify", lang=lang, help=VERIFY[lang], description=VERIFY[lang])
    declare_place(verify, lang)
    verify.add_argument("--head", metavar="FILE", help=HEAD[lang])
    verify.add_argument("--export", metavar="FILE", help=EXPORT[lang])
    verify.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Start the verb of the web; answers its exit code."""
    words = ["audit_verify", "--lang", speech.lang]
    words += ["--head", chosen.head] if chosen.head else []
    words += ["--export", chosen.export] if chosen.export else []
    return web(words, speech, **place(chosen))
