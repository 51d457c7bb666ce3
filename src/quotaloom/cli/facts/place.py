"""Where facts lie, and who acts."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from quotaloom.warehouse.batches.shelf import Shelf

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quotaloom.cli.speech import Lang

FOLDER = "facts"
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
    """The batches of the data folder."""
    return Shelf(Path(home or os.environ.get("QUOTALOOM_HOME") or "quotaloom-data") / FOLDER)


def author_of(chosen: Namespace) -> str:
    """Who acts."""
    return chosen.author or getpass.getuser()
