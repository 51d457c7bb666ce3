"""What README and docs show is true: their commands run, their links lead somewhere."""

from __future__ import annotations

import pytest

from tests.support.pages import blocks, dead_links, dodging, needs, pages, played
from tests.support.shared import FOLDER, shared
from tests.support.sources import ROOT


def text_of(page):
    return (ROOT / page).read_text(encoding="utf-8")


RUNNING = [page for page in pages() if any(block.runs for block in blocks(text_of(page)))]


@pytest.mark.docs
@pytest.mark.parametrize("page", RUNNING)
def test_a_page_runs_as_it_stands(page, tmp_path):
    for name in needs(text_of(page)):
        shared(name)
    assert played(text_of(page), tmp_path, FOLDER) == []


@pytest.mark.parametrize("page", pages())
def test_no_command_dodges_the_test(page):
    assert dodging(text_of(page)) == []


@pytest.mark.parametrize("page", [*pages(), "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"])
def test_every_link_leads_somewhere(page):
    assert dead_links(page) == []


def test_every_page_is_in_the_index():
    index = text_of("docs/README.md")
    inside = [page.removeprefix("docs/") for page in pages() if page.startswith("docs/")]
    assert [page for page in inside if f"({page})" not in index and page != "README.md"] == []


def test_readme_speaks_both_languages():
    assert {"README.md", "README.zh.md"} <= set(pages())


PAGE = """
<!-- exits 1 -->
```sh
quotaloom() { cat "$1"; [ "$1" != bad.csv ]; }
quotaloom bad.csv
```
"""
FILES = "```csv a.csv\nx\n{row}\n```\n\n```sh\nquotaloom() {{ cat $1; }}\nquotaloom a.csv\n```\n"
SHOWN = FILES + "\n```text\nx\n…2\n```\n"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (FILES.format(row=1), 0),
        (SHOWN.format(row=12), 0),
        (SHOWN.format(row=13), 1),
        (PAGE, 0),
        (PAGE.replace("<!-- exits 1 -->\n", ""), 1),
        (PAGE.replace("exits 1", "exits 3"), 1),
        (PAGE.replace("exits 1", "not run: takes an hour"), 0),
        ("```sh\nfalse; true\n```", 0),
        ("```sh\nquotaloom() { false; }\nquotaloom\ntrue\n```", 1),
    ],
)
def test_a_page_that_is_untrue_is_caught(text, faults, tmp_path):
    assert len(played(text, tmp_path)) == faults


def test_a_page_gets_the_data_that_it_needs(tmp_path):
    data, folder = tmp_path / "data", tmp_path / "run"
    (data / "crm").mkdir(parents=True)
    folder.mkdir()
    text = "<!-- needs crm -->\n```sh\nquotaloom() { ls -d crm/; }\nquotaloom\n```\n"
    assert needs(text) == ["crm"]
    assert played(text, folder, data) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```console\n$ quotaloom check a.csv\n```", 1),
        ("```bash\nquotaloom check a.csv\n```", 1),
        ("<!-- not run: a form -->\n```text\nquotaloom decompose FACTS\n```", 0),
        ("```sh\nquotaloom check a.csv\n```", 0),
        ("```python\nimport quotaloom\n```", 0),
    ],
)
def test_a_command_that_dodges_is_named(text, found):
    assert len(dodging(text)) == found


def test_a_dead_link_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("tests.support.pages.ROOT", tmp_path)
    (tmp_path / "a.md").write_text(
        "[a](a.md#top) [b](b.md) ![c](c.svg) [d](https://example.org) ```[e](e.md)```",
        encoding="utf-8",
    )
    assert dead_links("a.md") == ["b.md", "c.svg"]
