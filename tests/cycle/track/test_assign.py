"""Tracking by a file that says whose each fact is."""

from __future__ import annotations

import pytest

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.cycle.track.request import TrackRequest
from quotaloom.cycle.track.verb import track

SALES = """日期,岗位,客户,产品线,立项日,金额
2026-01-15,S1,甲,平台,,1000
2026-02-15,S1,乙,硬件,,200
2026-04-20,S1,甲,平台,2026-02-01,300
2026-07-20,S1,甲,平台,2026-02-01,400
"""
QUOTAS = """大区,岗位,日期,目标
华东,S1,2026-01-01,1000
华北,S2,2026-01-01,1000
华东,S3,2026-01-01,100
"""
RULES = """规则,客户,产品线,岗位,份额,性质,生效日期,失效日期
甲老,甲,,S1,60%,分摊,,2026-04-01
甲老,甲,,S2,40%,分摊,,2026-04-01
甲新,甲,,S2,100%,分摊,2026-04-01,
平台专家,,平台,S3,10%,叠加,,
"""


@pytest.fixture
def asked(tmp_path):
    def ask(rules=RULES, quotas=QUOTAS, **options):
        for name, text in (("业绩", SALES), ("目标", quotas), ("归属", rules)):
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        files = {"facts": (tmp_path / "业绩.csv",), "quota": (tmp_path / "目标.csv",)}
        assign = {"assign": tmp_path / "归属.csv"} | options
        return TrackRequest(**files, by="大区>岗位", **assign)

    return ask


def whole(tracking):
    rows = tracking.nodes.select("path", "period", "credit", "overlay").rows()
    return {"/".join(path): (credit, beside) for path, period, credit, beside in rows if not period}


def test_splits_roll_up_once_and_an_overlay_stays_on_its_own_line(asked):
    assert whole(track(asked())) == {
        "": (1900_00, 0),
        "华东": (800_00, 0),
        "华东/S1": (800_00, 0),
        "华东/S3": (0, 170_00),
        "华北": (1100_00, 0),
        "华北/S2": (1100_00, 0),
    }


def test_what_was_begun_before_the_move_is_held_over(asked):
    found = whole(track(asked(origin="立项日", hold_over=90)))
    assert found["华东/S1"] == (980_00, 0)  # 60 % of the 300 of April, none of July
    assert found[""] == (1900_00, 0)


def test_a_condition_may_ask_for_the_seat_that_the_fact_names(asked):
    rules = "原岗位,岗位,份额\nS1,S2,100%\n"
    assert whole(track(asked(rules)))["华北/S2"] == (1900_00, 0)


@pytest.mark.parametrize(
    ("rules", "quotas", "codes"),
    [
        ("客户,岗位,份额\n甲,S1,六成\n", QUOTAS, ["credit.share_unreadable"]),
        ("客户,岗位,份额,性质\n甲,S1,100%,赠送\n", QUOTAS, ["credit.unknown_kind"]),
        ("客户,岗位,份额\n甲,,100%\n", QUOTAS, ["credit.member_blank"]),
        (RULES, "岗位,日期,目标\nS1,2026-01-01,1000\n", ["credit.quotas_without_place"]),
    ],
)
def test_what_cannot_be_meant_is_refused(asked, rules, quotas, codes):
    with pytest.raises(DataRefused) as refusal:
        track(asked(rules, quotas))
    assert [one.code for one in refusal.value.findings] == codes


def test_hold_over_asks_for_both_of_its_options(asked):
    with pytest.raises(UsageRefused):
        track(asked(hold_over=30))
    with pytest.raises(UsageRefused):
        track(asked(assign=None, origin="立项日"))
