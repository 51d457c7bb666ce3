"""The glossary has one word a concept, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.support.sources import ROOT


def entries(text):
    """The rows of all tables, heads and rules left out."""
    rows = [line.strip()[1:-1].split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    return [row for row in cells if row[0] != "code" and set(row[0]) != {"-"}]


def faults(text):
    """What a glossary must not hold, one line each."""
    rows = entries(text)
    found = [f"{row[0]}: {len(row)} cells" for row in rows if len(row) != 4]
    found += [f"{row[0]}: no Chinese" for row in rows if not re.search(r"[\u4e00-\u9fff]", row[2])]
    for column, what in ((0, "code"), (1, "English"), (2, "Chinese")):
        words = [row[column] for row in rows]
        twice = {word for word in words if words.count(word) > 1}
        found += [f"{word}: twice in {what}" for word in sorted(twice)]
    return found


def test_every_concept_has_its_own_words():
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    assert len(entries(text)) > 50
    assert faults(text) == []


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["|hold|Hold|保留||"], None),
        (["|hold|Hold|keep||"], "hold: no Chinese"),
        (["|hold|Hold|保留|"], "hold: 3 cells"),
        (["|hold|Hold|保留||", "|hold|Keep|锁定||"], "hold: twice in code"),
        (["|hold|Hold|保留||", "|keep|Hold|锁定||"], "Hold: twice in English"),
        (["|hold|Hold|保留||", "|keep|Keep|保留||"], "保留: twice in Chinese"),
    ],
)
def test_a_fault_is_named(rows, fault):
    head = "|code|English|中文|it is / it is not|\n|---|---|---|---|\n"
    assert faults(head + "\n".join(rows)) == ([fault] if fault else [])
