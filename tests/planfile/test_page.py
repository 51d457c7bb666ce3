"""The reference page of the plan file is true: its examples are read, and written the same way."""

from __future__ import annotations

import pytest

from quotaloom.core.allocation.journal.plan import PlanMeasure
from quotaloom.planfile.chain import link
from quotaloom.planfile.definition import read_definition, write_definition
from quotaloom.planfile.grammar import WORDS, read_edits, write_edits
from quotaloom.planfile.record import read_record, write_record
from tests.support.pages import blocks
from tests.support.sources import ROOT

PAGE = (ROOT / "docs/reference/plan-file.md").read_text(encoding="utf-8")
BLOCKS = blocks(PAGE)
MEASURES = {"booked": PlanMeasure("booked", unit=1)}


def shown(language):
    return [block for block in BLOCKS if block.language == language]


def test_every_verb_has_an_example():
    told = [line.split()[0] for block in shown("edits") for line in block.body.splitlines()]
    assert set(WORDS) <= set(told)


@pytest.mark.parametrize("block", shown("edits"), ids=lambda block: f"line {block.line}")
def test_an_example_is_read_and_written_the_same_way(block):
    edits = read_edits(block.body, MEASURES)
    if block.note != "by hand":
        assert write_edits(edits, MEASURES) == block.body


def test_what_is_written_by_hand_is_the_first_example():
    (by_hand,) = [block for block in shown("edits") if block.note == "by hand"]
    first = shown("edits")[0]
    assert write_edits(read_edits(by_hand.body, MEASURES), MEASURES) == first.body


def test_every_option_stands_in_an_example():
    rows = PAGE.split("| 选项 option |")[1].split("\n\n")[0].splitlines()[2:]
    options = [row.split("`")[1] for row in rows]
    assert len(options) == 11
    text = "".join(block.body for block in shown("edits"))
    assert [option for option in options if f"  {option}: " not in text] == []


def test_the_record_is_sealed():
    (block,) = shown("record")
    assert link(block.body) is not None
    assert write_record(read_record(block.body, MEASURES), MEASURES) == block.body


def test_the_definition_is_read_and_written_the_same_way():
    (block,) = shown("plan")
    assert write_definition(read_definition(block.body)) == block.body
