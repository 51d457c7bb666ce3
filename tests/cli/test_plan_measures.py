"""Several measures in one plan: financial and not, base and challenge, ratios, from files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HEAD = "period,大区,产品,quota\n"
MONTHS = [f"2027-{month:02}" for month in range(1, 13)]
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
  counted_in: 家
  financial: no
  weight: 20
measure stretch
  unit: 1
  at_least: booked
"""


def lines(**figures):
    """A line a leaf and month, the same amount each month."""
    leaves = {"东云": "东,云", "东屏": "东,屏", "西云": "西,云"}
    return HEAD + "".join(
        f"{month},{leaves[leaf]},{amount}\n" for leaf, amount in figures.items() for month in MONTHS
    )


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("签约.csv").write_text(lines(东云=300, 东屏=100, 西云=100))
    Path("毛利.csv").write_text(lines(东云=90, 西云=10))
    Path("客户.csv").write_text(lines(东云=3, 西云=2))
    Path("目录.txt").write_text(CATALOGUE)


def new(command, *words):
    return command("plan", "new", "目标", "--from", "签约.csv", *words)


def shown(command, at):
    """What each node shows for the period of the slice, or for the year."""
    run = command("plan", "show", "目标", "--at", at, "--json")
    assert run.code == 0, run.err
    nodes = json.loads(run.out)["nodes"]
    return {one["name"]: next(reversed(one["totals"].values())) for one in nodes}


def edit(command, *texts):
    words = [word for text in texts for word in ("-e", text)]
    return command("plan", "apply", "目标", *words)


@pytest.fixture
def plan(command):
    """A plan of five measures, three of them from files."""
    also = ("--also", "margin=毛利.csv", "--also", "customers=客户.csv")
    run = new(command, *also, "--measures", "目录.txt")
    assert run.code == 0, run.err
    return run


@pytest.mark.usefixtures("plan")
def test_each_measure_has_its_own_figures(command):
    assert shown(command, "booked/issued") == {"合计": "6000", "东": "4800", "西": "1200"}
    assert shown(command, "margin/issued") == {"合计": "1200", "东": "1080", "西": "120"}
    assert shown(command, "customers/issued") == {"合计": "60", "东": "36", "西": "24"}
    assert shown(command, "margin_rate/issued") == {"合计": "20%", "东": "22.50%", "西": "10%"}


@pytest.mark.usefixtures("plan")
def test_a_leaf_that_a_measure_has_no_line_of_is_not_given(command):
    told = edit(command, "set 大区=东 & 产品=屏 & margin/: 1200")
    assert told.code == 0, told.err
    assert shown(command, "margin/issued")["东"] == "2280"


@pytest.mark.usefixtures("plan")
def test_typing_a_ratio_moves_its_declared_side(command):
    assert edit(command, "set margin_rate/issued: 25%").code == 0
    assert shown(command, "margin/issued")["合计"] == "1500"
    assert shown(command, "booked/issued")["合计"] == "6000"
    assert edit(command, "scale margin_rate/issued: +20%").code == 0
    assert shown(command, "margin_rate/issued")["合计"] == "30%"
    text = command("plan", "write", "目标").out
    assert "set margin_rate/issued: 25%" in text


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("text", ["hold margin_rate/", "bound margin_rate/: >= 20%"])
def test_a_rule_on_a_ratio_is_refused_with_the_way_out(command, text):
    run = edit(command, text)
    assert run.code != 0
    assert "margin" in run.err
    assert "booked" in run.err


@pytest.mark.usefixtures("plan")
def test_the_challenge_is_never_below_the_base(command):
    assert (
        edit(command, "set stretch/: 6600\n  method: by_reference\n  reference: booked/issued").code
        == 0
    )
    low = edit(command, "set 大区=东 & stretch/: 4000")
    assert low.code != 0
    assert "stretch" in low.err
    high = edit(command, "set 大区=东: 6000")
    assert high.code != 0


@pytest.mark.usefixtures("plan")
def test_the_definition_says_what_each_measure_is(command):
    text = command("plan", "write", "目标").out
    assert "  name: 签约额\n" in text
    assert "  counted_in: 家\n  financial: no\n  weight: 20\n" in text


def test_figures_of_only_one_category_are_remarked_upon(command):
    run = new(command, "--also", "margin=毛利.csv")
    assert run.code == 0
    assert "非财务" in run.err + run.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--also", "margin"), "margin=毛利.csv"),
        (("--also", "margin=没有.csv"), "没有.csv"),
        (("--also", "margin_rate=毛利.csv"), "margin"),
        (("--measures", "坏.txt"), "坏.txt"),
        (("--measures", "少.txt"), "90"),
    ],
)
def test_what_cannot_be_meant_is_refused(command, words, told):
    Path("坏.txt").write_text("measur a\n")
    Path("少.txt").write_text(CATALOGUE.replace("weight: 60", "weight: 50"))
    run = new(command, *words)
    assert run.code != 0
    assert told in run.err
    assert not Path("目标.plan").exists()


