"""Pages read plans, files, jobs, tokens and audit rows through selectors only (S17)."""

from __future__ import annotations

import ast

import pytest

from tests.support.sources import ROOT, parsed

SCOPED = {"Plan", "Upload", "Draft", "DraftFile", "ListImport", "Job", "AuditRow", "Token"}
WEB = ROOT / "src/quotaloom/web"
VIEWS = [
    path for path in sorted(WEB.rglob("*.py")) if "@policy(" in path.read_text(encoding="utf-8")
]


def raw_managers(tree):
    """Where a table that belongs to somebody is asked without its selector."""
    return [
        f"{node.value.id}.objects in line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and isinstance(node.value, ast.Name)
        and node.value.id in SCOPED
    ]


def test_the_pages_are_found():
    assert {"views.py", "access_views.py", "token_views.py"} <= {path.name for path in VIEWS}


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.relative_to(WEB).as_posix())
def test_no_page_asks_a_table_by_itself(path):
    assert raw_managers(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("text", ["Plan.objects.all()", "Job._default_manager.get(pk=1)"])
def test_a_raw_manager_is_seen(text):
    assert len(raw_managers(parsed(text).tree)) == 1
