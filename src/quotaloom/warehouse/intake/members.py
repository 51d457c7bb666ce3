"""Names of members: cleaned, counted, and refused where a program has already spoilt them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.findings import Finding, info, warning
from quotaloom.core.model.names import clean_name
from quotaloom.warehouse.intake.place import cell_errors, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.warehouse.intake.coded import Coded
    from quotaloom.warehouse.intake.place import Place

UNASSIGNED: Final = "未归属"
LONGEST: Final = 32_767
_ROUNDED: Final = re.compile(r"[+-]?[0-9](\.[0-9]+)?E\+[0-9]{2,3}", re.IGNORECASE)
_BROKEN: Final = frozenset(
    ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!")
)
_ALIKE_SHOWN: Final = 20


@dataclass(slots=True)
class Tally:
    """What was met in one dimension column over all files."""

    cleaned: Counter[tuple[str, str]] = field(default_factory=Counter)
    aliased: Counter[tuple[str, str]] = field(default_factory=Counter)
    blank: int = 0
    names: set[str] = field(default_factory=set)

    def findings(self, header: str) -> list[Finding]:
        """What was changed, counted as cells; names that differ only in what nobody sees."""
        found: list[Finding] = []
        if self.cleaned:
            (before, after), _ = min(self.cleaned.items(), key=lambda pair: (-pair[1], pair[0]))
            found.append(
                info(
                    "intake.members_cleaned",
                    header,
                    count=self.cleaned.total(),
                    names=len(self.cleaned),
                    example=visible(before),
                    name=after,
                )
            )
        if self.blank:
            found.append(warning("intake.members_blank", header, count=self.blank, name=UNASSIGNED))
        return found + _alike(self.names, header)


def clean(text: str) -> str:
    """A name in NFC, with plain spaces, without unseen signs and without blanks at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", clean_name(text))
    return " ".join(composed.split("\n")).replace("\u00a0", " ").replace("\u3000", " ").strip()


def visible(text: str) -> str:
    """A text with its unseen signs written out, for a message that is about them."""
    signs = (f"\\u{ord(sign):04x}" if not sign.isprintable() else sign for sign in shown(text))
    return "".join(signs)


def read_members(
    column: Coded, aliases: Mapping[str, str], place: Place, tally: Tally
) -> tuple[pl.Series, list[Finding]]:
    """The names of a column, blanks as 未归属, and an error for each cell that is spoilt.

    Adds to the tally, which speaks once for all files.
    """
    counts = column.counts()
    names, spoilt = [], {}
    for index, text in enumerate(column.texts.to_list()):
        name = clean(text)
        names.append(aliases.get(name, name) or None)
        if not counts[index]:
            continue
        if (code := _spoilt(text)) is not None:
            spoilt[index] = code
        _count(tally, text, name, names[-1], int(counts[index]))
    tally.blank += column.blanks()
    values = column.spread(pl.Series(names, dtype=pl.String))
    if values.null_count():
        values = values.fill_null(UNASSIGNED)
    return values, _spoilt_cells(column, spoilt, place)


def _count(tally: Tally, text: str, name: str, final: str | None, count: int) -> None:
    if not name:
        tally.blank += count
        return
    if name != text:
        tally.cleaned[(text, name)] += count
    if final is not None and final != name:
        tally.aliased[(name, final)] += count
    tally.names.add(final or name)


def _spoilt(text: str) -> str | None:
    if text in _BROKEN:
        return "intake.error_cell"
    if text[0].isdigit() and _ROUNDED.fullmatch(text):
        return "intake.precision_lost"
    return "intake.cell_too_long" if len(text) > LONGEST else None


def _spoilt_cells(column: Coded, spoilt: Mapping[int, str], place: Place) -> list[Finding]:
    found: list[Finding] = []
    for code in sorted(set(spoilt.values())):
        wanted = np.zeros(len(column.texts), dtype=bool)
        wanted[[index for index, why in spoilt.items() if why == code]] = True
        found += cell_errors(place, column.spread(pl.Series(wanted)), column.rows(), code=code)
    return found


def _alike(names: Iterable[str], header: str) -> list[Finding]:
    """Names that are the same without width, case, spaces and leading zeros: perhaps one thing."""
    groups: dict[str, list[str]] = {}
    for name in names:
        folded = "".join(unicodedata.normalize("NFKC", name).casefold().split())
        groups.setdefault(folded.lstrip("0") or "0" if folded.isdigit() else folded, []).append(
            name
        )
    pairs = sorted(sorted(group) for group in groups.values() if len(group) > 1)
    found = [
        warning("intake.members_alike", header, first=group[0], second=group[1], count=len(group))
        for group in pairs[:_ALIKE_SHOWN]
    ]
    if len(pairs) > _ALIKE_SHOWN:
        found.append(warning("intake.members_alike_more", header, count=len(pairs) - _ALIKE_SHOWN))
    return found


def alias_findings(tallies: Iterable[Tally], aliases: Mapping[str, str]) -> list[Finding]:
    """How many cells each alias renamed, over all columns; an alias that met nothing is named."""
    used: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        used.update(tally.aliased)
    return [
        info("intake.alias_applied", old, name=new, count=used[(old, new)])
        if used[(old, new)]
        else warning("intake.alias_unused", old, name=new)
        for old, new in aliases.items()
    ]
