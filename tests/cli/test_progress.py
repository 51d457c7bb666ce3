"""The progress line: on a terminal only, in the reader's language, gone at the end."""

from __future__ import annotations

import io
import sys

import pytest

from quotaloom.cli.main import main
from quotaloom.cli.progress import ProgressLine
from quotaloom.report.summary_table import columns_of_text
from tests.cli.hostile_command import ASKED, table


class Terminal(io.StringIO):
    """A stream that says that somebody watches."""

    def isatty(self):
        """Yes."""
        return True


def told(lang, *stages):
    stream = Terminal()
    with ProgressLine(lang, stream) as progress:
        for stage in stages:
            progress(*stage)
        shown = stream.getvalue().split("\r")
    return shown[1:], stream.getvalue()


def test_the_stages_stand_in_a_row_and_parts_are_counted():
    shown, _ = told("zh", ("read", 1, 3), ("read", 3, 3), ("add_up", 0, 0), ("spread", 0, 0))
    assert [line.rstrip() for line in shown] == [
        "读取 1/3 …",
        "读取 3/3 …",
        "读取 → 汇总 …",
        "读取 → 汇总 → 分解 …",
    ]


def test_one_file_is_not_counted():
    shown, _ = told("en", ("read", 1, 1), ("write", 2, 2))
    expected = ["reading …", "reading → adding up → spreading → checking → writing 2/2 …"]
    assert [line.rstrip() for line in shown] == expected


def test_the_line_is_blank_at_the_end():
    _, written = told("zh", ("check", 0, 0), ("read", 1, 1))
    longest = columns_of_text("读取 → 汇总 → 分解 → 核对 …")
    assert written.endswith("\r" + " " * columns_of_text("读取 …") + "\r")
    assert columns_of_text(written.split("\r")[2]) == longest  # a shorter line hides a longer one


def test_nothing_is_told_where_nobody_watches():
    stream = io.StringIO()
    with ProgressLine("zh", stream) as progress:
        progress("read", 1, 3)
    assert stream.getvalue() == ""


def test_an_error_finds_an_empty_line():
    stream = Terminal()
    with pytest.raises(ZeroDivisionError):
        stopped(ProgressLine("zh", stream))
    assert stream.getvalue().endswith(" \r")


def stopped(line):
    with line as progress:
        progress("read", 1, 1)
        return 1 / 0


@pytest.mark.parametrize(("text", "code"), [(table(), 0), (table("坏"), 3)])
def test_the_command_shows_where_it_is(text, code, tmp_path, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (tmp_path / "b.csv").write_text(table("7"), encoding="utf-8")
    words = ["decompose", "a.csv", "b.csv", *ASKED, "--out", "plan.csv", "--lang", "zh"]
    assert main(words) == code
    shown = screen.getvalue()
    assert "读取 1/2 …" in shown
    assert "读取 2/2 …" in shown
    assert ("读取 → 汇总 → 分解 → 核对 → 写出 …" in shown) == (code == 0)
    before, _, after = shown.rpartition("…")
    assert after.lstrip(" ").startswith("\r")
    assert ("✗" in after) == (code == 3)
    assert "✗" not in before
