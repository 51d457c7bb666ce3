"""quotaloom books: from signed to recognised, invoiced and paid, against finance's totals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.facts.place import shelf_of
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.books.request import BILLS, BYS, YEARS, BooksRequest
from quotaloom.cycle.books.verb import books
from quotaloom.report.books.file import write_books
from quotaloom.report.books.text import books_text

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "口径对账：签约、确认收入、开票、回款逐级勾稽，并与财务控制数比较",
    "en": "reconcile signed, recognised, invoiced and paid, and finance's control totals",
}
WORDS = {
    "period": {"zh": "期间，如 2026、2026Q3、2026-07", "en": "2026, 2026Q3, 2026-07"},
    "by": {"zh": "逐大区（region）或逐合同（contract）", "en": "part by part: region or contract"},
    "region": {
        "zh": "只看一个大区：全部合同行都写明该大区的合同（也可写 跨大区、未归属）",
        "en": "one region only: the contracts all of whose lines name it (or 跨大区, 未归属)",
    },
    "contract": {"zh": "只看一份合同", "en": "one contract only"},
    "bills": {
        "zh": "承兑汇票按收到（receipt，默认）或到期（maturity）计回款",
        "en": "bankers' acceptances count on receipt (default) or at maturity",
    },
    "years": {
        "zh": "跨年合同整份（whole，默认）或按天分到各年（part）计签约",
        "en": "contracts over years count whole (default) or by each year's days (part)",
    },
    "internal": {"zh": "把内部往来也算进来", "en": "count internal counterparties as well"},
    "home": {"zh": "数据所在的文件夹（默认 quotaloom-data）", "en": "the data folder"},
    "out": {"zh": "另写一个 .xlsx，含每一行单据", "en": "write an .xlsx with every line as well"},
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
    "wrote": {"zh": "已写出 {path}", "en": "wrote {path}"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("books", lang=lang, help=HELP[lang], description=HELP[lang])
    parser.add_argument("period", metavar="PERIOD", help=WORDS["period"][lang])
    parser.add_argument("--by", choices=BYS[1:], default="", help=WORDS["by"][lang])
    for one in ("region", "contract"):
        parser.add_argument(f"--{one}", default="", help=WORDS[one][lang])
    parser.add_argument("--bills", choices=BILLS, default=BILLS[0], help=WORDS["bills"][lang])
    parser.add_argument("--years", choices=YEARS, default=YEARS[0], help=WORDS["years"][lang])
    parser.add_argument("--internal", action="store_true", help=WORDS["internal"][lang])
    parser.add_argument("--home", metavar="DIR", help=WORDS["home"][lang])
    parser.add_argument("--out", metavar="FILE.xlsx", help=WORDS["out"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=WORDS["lang"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Reconcile, write, say."""
    if chosen.out and not chosen.out.endswith(".xlsx"):
        raise UsageRefused([error("books.out_kind", chosen.out)])
    names = ("period", "by", "region", "contract", "bills", "years", "internal")
    found = books(
        shelf_of(chosen.home), BooksRequest(**{one: getattr(chosen, one) for one in names})
    )
    speech.say(books_text(found, speech.lang, speech.width))
    if chosen.out:
        path = write_books(found, Path(chosen.out), speech.lang)
        speech.say(WORDS["wrote"][speech.lang].format(path=path))
    return 0
