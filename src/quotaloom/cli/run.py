"""quotaloom run: serve the pages from a data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.web import web

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "启动网页：浏览器里的织标，直到 Ctrl-C",
    "en": "serve the pages, until Ctrl-C",
}
WORDS = {
    "home": {
        "zh": "数据文件夹（默认 quotaloom-data，也可设 QUOTALOOM_HOME）",
        "en": "the data folder (default quotaloom-data, or QUOTALOOM_HOME)",
    },
    "db": {
        "zh": "postgres://… 数据库网址（默认用数据文件夹里的 SQLite；含密码时建议设 QUOTALOOM_DB）",
        "en": "postgres://… (default: SQLite in the data folder; better QUOTALOOM_DB, "
        "where it holds a password)",
    },
    "host": {
        "zh": "监听的地址（默认 127.0.0.1，只有本机能访问）",
        "en": "the address to listen on (default 127.0.0.1: this machine only)",
    },
    "port": {
        "zh": "端口（默认 8000；被占用则取下一个空闲的）",
        "en": "the port (default 8000; the next free one where it is taken)",
    },
    "workers": {
        "zh": "网页进程数（默认按处理器个数）",
        "en": "processes for pages (default: by the processors)",
    },
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("run", lang=lang, help=HELP[lang], description=HELP[lang])
    declare_place(parser, lang)
    parser.add_argument("--host", metavar="ADDRESS", help=WORDS["host"][lang])
    parser.add_argument("--port", type=int, metavar="N", help=WORDS["port"][lang])
    parser.add_argument("--workers", type=int, metavar="N", help=WORDS["workers"][lang])
    parser.set_defaults(perform=perform)


def declare_place(parser: ArgumentParser, lang: Lang) -> None:
    """The options that say where the data are, for every verb that needs them."""
    parser.add_argument("--home", metavar="DIR", help=WORDS["home"][lang])
    parser.add_argument("--db", metavar="URL", help=WORDS["db"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=WORDS["lang"][lang])


def perform(chosen: Namespace, speech: Speech) -> int:
    """Serve; answers 0 after an orderly stop."""
    words = given(chosen, "host", "port", "workers")
    return web(["serve", *words], speech, **place(chosen))


def place(chosen: Namespace) -> dict[str, str]:
    """Where the data are, as the environment of the web process: never on its command line."""
    told = {"QUOTALOOM_HOME": chosen.home, "QUOTALOOM_DB": chosen.db}
    return {name: value for name, value in told.items() if value}


def given(chosen: Namespace, *names: str) -> list[str]:
    """The options that were given, as words again."""
    pairs = [(f"--{name}", getattr(chosen, name, None)) for name in names]
    return [word for name, value in pairs if value is not None for word in (name, str(value))]
