"""Filters of the cockpit's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from quotaloom.report.books.text import exact_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

register = template.Library()


@register.filter
def fen(amount: int) -> str:
    """Ten-thousandths of a yuan as 元, with two decimals at least."""
    return exact_text(amount)


@register.filter
def of(names: Mapping[str, str], path: Sequence[str]) -> str:
    """What is known of the last member of a path; "" for nothing."""
    return names.get(path[-1], "")
