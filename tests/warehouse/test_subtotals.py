"""Sums inside the data: found by their words and their figures, never counted twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.counts import examples
from tests.support.office import amounts, codes, only, read, refusal, write

BLOCKS = """
    地区,省,日期,金额
    华东,上海,2025-01-01,100
    华东,浙江,2025-01-02,200
    {first}
    华北,北京,2025-01-03,50
    华北,天津,2025-01-04,60
    {second}
    {whole}
"""


def blocks(first="华东,小计,,300", second="华北,小计,,110", whole="合计,,,410"):
    return BLOCKS.format(first=first, second=second, whole=whole)


LAYOUTS = {
    "named": blocks(),
    "named in the first column": blocks("华东小计,,,300", "华北小计,,,110", "总计,,,410"),
    "in English": blocks("East Total,,,300", "Subtotal:,,,110", "Grand Total,,,410"),
    "as Excel writes them": blocks("华东 汇总,,,300", "华北 汇总,,,110", "总计,,,410"),
    "spaced": blocks("小  计,,,300", "小 计:,,,110", "合　计：,,,410"),
    "by their sums alone": blocks("华东,,,300", "华北,,,110", ",,,410"),
    "in the date": blocks("华东,,小计,300", "华北,,小计,110", ",,合计,410"),
    "traditional": blocks("華東小計,,,300", "華北小計,,,110", "總計,,,410"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_h40_sums_are_refused_with_their_rows_naming_the_flag(tmp_path, layout):
    found = refusal(tmp_path, LAYOUTS[layout])
    assert codes(found) == ["subtotals.found"]
    params = only(found, "subtotals.found").params
    assert (params["rows"], params["count"], params["sum"]) == ("4, 7, 8", 3, "820")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_h40_dropped_sums_are_told_and_the_rest_is_counted_once(tmp_path, layout):
    facts = read(tmp_path, LAYOUTS[layout], subtotals="drop")
    assert amounts(facts) == ["100", "200", "50", "60"]
    assert only(facts.findings, "subtotals.dropped").params["rows"] == "4, 7, 8"
    assert "subtotals.sum_differs" not in codes(facts.findings, "warning")


def test_h40_a_named_sum_that_is_wrong_is_left_out_with_the_difference(tmp_path):
    facts = read(tmp_path, blocks(whole="合计,,,411"), subtotals="drop")
    assert amounts(facts) == ["100", "200", "50", "60"]
    differs = only(facts.findings, "subtotals.sum_differs")
    assert (differs.params["row"], differs.params["value"]) == (8, "411")


def test_h40_refuse_is_the_default_said_aloud(tmp_path):
    assert codes(refusal(tmp_path, blocks(), subtotals="refuse")) == ["subtotals.found"]


def test_a_sum_without_an_amount_is_a_sum_too(tmp_path):
    facts = read(tmp_path, blocks(whole="合计,,,"), subtotals="drop")
    assert amounts(facts) == ["100", "200", "50", "60"]


def test_a_sum_across_the_other_keys_is_found(tmp_path):
    text = """
        地区,日期,金额
        华东,2025-01-01,1
        华东,2025-02-01,2
        华北,2025-01-01,10
        华北,2025-02-01,20
        合计,2025-01-01,11
        合计,2025-02-01,22
    """
    assert amounts(read(tmp_path, text, subtotals="drop")) == ["1", "2", "10", "20"]


def test_a_customer_called_total_is_a_customer(tmp_path):
    text = """
        客户,日期,金额
        Total,2025-01-01,70
        Shell,2025-01-02,20
        Total,2025-01-03,30
    """
    facts = read(tmp_path, text)
    assert amounts(facts) == ["70", "20", "30"]
    assert codes(facts.findings, "warning") == ["subtotals.name_kept"] * 2


def test_blank_members_are_no_sums(tmp_path):
    text = """
        客户,地区,日期,金额
        甲,华东,2025-01-01,1
        乙,华东,2025-01-01,2
        ,华东,2025-01-02,3
        ,华东,2025-01-01,4
        丙,华北,2025-01-01,4
        ,华北,2025-01-01,4
    """
    assert amounts(read(tmp_path, text)) == ["1", "2", "3", "4", "4", "4"]


def test_a_filter_leaves_sums_out_of_the_question(tmp_path):
    facts = read(tmp_path, blocks("华东,小计,,300"), where="日期 is not blank")
    assert amounts(facts) == ["100", "200", "50", "60"]
    assert codes(refusal(tmp_path, blocks(), where="地区 = 华东")) == ["subtotals.found"]


def test_a_label_may_stand_in_a_column_nobody_asked_for(tmp_path):
    text = "序号,地区,日期,金额\n1,华东,2025-01-01,5\n2,华北,2025-01-01,6\n合计,,,99"
    assert amounts(read(tmp_path, text, subtotals="drop")) == ["5", "6"]


def test_the_other_faults_of_a_file_are_told_with_its_sums(tmp_path):
    text = blocks().replace("浙江,2025-01-02", "浙江,2025-13-02")
    assert codes(refusal(tmp_path, text)) == ["subtotals.found", "intake.date_impossible"]


def test_each_file_is_searched_alone(tmp_path):
    other = "地区,省,日期,金额\n华南,广东,2025-01-01,7\n合计,,,7"
    text = write(tmp_path, other, "b.csv").read_text(encoding="utf-8")
    assert amounts(read(tmp_path, text, subtotals="drop")) == ["7"]


REGIONS = st.lists(st.lists(st.integers(1, 9_999), min_size=2, max_size=5), min_size=1, max_size=5)


@given(regions=REGIONS, named=st.booleans(), whole=st.booleans())
@settings(max_examples=examples(500), deadline=None)
def test_whatever_sums_are_added_the_facts_stay_the_facts(regions, named, whole, tmp_path_factory):
    lines = ["地区,省,日期,金额"]
    for place, cells in enumerate(regions):
        lines += [f"区{place},省{at},2025-01-01,{cell}" for at, cell in enumerate(cells)]
        lines.append(f"区{place},{'小计' if named else ''},,{sum(cells)}")
    if whole:
        lines.append(f"{'合计' if named else ''},,,{sum(map(sum, regions))}")
    folder = tmp_path_factory.mktemp("office")
    facts = read(folder, "\n".join(lines), subtotals="drop")
    assert amounts(facts) == [str(cell) for cells in regions for cell in cells]
