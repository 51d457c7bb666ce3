"""A member's own file."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import polars as pl
import pytest

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import warning
from quotaloom.report.cube import cube_of
from quotaloom.report.recheck.file import recheck
from quotaloom.report.workbook.excerpt import excerpts, seen_part
from quotaloom.report.workbook.files import write_members, write_workbook
from tests.support.decompositions import PEOPLE, Shape, decomposition

PLAN = decomposition(7, Shape(by=("地区", "人员"), kept=1.0))


def test_a_file_for_each_member_beside_the_whole(tmp_path):
    files = write_workbook(PLAN, tmp_path / "plan.xlsx", "zh", split_by="地区")
    names = ["plan.xlsx", "plan-华东.xlsx", "plan-华北.xlsx", "plan-西南.xlsx"]
    assert [path.name for path in files] == names
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert "华东" not in openpyxl.load_workbook(files[0]).sheetnames
    for path in files:
        assert recheck(path).findings == ()
    parts = [part.decomposition.total for part in excerpts(PLAN, "地区")]
    assert sum(parts) == PLAN.total


def test_a_file_names_nobody_else(tmp_path):
    """No other region, province or wish appears anywhere in the file, not even unseen."""
    told = replace(
        PLAN,
        findings=(warning("recheck.sheet_missing", "华北"),),
        parameters={"--fix": "地区=华北:1亿", "--total": "5亿"},
    )
    _, east, *_ = write_workbook(told, tmp_path / "plan.xlsx", "zh", split_by="地区")
    with zipfile.ZipFile(east) as package:
        text = "".join(package.read(name).decode() for name in package.namelist())
    assert "华东" in text
    for other in ("华北", "西南", "北京", "河北", "四川", "重庆", "5亿", "1亿"):
        assert other not in text
    assert str(PLAN.total // 100) not in text
    assert str(PLAN.last_year // 100) not in text


def test_people_are_found_by_the_header_of_their_names(tmp_path):
    files = write_workbook(PLAN, tmp_path / "plan.xlsx", "zh", split_by="姓名")
    assert [path.stem for path in files[1:]] == [
        "plan-王伟 · P01", "plan-李娜", "plan-王伟 · P03", "plan-赵敏", "plan-孙磊",
    ]  # fmt: skip
    assert len(files) == 1 + len(PEOPLE)


def test_a_lower_level_keeps_its_parents_but_not_their_figures():
    shanghai = excerpts(PLAN, "省")[0].decomposition
    known = {tuple(path): amount for _, path, amount in shanghai.node_last_year.iter_rows()}
    assert known[("华东",)] == known[("华东", "上海")] == shanghai.last_year
    assert cube_of(shanghai).trees[0].paths() == [("华东",), ("华东", "上海")]


def test_an_unknown_level_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(UsageRefused) as refusal:
        write_workbook(PLAN, tmp_path / "plan.xlsx", "zh", split_by="大区")
    assert refusal.value.findings[0].params["allowed"] == "地区, 省, 工号"
    assert list(tmp_path.iterdir()) == []


def east_of(plan):
    """The tuples of 华东 alone."""
    return (plan.leaves[:: len(plan.periods)]["地区"] == "华东").to_numpy()


def test_the_part_that_is_seen_sums_its_own_tuples():
    mask, past = east_of(PLAN), np.arange(1, len(east_of(PLAN)) + 1)
    part = seen_part(replace(PLAN, tuple_last_year=past), mask)
    east = PLAN.leaves.filter(pl.col("地区") == "华东")
    assert part.leaves.equals(east)
    assert part.total == east["quota"].sum()
    rows = part.node_last_year.iter_rows()
    tops = [amount for name, path, amount in rows if (name, len(path)) == ("地区>省", 1)]
    assert sum(tops) == part.last_year == past[mask].sum()


def test_what_is_not_seen_whole_does_not_tell_how_it_came():
    part = seen_part(PLAN, east_of(PLAN))
    told = {one.path for one in part.derivations}
    assert told == {one.path for one in PLAN.derivations if one.path[:1] == ("华东",)} - {("华东",)}
    assert (part.margins, part.findings, part.parameters) == ((), (), {})


def test_a_workbook_of_what_is_seen_agrees_with_itself(tmp_path):
    write_workbook(seen_part(PLAN, east_of(PLAN)), tmp_path / "part.xlsx", "zh")
    assert recheck(tmp_path / "part.xlsx").findings == ()


def test_members_get_a_file_each_and_progress_is_told(tmp_path):
    steps = []
    level = PLAN.hierarchies[0][1][-1]
    files = write_members(PLAN, tmp_path, "zh", level, lambda *step: steps.append(step))
    assert steps == [("write", n, len(files)) for n in range(1, len(files) + 1)]
    assert len({path.name for path in files}) == len(files) == len(excerpts(PLAN, level))
    assert all(recheck(path).findings == () for path in files)
