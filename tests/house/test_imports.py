"""What is imported is declared: a new machine has nothing else."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.sources import ROOT, parsed, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PROVIDED = packages_distributions()
HOUSE = {"quotaloom", "tests", "benchmarks"}
ALLOWED = {
    "src/quotaloom": ["fast", "postgres"],
    "tests": ["fast", "test"],
    "benchmarks": ["fast", "bench"],
}


def imported(source):
    """The outside packages that a source imports, with the line."""
    found = []
    for node in ast.walk(source.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        tops = {name.split(".")[0] for name in names} - HOUSE - sys.stdlib_module_names
        found += [(top, f"{source.path}:{node.lineno}") for top in sorted(tops)]
    return found


def undeclared(source, extras):
    """Imports that neither the package nor the named extras declare, one line each."""
    asked = PROJECT["dependencies"] + [one for extra in extras for one in EXTRAS[extra]]
    declared = {canonicalize_name(Requirement(one).name) for one in asked}
    return [
        f"{at}: {top}"
        for top, at in imported(source)
        if not declared & {canonicalize_name(name) for name in PROVIDED.get(top, [top])}
    ]


@pytest.mark.parametrize("folder", ALLOWED)
def test_every_import_is_declared(folder):
    extras = ALLOWED[folder]
    assert [text for source in sources(folder) for text in undeclared(source, extras)] == []


def test_an_undeclared_import_is_named():
    text = (
        "import numpy, os\nfrom lxml import etree\ndef a():\n    import six\n    from . import b\n"
    )
    assert undeclared(parsed(text), []) == ["sample.py:2: lxml", "sample.py:4: six"]
    assert undeclared(parsed("import hypothesis"), ["test"]) == []
    assert undeclared(parsed("import hypothesis"), []) == ["sample.py:1: hypothesis"]
