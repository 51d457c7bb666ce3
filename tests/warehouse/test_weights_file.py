"""A basis without dates: weights that are none are refused, shares must be a whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.counts import examples
from tests.support.office import codes, only, read, refusal


def weigh(*cells, header="权重", **asked):
    lines = [f"{'ABCDEFGHIJ'[at]},{cell}" for at, cell in enumerate(cells)]
    text = "\n".join([f"地区,{header}", *lines])
    return text, {"dated": False, **asked}


def values(folder, *cells, **asked):
    text, request = weigh(*cells, **asked)
    facts = read(folder, text, **request)
    return facts.frame["amount"].to_list(), facts.scale


def faults(folder, *cells, **asked):
    text, request = weigh(*cells, **asked)
    return refusal(folder, text, **request)


def test_weights_are_a_frame_without_dates(tmp_path):
    text, request = weigh("30", "10.5", "0")
    facts = read(tmp_path, text, **request)
    assert facts.frame.columns == ["amount", "地区"]
    assert facts.frame["amount"].to_list() == [300_000, 105_000, 0]
    assert facts.chosen == {"amount": "权重", "地区": "地区"}


def test_a_negative_weight_is_refused_with_its_address(tmp_path):
    found = only(faults(tmp_path, "30", "-1"), "weights.negative")
    assert (found.params["row"], found.params["column"], found.params["value"]) == (
        3,
        "B 权重",
        "-1",
    )


def test_weights_that_are_all_zero_are_refused(tmp_path):
    assert codes(faults(tmp_path, "0", "0.0")) == ["weights.all_zero"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("权重", ["30%", "40%", "30%", "40%"]),
        ("权重%", ["30", "40", "30", "40"]),
        ("占比", ["0.3", "0.4", "0.3", "0.4"]),
        ("share", ["30", "40"]),
    ],
)
def test_h57_shares_that_are_no_whole_are_refused_with_their_sum(tmp_path, header, cells):
    found = only(faults(tmp_path, *cells, header=header), "weights.not_whole")
    assert found.params["sum"] in {"140%", "70%"}


def test_h57_plain_weights_may_sum_to_anything(tmp_path):
    assert values(tmp_path, "30", "40", "30", "40")[0] == [300_000, 400_000, 300_000, 400_000]


@pytest.mark.parametrize(
    ("header", "cells"),
    [("占比", ["33.33%"] * 3), ("占比", ["0.333"] * 3), ("占比(%)", ["33.3", "33.3", "33.3"])],
)
def test_h58_thirds_are_accepted_and_told(tmp_path, header, cells):
    text, request = weigh(*cells, header=header)
    facts = read(tmp_path, text, **request)
    assert codes(facts.findings, "warning") == ["weights.rounded_shares"]


def test_h56_percents_and_plain_numbers_in_one_column_are_refused(tmp_path):
    found = only(faults(tmp_path, "120%", "1.2", "120"), "weights.mixed_percent")
    assert (found.params["row"], found.params["count"]) == (3, 2)


def test_a_whole_of_percents_is_read_in_silence(tmp_path):
    text, request = weigh("15%", "20%", "30%", "35 ％", header="占比")
    facts = read(tmp_path, text, **request)
    assert codes(facts.findings, "warning", "error") == []
    assert facts.frame["amount"].to_list() == [150_000, 200_000, 300_000, 350_000]


def test_small_weights_keep_their_digits(tmp_path):
    assert values(tmp_path, "0.000012345", "0.5") == ([12_345, 500_000_000], 9)
    assert values(tmp_path, "0.33333", "2") == ([33_333, 200_000], 5)


def test_a_unit_in_a_cell_or_header_is_kept_at_a_finer_scale(tmp_path):
    assert values(tmp_path, "1.00001万", "2万") == ([100_001_000, 200_000_000], 4)
    assert values(tmp_path, "1.000000001", "2", header="权重(万元)") == (
        [1_000_000_001, 2_000_000_000],
        5,
    )


def test_rows_that_repeat_each_other_are_refused(tmp_path):
    text = "地区,省,权重\n华东,上海,1\n华北,北京,2\n华东,上海,3"
    found = only(refusal(tmp_path, text, dated=False), "weights.double_row")
    assert (found.params["count"], found.params["examples"]) == (2, "华东 / 上海 (2, 4)")


def test_members_in_several_rows_are_added_up_and_told(tmp_path):
    text = "地区,年份,权重\n华东,2019,1\n华北,2019,2\n华东,2020,3"
    facts = read(tmp_path, text, dated=False, columns=("地区",))
    found = only(facts.findings, "weights.rows_added")
    assert (found.params["count"], found.params["examples"]) == (1, "华东 (2, 4)")


def test_a_total_among_the_weights_is_never_a_member(tmp_path):
    text = "地区,权重\n华东,1\n华北,2\n合计,3"
    assert codes(refusal(tmp_path, text, dated=False)) == ["subtotals.found"]
    facts = read(tmp_path, text, dated=False, subtotals="drop")
    assert facts.frame["amount"].to_list() == [10_000, 20_000]


@given(parts=st.lists(st.integers(0, 10_000), min_size=2, max_size=8))
@settings(max_examples=examples(500), deadline=None)
def test_shares_rounded_to_two_decimals_are_always_accepted(parts, tmp_path_factory):
    total = sum(parts) or 1
    shares = [f"{round(part * 10_000 / total) / 100:.2f}%" for part in parts]
    folder = tmp_path_factory.mktemp("office")
    if any(parts):
        assert sum(values(folder, *shares)[0])
    else:
        assert codes(faults(folder, *shares)) == ["weights.all_zero"]
