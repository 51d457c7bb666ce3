"""decompose as a Python call."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotaloom
from quotaloom import decompose
from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.cycle.options import KINDS
from tests.support.counts import examples
from tests.support.orders import codes, shares, yearly

FACTS = yearly({("华东", "云"): 300, ("西北", "云"): 100})


def call(**options):
    given = {"total": 400, "year": 2027, "by": "地区", "seasonality": "equal"} | options
    return decompose(FACTS, **given)


def test_one_text_stands_for_a_list_of_one():
    assert shares(call(), "地区") == {"华东": 300, "西北": 100}
    assert shares(call(by=["地区"], fix="地区=华东:100"), "地区") == {"华东": 100, "西北": 300}


def test_the_result_holds_frame_findings_and_trace():
    result = call()
    assert result.frame.columns == ["period", "地区", "basis", "quota"]
    assert result.findings == result.trace.findings
    assert result.frame is result.trace.leaves


def test_facts_may_be_lazy_or_speak_arrow():
    class Foreign:
        def __arrow_c_stream__(self, requested_schema=None):
            return FACTS.__arrow_c_stream__(requested_schema)

    for facts in (FACTS.lazy(), Foreign()):
        result = decompose(facts, total=400, year=2027, by="地区", seasonality="equal")
        assert result.frame.equals(call().frame)


def test_weights_may_be_a_frame():
    weights = pl.DataFrame({"地区": ["华东", "西北"], "权重": [3, 1]})
    result = decompose(weights=weights, total=400, year=2027, by="地区", time="year")
    assert shares(result, "地区") == {"华东": 300, "西北": 100}


def test_an_unknown_option_is_refused_with_the_nearest():
    with pytest.raises(UsageRefused) as refusal:
        call(fixx="a", tim="month")
    first, second = refusal.value.findings
    assert (first.code, first.subject) == ("option.unknown", "fixx")
    assert first.params["nearest"].startswith("fix,")
    assert second.params["nearest"].startswith("time,")


def test_a_wrong_type_is_refused_with_an_example():
    with pytest.raises(UsageRefused) as refusal:
        call(total=4e2, fill_down="yes")
    assert codes(refusal.value) == ["option.wrong_type"] * 2
    assert refusal.value.findings[0].params == {"value": "400.0", "expected": 'total = "…"'}


def test_total_and_year_must_be_given():
    with pytest.raises(TypeError):
        decompose(FACTS, year=2027)


def test_importing_the_package_is_cheap():
    script = "import sys, quotaloom; print('polars' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_the_package_has_no_other_names():
    assert quotaloom.__all__ == ["decompose"]
    with pytest.raises(AttributeError, match="recompose"):
        quotaloom.recompose  # noqa: B018


def test_the_page_lists_every_option():
    page = (Path(__file__).parents[2] / "docs/reference/python.md").read_text(encoding="utf-8")
    assert [name for name in KINDS if f"`{name}`" not in page] == []


BITS = [
    *('"', "=", ">", "|", "<", "&", ":", "：", ",", "%", "\n", "\0", "🙂", "{0}", "%s", "--"),
    *("地区", "产品", "地区=华东", "Q1", "2027", "NA", "本级", "未归属", " on ", " as ", "not"),
    *("1", "0", "-1", "5亿", "1e9", "9" * 400, "+15%", "１２", "∞", "15,20,30,35", "0.5", "1/2"),
    *("x.csv", "/", "..", "A" * 5000, "utf-8", "zip", "history", "month", "like '*'", ""),
]
GARBAGE = st.lists(st.sampled_from(BITS) | st.text(max_size=5), min_size=1, max_size=3).map("".join)
NUMBERS = st.sampled_from([0, -1, 1, 13, 32, 90, 10**9, -(10**18), 2**70, 2027])
OPTIONS = sorted(set(KINDS) - {"facts", "fill_down"})


@pytest.mark.heavy
@settings(max_examples=examples(3000), deadline=None)
@given(name=st.sampled_from(OPTIONS), data=st.data())
def test_no_value_of_any_option_is_a_fault_of_ours(name, data):
    number = KINDS[name] == "integer"
    with suppress(QuotaLoomError):
        result = call(**{name: data.draw(NUMBERS if number else GARBAGE)})
        assert int(result.frame["quota"].sum()) == result.trace.total
