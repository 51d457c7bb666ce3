"""quotaloom plan release: the plan as it stands becomes an edition that nobody can change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.folder import WORDS as SHARED
from quotaloom.cli.plan.folder import author, opened, path_of, verb
from quotaloom.cycle.plan.desk import definition, save_checkpoint
from quotaloom.cycle.plan.edition import Release, release

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "发布：把计划现在的样子定为一版，此后不能更改",
    "en": "release the plan as it stands as an edition that no path can change",
}
WORDS = {
    "name": {"zh": "版本名称", "en": "the name of the edition"},
    "from": {
        "zh": "从哪一期起生效，如 2027-01（默认第一期）",
        "en": "in force from which period on, such as 2027-01 (default: the first)",
    },
    "to": {"zh": "版本放在哪个文件夹（默认计划旁的 editions）", "en": "where editions are kept"},
    "done": {
        "zh": "已发布第 {number} 版“{name}”，{effective} 起生效，摘要 {digest}",
        "en": "edition {number} “{name}” released, in force from {effective}, digest {digest}",
    },
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb."""
    parser = verb(verbs, "release", HELP, lang)
    parser.add_argument("name", metavar="NAME", help=WORDS["name"][lang])
    parser.add_argument("--from", dest="period", metavar="PERIOD", help=WORDS["from"][lang])
    parser.add_argument("--to", metavar="DIR", help=WORDS["to"][lang])
    parser.add_argument("--by", metavar="ID", help=SHARED["by"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Release, and keep a checkpoint of what was released."""
    journal = opened(chosen)
    shelf = Path(chosen.to) if chosen.to else path_of(chosen.plan).parent / "editions"
    period = chosen.period or journal.plan.periods[0].label
    wish = Release(chosen.name, period, author(chosen))
    made = release(journal, shelf, definition(journal.store).name, wish)
    save_checkpoint(journal)
    told = {"number": made.number, "name": made.name, "effective": made.effective}
    speech.say(WORDS["done"][speech.lang].format(**told, digest=made.digest))
    return 0
