"""Filters of the cockpit's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

register = template.Library()


@register.filter
def of(names: Mapping[str, str], path: Sequence[str]) -> str:
    """What is known of the last member of a path; "" for nothing."""
    return names.get(path[-1], "")
