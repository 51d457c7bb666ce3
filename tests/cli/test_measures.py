"""quotaloom measures, and track by a measure of the dictionary."""

from __future__ import annotations

import json

import pytest

ORDERS = """\
订单日期,订单号,行号,大区,客户,订单金额,不含税金额
2027-01-05,1,1,华东,甲,113.00,100.00
2027-01-06,2,1,华东,甲,226.00,200.00
2027-02-01,3,1,西北,乙,339.00,300.00
"""
QUOTA = "大区,日期,目标\n华东,2027-01-01,678\n西北,2027-01-01,339\n"


@pytest.fixture
def home(tmp_path, command):
    """A data folder with a few orders."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    done = command("import", tmp_path / "orders.csv", "--into", "order_lines", "--home", tmp_path)
    assert done.code == 0, done.err
    return tmp_path


def test_each_measure_is_listed_and_shown(command):
    listed = command("measures", "--lang", "en")
    assert "average_order_value    Average order value  (ratio, money" in listed.out
    assert {"booked", "share"} <= {
        one["code"] for one in json.loads(command("measures", "list", "--json").out)
    }
    shown = command("measures", "show", "margin_rate").out
    assert "公式: margin / ordered_net" in shown
    assert command("measures", "show", "bookd").code == 2


def test_figures_are_told_with_their_unit(home, command):
    found = command(
        "measures",
        "value",
        "ordered",
        "average_order_value",
        "repurchase_rate",
        "return_rate",
        "--home",
        home,
    )
    assert "订单额(元)  客单价(元)  复购率(%)  退货率(%)" in found.out
    assert "合计        678.00      226.00      50.00          —" in found.out
    assert "没有导入过 returns" in found.out
    by = command("measures", "value", "ordered.share", "--by", "region", "--home", home, "--json")
    assert [row["ordered.share"] for row in json.loads(by.out)] == ["0.500000", "0.500000"]


def test_a_file_of_ones_own_is_checked(tmp_path, command):
    path = tmp_path / "mine.toml"
    told = (
        '[[measure]]\ncode = "mine"\nnames = ["我的", "Mine"]\nmeanings = ["义", "Sense"]\n'
        'formula = "{}"\nkind = "additive"\ncounts = "money included booked"\nowner = "sales"\n'
    )
    path.write_text(told.format("ordered * 2"), encoding="utf-8")
    assert command("measures", "check", path).out == "1 个指标没有问题：mine\n"
    path.write_text(told.format("ordered + invoiced_net"), encoding="utf-8")
    refused = command("measures", "check", path)
    assert refused.code == 3
    assert "含税和不含税的金额放在一起" in refused.err
    assert "booked" in refused.err
    assert command("measures", "check", tmp_path / "none.toml").code == 2


def test_a_measure_is_tracked_in_place_of_files(home, command):
    (home / "quota.csv").write_text(QUOTA.replace("大区", "region"), encoding="utf-8")
    words = ("--quota", home / "quota.csv", "--by", "region", "--home", home, "--time", "year")
    found = json.loads(command("track", "--measure", "ordered", *words, "--json").out)
    whole = next(one for one in found["nodes"] if one["path"] == [])
    assert (whole["credit"], whole["quota"]) == (678, 1017)
    refused = command("track", "--measure", "repurchase_rate", *words)
    assert refused.code == 2
    assert "不能用来跟踪" in refused.err
