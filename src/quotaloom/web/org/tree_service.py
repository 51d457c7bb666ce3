"""Further roll-ups on the same leaves: 事业部, 行业线, 法人."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.models import Tree

if TYPE_CHECKING:
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.org.models import Axis


def tree_create(*, axis: Axis, code: str, name_zh: str, name_en: str, actor: Actor) -> Tree:
    """A new tree, empty; the first one of an axis is its own."""
    with transaction.atomic():
        first = not Tree.objects.filter(axis=axis).exists()
        names = {"name_zh": name_zh, "name_en": name_en}
        tree = Tree.objects.create(axis=axis, code=code, is_primary=first, **names)
        audit_record(
            actor=actor, action="tree.create", subject=f"{axis}:{code}", params={"name": name_zh}
        )
    return tree
