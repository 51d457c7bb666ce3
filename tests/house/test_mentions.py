"""What is kept here makes sense anywhere: no path of one machine, no registry, no issue number."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.support.sources import ROOT

# Written so that this page does not match itself.
BANNED = {
    "a path of one machine": r"(?<![\w.])/(?:wor[k]|home|roo[t]|opt/py[p]i)/",
    "a tool of one machine": r"\.librar[y]\b",
    "a registry": r"py[p]i\.org|python[h]osted|registry\.np[m]js|deb\.debia[n]\.org",
    "an issue number": r"(?i)\bissue[s]? ?#?\d+|\(#\d+\)|\b(?:close|closes|fix|fixes|see) #\d+",
}


def mentions(text):
    return [what for what, pattern in BANNED.items() if re.search(pattern, text)]


def tracked():
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    return [name for name in told.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def words(name):
    """The text of a file; empty for a picture or a workbook."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_nothing_tracked_mentions_one_machine():
    names = tracked()
    if not names:
        pytest.skip("not a checkout: git lists no files")
    assert {name: found for name in names if (found := mentions(words(name)))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "open('/wor" + "k/main/a.csv')",
        "see /hom" + "e/ann/plan",
        "the tools of .librar" + "y/env",
        "--index https://py" + "pi.org/simple",
        "as issu" + "e 7 asks",
        "Cut weeks (#" + "12)",
        "fixes #" + "3",
    ],
)
def test_a_mention_is_found(text):
    assert len(mentions(text)) == 1


@pytest.mark.parametrize(
    "text", ["#333333", "../shared/data", "framework/main", "H44, AT-12", "a tissue 7"]
)
def test_what_only_looks_alike_is_let_through(text):
    assert mentions(text) == []
