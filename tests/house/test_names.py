"""Names are the field's words: no filler verbs, no filler nouns, no banned figures."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

import pytest

from tests.support.sources import parsed, sources

PREFIXES = ("calculate_", "process_", "handle_", "do_", "get_")
SUFFIXES = ("manager", "helper", "helpers", "util", "utils", "data", "info", "misc", "common")
WORDS = {"actual", "actuals", "achievement", "completion"}  # say booked, attainment, …

HOOKS = {"process_view"}  # names that Django calls
HOOKS |= {"get_client_ip", "get_client", "get_access_token", "get_redirect_url"}  # and allauth
HOOKS |= {"get_requests_session"}  # allauth too


def misnamed(source):
    """The names that tell nothing, or the wrong thing, one line each."""
    complaints = [complaint(PurePosixPath(source.path).stem, whole=True)]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            complaints.append(complaint(node.name, verb=True))
        elif isinstance(node, ast.ClassDef):
            complaints.append(complaint(snake(node.name), shown=node.name, whole=True))
        elif isinstance(node, ast.arg):
            complaints += [wrong_word(node.arg)]
    return [f"{source.path}: {text}" for text in complaints if text]


def complaint(name, *, shown="", verb=False, whole=False):
    """Why a name is banned. ``whole``: a filler noun alone is banned too, not only at the end."""
    bare, shown = name.strip("_"), shown or name
    if verb and bare.startswith(PREFIXES) and bare not in HOOKS:
        return f"{shown} starts with a filler verb"
    last = bare.rsplit("_", 1)
    if last[-1] in SUFFIXES and (whole or len(last) > 1):
        return f"{shown} ends with a filler noun"
    return wrong_word(bare)


def wrong_word(name):
    banned = sorted(WORDS & set(name.split("_")))
    return f"{name}: {', '.join(banned)} is not our word" if banned else ""


def snake(name):
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).strip("_")


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.path)
def test_every_name_is_a_word_of_the_field(source):
    assert misnamed(source) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("def get_quota(): ...", "sample.py"),
        ("def _calculate_share(): ...", "sample.py"),
        ("async def handle_file(): ...", "sample.py"),
        ("def do_it(): ...", "sample.py"),
        ("def process_rows(): ...", "sample.py"),
        ("class PlanManager: ...", "sample.py"),
        ("class Helper: ...", "sample.py"),
        ("class _RowInfo: ...", "sample.py"),
        ("def quota_data(): ...", "sample.py"),
        ("a = 1", "src/quotaloom/core/utils.py"),
        ("def bridge(actual): ...", "sample.py"),
        ("def actual_sum(): ...", "sample.py"),
        ("class Achievement: ...", "sample.py"),
    ],
)
def test_a_filler_name_is_refused(text, path):
    assert len(misnamed(parsed(text, path))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "def info(code): ...",
        "def dot(a): ...",
        "def budget_get(): ...",
        "class Database: ...",
        "def quota(booked): ...",
    ],
)
def test_a_word_that_only_looks_alike_is_let_through(text):
    assert misnamed(parsed(text)) == []
