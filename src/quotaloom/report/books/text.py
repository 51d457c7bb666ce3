"""A reconciliation as a table on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.money import FACT_SCALE
from quotaloom.cycle.books.verb import steps
from quotaloom.report.books.notes import notes
from quotaloom.report.books.words import BRIEF, FIGURES, WORDS, part_word, step_word
from quotaloom.report.numbers import scaled_text
from quotaloom.report.summary_table import Row, aligned

if TYPE_CHECKING:
    from quotaloom.cycle.books.checks import Check
    from quotaloom.cycle.books.verb import Books
    from quotaloom.report.wording import Lang


def books_text(found: Books, lang: Lang, width: int) -> str:
    """The bridge, a column a region and a line a contract; whether it closes; finance's totals."""
    columns = [(WORDS["whole"][lang], found.whole)]
    columns += [] if found.by == "contract" else found.parts
    heads = ["", *(part_word(name, lang) for name, _ in columns)]
    rows = [
        Row(step_word(name, sign, lang), tuple(exact_text(one[name]) for _, one in columns), 0)
        for name, sign, _ in steps(found.whole)
    ]
    told = [WORDS["head"][lang].format(period=found.period.label), *notes(found, lang)]
    told += aligned(heads, rows, width)
    if found.retained:
        told.append(f"{WORDS['of_which'][lang]} {exact_text(found.retained)}")
    told.append(WORDS["closes" if found.closes else "open"][lang])
    if found.by == "contract":
        told += ["", *_contracts(found, lang, width)]
    return "\n".join([*told, *_control(found, lang)])


def _contracts(found: Books, lang: Lang, width: int) -> list[str]:
    """A line a contract, with the figures that matter of one."""
    heads = [WORDS["contract"][lang], *(FIGURES[one][lang] for one in BRIEF)]
    rows = [
        Row(part_word(name, lang), tuple(exact_text(figures[one]) for one in BRIEF), 0)
        for name, figures in found.parts
    ]
    return aligned(heads, rows, width)


def _control(found: Books, lang: Lang) -> list[str]:
    told = [line for one in found.checks for line in _check(one, lang)]
    told = ["", WORDS["checks"][lang], *told] if told else [""]
    if found.control.is_part:
        told.append(WORDS["company_controls"][lang])
    if found.control.unplaced:
        told.append(WORDS["unplaced"][lang].format(count=found.control.unplaced))
    return told


def _check(one: Check, lang: Lang) -> list[str]:
    """A control total, and below it the lines that may be why it differs."""
    where = " ".join(filter(None, (FIGURES[one.figure][lang], one.region, one.contract)))
    if not one.difference:
        return [f"● {where} {exact_text(one.control)} {WORDS['alike'][lang]}"]
    amounts = {"control": one.control, "own": one.own}
    sides = ", ".join(f"{WORDS[word][lang]} {exact_text(it)}" for word, it in amounts.items())
    told = [f"■ {where} {WORDS['difference'][lang]} {exact_text(one.difference)} ({sides})"]
    told += [f"    {WORDS[f'{one.reason}_paper'][lang]}:"] if one.lines.height else []
    for row in one.lines.iter_rows(named=True):
        facts = (row["date"], row["paper"], row["contract"], exact_text(row["gross"]))
        origin = f"{row['§file']}:{row['§row']}"
        told.append(f"      {' '.join(map(str, facts))}  {origin}")
    return told


def exact_text(amount: int) -> str:
    """Ten-thousandths of 元 with two decimals at least."""
    text = scaled_text(amount, FACT_SCALE)
    head, _, tail = text.partition(".")
    sign = "-" if head.startswith("-") else ""
    return f"{sign}{int(head.removeprefix('-')):,}.{tail.ljust(2, '0')}"