def test_the_known_measures_can_be_taken_as_they_are_listed(command):
    listed = command("plan", "measures").out
    Path("目录.txt").write_text(listed)
    assert new(command, "--measures", "目录.txt").code == 0
    assert shown(command, "market_share/issued")["合计"] == "—"


def test_the_revenue_type_is_a_dimension_like_any_other(command):
    """F10: subscription, licence, solution and service, each with a rhythm of its own."""
    rows = "".join(
        f"{month},{kind},{amount}\n"
        for kind, by_month in {
            "订阅": [100] * 12,
            "授权": [0, 0, 600] * 4,
            "方案": [0] * 5 + [1200] + [0] * 5 + [1200],
        }.items()
        for month, amount in zip(MONTHS, by_month, strict=True)
    )
    Path("类型.csv").write_text(f"period,收入类型,quota\n{rows}")
    assert command("plan", "new", "目标", "--from", "类型.csv").code == 0
    monthly = "set 收入类型=订阅: 2400\n  method: pattern\n  weights: 1, 1, 1"
    at_once = "set 收入类型=授权 & 2027Q2: 900\n  method: pattern\n  place: last"
    assert edit(command, monthly, at_once).code == 0
    assert shown(command, "2027-05 & booked/")["订阅"] == "200"
    assert shown(command, "2027-06 & booked/") == {
        "合计": "2300",
        "授权": "900",
        "方案": "1200",
        "订阅": "200",
    }


def test_one_person_is_to_sign_so_much_of_one_region_and_kind_of_customer(command):
    """F20: 华东区域大客户，签约目标 80 万元 (a person, a region and a kind of customer)."""
    rows = [
        f"2027Q{quarter},{region},{kind},{who},100000\n"
        for quarter in range(1, 5)
        for region in ("华东", "西北")
        for kind in ("大客户", "中小")
        for who in ("李雷", "韩梅")
    ]
    Path("人.csv").write_text("period,区域,客户类型,销售员,quota\n" + "".join(rows))
    assert command("plan", "new", "目标", "--from", "人.csv").code == 0
    mine = "销售员=李雷 & 区域=华东 & 客户类型=大客户 & booked/"
    assert edit(command, f"set {mine}: 80万", f"hold {mine}\n  kind: total").code == 0
    assert edit(command, "set *: 400万").code == 0
    assert shown(command, mine)["合计"] == "800000"
    assert shown(command, "booked/")["合计"] == "4000000"


def test_the_four_targets_of_the_table_stand_in_one_plan(command):
    """AT-06, F21: overall, a region, customers and promotion, each a figure of one plan."""
    Path("目录.txt").write_text(command("plan", "measures").out)
    assert new(command, "--measures", "目录.txt").code == 0
    east = "set 大区=东 & 2027Q3 & booked/: 150万"
    whole = "set 2027Q3 & booked/: 500万"
    held = "hold 大区=东 & 2027Q3 & booked/\n  kind: total"
    assert edit(command, east, held, whole).code == 0
    done = edit(command, "set 2027Q3 & new_customers/: 30", "set 2027Q3 & leads/: 200")
    assert done.code == 0, done.err
    assert shown(command, "2027Q3 & booked/") == {
        "合计": "5000000",
        "东": "1500000",
        "西": "3500000",
    }
    assert shown(command, "2027Q3 & lead_conversion/")["合计"] == "15%"
    assert edit(command, "set 2027Q3 & lead_conversion/: 12%").code == 0
    assert shown(command, "2027Q3 & new_customers/")["合计"] == "24"


def test_a_level_gives_no_more_over_than_it_may(command):
    """加码: the seats of 东 together carry five percent more than the region promises."""
    assert new(command, "--by", "大区>产品", "--over", "大区=5%").code == 0
    opened = "open 大区=东#over\n  parent: 东"
    assert edit(command, opened, "set 大区=东#over: -240").code == 0
    assert (
        "axis 大区\n  levels: 大区, 产品\n  over: 大区=+5%\n"
        in command("plan", "write", "目标").out
    )
    beyond = edit(command, "set 大区=东#over: -241")
    assert beyond.code != 0
    assert "240" in beyond.err


def test_the_level_of_a_bound_must_be_there(command):
    run = new(command, "--over", "省=5%")
    assert run.code != 0
    assert "大区" in run.err
