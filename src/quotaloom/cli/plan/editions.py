"""quotaloom plan release | elapse: an edition that nobody can change; periods that are over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.folder import EDITIONS, author, declare_author, opened, path_of, verb
from quotaloom.core.allocation.journal.edit import Elapse
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Severity
from quotaloom.cycle.plan.desk import definition, save_checkpoint
from quotaloom.cycle.plan.edition import Release, release
from quotaloom.cycle.plan.readiness import readiness
from quotaloom.planfile.journal import Author

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.allocation.journal.plan import Plan

HELP = {
    "zh": "发布：把计划现在的样子定为一版，此后不能更改",
    "en": "release the plan as it stands as an edition that no path can change",
}
ELAPSE = {
    "zh": "结账：到这一期为止的数字从此锁定（用 undo 撤回）",
    "en": "lock the figures up to the end of a period (undo takes it back)",
}
WORDS = {
    "period": {"zh": "结到哪一期，如 2027-03", "en": "the last period that is over"},
    "over": {"zh": "已结账到 {period}", "en": "closed up to {period}"},
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
    """Add both verbs."""
    parser = verb(verbs, "release", HELP, lang)
    parser.add_argument("name", metavar="NAME", help=WORDS["name"][lang])
    parser.add_argument("--from", dest="period", metavar="PERIOD", help=WORDS["from"][lang])
    parser.add_argument("--to", metavar="DIR", help=WORDS["to"][lang])
    declare_author(parser, lang)
    parser.set_defaults(perform=perform)
    over = verb(verbs, "elapse", ELAPSE, lang)
    over.add_argument("period", metavar="PERIOD", help=WORDS["period"][lang])
    declare_author(over, lang)
    over.set_defaults(perform=perform_elapse)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Say what stands before the release, release, keep a checkpoint of what was released."""
    journal = opened(chosen)
    shelf = Path(chosen.to) if chosen.to else path_of(chosen.plan).parent / EDITIONS
    _look(journal.plan, speech)
    period = chosen.period or journal.plan.periods[0].label
    wish = Release(chosen.name, period, author(chosen), chosen.because)
    made = release(journal, shelf, definition(journal.store).name, wish)
    save_checkpoint(journal)
    told = {"number": made.number, "name": made.name, "effective": made.effective}
    speech.say(WORDS["done"][speech.lang].format(**told, digest=made.digest))
    return 0


def perform_elapse(chosen: Namespace, speech: Speech) -> int:
    """Close what is over, and say how far."""
    journal = opened(chosen)
    who = Author(author(chosen))
    plan = journal.write(Elapse(chosen.period), who, chosen.because).plan
    period = plan.periods[plan.elapsed - 1].label
    speech.say(WORDS["over"][speech.lang].format(period=period))
    return 0


def _look(plan: Plan, speech: Speech) -> None:
    """The checks of a release. DataRefused where one of them stops it."""
    found = readiness(plan, datetime.now(UTC).date())
    stops = [one for one in found if one.severity is Severity.ERROR]
    if stops:
        raise DataRefused(stops)
    speech.refuse(found)
