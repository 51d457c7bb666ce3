"""Filters and tags of the cockpit's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from quotaloom.report.books.text import exact_text
from quotaloom.web.cockpit.told import plain
from quotaloom.web.ui.templatetags.ql import money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.safestring import SafeString

    from quotaloom.report.module_file import Figured

register = template.Library()


@register.filter
def fen(amount: int) -> str:
    """Ten-thousandths of a yuan as 元, with two decimals at least."""
    return exact_text(amount)


@register.filter
def of(names: Mapping[str, str], path: Sequence[str]) -> str:
    """What is known of the last member of a path; "" for nothing."""
    return names.get(path[-1], "")


@register.simple_tag(takes_context=True)
def figure(context: dict[str, Any], value: int | None, unit: Figured) -> SafeString | str:
    """A measure's figure: money in the page's unit, anything else with its own."""
    return money(context, value) if unit == "money" else plain(value, unit)
