"""A reconciliation as a table on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.money import FACT_SCALE
from quotaloom.cycle.books.verb import steps
from quotaloom.report.books.words import FIGURES, WORDS, step_word
from quotaloom.report.numbers import scaled_text
from quotaloom.report.summary_table import Row, aligned

if TYPE_CHECKING:
    from quotaloom.cycle.books.verb import Books, Check
    from quotaloom.report.wording import Lang


def books_text(found: Books, lang: Lang, width: int) -> str:
    """The bridge, a column a part; whether it closes; the control totals with what may differ."""
    columns = [(WORDS["whole"][lang], found.whole), *found.parts]
    heads = ["", *(name for name, _ in columns)]
    rows = [
        Row(step_word(name, sign, lang), tuple(exact_text(one[name]) for _, one in columns), 0)
        for name, sign, _ in steps(found.whole)
    ]
    told = [WORDS["head"][lang].format(period=found.period.label), *aligned(heads, rows, width)]
    if found.retained:
        told.append(f"{WORDS['of_which'][lang]} {exact_text(found.retained)}")
    told.append(WORDS["closes" if found.closes else "open"][lang])
    if found.checks:
        told += ["", WORDS["checks"][lang]]
        told += [line for one in found.checks for line in _check(one, lang)]
    if found.unplaced:
        told.append(WORDS["unplaced"][lang].format(count=found.unplaced))
    return "\n".join(told)


def _check(one: Check, lang: Lang) -> list[str]:
    """A control total, and below it the lines that may be why it differs."""
    where = " ".join(filter(None, (FIGURES[one.figure][lang], one.region, one.contract)))
    if not one.difference:
        return [f"● {where} {exact_text(one.control)} {WORDS['alike'][lang]}"]
    amounts = {"control": one.control, "own": one.own}
    sides = ", ".join(f"{WORDS[word][lang]} {exact_text(it)}" for word, it in amounts.items())
    told = [f"■ {where} {WORDS['difference'][lang]} {exact_text(one.difference)} ({sides})"]
    for row in one.lines.iter_rows(named=True):
        facts = (row["date"], row["paper"], row["contract"], exact_text(row["gross"]))
        origin = f"{row['§file']}:{row['§row']}"
        told.append(f"    {WORDS['lines'][lang]}: {' '.join(map(str, facts))}  {origin}")
    return told


def exact_text(amount: int) -> str:
    """Ten-thousandths of 元 with two decimals at least."""
    text = scaled_text(amount, FACT_SCALE)
    head, _, tail = text.partition(".")
    sign = "-" if head.startswith("-") else ""
    return f"{sign}{int(head.removeprefix('-')):,}.{tail.ljust(2, '0')}"
