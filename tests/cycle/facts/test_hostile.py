"""S9: a thousand broken files into the facts: no crash, every refusal addressed, all or nothing."""

from __future__ import annotations

import time
import warnings
from collections import Counter

import pytest

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.report.facts_annotated import facts_annotated
from quotaloom.warehouse.batches.shelf import Shelf
from tests.cli.hostile_mutations import hostile_orders
from tests.support.counts import examples

LIMIT = 10.0  # seconds of a processor that a file may take
WHOLE, PARTS = 1_000, 4
DATASETS = ("market_sizes", "booked")


def taken(seed, folder):
    """What became of the file of a seed, after every promise was asked of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of a double member
        name, data, _ = hostile_orders(seed)
    path, shelf = folder / name, Shelf(folder / f"facts {seed}")
    path.write_bytes(data)
    dataset = DATASETS[seed % 2]
    request = ImportRequest(files=(path,), into=dataset)
    start = time.process_time()
    try:
        done = take(shelf, request, author="li")
    except QuotaLoomError as refusal:
        errors = [one for one in refusal.findings if one.severity == "error"]
        assert errors, seed
        assert [one for one in errors if one.params.get("file", name) != name] == [], seed
        assert any("file" in one.params or one.subject for one in errors), (seed, errors)
        assert shelf.entries() == [], seed
        facts_annotated(path, request.raw(), errors, folder / "marked.xlsx", "zh")
        return "refused"
    finally:
        assert time.process_time() - start < LIMIT, seed
    assert done.entry is not None, seed
    assert shelf.facts(dataset).height == done.entry.rows, seed
    assert take(shelf, request, author="li").entry is None, seed
    return "taken"


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_s9_no_broken_file_crashes_the_import(part, tmp_path):
    count = examples(WHOLE) // PARTS
    ends = Counter(taken(seed, tmp_path) for seed in range(part * count, (part + 1) * count))
    assert ends["refused"] >= count // 4
    assert ends["taken"] >= 1
