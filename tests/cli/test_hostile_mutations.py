"""A thousand broken files through the whole command: no crash, no silence, nothing half done."""

from __future__ import annotations

import re
import time
import warnings
from collections import Counter
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from quotaloom.cli.main import main
from tests.cli.hostile_command import BEFORE, table
from tests.cli.hostile_mutations import hostile_orders
from tests.cli.hostile_words import hostile_side, hostile_words
from tests.support.counts import examples

LIMIT = 10.0  # seconds of a processor that a file may take
WHOLE = 1_000
PARTS = 10
CODES = {0, 2, 3, 4}
FACTS = "orders.csv"
WRONG = ("命令写法有误", "wrong usage")
BARE = re.compile(r"\b[a-z_]+\.[a-z_]+ \(|\{[a-z_]+\}|Traceback|内部出错|a fault of")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """A function that runs the command beside an older plan and checks what came of it."""
    monkeypatch.chdir(tmp_path)

    def outcome(seed, facts, words, files):
        for name, data in files.items():
            Path(name).write_bytes(data)
        Path("plan.csv").write_text(BEFORE, encoding="utf-8")
        lang = ("zh", "en")[seed % 2]
        start = time.process_time()
        code = main(["decompose", facts, *words, "--out", "plan.csv", "--lang", lang])
        seconds, said = time.process_time() - start, capsys.readouterr()
        told = f"seed {seed} {facts} {words} → {code} in {seconds:.1f} s\n{said.out}{said.err}"
        assert code in CODES, told
        assert seconds < LIMIT, told
        assert not BARE.search(said.out + said.err), told
        named = [*files, *(Path(word.split(" on ")[0]).name for word in words)]
        check(code, named, said.err, told)
        return code

    return outcome


def check(code, names, err, told):
    """A refusal leaves the old plan and names what was read; a plan takes its place."""
    changed = Path("plan.csv").read_text(encoding="utf-8") != BEFORE
    assert changed == (code == 0), told
    faults = [line for line in err.splitlines() if line.startswith(("✗", *WRONG))]
    assert bool(faults) == (code != 0), told
    if code == 3:
        assert all(any(name in line for name in names) for line in faults), told


def orders(seed, run):
    """Run the file of a seed; a plan sums to its total."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of a double member
        name, data, options = hostile_orders(seed)
    code = run(seed, name, options, {name: data})
    if code == 0:
        quota = pl.read_csv("plan.csv", infer_schema=False)["quota"]
        assert sum(map(Decimal, quota)) == 1_000_000, seed
    return code


def seeds(part):
    """The seeds of one part of the whole count."""
    count = examples(WHOLE) // PARTS
    return range(part * count, (part + 1) * count)


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_s9_no_broken_file_crashes_the_command(run, part):
    for seed in seeds(part):
        orders(seed, run)


def test_the_files_reach_every_end(run):
    codes = Counter(orders(seed, run) for seed in range(80))
    assert codes[0] >= 12
    assert codes[3] >= 25
    assert codes[2] + codes[4] >= 2


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_no_broken_file_beside_the_facts_crashes_the_command(run, part):
    for seed in seeds(part):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            name, data, words = hostile_side(seed)
        assert run(seed, FACTS, words, {FACTS: table().encode(), name: data}) in {0, 3}


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_no_words_crash_the_command(run, part):
    for seed in seeds(part):
        run(seed, FACTS, hostile_words(seed), {FACTS: table().encode()})
