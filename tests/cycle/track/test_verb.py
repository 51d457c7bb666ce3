"""Tracking on small files, each told in a few lines of text."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.cycle.track.request import TrackRequest
from quotaloom.cycle.track.verb import track
from tests.support.boards import released

SALES = """日期,大区,销售人员,金额
2026-01-15,华东,李雷,600000
2026-02-15,华东,李雷,300000
2026-04-15,华东,李雷,500000
2026-02-01,华北,韩梅,800000
2026-05-01,华北,吉姆,50000.005
"""
QUOTAS = """销售人员,日期,目标
李雷,2026-01-01,1000000
李雷,2026-04-01,1000000
韩梅,2026-01-01,1000000
"""


@pytest.fixture
def asked(tmp_path):
    """A request over the two files; texts may replace them, and options may be added."""

    def ask(sales=SALES, quotas=QUOTAS, **options):
        (tmp_path / "业绩.csv").write_text(sales, encoding="utf-8")
        (tmp_path / "目标.csv").write_text(quotas, encoding="utf-8")
        files = {"facts": (tmp_path / "业绩.csv",), "quota": (tmp_path / "目标.csv",)}
        return TrackRequest(**files, **({"by": "大区>销售人员"} | options))

    return ask


def told(tracking):
    rows = tracking.nodes.select("path", "period", "credit", "quota").rows()
    return {("/".join(path), period): (credit, quota) for path, period, credit, quota in rows}


def test_credit_meets_the_quota_of_its_day_and_every_sum_is_shown(asked):
    found = told(track(asked()))
    assert found["", ""] == (2_250_000_01, 3_000_000_00)
    assert found["华东/李雷", "2026Q1"] == (900_000_00, 1_000_000_00)
    assert found["华东/李雷", "2026Q2"] == (500_000_00, 1_000_000_00)
    assert found["华北", ""] == (850_000_01, 1_000_000_00)
    assert found["华北/吉姆", "2026Q2"] == (50_000_01, None)


def test_a_quota_that_nobody_sold_against_counts_in_full(asked):
    found = told(track(asked(quotas=QUOTAS + "露西,2026-01-01,200000\n")))
    assert found["未归属/露西", ""] == (0, 200_000_00)
    assert found["", ""][1] == 3_200_000_00


def test_credit_without_a_quota_is_counted_and_said(asked):
    (finding,) = [one for one in track(asked()).findings if one.code == "track.without_quota"]
    assert finding.params["count"] == 1
    assert finding.subject == "50000.01"


def test_what_comes_after_the_day_stays_out(asked):
    found = told(track(asked(as_of=date(2026, 3, 31))))
    assert found["", ""] == (1_700_000_00, 2_000_000_00)


def test_a_year_counts_all_its_quotas_and_has_a_pace(asked):
    tracking = track(asked(as_of=date(2026, 3, 31), year=2026))
    assert told(tracking)["", ""] == (1_700_000_00, 3_000_000_00)
    assert tracking.gone["2026Q1"] == 1
    assert tracking.gone["2026Q2"] == 0
    assert Fraction(1, 5) < tracking.gone[""] < Fraction(1, 4)


def test_facts_of_other_years_are_left_out_of_a_year(asked):
    earlier = SALES + "2025-12-31,华东,李雷,7\n"
    assert told(track(asked(sales=earlier, year=2026))) == told(track(asked(year=2026)))


def test_order_of_rows_changes_nothing(asked):
    head, *lines = SALES.splitlines()
    turned = "\n".join([head, *reversed(lines)])
    assert told(track(asked(sales=turned))) == told(track(asked()))


def test_quotas_of_products_are_added_up_for_the_member(asked):
    by_product = QUOTAS + "韩梅,2026-01-01,500000\n"
    assert told(track(asked(quotas=by_product)))["华北/韩梅", ""][1] == 1_500_000_00


@pytest.mark.parametrize(
    ("change", "code", "subject"),
    [
        ({"sales": SALES + "2026-06-01,华南,李雷,1\n"}, "track.member_torn", "李雷"),
        ({"quotas": QUOTAS + "韩梅,2026-04-01,0.001\n"}, "track.quota_parts", "韩梅"),
        ({"year": 2031}, "track.nothing", "2031"),
    ],
)
def test_files_that_leave_something_open_are_refused(asked, change, code, subject):
    with pytest.raises(DataRefused) as refusal:
        track(asked(**change))
    assert [(one.code, one.subject) for one in refusal.value.findings] == [(code, subject)]


def test_faults_of_both_files_are_named_at_once(asked):
    with pytest.raises(DataRefused) as refusal:
        track(asked(sales=SALES + "x,华东,李雷,1\n", quotas=QUOTAS + "李雷,2026-07-01,y\n"))
    assert {one.params.get("file", "") for one in refusal.value.findings} >= {
        "业绩.csv",
        "目标.csv",
    }


def test_a_request_without_files_or_with_names_is_refused(asked):
    with pytest.raises(UsageRefused) as refusal:
        track(TrackRequest(facts=(), quota=(), by="大区"))
    assert [one.subject for one in refusal.value.findings] == ["FACTS", "--quota"]
    with pytest.raises(UsageRefused):
        track(asked(by="销售人员|姓名"))


def test_a_released_plan_is_tracked_as_it_is(tmp_path):
    sales = tmp_path / "业绩.csv"
    sales.write_text("日期,大区,省份,岗位,金额\n2026-02-01,华东,江苏,E1,90000\n", encoding="utf-8")
    by = {"facts": (sales,), "quota": (), "edition": released(tmp_path), "year": 2026}
    found = told(track(TrackRequest(by="大区>岗位", **by)))
    assert found["", ""] == (90_000_00, 360_000_00)
    assert found["华东/E1", "2026Q1"] == (90_000_00, 30_000_00)
    with pytest.raises(DataRefused) as refusal:
        track(TrackRequest(by="街道>岗位", **by))
    assert "track.level_not_planned" in {one.code for one in refusal.value.findings}
