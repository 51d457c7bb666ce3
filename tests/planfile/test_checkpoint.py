"""Figures and whole plans as bytes: equal after the way there and back, and the same everywhere."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.allocation.journal.axis import Axis, undated
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.plan import Bound, Column, Hold, Plan, PlanMeasure
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.periods import FiscalCalendar, rollups
from quotaloom.planfile.checkpoint import read_checkpoint, write_checkpoint
from quotaloom.planfile.definition import Definition, read_definition, write_definition
from quotaloom.planfile.digest import digest
from quotaloom.planfile.figures import Figures, first_plan, read_figures, write_figures
from quotaloom.planfile.pack import pack, unpack

EAST = Slice.of(period="2027Q1", measure="booked", layer="下达", 组织="EAST")


def column(*figures):
    """Figures of two rows and four quarters; None is not given."""
    given = np.array([one is not None for one in figures]).reshape(2, 4)
    values = np.array([one or 0 for one in figures], np.int64).reshape(2, 4)
    return Column.of(values, given)


def plan():
    """A plan in which every field holds something."""
    calendar = FiscalCalendar()
    org = Axis("组织", ("大区", "岗位"), (undated("EAST", "", "华东"), undated("S1", "EAST", "甲")))
    product = Axis("产品", ("产品",), (undated("P1", "", ""), undated("P2", "", "")))
    moved = org.moved("S1", "", date(2027, 4, 1))
    edited = replace(column(1, 2, 3, None, -5, 6, 7, 2**62), writer=np.full((2, 4), 7, np.int32))
    return Plan(
        axes=(moved, product),
        periods=calendar.periods(2027, "quarter"),
        rollups=rollups(calendar, 2027, "quarter"),
        measures={
            "heads": PlanMeasure("heads", "distinct", 1, is_money=False),
            "booked": PlanMeasure("booked"),
        },
        layers=("下达", "上报"),
        rows=np.array([[1, 0], [1, 1]], np.int32),
        columns={("heads", "上报"): column(*range(8)), ("booked", "下达"): edited},
        references={"last_year": np.arange(8).reshape(2, 4)},
        holds=(
            Hold(3, EAST, "total", "p-1", "ab", date(2027, 3, 1)),
            Hold(4, Slice(), "cells", ""),
        ),
        bounds=(Bound(5, EAST, None, 8),),
        states={EAST: "submitted", Slice(): "draft"},
        elapsed=1,
        reverts=frozenset({6, 2}),
        editions={7: 1},
        position=7,
    )


def equal(one, other):
    """Whether two plans are the same in every field."""
    return all(same(getattr(one, each.name), getattr(other, each.name)) for each in fields(Plan))


def same(one, other):
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, dict):
        return set(one) == set(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Axis | Column):
        names = [each.name for each in fields(one)]
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    return one == other


def test_a_plan_is_opened_equal():
    assert equal(read_checkpoint(write_checkpoint(plan())), plan())


@pytest.mark.parametrize("name", [each.name for each in fields(Plan)])
def test_no_field_is_left_out(name):
    """A plan that differs in one field alone has other bytes."""
    whole = plan()
    other = {
        "axes": (whole.axes[0], whole.axes[1].renamed("P1", "新", date(2027, 1, 1))),
        "periods": whole.periods[:3],
        "rollups": {},
        "measures": {**whole.measures, "booked": PlanMeasure("booked", unit=1)},
        "layers": whole.layers[:1],
        "rows": whole.rows[::-1],
        "columns": {**whole.columns, ("booked", "下达"): column(*range(8))},
        "references": {},
        "holds": whole.holds[:1],
        "bounds": (),
        "states": {},
        "elapsed": 0,
        "reverts": frozenset(),
        "editions": {},
        "position": 6,
    }
    changed = replace(whole, **{name: other[name]})
    assert write_checkpoint(changed) != write_checkpoint(whole)
    assert not equal(read_checkpoint(write_checkpoint(changed)), whole)
    assert equal(read_checkpoint(write_checkpoint(changed)), changed)


def test_the_order_of_a_mapping_is_not_seen():
    whole = plan()
    turned = replace(
        whole,
        columns=dict(reversed(whole.columns.items())),
        states=dict(reversed(whole.states.items())),
    )
    assert write_checkpoint(turned) == write_checkpoint(whole)


def test_the_bytes_are_the_same_on_every_machine():
    """The digest was written down once: a change of the layout must be meant."""
    assert digest(write_checkpoint(plan())) == (
        "6632f4acee3e86b031ca9d57ebca4138111926740047894f31807f2a6132bd29"
    )


def test_what_was_opened_cannot_be_written_to():
    found = read_checkpoint(write_checkpoint(plan())).columns["booked", "下达"]
    for array in (found.values, found.given, found.writer):
        assert not array.flags.writeable


def test_a_million_cells_are_opened_at_once():
    members = tuple(undated(f"S{n}", "", f"岗位{n}") for n in range(83_334))
    shape = (len(members), 12)
    values = np.arange(shape[0] * 12, dtype=np.int64).reshape(shape)
    calendar = FiscalCalendar()
    large = Plan(
        axes=(Axis("组织", ("岗位",), members),),
        periods=calendar.periods(2027, "month"),
        rollups=rollups(calendar, 2027, "month"),
        measures={"booked": PlanMeasure("booked")},
        layers=("下达",),
        rows=np.arange(len(members), dtype=np.int32)[:, None],
        columns={("booked", "下达"): replace(Column.of(values), writer=np.ones(shape, np.int32))},
    )
    content = write_checkpoint(large)
    started = process_time()
    opened = read_checkpoint(content)
    spent = process_time() - started
    assert opened.total(Slice(measure="booked", layer="下达")) == values.sum()
    assert spent < 5  # 0.3 s where nothing else runs; a replay would take minutes


@pytest.mark.parametrize(
    "content",
    [b"", b"QLCELLS1", b"QLCELLS1" + b"\xff" * 8, write_checkpoint(plan())[:200], pack({}, {})],
)
def test_other_bytes_are_refused(content):
    with pytest.raises(DataRefused, match="cells_unreadable"):
        read_checkpoint(content)
    with pytest.raises(DataRefused, match="cells_unreadable"):
        read_figures(content)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_broken_bytes_are_read_or_refused(noise, place):
    whole = write_checkpoint(plan())
    broken = whole[:place] + noise + whole[place + len(noise) :]
    try:
        read_checkpoint(broken)
    except DataRefused:
        return


shapes = st.tuples(st.integers(0, 5), st.integers(0, 5))


@given(shapes, st.sampled_from(["int64", "int32", "bool"]), st.randoms())
def test_arrays_come_back_as_they_were(shape, kind, random_):
    size = shape[0] * shape[1]
    array = np.array([random_.randint(-9, 9) for _ in range(size)], np.int64).astype(kind)
    head, arrays = unpack(pack({"a": [1, "二"]}, {"x": array.reshape(shape), "y": array}))
    assert head == {"a": [1, "二"]}
    assert same(arrays["x"], array.reshape(shape))
    assert same(arrays["y"], array)


def definition(whole, figures):
    """The definition of a plan that begins with some figures."""
    return Definition(
        name="样例",
        currency="CNY",
        year=2027,
        kind="quarter",
        calendar=FiscalCalendar(),
        measures=tuple(whole.measures.values()),
        layers=whole.layers,
        axes=whole.axes,
        figures=digest(figures),
        references=tuple(whole.references),
        elapsed=whole.elapsed,
    )


def begun():
    """A plan before its first edit."""
    blank = {"holds": (), "bounds": (), "states": {}, "reverts": frozenset()}
    blank |= {"editions": {}, "position": 0}
    figures = column(1, 2, 3, None, -5, 6, 7, 2**62)
    return replace(plan(), **blank, columns={("booked", "下达"): figures})


def test_a_plan_begins_as_its_two_files_say():
    whole = begun()
    figures = write_figures(Figures(whole.rows, whole.columns, whole.references))
    text = write_definition(definition(whole, figures))
    assert equal(first_plan(read_definition(text), read_figures(figures)), whole)


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": np.array([[1, 0], [1, 2]], np.int32)},
        {"rows": np.array([[1], [1]], np.int32)},
        {"rows": np.array([[1, 0]], np.int32)},
        {"rows": np.array([1, 0], np.int32)},
        {"columns": {("margin", "下达"): column(*range(8))}},
        {"columns": {("booked", "商定"): column(*range(8))}},
        {"references": {}},
    ],
    ids=str,
)
def test_figures_of_another_plan_are_refused(changed):
    whole = begun()
    kept = {"rows": whole.rows, "columns": whole.columns, "references": whole.references}
    with pytest.raises(DataRefused, match="figures_differ"):
        first_plan(definition(whole, b""), Figures(**kept | changed))
