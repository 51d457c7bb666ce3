"""A thousand broken files: each a table or a refusal with its file, none a crash, none slow."""

from __future__ import annotations

import warnings

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Severity
from quotaloom.report.wording import sentence
from quotaloom.warehouse.intake.raw import RawOptions, RawTable, read_raw
from tests.support.counts import examples
from tests.warehouse.hostile.mutations import hostile

WHOLE = 1_000
PARTS = 10


def outcome(folder, seed, options):
    """What came of the file of a seed: a table or the findings of its refusal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of the double member we write
        made = hostile(seed)
    path = folder / made.name
    path.write_bytes(made.data)
    try:
        found = read_raw(path, options)
    except DataRefused as refusal:
        found = refusal.findings
    return made, found


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_s9_no_broken_file_is_a_crash(tmp_path, part):
    count = examples(WHOLE) // PARTS
    for seed in range(part * count, (part + 1) * count):
        for options in (RawOptions(), LENIENT):
            made, found = outcome(tmp_path, seed, options)
            check = check_table if isinstance(found, RawTable) else check_refusal
            check(made, found)


LENIENT = RawOptions(sheet="表0", hidden_rows="read", fill_down=True, header_row=1)


def check_table(made, table):
    assert table.headers == tuple(table.frame.columns), made.what
    assert len(set(table.headers)) == len(table.headers) == len(table.letters), made.what
    assert table.frame.height == table.rows.len() > 0, made.what
    rows = table.rows.to_list()
    assert rows == sorted(set(rows)), made.what
    assert rows[0] > table.header_row, made.what


def check_refusal(made, findings):
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert errors, made.what
    for finding in findings:
        assert finding.params["file"] == made.name, made.what
        for lang in ("zh", "en"):
            assert not sentence(finding, lang).startswith(finding.code), finding


def test_the_generator_reaches_both_ends(tmp_path):
    found = [outcome(tmp_path, seed, RawOptions())[1] for seed in range(60)]
    read = sum(isinstance(one, RawTable) for one in found)
    refused = {one[-1].code for one in found if not isinstance(one, RawTable)}
    assert read >= 3
    assert len(refused) >= 8
