"""Which column is the date, the amount and each dimension, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import Finding, error, info
from quotaloom.warehouse.intake.aliases import AMOUNTS, DATES, DIMENSIONS, WEIGHTS, headline
from quotaloom.warehouse.intake.columns import FACTS, Heading, recognise

if TYPE_CHECKING:
    from quotaloom.warehouse.intake.columns import Shelves
    from quotaloom.warehouse.intake.request import IntakeRequest

_RESERVED = ("date", "amount")


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns taken. ``dimensions`` maps the name in the result to the column."""

    date: Heading | None
    amount: Heading | None
    dimensions: dict[str, Heading]
    candidates: tuple[str, ...]
    findings: tuple[Finding, ...]

    def names(self) -> dict[str, str]:
        """Role or wanted column, and its header."""
        roles = {"date": self.date, "amount": self.amount, **self.dimensions}
        return {role: _said(heading) for role, heading in roles.items() if heading is not None}


def choose(shelves: Shelves, request: IntakeRequest) -> Choice:
    """Take the columns that were named, and recognise those that were not; all faults at once."""
    date = _role(shelves, request.date, "--date", request) if request.dated else None
    amount = _role(shelves, request.amount, _amount_flag(request), request)
    taken = [column for column in (date, amount) if isinstance(column, Heading)]
    candidates = _candidates(shelves, taken)
    wanted = {name: shelves.find(name) for name in request.columns} or candidates
    faults = [found for found in (date, amount, *wanted.values()) if isinstance(found, Finding)]
    faults += [error("intake.column_reserved", name) for name in wanted if name in _RESERVED]
    if isinstance(amount, Heading) and amount.table != FACTS:
        faults.append(error("intake.amount_joined", amount.qualified, file=shelves.file))
    chosen = Choice(
        date if isinstance(date, Heading) else None,
        amount if isinstance(amount, Heading) else None,
        {name: column for name, column in wanted.items() if isinstance(column, Heading)},
        tuple(candidates),
        (),
    )
    told = _told(chosen, request)
    return Choice(
        chosen.date, chosen.amount, chosen.dimensions, chosen.candidates, (*faults, *told)
    )


def _role(
    shelves: Shelves, name: str | None, flag: str, request: IntakeRequest
) -> Heading | Finding:
    if name is not None:
        return shelves.find(name)
    tiers = DATES if flag == "--date" else AMOUNTS
    if not request.dated:
        tiers = WEIGHTS[:1] + AMOUNTS + WEIGHTS[1:]
    found = recognise(tuple(shelves.tables[FACTS]), tiers, flag=flag, file=shelves.file)
    return found if isinstance(found, Finding) else Heading(FACTS, found)


def _amount_flag(request: IntakeRequest) -> str:
    return "--amount" if request.dated else "--weight-column"


def _candidates(shelves: Shelves, taken: list[Heading]) -> dict[str, Heading]:
    """Columns whose headers are dimensions of the field, by the shortest name that is theirs."""
    found = [
        Heading(table, header)
        for table, headers in shelves.tables.items()
        for header in headers
        if headline(header).name in DIMENSIONS[0]
        and Heading(table, header) not in {*taken, *shelves.echoes}
    ]
    headers = [column.header for column in found]
    return {
        column.header if headers.count(column.header) == 1 else column.qualified: column
        for column in found
    }


def _told(chosen: Choice, request: IntakeRequest) -> list[Finding]:
    """What was taken without having been named exactly; recognised dimensions speak elsewhere."""
    asked = {
        "date": request.date,
        "amount": request.amount,
        **{name: name for name in request.columns},
    }
    flags = {"date": "--date", "amount": _amount_flag(request)}
    return [
        info("intake.column_chosen", flags.get(role, "--by"), header=header)
        for role, header in chosen.names().items()
        if role in asked and header.split(".", 1)[-1] != (asked.get(role) or "").split(".", 1)[-1]
    ]


def _said(heading: Heading) -> str:
    return heading.header if heading.table == FACTS else heading.qualified
