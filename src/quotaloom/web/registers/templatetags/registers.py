"""Words of records in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from quotaloom.web.registers.amount import typed
from quotaloom.web.registers.stage import reason_word, stage_word
from quotaloom.web.registers.words import NONE, field_word, value_word
from quotaloom.web.ui.unit import UNITS, grouped

if TYPE_CHECKING:
    from quotaloom.web.registers.models import Change

register = template.Library()
register.filter("stage_word", stage_word)
register.filter("reason_word", reason_word)
register.filter("field_word", field_word)


@register.simple_tag(takes_context=True)
def exact(context: dict[str, Any], amount: int | None) -> str:
    """An amount of 分 in the page's unit to its last digit; a dash for none."""
    text = typed(amount, UNITS[context.get("unit_code", "wan")])
    return grouped(text) if text else NONE


@register.simple_tag(takes_context=True)
def changed_value(context: dict[str, Any], change: Change, side: str) -> str:
    """The old or the new value of a change, in words and in the page's unit."""
    unit = UNITS[context.get("unit_code", "wan")]
    return value_word(change.field, change.old if side == "old" else change.new, unit)
