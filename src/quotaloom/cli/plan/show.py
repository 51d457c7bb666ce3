"""quotaloom plan show: the totals of a plan as a tree, one column a quarter."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.folder import opened, verb
from quotaloom.core.allocation.journal.wished import figure
from quotaloom.cycle.plan.compare import last_day, nodes
from quotaloom.cycle.plan.typed import complete
from quotaloom.planfile.piece import ALL, Piece
from quotaloom.planfile.place_text import read_slice, write_slice
from quotaloom.report.outline import outline
from quotaloom.report.summary_table import Row, aligned

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure

NOTHING = "—"
HELP = {"zh": "查看计划：按一个维度的树列出合计", "en": "show the totals along the tree of an axis"}
WORDS = {
    "at": {
        "zh": "只看哪一部分，如 大区=东 & 2027Q2",
        "en": "which part, such as region=E & 2027Q2",
    },
    "axis": {"zh": "按哪个维度展开（默认第一个）", "en": "which axis (default: the first)"},
    "position": {"zh": "第几次修改之后的样子", "en": "as it stood after so many edits"},
    "numbers": {
        "zh": "每个节点前写 WBS 编号，如 1.2.3",
        "en": "each node with its number in the breakdown, such as 1.2.3",
    },
    "json": {"zh": "输出 JSON（金额以元为单位的文本）", "en": "as JSON (amounts in yuan, as text)"},
    "whole": {"zh": "合计", "en": "total"},
    "head": {
        "zh": "{measure}/{layer}，第 {position} 次修改后{unit}",
        "en": "{measure}/{layer} after edit {position}{unit}",
    },
    "yuan": {"zh": "，元", "en": ", in yuan"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb."""
    parser = verb(verbs, "show", HELP, lang)
    parser.add_argument("--at", metavar="SLICE", default=ALL, help=WORDS["at"][lang])
    parser.add_argument("--axis", metavar="NAME", help=WORDS["axis"][lang])
    parser.add_argument("--position", type=int, metavar="N", help=WORDS["position"][lang])
    parser.add_argument("--numbers", action="store_true", help=WORDS["numbers"][lang])
    parser.add_argument("--json", action="store_true", help=WORDS["json"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """The tree of one axis, the whole first."""
    journal = opened(chosen)
    plan = journal.plan if chosen.position is None else journal.at(chosen.position)
    at = slice_of(chosen.at, plan)
    axis = chosen.axis or plan.axes[0].name
    columns = [at.period] if at.period else [*_quarters(plan), ""]
    rows = []
    for node, name, depth in nodes(plan, axis, at.key, within=at):
        totals = [_total(plan, node, period) for period in columns]
        rows.append((node, name or WORDS["whole"][speech.lang], depth, totals))
    if chosen.json:
        speech.say(_json(plan, rows, columns))
        return 0
    measure = plan.measure(at.measure)
    told = {"measure": at.measure, "layer": at.layer, "position": plan.position}
    speech.say(WORDS["head"][speech.lang].format(**told, unit=_unit(measure, speech.lang)))
    numbers = outline(depth for _, _, depth, _ in rows) if chosen.numbers else repeat("")
    table = [
        Row(
            "  " * depth + f"{number} {name}".strip(),
            tuple(_said(measure, one) for one in totals),
            totals[-1] or 0,
        )
        for number, (_, name, depth, totals) in zip(numbers, rows, strict=False)
    ]
    heads = ["", *(one or str(plan.periods[0].year) for one in columns)]
    for line in aligned(heads, table, speech.width):
        speech.say(line)
    return 0


def slice_of(text: str, plan: Plan) -> Slice:
    """The slice that was typed, in the ids of the plan."""
    return complete(read_slice(Piece(text)), plan)


def _total(plan: Plan, node: Slice, period: str) -> int | None:
    return figure(plan, replace(node, period=period), last_day(plan))


def _unit(measure: PlanMeasure, lang: Lang) -> str:
    """What the figures count; a rate says so itself."""
    if measure.kind == "ratio":
        return ""
    if measure.is_money:
        return WORDS["yuan"][lang]
    comma = "，" if lang == "zh" else ", "
    return f"{comma}{measure.counted_in}" if measure.counted_in else ""


def _said(measure: PlanMeasure, total: int | None) -> str:
    return NOTHING if total is None else measure.say(total)


def _quarters(plan: Plan) -> list[str]:
    """The labels of the plan's quarters, or of its periods where it has none."""
    wider = [plan.rollups.get(period.label, ()) for period in plan.periods]
    found = [labels[0] for labels in wider if len(labels) > 2]
    return list(dict.fromkeys(found)) or [period.label for period in plan.periods]


def _json(
    plan: Plan, rows: Sequence[tuple[Slice, str, int, list[int | None]]], columns: Sequence[str]
) -> str:
    numbers = outline(depth for _, _, depth, _ in rows)
    lines = [
        {
            "number": number,
            "at": write_slice(node),
            "name": name,
            "depth": depth,
            "totals": {
                period or "year": _said(plan.measure(node.measure), total)
                for period, total in zip(columns, totals, strict=True)
            },
        }
        for number, (node, name, depth, totals) in zip(numbers, rows, strict=True)
    ]
    return json.dumps({"position": plan.position, "nodes": lines}, ensure_ascii=False, indent=1)
