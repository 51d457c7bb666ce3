"""The members that columns of facts may name: those of the company's own master data."""

from __future__ import annotations

from typing import Final

from quotaloom.web.org.models import Axis, MemberDetail, Person

AXES: Final = {
    "region": Axis.ORG,
    "department": Axis.ORG,
    "team": Axis.ORG,
    "seat": Axis.ORG,
    "product_line": Axis.PRODUCT,
    "product": Axis.PRODUCT,
    "channel": Axis.CHANNEL,
    "industry": Axis.INDUSTRY,
}


def known_members() -> dict[str, frozenset[str]]:
    """The names and codes by column; a column whose axis has no members has no list."""
    names: dict[str, set[str]] = {}
    rows = MemberDetail.objects.values_list("member__axis", "name", "member__code")
    for axis, name, code in rows:
        names.setdefault(axis, set()).update((name, code))
    people = set(Person.objects.values_list("name", flat=True)) - {""}
    found = {column: names.get(axis.value, set()) for column, axis in AXES.items()}
    found["person"] = people
    return {column: frozenset(texts) for column, texts in found.items() if texts}
