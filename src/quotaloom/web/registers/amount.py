"""Amounts as people type them: a bare number counts in the page's unit, 1.2亿 says its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from quotaloom.core.model.amounts import parse_amount
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.money import MINOR, half_up
from quotaloom.report.numbers import scaled_text
from quotaloom.web.ui.templatetags.ql import said

if TYPE_CHECKING:
    from quotaloom.web.ui.unit import Unit

MOST = 10**15 * MINOR  # 分; more is a slip of the finger


class AmountField(forms.CharField):
    """Cleaned to 分, None for nothing; ``unit`` is that of the page on which it was typed."""

    def __init__(self, *, unit: Unit, **named: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(max_length=40, **named)
        self.unit = unit
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: str | None) -> int | None:
        """The amount; refused with what is wrong in it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_amount(text)
        except QuotaLoomError as refusal:
            raise ValidationError(" ".join(map(said, refusal.findings))) from refusal
        is_bare = not (amount.unit or amount.currency)
        minor = half_up(amount.value * (self.unit.size if is_bare else MINOR))
        if not 0 <= minor <= MOST:
            raise ValidationError(_("An amount is not below 0, and not above 1,000,000 billion."))
        return minor


def typed(amount: int | None, unit: Unit) -> str:
    """An amount of 分 as somebody would type it in a unit, to the last digit."""
    return "" if amount is None else scaled_text(amount, len(str(unit.size)) - 1)
