"""Members that are not in the database yet: what a file or a form asks to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.web.org.models import Kind
    from quotaloom.web.org.span import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A member to be written, with all its dated rows.

    ``names`` are (name, grade, span); ``parents`` are, by the code of the tree, (code of the
    parent or None at the top, span). Spans of one list neither overlap nor leave ``span``.
    """

    code: str
    kind: Kind
    span: Span
    names: tuple[tuple[str, str, Span], ...]
    parents: Mapping[str, tuple[tuple[str | None, Span], ...]] = field(default_factory=dict)


def draft(code: str, name: str, kind: Kind, span: Span, placed: Mapping[str, str | None]) -> Draft:
    """A member with one name, and one parent in each tree of ``placed``, for all its days."""
    parents = {tree: ((above, span),) for tree, above in placed.items()}
    return Draft(code, kind, span, ((name, "", span),), parents)
