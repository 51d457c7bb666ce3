"""quotaloom plan score: what was reached of a released plan, by measure, and the total score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.begin import named_file
from quotaloom.cli.plan.folder import EDITIONS, path_of, verb
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import half_up
from quotaloom.cycle.plan.desk import definition
from quotaloom.cycle.plan.edition import released_plan
from quotaloom.cycle.plan.score import ScoreRequest, score
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.place_text import write_slice
from quotaloom.report.summary_table import Row, aligned
from quotaloom.report.tracking.line import fixed, percent
from quotaloom.warehouse.edition import ABOUT, editions, folder_of

if TYPE_CHECKING:
    from argparse import Namespace
    from fractions import Fraction

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.cycle.plan.score import NodeScore

HELP = {
    "zh": "评分：已发布的计划完成了多少，逐个指标，再按权重得总评分",
    "en": "what was reached of a released plan, measure by measure, and the weighted score",
}
WORDS = {
    "facts": {
        "zh": "指标及其业务数据，如 booked=订单.csv；可重复",
        "en": "a measure and its facts, such as booked=orders.csv; repeatable",
    },
    "axis": {"zh": "按哪个维度（默认第一个）", "en": "along which axis (default: the first)"},
    "period": {"zh": "哪一期，如 2027Q1（默认全年）", "en": "which period (default: the year)"},
    "json": {"zh": "输出 JSON", "en": "as JSON"},
    "whole": {"zh": "合计", "en": "total"},
    "score": {"zh": "总评分", "en": "score"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb."""
    parser = verb(verbs, "score", HELP, lang)
    many: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--facts", metavar="CODE=FILE", help=WORDS["facts"][lang], **many)
    parser.add_argument("--axis", metavar="NAME", help=WORDS["axis"][lang])
    parser.add_argument("--period", metavar="LABEL", default="", help=WORDS["period"][lang])
    parser.add_argument("--json", action="store_true", help=WORDS["json"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """A line a node: the attainment of each measure, then the score."""
    plan, head = released_plan(_edition(chosen.plan))
    files = {code: Path(file) for code, file in map(named_file, chosen.facts)}
    asked = ScoreRequest(files=files, axis=chosen.axis or plan.axes[0].name, period=chosen.period)
    found = score(plan, head.calendar, asked)
    speech.refuse(found.findings)
    if chosen.json:
        lines = [_told(one) for one in found.nodes]
        speech.say(json.dumps({"nodes": lines}, ensure_ascii=False, indent=1))
        return 0
    heads = ["", *(_name(one.measure, speech.lang) for one in found.nodes[0].reached)]
    rows = [_row(one, speech.lang) for one in found.nodes]
    for line in aligned([*heads, WORDS["score"][speech.lang]], rows, speech.width):
        speech.say(line)
    return 0


def _edition(text: str) -> Path:
    """The folder of an edition, or the newest that was released of the plan of this name."""
    if (Path(text) / ABOUT).is_file():
        return Path(text)
    folder = path_of(text)
    name = definition(FolderStore(folder)).name
    shelf = folder.parent / EDITIONS
    numbers = [one.number for one in editions(shelf) if one.plan == name]
    if not numbers:
        raise DataRefused([error("score.no_edition", text)])
    return folder_of(shelf, numbers[-1])


def _row(one: NodeScore, lang: Lang) -> Row:
    label = "  " * one.depth + (one.name or WORDS["whole"][lang])
    figures = [percent(part.attainment) for part in one.reached]
    value = one.score.value
    return Row(label, (*figures, percent(value)), 0 if value is None else int(value * 1000))


def _name(measure: PlanMeasure, lang: Lang) -> str:
    """What people call a measure, with its weight in the score."""
    name = (measure.name if lang == "zh" else measure.name_en) or measure.code
    return f"{name}·{measure.weight}" if measure.weight else name


def _told(one: NodeScore) -> dict[str, Any]:
    measures = {
        part.measure.code: {
            "target": None if part.target is None else part.measure.say(part.target),
            "done": _said(part.measure, part.done),
            "attainment": _ratio(part.attainment),
            "weight": part.measure.weight,
        }
        for part in one.reached
    }
    told = {"at": write_slice(one.at), "name": one.name, "depth": one.depth, "measures": measures}
    return told | {"score": _ratio(one.score.value), "weights": one.score.counted}


def _said(measure: PlanMeasure, done: Fraction | None) -> str | None:
    """What was done, in the words of the target: rounded once to its unit."""
    return None if done is None else measure.say(half_up(done))


def _ratio(value: Fraction | None) -> str | None:
    return None if value is None else fixed(value, 6).replace(",", "")
