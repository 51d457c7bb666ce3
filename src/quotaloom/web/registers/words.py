"""Values of a record in the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from quotaloom.web.registers.amount import typed
from quotaloom.web.registers.field import AMOUNTS, FIELDS
from quotaloom.web.registers.models import Outcome
from quotaloom.web.registers.stage import reason_word, stage_word
from quotaloom.web.ui.templatetags.ql import language
from quotaloom.web.ui.unit import grouped

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.web.ui.unit import Unit

NONE: Final = "—"
WORDS: Final[dict[str, Callable[[Any], str]]] = {
    "stage": stage_word,
    "reason": reason_word,
    "outcome": lambda outcome: str(Outcome(outcome).label),
    "probability": "{}%".format,
}


def field_word(name: str) -> str:
    """What a field is called."""
    return str(FIELDS.get(name, name))


def value_word(name: str, value: Any, unit: Unit) -> str:  # noqa: ANN401 - as JSON holds it
    """A value as JSON holds it in words; amounts to the last digit, with their unit."""
    if name == "is_there":
        return _("Yes") if value else _("No")
    if name == "master":
        return str(value) or _("This register")
    if value in ("", None):
        return NONE
    if name in AMOUNTS:
        return f"{grouped(typed(value, unit))} {unit.zh if language() == 'zh' else unit.en}"
    return WORDS.get(name, str)(value)
