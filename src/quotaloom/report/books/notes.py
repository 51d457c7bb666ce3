"""What a reconciliation says of itself: which part of the company, by which settings, what not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.report.books.words import WORDS, part_word

if TYPE_CHECKING:
    from quotaloom.cycle.books.verb import Books
    from quotaloom.report.wording import Lang

MOST_NAMED: Final = 10


def notes(found: Books, lang: Lang) -> list[str]:
    """Sentences that stand below the heading on every surface, each without a full stop."""
    asked = found.request
    told = [_settings(found, lang)]
    mine = found.regions if found.is_scoped else ()
    if of := [one for one in (asked.contract, asked.region) if one] or mine:
        words = "、".join(part_word(one, lang) for one in of)
        told.insert(0, WORDS["of"][lang].format(of=words))
    if found.is_scoped:
        told.append(WORDS["scope"][lang])
    if found.across:
        told.append(across_note(found.across, lang))
    if found.untaxed:
        told.append(WORDS["untaxed"][lang].format(count=found.untaxed))
    return [*told, *_rules_left_out(found, lang)]


def _rules_left_out(found: Books, lang: Lang) -> list[str]:
    """Which crediting rules say nothing of the contracts, and which contracts none says it of."""
    told = [WORDS["unruled"][lang]] if found.is_unruled else []
    if found.vain:
        told.append(WORDS["vain"][lang].format(columns=_listed(found.vain, lang)))
    if found.torn:
        names = _listed(found.torn, lang)
        told.append(WORDS["torn"][lang].format(count=len(found.torn), names=names))
    return told


def across_note(contracts: tuple[str, ...], lang: Lang) -> str:
    """How many contracts stand in several regions, and the first of them by name."""
    return WORDS["across"][lang].format(count=len(contracts), names=_listed(contracts, lang))


def _listed(names: tuple[str, ...], lang: Lang) -> str:
    """The first of some names."""
    more = WORDS["more"][lang] if len(names) > MOST_NAMED else ""
    return ("、" if lang == "zh" else ", ").join(names[:MOST_NAMED]) + more


def _settings(found: Books, lang: Lang) -> str:
    asked = found.request
    chosen = (asked.bills, f"{asked.years}_years", "internal" if asked.internal else "external")
    return ("；" if lang == "zh" else "; ").join(WORDS[one][lang] for one in chosen)
