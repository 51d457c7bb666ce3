"""The first sheet."""

from __future__ import annotations

import openpyxl
import polars as pl

from tests.support.decompositions import Shape, decomposition, from_leaves
from tests.support.workbooks import written


def tables(path):
    """The rows of the overview below each header, by the header's first cell."""
    rows = openpyxl.load_workbook(path, data_only=True)["总览"].iter_rows(min_row=7, max_col=6)
    found, head = {}, None
    for row in rows:
        values = [cell.value for cell in row]
        if values[0] is None:
            head = None
        elif head is None and values[1] is not None:
            head = values[0]
            found[head] = []
        elif head is not None:
            found[head].append(values)
    return found


def test_every_hierarchy_and_the_periods_have_a_table(tmp_path):
    plan = decomposition(1, Shape(by=("地区", "产品线", "人员")))
    found = tables(written(plan, tmp_path))
    assert list(found) == ["地区", "产品线", "姓名", "期间"]
    for head, amount, share in (("地区", 3, 5), ("姓名", 3, 5), ("期间", 1, 2)):
        *rows, total = found[head]
        assert round(sum(row[amount] for row in rows) * 100) == plan.total
        assert round(total[amount] * 100) == plan.total
        assert sum(round(row[share] * 1000) for row in rows) == 1000
    assert found["期间"][-2][3] == 1  # the cumulative share ends at 100 %


def test_the_largest_stand_first_and_the_rest_in_one_line(tmp_path):
    frame = pl.DataFrame(
        {
            "period": ["2027"] * 40,
            "客户": [f"客户{at:02}" for at in range(40)],
            "basis": [1] * 40,
            "quota": list(range(10_000, 410_000, 10_000)),
        }
    )
    plan = from_leaves(frame, (("客户", ("客户",)),), Shape(kind="year"), margins=())
    *rows, total = tables(written(plan, tmp_path))["客户"]
    assert [row[0] for row in rows][:2] == ["客户39", "客户38"]
    assert rows[-1][0] == "其他 26 个"
    assert len(rows) == 15
    assert sum(row[3] for row in rows) == total[3]
