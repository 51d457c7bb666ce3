"""Every hostile input that can reach the command: accepted as it should be, or refused in words."""

from __future__ import annotations

import re

import pytest

from tests.cli import (
    hostile_container,
    hostile_shape,
    hostile_structure,
    hostile_text,
    hostile_values,
)
from tests.cli.hostile_command import run, says

PARTS = (hostile_text, hostile_container, hostile_shape, hostile_values, hostile_structure)
CASES = [case for part in PARTS for case in part.CASES]
ABSENT = {"H80": "no rights", "H82": "no server"}  # what cannot reach a command
BARE = re.compile(r"\b[a-z_]+\.[a-z_]+ \(|\{[a-z_]+\}|Traceback")  # a code without a sentence
STOPPED = {"zh": "已停止，没有改动任何文件。", "en": "Stopped; no file was changed."}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hostile_file(case, lang, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "2000")  # no sentence is broken into lines
    said = run(case, tmp_path, lang, capsys)
    text = said.out + said.err
    assert (said.code, said.plan) == (case.code, case.plan), text
    for pattern in case.zh if lang == "zh" else case.en:
        if not says(text, pattern):
            pytest.fail(f"{pattern} is not in\n{text}")
    assert not BARE.search(text), text
    assert says(said.err, STOPPED[lang]) == (case.code != 0)
    assert bool(re.search("[✗]", said.err)) == (case.code != 0)


def test_every_row_of_the_list_has_a_case():
    rows = {f"H{number:02}" for number in range(1, 83)} - ABSENT.keys()
    assert {case.row for case in CASES} == rows


def test_a_refusal_that_names_no_place_would_be_seen():
    assert says("a.csv › 第3行 C列「金额」 › 没有这一天", "a.csv › 第3行 … 没有这一天")
    assert not says("a.csv › 没有这一天", "a.csv › 第3行 … 没有这一天")
    assert not says("a.csv › 第3行\n没有这一天", "a.csv › 第3行 … 没有这一天")
