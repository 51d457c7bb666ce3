"""What is odd about an axis on a day, beside what is plainly wrong."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import info, warning
from quotaloom.web.org.book import HOLDER, PARENT
from quotaloom.web.org.faults import SEAT, UNIT, faults, over_full_people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.org.book import Book

SHOWN = 12  # names that one finding lists; all are counted
Person = tuple[str, str]  # name, staff number or ""


def health(book: Book, trees: Mapping[str, str], day: date) -> list[Finding]:
    """Errors of any day, then what is odd on ``day``. ``trees``: name by code, the own one first.

    People are judged by :func:`namesakes`, which knows their staff numbers.
    """
    found = faults(book)
    found += [one for tree in trees for one in _missing(book, tree, trees[tree], day)]
    found += _over_full(book)
    if trees:
        found += _in_two_branches(book, next(iter(trees)), day)
    return found + _vacant(book, day) + _empty_units(book, trees, day)


def namesakes(people: Iterable[Person]) -> list[Finding]:
    """Names that several people bear of whom at least one has no staff number."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for name, number in people:
        by_name[name].append(number)
    doubled = {n: numbers for n, numbers in by_name.items() if len(numbers) > 1}
    return [
        warning("inspect.namesakes", name, count=len(numbers), without=numbers.count(""))
        for name, numbers in sorted(doubled.items())
        if "" in numbers
    ]


def _listed(book: Book, codes: Iterable[str], day: date) -> dict[str, str | int]:
    found = sorted(codes)
    names = ", ".join(book.label(code, day) for code in found[:SHOWN])
    return {"count": len(found), "names": names + (" …" if len(found) > SHOWN else "")}


def _missing(book: Book, tree: str, name: str, day: date) -> list[Finding]:
    """Leaves that are open and stand nowhere in a tree."""
    leaves = [c for c, life in book.lives.items() if life.kind != UNIT and life.span.holds(day)]
    lost = [code for code in leaves if book.on((PARENT, tree, code), day) is None]
    return [warning("inspect.leaf_missing", name, **_listed(book, lost, day))] if lost else []


def _over_full(book: Book) -> list[Finding]:
    return [
        warning(
            "arrange.person_over_full",
            book.people.get(person, person),
            day=str(span.start),
            total=f"{total * 100:.0f}%",
        )
        for person, (span, total) in sorted(over_full_people(book).items())
    ]


def _in_two_branches(book: Book, tree: str, day: date) -> list[Finding]:
    """People whose seats lie in different branches just below the top."""
    seats: dict[str, set[str]] = defaultdict(set)
    for key in book.lines:
        if key[0] == HOLDER and book.on(key, day):
            seats[key[2]].add(_branch(book, tree, key[1], day))
    return [
        warning(
            "inspect.two_branches",
            book.people.get(person, person),
            branches=", ".join(book.label(code, day) for code in sorted(branches)),
        )
        for person, branches in sorted(seats.items())
        if len(branches) > 1
    ]


def _branch(book: Book, tree: str, code: str, day: date) -> str:
    """The second member from the top above a member; itself where it stands higher."""
    path = [code]
    while (spell := book.on((PARENT, tree, path[-1]), day)) and isinstance(spell.value, str):
        if spell.value in path:
            break
        path.append(spell.value)
    return path[-2] if len(path) > 1 else path[-1]


def _vacant(book: Book, day: date) -> list[Finding]:
    held = {key[1] for key in book.lines if key[0] == HOLDER and book.on(key, day)}
    seats = [c for c, life in book.lives.items() if life.kind == SEAT and life.span.holds(day)]
    free = [code for code in seats if code not in held]
    return [info("inspect.vacant", str(day), **_listed(book, free, day))] if free else []


def _empty_units(book: Book, trees: Mapping[str, str], day: date) -> list[Finding]:
    """Units that are open and hold nobody in any tree."""
    spells = [book.on((PARENT, *key[1:]), day) for key in book.lines if key[0] == PARENT]
    holding = {one.value for one in spells if one}
    units = [c for c, life in book.lives.items() if life.kind == UNIT and life.span.holds(day)]
    empty = [code for code in units if code not in holding] if trees else []
    return [info("inspect.empty_unit", str(day), **_listed(book, empty, day))] if empty else []
