"""No file, function or signature outgrows a reader."""

from __future__ import annotations

import ast
import re

import pytest

from tests.support.sources import ROOT, parsed, sources

FILE, FUNCTION, PARAMETERS, NESTING = 400, 40, 6, 2
BUDGETS = (("*.html", 120), ("*.css", 250), ("*.js", 250))
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)
WITH = (ast.With, ast.AsyncWith)  # opens a thing, decides nothing: adds no depth
EXCUSE = re.compile(r"# noqa: PLR0913 - \w+")  # ruff's exception, with a reason on its line


def oversized(source):
    """What is too big in a source, one line each."""
    lines = len(source.text.splitlines())
    found = [f"{source.path}: {lines} lines"] if lines > FILE else []
    for function in source.functions():
        at = f"{source.path}:{function.lineno} {function.name}"
        length = function.end_lineno - function.lineno + 1
        if length > FUNCTION:
            found.append(f"{at}: {length} lines")
        excused = EXCUSE.search(source.text.splitlines()[function.lineno - 1])
        if (count := parameters(function)) > PARAMETERS and not excused:
            found.append(f"{at}: {count} parameters")
        if (depth := nesting(function.body)) > NESTING:
            found.append(f"{at}: nested {depth} deep")
    return found


def parameters(function):
    given = function.args
    named = [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    rest = [arg for arg in (given.vararg, given.kwarg) if arg]
    return len([name for name in named if name not in {"self", "cls"}]) + len(rest)


def nesting(statements):
    """How deep blocks lie in blocks; a function inside starts anew, an elif adds nothing."""
    return max((depth(statement) for statement in statements), default=0)


def depth(statement):
    if isinstance(statement, WITH):
        return nesting(statement.body)
    if not isinstance(statement, BLOCKS):
        return 0
    if isinstance(statement, ast.If):
        chained = len(statement.orelse) == 1 and isinstance(statement.orelse[0], ast.If)
        below = depth(statement.orelse[0]) if chained else 1 + nesting(statement.orelse)
        return max(1 + nesting(statement.body), below)
    parts = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
    inner = [part.body for name in ("handlers", "cases") for part in getattr(statement, name, [])]
    return 1 + max(nesting(part) for part in [*parts, *inner])


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.path)
def test_every_source_keeps_its_budget(source):
    assert oversized(source) == []


WEB = ROOT / "src/quotaloom/web"
PAGES = [
    path
    for pattern, _ in BUDGETS
    for path in sorted(WEB.rglob(pattern))
    if "vendor" not in path.parts
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_every_template_style_and_script_keeps_its_budget(path):
    most = dict(BUDGETS)["*" + path.suffix]
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


def test_the_sources_are_found():
    assert "src/quotaloom/core/model/findings.py" in [source.path for source in sources()]


FITS = "\n".join(["def fits(self, a, b, c, *d, e, **f):", *["    a = 1"] * 39])
DEEP = """
def deep(a):
    if a:
        pass
    elif a > 1:
        for b in a:
            {inner}
                pass
"""


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("a = 1\n" * 400, []),
        ("a = 1\n" * 401, ["sample.py: 401 lines"]),
        (FITS, []),
        (FITS + "\n    a = 2", ["sample.py:1 fits: 41 lines"]),
        ("def wide(a, b, c, *, d, e, f, g): ...", ["sample.py:1 wide: 7 parameters"]),
        ("def wide(a, b, c, d, e, f, **g): ...", ["sample.py:1 wide: 7 parameters"]),
        (DEEP.format(inner="def inner():"), []),
        ("def wide(a, b, c, d, e, f, g):  # noqa: PLR0913 - a kernel's arrays\n    ...", []),
        (
            "def wide(a, b, c, d, e, f, g):  # noqa: PLR0913\n    ...",
            ["sample.py:1 wide: 7 parameters"],
        ),
        (DEEP.format(inner="with b:"), []),
        (DEEP.format(inner="while b:"), ["sample.py:2 deep: nested 3 deep"]),
        (DEEP.format(inner="try: ...\n            finally:"), ["sample.py:2 deep: nested 3 deep"]),
    ],
)
def test_what_is_too_big_is_named(text, complaints):
    assert oversized(parsed(text)) == complaints
