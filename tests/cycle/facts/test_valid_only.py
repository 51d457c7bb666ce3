"""R10: a bad row refuses the whole file, or is left out and told where that was asked."""

from __future__ import annotations

import random

import pytest

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.counts import examples

HEAD = "发票号,开票日期,开票金额,大区"
ROWS = 20_000
FAULTS = (
    ("{no},2026-02-30,{amount},华东", "intake.date_impossible"),
    ("{no},2026-01-05,1e999,华东", "amount.exponent"),
    (",2026-01-05,{amount},华东", "tables.cell_blank"),
    ("F0,2026-01-05,{amount},华东", "batch.key_twice"),
)
GOOD = "{no},2026-01-05,{amount},华东"


def line(number, shape=GOOD):
    return shape.format(no=f"F{number}", amount=number * 7 % 1000)


LINES = [line(number) for number in range(ROWS)]


def asked(path, **more):
    return ImportRequest(files=(path,), into="invoices", **more)


def rows_of(found):
    return {one.params["row"] for one in found if one.severity == "error"}


@pytest.mark.heavy
def test_all_or_nothing_or_exactly_the_good_rows(tmp_path):
    for seed in range(examples(300)):
        chance = random.Random(seed)
        wrong = {chance.randrange(1, ROWS): chance.choice(FAULTS)[0] for _ in range(seed % 3 + 1)}
        lines = [*LINES]
        for number, shape in wrong.items():
            lines[number] = line(number, shape)
        path, shelf = tmp_path / "开票.csv", Shelf(tmp_path / f"facts {seed}")
        path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
        with pytest.raises(DataRefused):
            take(shelf, asked(path), author="li")
        assert shelf.entries() == []
        done = take(shelf, asked(path, valid_only=True), author="li")
        twice = {0} if any(shape.startswith("F0") for shape in wrong.values()) else set()
        out = wrong.keys() | twice
        assert rows_of(done.faults) == {number + 2 for number in out}, seed
        kept = shelf.facts("invoices")["invoice"].to_list()
        assert kept == [f"F{number}" for number in range(ROWS) if number not in out], seed
        assert (done.entry.rows, done.entry.left_out) == (ROWS - len(out), len(out))


@pytest.mark.parametrize(("shape", "code"), FAULTS)
def test_every_fault_is_told_with_its_row(tmp_path, shape, code):
    path, shelf = tmp_path / "开票.csv", Shelf(tmp_path / "facts")
    path.write_text("\n".join((HEAD, line(0), line(1), line(2, shape))), encoding="utf-8")
    done = take(shelf, asked(path, valid_only=True), author="li")
    assert code in {one.code for one in done.faults}
    assert 4 in rows_of(done.faults)
    (said,) = (one for one in done.findings if one.code == "tables.rows_left_out")
    assert said.params["faults"] == len(done.faults)
    again = take(shelf, asked(path, valid_only=True), author="li")
    assert (again.entry, again.faults) == (None, done.faults)


@pytest.mark.parametrize(
    "text",
    ids=range(7),
    argvalues=[
        "发票号,开票金额\nF1,1\n",  # no date
        f"{HEAD}\nF1,2026-01-05,￥1,华东\nF2,2026-01-05,$1,华东\n",  # two currencies
        f"{HEAD}\nF1,2026-01-05,1万,华东\nF2,2026-01-05,1,华东\n",  # two units
        f'{HEAD}\nF1,2026-01-05,"1.234,56",华东\n',  # a comma that may be a point
        f"{HEAD}\nF1,03/04/2026,1,华东\n",  # which is the day
        f"{HEAD}\nF1,x,y,华东\n",  # no row is left
        f"{HEAD}\nF1,2026-01-05,1,华东\nF2,2026-01-05,1,华东,9,9\n",  # a torn table
    ],
)
def test_what_is_wrong_beyond_a_row_refuses_all(tmp_path, text):
    path, shelf = tmp_path / "开票.csv", Shelf(tmp_path / "facts")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataRefused):
        take(shelf, asked(path, valid_only=True), author="li")
    assert shelf.entries() == []


def test_a_column_with_too_many_faults_to_list_refuses_all(tmp_path):
    path, shelf = tmp_path / "开票.csv", Shelf(tmp_path / "facts")
    lines = (line(number, FAULTS[0][0] if number else GOOD) for number in range(1_002))
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    with pytest.raises(DataRefused):
        take(shelf, asked(path, valid_only=True), author="li")


def test_a_file_beside_a_broken_one_is_not_taken_alone(tmp_path):
    good, torn, shelf = tmp_path / "a.csv", tmp_path / "b.csv", Shelf(tmp_path / "facts")
    good.write_text(f"{HEAD}\n{line(1)}\n", encoding="utf-8")
    torn.write_text(f"{HEAD}\n{line(2)},9,9\n{line(3)}\n", encoding="utf-8")
    request = ImportRequest(files=(good, torn), into="invoices", valid_only=True)
    with pytest.raises(DataRefused):
        take(shelf, request, author="li")


def test_only_kinds_can_be_taken_in_part(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("date,amount\n2026-01-05,1\n", encoding="utf-8")
    request = ImportRequest(files=(path,), into="booked", valid_only=True)
    with pytest.raises(UsageRefused):
        take(Shelf(tmp_path / "facts"), request, author="li")
