"""The score of a released plan: base and challenge, each measure, the weighted total."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

QUARTERS = ("2027Q1", "2027Q2", "2027Q3", "2027Q4")
CATALOGUE = """\
measure booked
  unit: 1
  name: 签约额
  weight: 60
measure margin
  unit: 1
  weight: 20
measure margin_rate
  unit: 1
  kind: ratio
  numerator: margin
  denominator: booked
measure customers
  unit: 1
  money: no
  financial: no
  weight: 20
measure stretch
  unit: 1
  at_least: booked
  name: 挑战目标
"""


def lines(east, west):
    rows = [f"{quarter},东,{east}\n{quarter},西,{west}\n" for quarter in QUARTERS]
    return "period,大区,quota\n" + "".join(rows)


def facts(**amounts):
    rows = [f"2027-{month},{region},{amount}\n" for region, amount, month in amounts["rows"]]
    return "日期,大区,金额\n" + "".join(rows)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, command):
    """A released plan: 400 and 800 booked, 100 and 200 of margin, 8 and 12 customers."""
    monkeypatch.chdir(tmp_path)
    targets = {"booked": (100, 200), "margin": (25, 50), "customers": (2, 3), "stretch": (120, 240)}
    for code, (east, west) in targets.items():
        Path(f"{code}.csv").write_text(lines(east, west))
    Path("目录.txt").write_text(CATALOGUE)
    also = [word for code in list(targets)[1:] for word in ("--also", f"{code}={code}.csv")]
    made = command("plan", "new", "P", "--from", "booked.csv", *also, "--measures", "目录.txt")
    assert made.code == 0, made.err
    done = {
        "签约.csv": [("东", 300, "02-01"), ("东", 140, "05-06"), ("西", 720, "11-30")],
        "毛利.csv": [("东", 90, "02-01"), ("西", 220, "11-30")],
        "客户.csv": [("东", 8, "02-01"), ("西", 15, "11-30")],
    }
    for name, rows in done.items():
        Path(name).write_text(facts(rows=rows))


ALL = (
    "--facts",
    "booked=签约.csv",
    "--facts",
    "margin=毛利.csv",
    "--facts",
    "customers=客户.csv",
)


def scored(command, *words):
    run = command("plan", "score", "P", *words, "--json")
    assert run.code == 0, run.err
    return {one["name"] or "合计": one for one in json.loads(run.out)["nodes"]}


@pytest.fixture
def release(command):
    assert command("plan", "release", "P", "一版").code == 0


@pytest.mark.usefixtures("release")
def test_the_score_is_the_weighted_mean_of_what_was_reached(command):  # E20
    found = scored(command, *ALL)
    assert {name: one["score"] for name, one in found.items()} == {
        "合计": "1.016667",  # 60 × 1160/1200 + 20 × 310/300 + 20 × 23/20
        "东": "1.040000",  # 60 × 110 % + 20 × 90 % + 20 × 100 %
        "西": "1.010000",
    }
    assert found["东"]["measures"]["margin"] == {
        "target": "100",
        "done": "90",
        "attainment": "0.900000",
        "weight": 20,
    }
    assert found["东"]["measures"]["margin_rate"]["attainment"] == "0.818180"  # 20.4545 % of 25 %


@pytest.mark.usefixtures("release")
def test_base_and_challenge_are_both_measured_by_what_was_booked(command):  # F14
    found = scored(command, *ALL)
    both = {
        name: [one["measures"][code]["attainment"] for code in ("booked", "stretch")]
        for name, one in found.items()
    }
    assert both == {
        "合计": ["0.966667", "0.805556"],
        "东": ["1.100000", "0.916667"],
        "西": ["0.900000", "0.750000"],
    }


@pytest.mark.usefixtures("release")
def test_a_period_by_itself_and_measures_without_facts(command):
    run = command("plan", "score", "P", "--facts", "booked=签约.csv", "--period", "2027Q1")
    assert run.code == 0, run.err
    assert "300.00 %" in run.out
    assert "customers" in run.err
    assert "40" in run.err  # the weight that is left out


@pytest.mark.usefixtures("release")
def test_drafts_do_not_count_and_strangers_count_in_the_whole(command):
    assert command("plan", "apply", "P", "-e", "set booked/: 1000").code == 0
    Path("签约.csv").write_text(facts(rows=[("东", 400, "02-01"), ("南", 200, "03-01")]))
    run = command("plan", "score", "P", "--facts", "booked=签约.csv", "--json")
    nodes = {one["name"]: one["measures"]["booked"] for one in json.loads(run.out)["nodes"]}
    assert nodes[""] | {"weight": 0} == {
        "target": "1200",
        "done": "600",
        "attainment": "0.500000",
        "weight": 0,
    }
    assert nodes["东"]["attainment"] == "1.000000"
    assert "1 行" in run.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--facts"),
        (("--facts", "booked=签约.csv", "--axis", "省"), "大区"),
        (("--facts", "margin_rate=毛利.csv"), "margin_rate"),
        (("--facts", "booked=签约.csv", "--period", "2030Q1"), "2030Q1"),
    ],
)
@pytest.mark.usefixtures("release")
def test_what_cannot_be_scored_is_refused(command, words, told):
    run = command("plan", "score", "P", *words)
    assert run.code != 0
    assert told in run.err


def test_the_coefficients_of_the_quarters_split_the_year_and_assess_each_quarter(command):  # F6
    Path("签约.csv").write_text(
        facts(rows=[("东", 600, "02-01"), ("东", 750, "05-01"), ("东", 1200, "08-01")])
    )
    words = ("--weights", "份额.csv", "--by", "大区", "--total", 4000, "--year", 2027)
    Path("份额.csv").write_text("大区,权重\n东,1\n")
    asked = ("--seasonality", "15,20,30,35", "--time", "quarter", "--out", "年.csv")
    assert command("decompose", *words, *asked).code == 0
    assert command("plan", "new", "Q", "--from", "年.csv").code == 0
    assert command("plan", "release", "Q", "年度").code == 0
    found = {}
    for quarter in QUARTERS:
        words = ("--facts", "booked=签约.csv", "--period", quarter, "--json")
        run = command("plan", "score", "Q", *words)
        part = json.loads(run.out)["nodes"][0]["measures"]["booked"]
        found[quarter] = part["target"], part["attainment"]
    assert list(found.values()) == [
        ("600", "1.000000"),
        ("800", "0.937500"),
        ("1200", "1.000000"),
        ("1400", "0.000000"),
    ]


def test_a_draft_has_no_score(command):
    run = command("plan", "score", "P", *ALL)
    assert run.code == 3
    assert "plan release" in run.err


def test_a_rate_of_money_and_pieces_is_measured_in_the_same_units(command):
    Path("目录.txt").write_text(
        CATALOGUE + "measure price\n  unit: 1\n  kind: ratio\n  numerator: booked\n"
        "  denominator: customers\n"
    )
    words = ("--also", "customers=customers.csv", "--measures", "目录.txt")
    assert command("plan", "new", "R", "--from", "booked.csv", *words).code == 0
    assert command("plan", "release", "R", "一版").code == 0
    facts_of = ("--facts", "booked=签约.csv", "--facts", "customers=客户.csv")
    run = command("plan", "score", "R", *facts_of, "--json")
    (whole, *_) = json.loads(run.out)["nodes"]
    # 1,200 ÷ 20 = 60 yuan were the target, 1,160 ÷ 23 were reached
    assert whole["measures"]["price"]["attainment"] == "0.840580"
