"""What a list says there should be: units out of paths, members with their rows, holders."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.findings import error
from quotaloom.core.model.names import nearest_names
from quotaloom.web.org.book import HOLDER, NAME, PARENT
from quotaloom.web.org.lists.row import KINDS, VACANT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.org.book import Book
    from quotaloom.web.org.lists.row import Path, Row

Double = Literal["ask", "share", "first"]
Kin = dict[tuple[str | None, str], str]  # (code of the parent, name) -> code of a unit


@dataclass
class Item:
    """A member that the list names: its rows in order, and the parent that each gives."""

    code: str
    name: str
    kind: str
    rows: list[tuple[Row | None, str | None]] = field(default_factory=list)
    since: date | None = None  # the first day on which a member below needs it


@dataclass(frozen=True, slots=True)
class Held:
    """A seat that the list says a person holds."""

    seat: str
    staff_no: str
    name: str
    row: Row
    share: Decimal | None = None


@dataclass
class Proposal:
    """All that the list asks for; ``items`` from the top down as far as it makes units."""

    items: dict[str, Item] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    vacant: list[tuple[str, Row]] = field(default_factory=list)  # seats that nobody holds
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class People:
    """Ids of the people who are known: by staff number, and all that bear a name."""

    by_number: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Reader:
    """Builds a proposal row by row, knowing the book it will be compared with."""

    book: Book
    tree: str
    axis: str
    day: date
    double: Double = "ask"
    people: People = field(default_factory=People)
    done: Proposal = field(default_factory=Proposal)
    kin: Kin = field(default_factory=dict)
    places: dict[str, list[str | None]] = field(default_factory=lambda: defaultdict(list))

    sits: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for key in sorted(key for key in self.book.lines if key[0] == HOLDER):
            if self.book.on(key, self.day):
                self.sits[key[2]].append(key[1])
        for code, life in self.book.lives.items():
            spell = self.book.on((PARENT, self.tree, code), self.day)
            name = self.book.on((NAME, code), self.day)
            if life.kind == "unit" and spell and name and isinstance(name.value, tuple):
                above = None if spell.value is None else str(spell.value)
                self.kin.setdefault((above, name.value[0]), code)

    def unit(self, path: Path) -> str | None:
        """The code of the unit that a path names; a new one where there is none."""
        above: str | None = None
        for depth, name in enumerate(path, start=1):
            code = self.kin.get((above, name))
            if code is None:
                code = self.kin[above, name] = _code_of(path[:depth])
                self.done.items[code] = Item(code, name, "unit", [(None, above)])
            above = code
        return above

    def read(self, rows: Iterable[Row]) -> Proposal:
        """The proposal of all rows."""
        rows = list(rows)
        people = any(row.cell("person") for row in rows)
        coded = any(row.cell("code") for row in rows)
        for row in rows:
            if coded or not people:
                self._member(row)
            else:
                self._person(row)
        self._give_kinds()
        self.done.findings += _circles(self.done)
        self._check_parents()
        self._open_in_time()
        self.done.findings += manager_findings(rows, self.people) if people else []
        return self.done

    def _member(self, row: Row) -> None:
        """A row that names a member by its code, else by its name."""
        code = row.cell("code") or row.cell("name")
        if not code or len(code) > 64:
            self.done.findings.append(row.fault("enlist.code_unusable", "code"))
            return
        above = row.cell("parent") or (self.unit(row.paths[0]) if row.paths else None)
        kind = KINDS.get(row.cell("kind").casefold(), "")
        item = self.done.items.setdefault(code, Item(code, row.cell("name") or code, kind))
        item.rows.append((row, above))
        item.name = row.cell("name") or item.name
        if row.cell("person") in VACANT:
            self.done.vacant.append((code, row))
        elif row.cell("person"):
            person = (row.cell("staff_no"), row.cell("person"))
            self.done.held.append(Held(code, *person, row, row.share))

    def _person(self, row: Row) -> None:
        """A row that names a person: a seat of her own in the unit of her path."""
        name = row.cell("person")
        if not name:
            self.done.findings.append(row.fault("enlist.person_blank", "person"))
            return
        if len(row.paths) > 1 and self.double == "ask":
            places = " ; ".join("/".join(path) for path in row.paths)
            self.done.findings.append(
                row.fault("enlist.two_places", "path", person=name, places=places)
            )
        taken = row.paths if self.double == "share" else row.paths[:1]
        for path in taken:
            self._seat(row, self.unit(path), parts=len(taken))
        if not row.paths:
            self.done.findings.append(row.fault("enlist.no_place", "path", person=name))

    def _seat(self, row: Row, unit: str | None, *, parts: int) -> None:
        number, name = row.cell("staff_no"), row.cell("person")
        units = self.places[number or f"{name} {row.number}"]
        units += [unit] if unit not in units else []
        at, share = units.index(unit), row.share
        if share is None and parts > 1:
            share = (Decimal(1) / parts).quantize(Decimal("0.0001"), ROUND_DOWN)
        code = self._seat_of(number, at) or f"GW-{number or name}" + (f"-{at + 1}" if at else "")
        title = row.cell("title")
        item = self.done.items.setdefault(code, Item(code, title or name, "seat"))
        item.rows.append((row, unit))
        self.done.held.append(Held(code, number, name, row, share))

    def _seat_of(self, number: str, at: int) -> str:
        """The seat that somebody holds already: the list moves it, it makes no second one."""
        seats = self.sits.get(self.people.by_number.get(number, ""), [])
        return seats[at] if at < len(seats) else ""

    def _give_kinds(self) -> None:
        """What holds others is a unit; else what the axis has at its bottom."""
        holding = {above for item in self.done.items.values() for _, above in item.rows}
        seats = {one.seat for one in self.done.held}
        leaf = "seat" if self.axis == "org" else "item"
        bare = self.axis == "org" and not seats
        for item in self.done.items.values():
            known = self.book.lives.get(item.code)
            if known:
                item.kind = known.kind
            elif item.code in holding:
                item.kind = "unit"
            elif not item.kind:
                item.kind = "unit" if bare and item.code not in seats else leaf

    def _check_parents(self) -> None:
        """A parent is a code, or a name that one unit alone bears."""
        known = {*self.done.items, *self.book.lives}
        by_name: dict[str, list[str]] = defaultdict(list)
        for (_, name), code in self.kin.items():
            by_name[name].append(code)
        for item in self.done.items.values():
            if item.kind == "unit":
                by_name[item.name].append(item.code)
        for item in self.done.items.values():
            item.rows = [(row, self._parent(row, up, known, by_name)) for row, up in item.rows]

    def _open_in_time(self) -> None:
        """A unit that gives no day of its own opens as early as what stands under it."""
        items = self.done.items
        needed = [(up, row.start) for item in items.values() for row, up in item.rows if row]
        waiting = [(up, start) for up, start in needed if up and start]
        while waiting:
            code, day = waiting.pop()
            item = items.get(code)
            if item is None or (item.since and item.since <= day):
                continue
            item.since = day
            waiting += [(up, day) for _, up in item.rows if up]

    def _parent(
        self, row: Row | None, above: str | None, known: set[str], by_name: dict[str, list[str]]
    ) -> str | None:
        if above is None or above in known or row is None:
            return above
        hits = sorted(set(by_name.get(above, ())))
        if len(hits) == 1:
            return hits[0]
        nearest = ", ".join(nearest_names(above, known | set(by_name)))
        self.done.findings.append(row.fault("enlist.unknown_parent", "parent", nearest=nearest))
        return None


def _code_of(path: Path) -> str:
    """A code for a unit that has none: its path, short enough and still its own."""
    text = "/".join(path)
    if len(text) <= 64:
        return text
    return f"{text[:51]}~{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _circles(done: Proposal) -> list[Finding]:
    """Circles among the members of the list itself, each told once, as a path."""
    above = {code: {up for _, up in item.rows if up} for code, item in done.items.items()}
    rows = {code: next((r for r, _ in item.rows if r), None) for code, item in done.items.items()}
    return [
        _told(error("enlist.circle", path[0], path=" → ".join(path)), rows[path[0]], "parent")
        for path in circles(above)
    ]


def _told(finding: Finding, row: Row | None, role: str) -> Finding:
    address = row.address(role) if row else {}
    return replace(finding, params={**address, **finding.params})


def circles(above: Mapping[str, set[str]]) -> list[list[str]]:
    """Ways that lead back to where they began, by their first code, each set of codes once."""
    found: dict[frozenset[str], list[str]] = {}
    for code in sorted(above):
        path = _path_back(code, above)
        if path:
            found.setdefault(frozenset(path), path)
    return list(found.values())


def _path_back(code: str, above: Mapping[str, set[str]]) -> list[str]:
    """A way from a code up to itself; nothing where there is none."""
    waiting, seen = [[code]], {code}
    while waiting:
        path = waiting.pop()
        ups = sorted(above.get(path[-1], ()))
        if code in ups:
            return [*path, code]
        waiting += [[*path, up] for up in ups if up not in seen]
        seen |= set(ups)
    return []


def manager_findings(rows: Iterable[Row], people: People) -> list[Finding]:
    """Managers whom nobody knows, and people who lead each other in a circle."""
    rows = [row for row in rows if row.cell("person")]
    known = {value for row in rows for value in (row.cell("staff_no"), row.cell("person")) if value}
    known |= {row.cell("code") for row in rows}
    known |= people.by_name.keys() | people.by_number.keys()
    names = {row.cell("staff_no"): row.cell("person") for row in rows if row.cell("staff_no")}
    led = [(row, row.cell("manager")) for row in rows if row.cell("manager")]
    found = [row.doubt("enlist.manager_unknown", "manager") for row, up in led if up not in known]
    above: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Row] = {}
    for row, up in led:
        above[row.cell("person")].add(names.get(up, up))
        first.setdefault(row.cell("person"), row)
    for path in circles(above):
        finding = error("enlist.circle", path[0], path=" → ".join(path))
        found.append(_told(finding, first[path[0]], "manager"))
    return found
