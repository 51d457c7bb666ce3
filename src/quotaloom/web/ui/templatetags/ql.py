"""Filters and tags of every page: money in the page's unit, findings as sentences, icons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language

from quotaloom.report.numbers import scaled_text
from quotaloom.report.wording import sentence
from quotaloom.web.ui.flags import as_fields
from quotaloom.web.ui.unit import UNITS, grouped, in_full, shown

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from quotaloom.core.model.findings import Finding
    from quotaloom.report.wording import Lang

register = template.Library()
FACT_SCALE = 4
MARKS = {"error": ("✗", "error"), "warning": ("▲", "warning"), "info": ("●", "info")}


def language() -> Lang:
    """The language of the page, as the sentences know it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


@register.simple_tag(takes_context=True)
def money(context: dict[str, Any], amount: int | None, unit: str = "") -> SafeString | str:
    """An amount of 分 in the page's unit, with the full figure on hover; a dash for none."""
    if amount is None:
        return "—"
    counted = None if unit else context.get("counted")
    if counted is not None:  # a measure that is no money
        return shown(amount, counted)
    chosen = UNITS[unit or context.get("unit_code", "wan")]
    title = f"{in_full(amount)} {UNITS['yuan'].zh if language() == 'zh' else UNITS['yuan'].en}"
    return format_html('<span class="figure" title="{}">{}</span>', title, shown(amount, chosen))


@register.filter
def said(finding: Finding) -> str:
    """The finding in the language of the page, its flags as the fields of the form."""
    return as_fields(sentence(finding, language()))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside a word; screen readers skip it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("ui/vendor/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/_findings.html")
def findings(found: list[Finding]) -> dict[str, object]:
    """The findings as a list, each with its mark, word and sentence."""
    return {"lines": [(*MARKS[str(one.severity)], one) for one in found]}


@register.filter
def tenths(rate: int | None) -> str:
    """Tenths of a percent as a percentage with one decimal; a dash for none."""
    if rate is None:
        return "—"
    head, tail = divmod(abs(rate), 10)
    return f"{'-' if rate < 0 else ''}{head:,}.{tail}%"


@register.filter
def counted(number: int) -> str:
    """A count with separators."""
    return f"{number:,}"


@register.filter
def scaled(amount: int) -> str:
    """Ten-thousandths of a yuan as 元, to the last digit that is not zero."""
    return grouped(scaled_text(amount, FACT_SCALE))
