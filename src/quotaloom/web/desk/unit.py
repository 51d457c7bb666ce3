"""The question in which unit a pasted block is, where it is far from what stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.core.model.money import half_up
from quotaloom.web.ui.frame import chosen_unit, unit_words
from quotaloom.web.ui.templatetags.ql import language
from quotaloom.web.ui.unit import UNITS, shown

if TYPE_CHECKING:
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.paste import UnitAsked


def unit_question(request: Request, asked: UnitAsked) -> dict[str, Any]:
    """What stands there, and what the block would be in each unit, all in the page's unit."""
    page = UNITS[chosen_unit(request)]
    return {
        "there": shown(asked.there, page),
        "choices": [
            {
                "code": code,
                "word": UNITS[code].zh if language() == "zh" else UNITS[code].en,
                "sum": shown(half_up(asked.bare * UNITS[code].size), page),
            }
            for code in unit_words()
        ],
    }
