"""Pages whose commands are run: what CONTRIBUTING.md calls a running page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.sources import ROOT

FENCE = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*?) -->\n)?^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\s*(?:\$ )?quotaloom\b", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it names, the note above it, its text and line."""

    language: str
    file: str
    note: str
    body: str
    line: int

    @property
    def runs(self):
        """Whether the block is run: a ```sh block with our command in it."""
        return self.language == "sh" and bool(COMMAND.search(self.body)) and not self.excused

    @property
    def excused(self):
        """Whether the note says why the block is not run."""
        return self.note.startswith("not run: ")

    @property
    def exits(self):
        """The exit code that the page promises."""
        found = re.search(r"\bexits (\d+)", self.note)
        return int(found[1]) if found else 0

    @property
    def needs(self):
        """The shared data sets that the block reads, as folders beside it."""
        return re.findall(r"\bneeds (\w+)", self.note)


def blocks(text):
    """The fenced blocks of a page, in order."""
    found = []
    for match in FENCE.finditer(text):
        language, _, file = match["info"].strip().partition(" ")
        line = text.count("\n", 0, match.start("info")) + 1
        found.append(Block(language, file, match["note"] or "", match["body"], line))
    return found


def dodging(text):
    """Blocks that show our command and would never be run, one line each."""
    return [
        f"line {block.line}: a command in a ```{block.language} block"
        for block in blocks(text)
        if COMMAND.search(block.body) and not block.runs and not block.excused
    ]


def needs(text):
    return sorted({name for block in blocks(text) for name in block.needs})


def played(text, folder, data=None):
    """Run a page in a folder; what went wrong, one line each.

    Files that the page shows are written, ```sh blocks with our command are run by bash, and a
    ```text block right after one is what it prints, where … stands for anything.
    """
    for name in needs(text):
        (folder / name).symlink_to(data / name)
    found, printed = [], None
    for block in blocks(text):
        if block.file:
            (folder / block.file).write_text(block.body, encoding="utf-8")
        elif block.runs:
            done = run(block.body, folder)
            printed = done.stdout
            if done.returncode != block.exits:
                told = f"{done.stdout}{done.stderr}".strip()
                found.append(
                    f"line {block.line}: exit {done.returncode}, not {block.exits}: {told}"
                )
        elif block.language == "text" and printed is not None:
            if not looks_like(printed, block.body):
                found.append(f"line {block.line}: it prints\n{printed}")
            printed = None
    return found


def run(script, folder):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: text for name, text in os.environ.items() if name != "QUOTALOOM_HOME"}
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=kept | {"PATH": path, "LANG": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def looks_like(printed, shown):
    def lines(text):
        return "\n".join(line.rstrip() for line in text.strip().splitlines())

    parts = (re.escape(part) for part in lines(shown).split("…"))
    return re.fullmatch(".*?".join(parts), lines(printed), re.DOTALL) is not None


def pages():
    """README and all pages of docs, as paths below the root."""
    found = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(page.relative_to(ROOT).as_posix() for page in found)


def dead_links(page):
    """Relative links of a page that lead nowhere."""
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)|<img[^>]* src=\"([^\"]+)\"", text)
    paths = [one or other for one, other in targets]
    near = (ROOT / page).parent
    return [path for path in paths if "://" not in path and not (near / path).exists()]
