"""The shape of the year through the whole verb: typed, even, worked, festive, by week."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from quotaloom import decompose
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.request import DecomposeRequest
from quotaloom.cycle.season import is_list, spring_festival
from quotaloom.warehouse.workdays import working_days_by_period
from tests.support.orders import by_period, codes, shares, yearly

FACTS = yearly({("华东", "云"): 300, ("西北", "云"): 100})


def made(facts=FACTS, total="500万", **options):
    return decompose(facts, **({"total": total, "year": 2027, "by": "地区"} | options))


QUARTERS = ["2027Q1", "2027Q2", "2027Q3", "2027Q4"]


@pytest.mark.parametrize(
    "typed", ["15,20,30,35", "15-20-30-35", "15%，20%，30%，35%", "0.15,0.2,0.3,0.35"]
)
def test_quarters_get_the_coefficients_of_the_document(typed):  # AT-12, F6
    result = made(time="quarter", seasonality=typed)
    assert list(by_period(result).values()) == [750_000, 1_000_000, 1_500_000, 1_750_000]
    assert "seasonality.normalised" not in codes(result)


def test_weights_of_140_percent_are_normalised_and_both_are_shown():  # AT-13, F4, W74
    result = made(time="quarter", seasonality="30,40,30,40")
    told = dict(zip(QUARTERS, [1_071_429, 1_428_571, 1_071_429, 1_428_571], strict=True))
    assert sum(told.values()) == 5_000_000
    assert by_period(result) == told
    said = next(f for f in result.findings if f.code == "seasonality.normalised")
    assert (said.subject, said.params["raw"]) == ("140", "30, 40, 30, 40")
    assert said.params["shares"] == "21.4286%, 28.5714%, 21.4286%, 28.5714%"
    assert result.trace.parameters["seasonality_shares"] == said.params["shares"]


def test_weights_of_140_percent_in_units_of_ten_thousand():  # AT-13: 107.14 / 142.86 …
    result = made(time="quarter", seasonality="30,40,30,40", unit="100")
    assert list(by_period(result).values()) == [1_071_400, 1_428_600, 1_071_400, 1_428_600]


@pytest.mark.parametrize(
    ("total", "typed", "parts"),
    [
        ("10000001", "15,20,30,35", [1_500_000, 2_000_000, 3_000_000, 3_500_001]),  # C26
        ("12000000", "30,40,30,40", [2_571_429, 3_428_571, 2_571_429, 3_428_571]),  # C25
        ("1200", "1,1,1,1", [300] * 4),  # C02
        ("8", "1,2,1,0", [2, 4, 2, 0]),  # W22
    ],
)
@pytest.mark.parametrize("time", ["quarter", "month", "week"])
def test_quarters_are_the_same_whatever_lies_inside_them(total, typed, parts, time):  # F3
    result = made(time=time, total=total, seasonality=typed)
    assert sum(by_period(result).values()) == int(total)
    if time == "week":  # natural quarters cut weeks: theirs are the weeks by their fourth day
        return
    sums = dict.fromkeys(QUARTERS, 0)
    for period, quota in by_period(result).items():
        quarter = ((period, *result.trace.rollups[period]))[1 if time == "month" else 0]
        sums[quarter] += quota
    assert list(sums.values()) == parts


def test_weights_may_lie_in_a_file(tmp_path):
    path = tmp_path / "季节.csv"
    path.write_text("季度,系数\nQ1,15\nQ2,20\nQ3,30\nQ4,35\n", encoding="utf-8")
    result = made(time="quarter", seasonality=str(path))
    assert list(by_period(result).values()) == [750_000, 1_000_000, 1_500_000, 1_750_000]


def test_a_column_of_percents_that_is_no_whole_is_refused_with_its_sum(tmp_path):  # H57
    path = tmp_path / "季节.csv"
    path.write_text("季度,占比\nQ1,30%\nQ2,40%\nQ3,30%\nQ4,40%\n", encoding="utf-8")
    with pytest.raises(DataRefused) as refusal:
        made(time="quarter", seasonality=str(path))
    (finding,) = refusal.value.findings
    assert (finding.code, finding.params["sum"].strip("%")) == ("weights.not_whole", "140")


@pytest.mark.parametrize("typed", ["winter", "", ".", "15,20,x,35", "15;20;30;35", "1,2,3"])
def test_a_seasonality_that_is_none_is_refused(typed):
    with pytest.raises(UsageRefused):
        made(seasonality=typed)


@pytest.mark.parametrize(
    ("text", "known"),
    [("15,20,30,35", True), ("15-20", True), ("1、2", True), ("a.csv", False), ("2026", False),
     ("15,20.csv", False), ("equal", False), ("-1,2", False)],
)  # fmt: skip
def test_a_list_is_told_from_the_name_of_a_file(text, known):
    assert is_list(text) == known


def test_an_even_year():
    assert set(by_period(made(total="1200", seasonality="equal")).values()) == {100}


def test_working_days_shape_the_year():
    result = made(total="2480000", year=2026, facts=FACTS.filter(pl.col("日期") < date(2026, 1, 1)),
                  seasonality="workdays", time="quarter")  # fmt: skip
    quarters = FiscalCalendar().periods(2026, "quarter")
    days = working_days_by_period(quarters).counts.tolist()
    assert sum(days) == 248
    assert list(by_period(result).values()) == [10_000 * count for count in days]
    assert result.trace.parameters["workdays"].startswith("CN (holidays ")


def test_working_days_of_a_year_without_notice_are_provisional():
    assert "workdays.provisional" in codes(made(seasonality="workdays"))


def test_january_and_february_move_with_the_festival():
    # 春节 2026: 17 February; 2027: 6 February
    days = working_days_by_period(FiscalCalendar().periods(2027, "month")[:2]).counts
    result = made(total="1200000")
    months = list(by_period(result).values())
    assert months[2:] == [100_000] * 10
    assert months[0] + months[1] == 200_000
    assert abs(months[0] * days[1] - months[1] * days[0]) <= days.sum()
    assert made(total="1200000", spring_festival="off").frame["quota"].n_unique() == 2


def test_the_festival_is_told():
    result = made()
    assert "workdays.provisional" in codes(result)
    assert "spring_festival_days" in result.trace.parameters
    assert "workdays.provisional" not in codes(made(time="quarter"))


REQUEST = DecomposeRequest((Path("a"),), "1", 2027)


@pytest.mark.parametrize(
    ("options", "calendar", "slots"),
    [
        ({}, FiscalCalendar(), (0, 1)),
        ({}, FiscalCalendar(4), (9, 10)),
        ({}, FiscalCalendar(1, 25), (0, 1)),
        ({}, FiscalCalendar(2), None),
        ({}, FiscalCalendar(pattern="4-4-5"), None),
        ({"time": "week"}, FiscalCalendar(), None),
        ({"country": "US"}, FiscalCalendar(), None),
        ({"spring_festival": "off"}, FiscalCalendar(), None),
    ],
)
def test_the_festival_needs_both_months_side_by_side(options, calendar, slots):
    request = DecomposeRequest(**(REQUEST.__dict__ | options))
    found = spring_festival(request, calendar).slots
    assert (None if found is None else found[:2]) == slots


def test_an_unknown_country_is_refused():
    with pytest.raises(UsageRefused) as refusal:
        made(seasonality="workdays", country="XX")
    assert codes(refusal.value) == ["workdays.unknown_country"]


def seasonal(region, month, amount):
    """A region that sells twelve times as much in one month."""
    return [
        (date(year, m, 10), region, amount * 12 if m == month else amount)
        for year in (2025, 2026)
        for m in range(1, 13)
    ]


SKEWED = pl.DataFrame(
    [*seasonal("华东", 3, 100), *seasonal("西北", 9, 100)],
    schema=["日期", "地区", "金额"],
    orient="row",
)


def peaks(result):
    """The best month of each region."""
    best = result.frame.sort("quota", descending=True).group_by("地区").first()
    return dict(best.sort("地区").select("地区", "period").iter_rows())


def test_each_top_member_has_its_own_season():
    assert peaks(made(SKEWED)) == {"华东": "2027-03", "西北": "2027-09"}


def test_one_season_for_all_may_be_asked_for():
    months = made(SKEWED, total="4600", season_by="total", spring_festival="off")
    east = months.frame.filter(pl.col("地区") == "华东")["quota"].to_list()
    assert east[2] == east[8]
    assert east[2] > 6 * east[0]


def test_a_season_by_named_headers():
    facts = SKEWED.with_columns(pl.lit("甲").alias("产品,线"))
    options = {"by": ["地区", '"产品,线"'], "total": "4600", "spring_festival": "off"}
    assert peaks(made(facts, season_by="地区", **options))["西北"] == "2027-09"
    months = made(facts, season_by='"产品,线"', **options).frame.filter(pl.col("地区") == "西北")
    assert months["quota"][2] == months["quota"][8]


def test_a_season_by_an_unknown_header_is_refused():
    with pytest.raises(UsageRefused) as refusal:
        made(season_by="大区")
    assert codes(refusal.value) == ["wish.unknown_header"]


# --- weeks ---


def daily(first, last, amount=70):
    days = [(first + timedelta(n), "华东", amount) for n in range((last - first).days + 1)]
    return pl.DataFrame(days, schema=["日期", "地区", "金额"], orient="row")


def test_weeks_of_whole_years_are_even_and_nothing_is_warned_of():
    facts = daily(date(2023, 1, 2), date(2025, 12, 28))
    result = made(facts, year=2026, time="week", total="5300")
    assert list(by_period(result).values()) == [100] * 53
    assert codes(result) == ["intake.column_chosen"] * 2


def test_a_53rd_week_of_history_is_left_out_of_a_year_of_52():
    facts = daily(date(2024, 12, 30), date(2027, 1, 3))  # 2025 and 2026W53
    result = made(facts, time="week", total="5200")
    assert list(by_period(result).values()) == [100] * 52


def test_typed_quarters_over_weeks_reach_over_the_year_s_edge():
    result = made(daily(date(2023, 1, 2), date(2025, 12, 28)), year=2026, time="week",
                  seasonality="15,20,30,35", total="5亿")  # fmt: skip
    assert sum(by_period(result).values()) == 5 * 10**8


@pytest.mark.parametrize("time", ["month", "quarter", "half", "year", "week"])
@pytest.mark.parametrize(
    "calendar",
    [{}, {"fiscal_start": 4}, {"fiscal_start": 7, "cutoff_day": 25}, {"pattern": "4-4-5"},
     {"fiscal_start": 2, "pattern": "4-5-4"}],
    ids=str,
)  # fmt: skip
def test_every_calendar_holds_the_total(time, calendar):
    result = made(time=time, total="1234567", fix=["地区=西北:20%"], **calendar)
    assert sum(by_period(result).values()) == 1_234_567
    assert shares(result, "地区")["西北"] == 246_913
    periods = FiscalCalendar(
        calendar.get("fiscal_start", 1), calendar.get("cutoff_day", 0), calendar.get("pattern")
    ).periods(2027, time)
    assert result.trace.periods == periods


@pytest.mark.parametrize(
    "wrong", [{"fiscal_start": 13}, {"fiscal_start": 0}, {"cutoff_day": 32}, {"pattern": "5-5-3"}]
)
def test_a_calendar_that_there_is_not_is_refused(wrong):
    with pytest.raises(UsageRefused):
        made(**wrong)


def test_a_fiscal_year_counts_its_own_months():
    # April 2024 – March 2026 sold 100 a month; later months are next fiscal year's
    facts = pl.DataFrame(
        [(date(2024 + (m + 3) // 12, (m + 3) % 12 + 1, 9), "华东", 100 if m < 24 else 10**6)
         for m in range(27)],
        schema=["日期", "地区", "金额"], orient="row",
    )  # fmt: skip
    result = made(facts, fiscal_start=4, total="1200", seasonality="equal")
    assert result.trace.last_year == 1200 * 100
    assert list(by_period(result)) == [p.label for p in FiscalCalendar(4).periods(2027, "month")]
    assert "history.target_year_ignored" in codes(result)


@pytest.mark.parametrize("seasonality", ["15,20,30,35", "15-20-30-35"])
def test_events_lift_their_quarters(seasonality):  # F7: 15 : 25 : 30 : 28
    events = ["2027Q2:+10% 新品上市", "Q2：+15% 集采", "Q4:-20%"]
    result = made(total="9800", time="quarter", seasonality=seasonality, event=events)
    assert list(by_period(result).values()) == [1500, 2500, 3000, 2800]
    assert "新品上市" in result.trace.parameters["event"]


def test_an_event_of_a_quarter_lifts_each_of_its_months_and_a_held_project_stays():
    result = made(total="1600", seasonality="equal", event="Q1:+100%", hold="2027-01:300")
    assert list(by_period(result).values()) == [300, 200, 200, *[100] * 9]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("六一", "event.unreadable"),
        ("Q1:20%", "target.percent_unsigned"),
        ("Q1:1.2x", "event.unreadable"),
        ("2026Q1:+20%", "event.other_year"),
        ("2027-05:+20%", "event.too_fine"),
        (("Q1:-60%", "2027Q1:-50%"), "event.below_nothing"),
    ],
)
def test_an_event_that_cannot_be_meant_is_refused(event, code):
    with pytest.raises(UsageRefused) as refusal:
        made(time="quarter", event=event)
    assert [one.code for one in refusal.value.findings] == [code]
