"""Every finding has its sentence in both languages, and every sentence its finding."""

from __future__ import annotations

import ast
import re
from string import Formatter
from typing import NamedTuple

import pytest

from quotaloom.report.wording import catalogue
from tests.support.sources import parsed, sources

CODE = re.compile(r"[a-z]+\.[a-z0-9]+(_[a-z0-9]+)*")
FILES = (
    ".csv",
    ".gz",
    ".json",
    ".md",
    ".parquet",
    ".py",
    ".svg",
    ".toml",
    ".tsv",
    ".txt",
    ".xls",
    ".xlsx",
)
SPEAKERS = {"error", "warning", "info", "Finding", "Check"}
MIXED = re.compile(r"[\u4e00-\u9fff}][,;:?!](?=[\u4e00-\u9fff{])")


class Use(NamedTuple):
    """A code where it is spoken. ``params`` is None where they cannot be read off the call."""

    at: str
    code: str
    params: frozenset[str] | None


def spoken(source):
    """The finding calls of a source whose code is a literal; a composed code is a Use of ''."""
    found = []
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and called(node) in SPEAKERS and first(node)):
            continue
        at, code = f"{source.path}:{node.lineno}", first(node)
        if isinstance(code, ast.JoinedStr | ast.BinOp):
            found.append(Use(at, "", None))
        elif isinstance(code, ast.Constant) and isinstance(code.value, str):
            found.append(Use(at, code.value, given(node)))
    return found


def called(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def first(call):
    named = [word.value for word in call.keywords if word.arg == "code"]
    return (call.args + named + [None])[0]


def given(call):
    """The params of a call, as far as they are written there."""
    words = {word.arg: word.value for word in call.keywords}
    if called(call) in {"error", "warning", "info"}:
        return None if None in words else frozenset(words)
    fourth = call.args[3] if len(call.args) > 3 else ast.Dict([], [])
    params = words.get("params", fourth)
    if not isinstance(params, ast.Dict) or None in params.keys:
        return None
    own = {"count", "failed"} if called(call) == "Check" else set()
    return frozenset({getattr(key, "value", "") for key in params.keys} | own)


def literals(source):
    """Every text of a source that could be a code, also where a table holds it."""
    return {
        node.value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
        and not node.value.endswith(FILES)
    }


def slots(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def silent(places, table):
    """Codes that are spoken and have no sentence, or whose call lacks what the sentence asks."""
    verbs = {code.split(".")[0] for code in table}
    found = []
    for source in places:
        uses = spoken(source)
        found += [f"{use.at}: a code must be one literal" for use in uses if not use.code]
        codes = {use.code for use in uses if use.code}
        codes |= {code for code in literals(source) if code.split(".")[0] in verbs}
        found += [f"{source.path}: no sentence for {code}" for code in sorted(codes - set(table))]
        found += [text for use in uses for text in lacking(use, table)]
    return found


def lacking(use, table):
    if use.params is None or use.code not in table:
        return []
    asked = set().union(*map(slots, table[use.code])) - {"subject"} - use.params
    return [f"{use.at}: {use.code} lacks {', '.join(sorted(asked))}"] if asked else []


def unheard(places, table):
    """Sentences whose code stands nowhere."""
    return sorted(set(table) - set().union(*map(literals, places)))


def crooked(table):
    """Sentences that are not one plain sentence in two languages."""
    found = []
    for code, (chinese, english) in table.items():
        rules = {
            "is no code": CODE.fullmatch(code),
            "has other placeholders in the two languages": slots(chinese) == slots(english),
            "has a placeholder that is no plain name": plain(chinese) and plain(english),
            "has no Chinese": re.search(r"[\u4e00-\u9fff]", chinese),
            "has Chinese in its English": not re.search(r"[\u4e00-\u9fff]", unquoted(english)),
            "has a half-width sign between Chinese": not MIXED.search(chinese),
        }
        found += [f"{code} {rule}" for rule, kept in rules.items() if not kept]
    return found


def unquoted(english):
    """The sentence without what it quotes: a member called “未归属” is called so in English too."""
    return re.sub("“[^”]*”", "", english)


def plain(template):
    parts = [part[1:] for part in Formatter().parse(template) if part[1] is not None]
    return all(name.isidentifier() and not spec and not turn for name, spec, turn in parts)


def speakers():
    return [source for source in sources() if "/report/sentences/" not in source.path]


def test_every_spoken_code_has_a_sentence():
    assert silent(speakers(), catalogue()) == []


def test_every_sentence_is_spoken():
    assert unheard(speakers(), catalogue()) == []


def test_every_sentence_is_plain_and_in_two_languages():
    assert crooked(catalogue()) == []


TABLE = {
    "weigh.zero": ("{subject}没有基数{month}", "{subject} has no basis in {month}"),
    "check.sum": ("{count} 个节点", "{count} nodes"),
}


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("warning('weigh.zero', 'East', month=3)", []),
        ("findings.warning('weigh.zero', 'East')", ["sample.py:1: weigh.zero lacks month"]),
        ("warning('weigh.zero', **params)", []),
        ("error('weigh.negative')", ["sample.py: no sentence for weigh.negative"]),
        ("error('cut.all')", ["sample.py: no sentence for cut.all"]),
        ("error(f'weigh.{what}')", ["sample.py:1: a code must be one literal"]),
        ("error('weigh.' + what)", ["sample.py:1: a code must be one literal"]),
        ("CODES = {1: 'weigh.one'}", ["sample.py: no sentence for weigh.one"]),
        ("path = 'weigh.csv'; other = 'numpy.linalg'", []),
        ("Check('check.sum', 3, 0)", []),
        (
            "Check(code='check.total', count=3, failed=0)",
            ["sample.py: no sentence for check.total"],
        ),
        ("Finding('weigh.zero', S, params={'month': 3})", []),
        ("Finding('weigh.zero', S, params={'day': 3})", ["sample.py:1: weigh.zero lacks month"]),
        ("Finding('weigh.zero', S, '', params)", []),
        ("Finding('weigh.zero', S)", ["sample.py:1: weigh.zero lacks month"]),
        ("Check('check.sum', 3, 0, params)", []),
    ],
)
def test_a_silent_code_is_named(text, complaints):
    assert silent([parsed(text)], TABLE) == complaints


def test_a_sentence_that_nobody_speaks_is_named():
    assert unheard([parsed("error('weigh.zero')")], TABLE) == ["check.sum"]


def test_a_straight_sentence_is_let_through():
    assert crooked({"weigh.a": ("归入“未归属”，请补全 {a}", "kept as “未归属”: name {a}")}) == []


@pytest.mark.parametrize(
    ("code", "pair", "rule"),
    [
        ("weigh", ("甲", "a"), "is no code"),
        ("weigh.a", ("甲{a}", "{b}"), "has other placeholders in the two languages"),
        ("weigh.a", ("甲{a:,}", "{a:,}"), "has a placeholder that is no plain name"),
        ("weigh.a", ("甲{a.b}", "{a.b}"), "has a placeholder that is no plain name"),
        ("weigh.a", ("甲{}", "{}"), "has a placeholder that is no plain name"),
        ("weigh.a", ("a", "a"), "has no Chinese"),
        ("weigh.a", ("甲", "甲"), "has Chinese in its English"),
        ("weigh.a", ("甲,乙", "a, b"), "has a half-width sign between Chinese"),
    ],
)
def test_a_crooked_sentence_is_named(code, pair, rule):
    assert crooked({code: pair}) == [f"{code} {rule}"]
