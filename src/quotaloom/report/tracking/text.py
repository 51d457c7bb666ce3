"""A tracking as a table on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.core.attainment.tree import WHOLE
from quotaloom.report.numbers import FEN, display
from quotaloom.report.summary_table import Row, aligned
from quotaloom.report.tracking.line import behind_a_green_total, fixed, lines, percent
from quotaloom.report.wording import sentences_of

if TYPE_CHECKING:
    from quotaloom.cycle.track.verb import Tracking
    from quotaloom.report.numbers import Display
    from quotaloom.report.tracking.line import Line
    from quotaloom.report.wording import Lang

LIGHTS: Final = {"green": "●", "yellow": "▲", "red": "■"}
WORDS: Final[dict[str, dict[Lang, str]]] = {
    "head": {
        "zh": "业绩与目标，截至 {day}，单位 {unit}",
        "en": "credit against quota up to {day}, in {unit}",
    },
    "gone": {"zh": "时间进度 {gone}（按工作日）", "en": "{gone} of the working days are over"},
    "whole": {"zh": "合计", "en": "total"},
    "quota": {"zh": "目标", "en": "quota"},
    "credit": {"zh": "业绩", "en": "credit"},
    "overlay": {"zh": "叠加(不计入上级)", "en": "overlay (own line only)"},
    "attainment": {"zh": "达成率", "en": "attainment"},
    "gap": {"zh": "差额", "en": "to go"},
    "lag": {"zh": "进度差(百分点)", "en": "against pace (points)"},
    "hidden": {
        "zh": "合计为绿，但下列各处落后：{names}",
        "en": "the total is green, yet these are behind: {names}",
    },
}


def tracking_text(tracking: Tracking, lang: Lang, width: int) -> str:
    """Every node over all periods: quota, credit, attainment, what is missing, lag and light."""
    found = list(lines(tracking, period=WHOLE))
    largest = max((abs(one.quota or one.credit) for one in found), default=0)
    in_yuan = all(amount % FEN == 0 for one in found for amount in (one.credit, one.quota or 0))
    unit = display(largest, FEN if in_yuan else 1, lang)
    beside = ("overlay",) if any(one.overlay for one in found) else ()
    words = ("quota", "credit", *beside, "attainment", "gap")
    heads = ["", *(WORDS[word][lang] for word in words)]
    paced = WHOLE in tracking.gone
    if paced:
        heads.append(WORDS["lag"][lang])
    rows = [_row(one, unit, lang, paced=paced, beside=bool(beside)) for one in found]
    told = [WORDS["head"][lang].format(day=tracking.as_of, unit=unit.word)]
    if paced:
        told.append(WORDS["gone"][lang].format(gone=percent(tracking.gone[WHOLE])))
    told += aligned(heads, rows, width)
    if hidden := behind_a_green_total(tracking):
        names = ", ".join("/".join(one.path) for one in hidden[:10])
        told.append(WORDS["hidden"][lang].format(names=names))
    return "\n".join([*told, *sentences_of(tracking.findings, lang)])


def _row(line: Line, unit: Display, lang: Lang, *, paced: bool, beside: bool) -> Row:
    label = "  " * len(line.path) + (line.path[-1] if line.path else WORDS["whole"][lang])
    missing = None if line.quota is None else max(line.quota - line.credit - line.overlay, 0)
    figures = [
        "—" if line.quota is None else unit.text(line.quota),
        unit.text(line.credit),
        *([unit.text(line.overlay)] if beside else []),
        percent(line.attainment),
        "—" if missing is None else unit.text(missing),
    ]
    if paced:
        mark = LIGHTS[line.light] if line.light else ""
        figures.append("—" if line.lag is None else f"{fixed(-line.lag, 1)} {mark}")
    return Row(label, tuple(figures), line.credit)
