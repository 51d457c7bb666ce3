"""Small files of an office, read as facts: what a test writes is what the user has."""

from __future__ import annotations

from textwrap import dedent

import polars as pl
import pytest

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.warehouse.intake.facts import IntakeRequest, read_facts
from quotaloom.warehouse.intake.place import Place

UNIT = 10_000


def column(*texts):
    """A column of cells; None is a blank one."""
    return pl.Series(list(texts), dtype=pl.String)


def place(cells, header="金额"):
    """The place of a column whose first cell stands in row 2."""
    rows = pl.int_range(2, len(cells) + 2, dtype=pl.UInt32, eager=True)
    return Place("销售.csv", "", "C", header, rows)


def write(folder, text, name="facts.csv"):
    """A csv file with these lines."""
    path = folder / name
    path.write_text(dedent(text).strip() + "\n", encoding="utf-8")
    return path


def read(folder, text, **asked):
    """The facts of one csv file with these lines."""
    return read_facts(IntakeRequest(files=(write(folder, text),), **asked))


def refusal(folder, text, **asked):
    """The findings with which these lines are refused."""
    with pytest.raises(QuotaLoomError) as refused:
        read(folder, text, **asked)
    return list(refused.value.findings)


def codes(findings, *severities):
    """The codes of findings, in order; errors alone where no severity is given."""
    wanted = severities or ("error",)
    return [finding.code for finding in findings if finding.severity in wanted]


def only(findings, code):
    """The one finding of this code."""
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, [finding.code for finding in findings]
    return found[0]


def amounts(facts):
    """The amounts in whole and parts of 元, exact, as texts."""
    return [f"{value / UNIT:.4f}".rstrip("0").rstrip(".") for value in facts.frame["amount"]]
