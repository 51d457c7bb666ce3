"""What a page of the organisation looks at: axis, tree, day, and by whose placement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone

from quotaloom.web.org.models import Axis, Tree

if TYPE_CHECKING:
    from django.http import QueryDict

Basis = Literal["then", "now"]
AROUND = ("words", "open")  # of an address: what is searched, and each branch that is unfolded


@dataclass(frozen=True, slots=True)
class Look:
    """``then``: everybody where they stood on the day; ``now``: where they stand today."""

    axis: Axis
    tree: Tree | None
    on: date
    basis: Basis = "then"

    @property
    def query(self) -> str:
        """The look as an address says it."""
        tree = {"tree": self.tree.code} if self.tree else {}
        return urlencode({"axis": self.axis.value, **tree, "on": str(self.on), "basis": self.basis})


def look_of(asked: QueryDict) -> Look:
    """The look that an address asks for; the axis' own tree today where it says nothing.

    Raises Http404 for an axis, a tree or a day that there is not.
    """
    unreadable = any("\x00" in value for value in asked.values())
    if unreadable or asked.get("axis", Axis.ORG) not in Axis.values:
        raise Http404
    axis = Axis(asked.get("axis", Axis.ORG))
    trees = Tree.objects.filter(axis=axis).order_by("-is_primary", "code")
    wanted = asked.get("tree", "")
    tree = trees.filter(code=wanted).first() if wanted else trees.first()
    if wanted and tree is None:
        raise Http404
    basis: Basis = "now" if asked.get("basis") == "now" else "then"
    return Look(axis, tree, day_of(asked.get("on", "")), basis)


def around(asked: QueryDict, *more: str) -> str:
    """What is searched and unfolded around a member, as an address says it."""
    return urlencode([(name, one) for name in (*more, *AROUND) for one in asked.getlist(name)])


def day_of(text: str) -> date:
    """A day as ``2027-03-31``; today for nothing. Raises Http404 for what is no day."""
    if not text:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise Http404 from unreadable
