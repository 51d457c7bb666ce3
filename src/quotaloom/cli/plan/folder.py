"""What every verb of a plan is given: the folder of the plan, who acts, and how it is opened."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cycle.plan.desk import definition, open_plan
from quotaloom.cycle.plan.edition import released_plan
from quotaloom.planfile.folder import SUFFIX, FolderStore
from quotaloom.warehouse.edition import ABOUT, editions

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quotaloom.cli.speech import Lang
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.definition import Definition
    from quotaloom.planfile.journal import Journal
    from quotaloom.warehouse.edition import Edition

EDITIONS = "editions"
WORDS = {
    "plan": {"zh": "计划文件夹（NAME.plan）", "en": "the folder of the plan (NAME.plan)"},
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
    "by": {
        "zh": "谁在修改（记入日志的编号，默认系统用户名）",
        "en": "who acts: the id that the journal keeps (default: your system user)",
    },
    "reason": {"zh": "为什么这样改", "en": "why"},
}


def verb(verbs: Any, name: str, help_text: dict[str, str], lang: Lang) -> ArgumentParser:  # noqa: ANN401
    """A verb that is given a plan."""
    text = help_text[lang]
    parser: ArgumentParser = verbs.add_parser(name, lang=lang, help=text, description=text)
    parser.add_argument("plan", metavar="PLAN", help=WORDS["plan"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=WORDS["lang"][lang])
    return parser


def declare_author(parser: ArgumentParser, lang: Lang) -> None:
    """Who acts, and why."""
    parser.add_argument("--by", metavar="ID", help=WORDS["by"][lang])
    parser.add_argument("--because", metavar="TEXT", default="", help=WORDS["reason"][lang])


def path_of(text: str) -> Path:
    """The folder that the word names, with or without its ending."""
    path = Path(text)
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def opened(chosen: Namespace) -> Journal:
    """The plan, at its newest."""
    return open_plan(FolderStore(path_of(chosen.plan)))


def plan_or_edition(text: str) -> tuple[Plan, Definition]:
    """The plan that the word names, as it stands, or as the edition of that folder has it."""
    if (Path(text) / ABOUT).is_file():
        return released_plan(Path(text))
    store = FolderStore(path_of(text))
    return open_plan(store).plan, definition(store)


def editions_beside(plan: Path, name: str) -> list[Edition]:
    """The editions that lie beside a plan's folder and were released from a plan of this name."""
    return [one for one in editions(plan.parent / EDITIONS) if one.plan == name]


def author(chosen: Namespace) -> str:
    """Who acts."""
    return chosen.by or getpass.getuser()
