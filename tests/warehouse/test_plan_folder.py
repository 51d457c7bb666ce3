"""A decomposition kept as a folder."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import polars as pl
import pytest

from quotaloom.core.model.decomposition import Decomposition
from quotaloom.warehouse.plan_folder import cells_digest, load_plan, save_plan
from tests.support.decompositions import Shape, decomposition

SHAPES = [Shape(), Shape(by=("人员",), kind="week"), Shape(by=("地区",), kind="year")]


def same(one, other):
    if isinstance(one, pl.DataFrame):
        return one.equals(other)
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dated", [True, False])
def test_what_was_written_is_read_back_equal(tmp_path, shape, dated):
    one = decomposition(7, shape)
    tuples = one.leaves.height // len(one.periods)
    one = replace(one, tuple_last_year=np.arange(tuples) if dated else None)
    digest = save_plan(one, tmp_path / "plan")
    other = load_plan(tmp_path / "plan")
    assert cells_digest(other.leaves) == digest
    for one_field in fields(Decomposition):
        assert same(getattr(one, one_field.name), getattr(other, one_field.name)), one_field.name


def test_a_changed_cell_is_found(tmp_path):
    save_plan(decomposition(), tmp_path / "plan")
    path = tmp_path / "plan" / "leaves.parquet"
    leaves = pl.read_parquet(path)
    leaves.with_columns(pl.col("quota") + (pl.int_range(pl.len()) == 3)).write_parquet(path)
    with pytest.raises(ValueError, match="not what was written"):
        load_plan(tmp_path / "plan")


def test_a_folder_is_never_written_twice(tmp_path):
    save_plan(decomposition(), tmp_path / "plan")
    with pytest.raises(FileExistsError):
        save_plan(decomposition(), tmp_path / "plan")
