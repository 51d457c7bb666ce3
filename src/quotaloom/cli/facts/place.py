"""Where facts lie, and who acts."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotaloom.cli.facts.pages_log import PagesLog
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.facts.roll import read_rolls
from quotaloom.warehouse.batches.log import LOG
from quotaloom.warehouse.batches.shelf import Shelf

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from quotaloom.cli.speech import Lang

FOLDER: Final = "facts"
PAGES_FOLDER: Final = "batches"
DATABASE: Final = "quotaloom.sqlite3"
WORDS = {
    "home": {
        "zh": "数据文件夹（默认 quotaloom-data，也可设 QUOTALOOM_HOME）",
        "en": "the data folder (default quotaloom-data, or QUOTALOOM_HOME)",
    },
    "as": {
        "zh": "谁在操作（记入批次的编号，默认系统用户名）",
        "en": "who acts: the id kept with the batch (default: your system user)",
    },
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
}


def declare_place(parser: ArgumentParser, lang: Lang, *, writes: bool) -> None:
    """The options of every verb on facts; those that write also ask who acts."""
    parser.add_argument("--home", metavar="DIR", help=WORDS["home"][lang])
    if writes:
        parser.add_argument("--as", dest="author", metavar="ID", help=WORDS["as"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=WORDS["lang"][lang])


def shelf_of(home: str | None) -> Shelf:
    """The batches of the data folder; those of the pages where pages serve it.

    Raises DataRefused where the folder has both, or where its database is not named.
    """
    folder = Path(home or os.environ.get("QUOTALOOM_HOME") or "quotaloom-data")
    if not ((folder / DATABASE).exists() or os.environ.get("QUOTALOOM_DB")):
        if (folder / PAGES_FOLDER).exists():
            raise DataRefused([error("batch.database_unnamed", str(folder))])
        return Shelf(folder / FOLDER)
    if (folder / FOLDER / LOG).exists():
        raise DataRefused([error("batch.two_logs", str(folder), folder=FOLDER)])
    return Shelf(folder / PAGES_FOLDER, PagesLog(folder))


def known_of(shelf: Shelf, texts: Sequence[str]) -> dict[str, frozenset[str]]:
    """The lists of members: those of the pages where they serve the folder, and those given."""
    own = shelf.log.known() if isinstance(shelf.log, PagesLog) else {}
    return own | read_rolls(texts)


def author_of(chosen: Namespace) -> str:
    """Who acts."""
    return chosen.author or getpass.getuser()
