"""Options of the command, as a page calls them: sentences name flags, pages have fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

    from quotaloom.core.model.findings import Finding

FIELDS: Final[dict[str, Promise]] = {}  # apps add what their forms call an option
_FLAG: Final = re.compile(r"--([a-z]+(?:-[a-z]+)*)")


def as_fields(text: str) -> str:
    """The text with every known flag as the field's label in quotes."""
    return _FLAG.sub(lambda found: _quoted(found[1], found[0]), text)


def flags_in(finding: Finding) -> list[str]:
    """The options that a finding is about, as it names them, without the dashes."""
    told = (finding.subject, str(finding.params.get("wish", "")))
    return [name for text in told for name in _FLAG.findall(text)[:1]]


def _quoted(flag: str, said: str) -> str:
    return f"「{FIELDS[flag]}」" if flag in FIELDS else said
