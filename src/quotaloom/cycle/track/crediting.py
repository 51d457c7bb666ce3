"""The company's own rules of whose a fact is, applied to stored facts one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.credit import OWN, credited_members
from quotaloom.core.attainment.credit_rule import OVERLAY, RULE, checked_rules
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.cycle.track.placed import column_of
from quotaloom.warehouse.intake.assignment_file import read_assignments

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quotaloom.warehouse.tables.column import Kind

RULES: Final = "assignments.csv"  # in the data folder, beside the measures of one's own


@dataclass(frozen=True, slots=True, eq=False)
class Crediting:
    """Checked rules; ``columns`` are the stored columns of facts that their conditions ask."""

    rules: pl.DataFrame
    columns: Mapping[str, str]
    member: str  # the stored column that says whose a fact is without a rule

    @property
    def count(self) -> int:
        """How many rules there are, by name."""
        return self.rules[RULE].n_unique()


def read_crediting(path: Path, level: str, kind: Kind) -> Crediting:
    """The rules of a file for a level of the plan.

    Raises DataRefused with everything that is wrong, conditions on unknown columns among it.
    """
    file = read_assignments(path, level)
    known = {name: column_of(kind, header) for name, header in file.columns.items()}
    member = column_of(kind, level)
    unknown = [name for name, column in known.items() if column is None]
    if unknown or member is None:
        lacking = unknown or [level]
        raise DataRefused(error("credit.column_unknown", one, kind=kind.name) for one in lacking)
    columns = {name: column for name, column in known.items() if column is not None}
    return Crediting(checked_rules(file.rules, tuple(columns)), columns, member)


def credited_facts(facts: pl.DataFrame, crediting: Crediting, amount: str) -> pl.DataFrame:
    """The facts as the rules credit them: a row a fact and member, the amounts split exactly.

    An overlay counts beside the amount and is left out: sums of parts stay the sum of the whole.
    Raises DataRefused where two rules fit a fact equally well.
    """
    names = {name: pl.col(column).alias(name) for name, column in crediting.columns.items()}
    own = pl.col(crediting.member).cast(pl.String).fill_null(UNASSIGNED).alias(OWN)
    asked = facts.select(*names.values(), "date", pl.col(amount).alias("amount"), own)
    found = credited_members(asked, crediting.rules, tuple(names))
    counted = found.filter(pl.col("kind") != OVERLAY)
    members, credit = counted["member"].rename(crediting.member), counted["credit"].rename(amount)
    return facts.select(pl.all().gather(counted["fact"])).with_columns(members, credit)
