"""quotaloom decompose: exit codes, outputs, config files, languages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date

import polars as pl
import pytest

from quotaloom.cli import decompose as verb
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from tests.support.orders import yearly

FACTS = yearly({("华东", "云"): 300, ("华东", "屏"): 100, ("西北", "云"): 100})
PLAIN = ("--total", "1200万", "--year", 2027, "--by", "地区", "--by", "产品")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    FACTS.write_csv("订单.csv")
    return tmp_path


def listed(folder):
    """The names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def without(words, flag):
    """The words of the command without an option that would stand twice."""
    pairs = zip(words[::2], words[1::2], strict=True)
    once = {"--total", "--year", "--by"} & {flag}
    return [word for pair in pairs if pair[0] not in once for word in pair]


def test_one_command_makes_a_balanced_workbook(command):
    run = command("decompose", "订单.csv", *PLAIN, "--out", "目标.xlsx", "--out", "目标.csv")
    assert run.code == 0
    assert "已写出 目标.xlsx" in run.out
    assert command("check", "目标.xlsx").code == 0
    assert command("check", "目标.csv").code == 0
    leaves = pl.read_csv("目标.csv")
    assert leaves.columns == ["period", "地区", "产品", "basis", "quota"]
    assert leaves["quota"].sum() == 12_000_000


def test_outputs_of_every_kind_hold_the_same_leaves(command):
    run = command("decompose", "订单.csv", *PLAIN, "--out", "a.parquet", "--out", "a.CSV")
    assert run.code == 0
    one, other = pl.read_parquet("a.parquet"), pl.read_csv("a.CSV")
    assert one["quota"].cast(pl.Float64).to_list() == other["quota"].cast(pl.Float64).to_list()


def test_english_is_complete(command):
    run = command("decompose", "订单.csv", *PLAIN, "--lang", "en", "--out", "a.csv")
    assert run.code == 0
    assert "wrote a.csv" in run.out


def test_findings_are_said(command):
    run = command("decompose", "订单.csv", "--total", "+15%", *PLAIN[2:])
    assert "总额 +15%：去年 6000 元，得 6900 元。" in run.out


# --- json ---


def test_json_has_the_shape_of_the_issue(command):
    run = command("decompose", "订单.csv", *PLAIN, "--fix", "地区=华东:500万", "--json")
    told = json.loads(run.out)
    assert list(told) == ["total", "leaves", "nodes_checked", "margins", "findings", "seconds"]
    assert (told["total"], told["leaves"], told["nodes_checked"]) == (12_000_000, 36, 4)
    assert told["margins"][0]["text"] == "地区=华东:500万"
    assert told["margins"][0]["reached"] == 5_000_000
    assert {tuple(one) for one in told["findings"]} == {("code", "severity", "subject", "params")}
    assert told["seconds"] > 0
    assert run.out.count("\n") == 1


def test_json_leaves_the_errors_to_the_error_stream(command):
    run = command("decompose", "订单.csv", *PLAIN, "--by", "没有", "--json")
    assert (run.code, run.out) == (3, "")
    assert run.err


# --- exit codes, and nothing written ---

REFUSED = [
    (2, ("--total", "1e9"), "科学计数"),
    (2, ("--fix", "地区=华南:1万"), "没有成员「华南」"),
    (2, ("--where", "金额 >"), "看不懂"),
    (2, ("--recency", "2"), "--recency"),
    (2, ("--year", "99999"), "目标年度「99999」"),
    (2, ("--unit", "0"), "必须大于零"),
    (2, ("--seasonality", "冬天"), "季节形状「冬天」"),
    (2, ("--by", '"地区'), "看不懂"),
    (2, ("--alias", "x"), "旧名=新名"),
    (2, ("--join", "x"), "文件 on 左列=右列"),
    (3, ("--by", "省份"), "省份"),
    (3, ("--date", "产品"), "产品"),
    (3, ("--amount", "地区"), "地区"),
    (3, ("--year", "2024"), "没有 2024 年之前的历史"),
    (3, ("--where", "地区=火星"), "没有"),
    (3, ("--roster", "没有.csv"), "没有.csv"),
    (4, ("--fix", "地区=华东:1300万"), "地区=华东:1300万"),
    (4, ("--growth-max", "5%"), "增长上限"),
    (4, ("--fix", "地区=华东:600万", "--bound", "地区=西北:<=10万"), "地区=西北:<=10万"),
]


@pytest.mark.parametrize(("code", "words", "said"), REFUSED)
def test_a_refusal_has_its_code_and_writes_nothing(command, folder, code, words, said):
    (folder / "旧.xlsx").write_bytes(b"as it was")
    before = listed(folder)
    keep = without(PLAIN, words[0])
    run = command("decompose", "订单.csv", *keep, *words, "--out", "旧.xlsx", "--out", "新.csv")
    assert (run.code, run.out) == (code, "")
    assert "✗ " in run.err
    assert said in run.err
    assert "Traceback" not in run.err
    assert listed(folder) == before
    assert (folder / "旧.xlsx").read_bytes() == b"as it was"


def test_every_bad_cell_is_named_with_its_address(command, folder):
    path = folder / "坏.csv"
    path.write_text("日期,地区,金额\n2026-02-30,华东,1\n2026-01-01,西北,1_000\n", encoding="utf-8")
    run = command("decompose", path, "--total", "1", "--year", 2027, "--by", "地区")
    assert run.code == 3
    assert "第2行" in run.err
    assert "第3行" in run.err


@pytest.mark.parametrize("missing", ["--total", "--year"])
def test_total_and_year_must_be_given(command, missing):
    run = command("decompose", "订单.csv", *without(PLAIN, missing))
    assert run.code == 2
    assert run.err.startswith(f"✗ 缺少选项 {missing}。\n")


def test_facts_must_be_given(command):
    assert command("decompose", *PLAIN).code == 2


def test_a_file_that_is_not_there_is_refused(command):
    run = command("decompose", "没有.csv", *PLAIN)
    assert run.code in (2, 3)
    assert "没有.csv" in run.err


# --- where outputs go ---


@pytest.mark.parametrize(
    ("out", "said"),
    [
        (["a.pdf"], "不会写"),
        (["a"], "不会写"),
        (["没有/a.csv"], "不存在"),
        (["a.csv", "./a.csv"], "写了两次"),
        (["订单.csv"], "要读取的文件"),
        (["夹.csv"], "是一个文件夹"),
        (["a.csv", "b.pdf", "没有/c.xlsx"], "不会写"),
        ([f"{'a' * 5000}/b.csv"], "不存在"),
    ],
)
def test_outputs_that_cannot_be_are_refused_before_any_work(
    command, folder, monkeypatch, out, said
):
    monkeypatch.setattr(verb, "decompose", lambda *_given, **_named: pytest.fail("was decomposed"))
    (folder / "夹.csv").mkdir()
    before = (folder / "订单.csv").read_bytes()
    run = command("decompose", "订单.csv", *PLAIN, *[w for path in out for w in ("--out", path)])
    assert run.code == 2
    assert said in run.err
    assert (folder / "订单.csv").read_bytes() == before


def test_outputs_are_written_all_or_none(command, folder, monkeypatch):
    def full(_trace, path, **_named):
        raise DataRefused([error("write.disk_full", path.name, file=path.name, folder=".")])

    (folder / "a.xlsx").write_bytes(b"old")
    monkeypatch.setattr("quotaloom.cli.outputs.write_leaves", full)
    run = command("decompose", "订单.csv", *PLAIN, "--out", "a.xlsx", "--out", "b.csv")
    assert run.code == 3
    assert (folder / "a.xlsx").read_bytes() == b"old"
    assert listed(folder) == ["a.xlsx", "订单.csv"]


def test_a_workbook_for_each_member_of_a_level(command, folder):
    run = command(
        "decompose", "订单.csv", *PLAIN, "--split-by", "地区", "--out", "t.xlsx", "--out", "t.csv"
    )
    assert run.code == 0
    assert listed(folder) == [
        "t-华东.xlsx",
        "t-西北.xlsx",
        "t.csv",
        "t.xlsx",
        "订单.csv",
    ]


@pytest.mark.parametrize("option", ["--weights", "--roster", "--config", "--seasonality", "--join"])
@pytest.mark.parametrize("name", ["a" * 5000, "没有.csv", ".", "/dev/null"])
def test_a_file_that_cannot_be_read_is_refused(command, folder, option, name):
    if (option, name) == ("--config", "/dev/null"):
        return  # an empty config file says nothing
    value = f"{name} on 地区=地区" if option == "--join" else name
    run = command("decompose", "订单.csv", *PLAIN, option, value, "--out", "a.csv")
    assert run.code in (2, 3)
    assert listed(folder) == ["订单.csv"]


@pytest.mark.parametrize("name", ["a" * 5000, ".", "/dev/null", "没有/a.csv"])
def test_facts_that_cannot_be_read_are_refused(command, name):
    assert command("decompose", name, *PLAIN).code in (2, 3)


def test_a_name_that_is_too_long_to_write_is_refused(command, folder):
    run = command("decompose", "订单.csv", *PLAIN, "--out", "b.csv", "--out", "a" * 300 + ".csv")
    assert run.code == 3
    assert listed(folder) == ["订单.csv"]


@pytest.mark.parametrize("words", [("--out", "t.csv"), ()])
def test_splitting_needs_a_workbook(command, folder, words):
    run = command("decompose", "订单.csv", *PLAIN, "--split-by", "地区", *words)
    assert (run.code, listed(folder)) == (2, ["订单.csv"])


def test_an_unknown_level_to_split_by_is_refused_and_nothing_written(command, folder):
    run = command(
        "decompose", "订单.csv", *PLAIN, "--split-by", "省", "--out", "t.csv", "--out", "t.xlsx"
    )
    assert (run.code, listed(folder)) == (2, ["订单.csv"])


# --- config ---

CONFIG = """
facts = ["订单.csv"]
total = "1200万"
year = 2027
by = ["地区", "产品"]
fix = "地区=华东:500万"
recency = 0.5
on-zero-basis = "equal"
spring_festival = "off"
out = "c.csv"
"""


def test_a_config_file_holds_the_options(command, folder):
    (folder / "计划.toml").write_text(CONFIG, encoding="utf-8")
    assert command("decompose", "--config", "计划.toml").code == 0
    told = pl.read_csv("c.csv").group_by("地区").agg(pl.col("quota").sum()).sort("地区")
    assert told.rows() == [("华东", 5_000_000), ("西北", 7_000_000)]


def test_the_command_wins_over_the_config_file(command, folder):
    (folder / "计划.toml").write_text(CONFIG, encoding="utf-8-sig")
    words = ("--config", "计划.toml", "--fix", "地区=华东:600万", "--total", "1000万", "--json")
    told = json.loads(command("decompose", *words).out)
    assert (told["total"], told["margins"][0]["reached"]) == (10_000_000, 6_000_000)


EVERY = """
total = 1200
year = 2027
unit = 1
by = ["地区"]
tree = []
join = []
repeated_names = "refuse"
time = "quarter"
fiscal_start = 1
cutoff_day = 0
seasonality = [15, 20, 30, 35]
season_by = "total"
spring_festival = "off"
country = "CN"
date = "日期"
amount = "金额"
basis_years = 2
recency = 0.25
partial_years = "complete"
on_zero_basis = "equal"
on_negative_basis = "zero"
fix = []
hold = []
bound = ["Q1:>=0"]
growth_max = "500%"
where = ["地区 = 华东"]
alias = ["屏=云"]
subtotals = "refuse"
encoding = "utf-8"
delimiter = ","
header_row = 1
hidden_rows = "refuse"
fill_down = false
date_order = "dmy"
decimal_mark = "."
zone = "Europe/Berlin"
json = true
"""


def test_h45_decimal_commas_are_read_where_the_flag_says_so(command, folder):
    text = '日期,地区,金额\n2026-01-05,东,"1.234,56"\n2026-02-05,西,"12,5"\n'
    (folder / "逗号.csv").write_text(text, encoding="utf-8")
    asked = ("decompose", "逗号.csv", "--total", "1000", "--year", "2027", "--by", "地区")
    refused = command(*asked, "--out", "a.csv")
    assert refused.code == 3
    assert "--decimal-mark ," in refused.err
    run = command(*asked, "--decimal-mark", ",", "--json")
    assert run.code == 0
    assert json.loads(run.out)["total"] == 1000


def test_an_unknown_time_zone_is_refused(command):
    run = command("decompose", "订单.csv", "--total", "1", "--year", "2027", "--zone", "Mars/Base")
    assert run.code == 2
    assert "Mars/Base" in run.err


def test_a_config_file_may_hold_every_option(command, folder):
    (folder / "计划.toml").write_text(EVERY, encoding="utf-8")
    run = command("decompose", "订单.csv", "--config", "计划.toml")
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out)["leaves"] == 4


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("year = '2027'", "year = 2027"),
        ("year = 2027.0", "year = 2027"),
        ("year = true", "year = 2027"),
        ("total = true", 'total = "…"'),
        ("total = 2027-01-01", 'total = "…"'),
        ("by = 5", 'by = ["…", "…"]'),
        ("by = [['a']]", 'by = ["…", "…"]'),
        ("by = {a = 1}", 'by = ["…", "…"]'),
        ("fill_down = 'yes'", "fill_down = true"),
        ("date = 5", 'date = "…"'),
        ("json = 1", "json = true"),
        ("out = 5", 'out = ["….xlsx"]'),
        ("split_by = ['a']", 'split_by = "…"'),
        ("toatl = 5", "最接近的是：total"),
        ("[section]", "不是一个选项"),
        ("total = ", "不是合法的 TOML"),
    ],
)
def test_a_config_file_with_a_fault_is_refused_by_name(command, folder, line, said):
    (folder / "计划.toml").write_text(line, encoding="utf-8")
    run = command("decompose", "订单.csv", "--config", "计划.toml")
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_every_fault_of_a_config_file_is_told_at_once(command, folder):
    (folder / "计划.toml").write_text("year='x'\nby=5\nabc=1\nout=5\n", encoding="utf-8")
    assert command("decompose", "订单.csv", "--config", "计划.toml").err.count("✗ 参数文件") == 4


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", b"total = \xb5\xb1", b"not [toml"])
def test_a_config_file_that_is_none_is_refused(command, folder, text):
    (folder / "计划.toml").write_bytes(text)
    run = command("decompose", "--config", "计划.toml")
    assert run.code == 2
    assert "计划.toml" in run.err


@pytest.mark.parametrize("path", ["没有.toml", "."])
def test_a_config_file_that_is_not_there_is_refused(command, path):
    assert command("decompose", "--config", path).code == 2


def test_an_amount_of_a_config_file_keeps_its_digits(command, folder):
    text = 'total = 123456789012.37\nunit = 0.01\nyear = 2027\nby = "地区"\n'
    (folder / "计划.toml").write_text(text, encoding="utf-8")
    told = command("decompose", "订单.csv", "--config", "计划.toml", "--json").out
    assert '"total": 123456789012.37,' in told


# --- faults of ours, interrupts, pipes ---


def test_a_fault_of_ours_is_one_line_and_never_a_traceback(command, monkeypatch):
    def broken(*_given, **_named):
        return {}["missing"]

    monkeypatch.setattr(verb, "decompose", broken)
    for lang, said in (("zh", "程序内部出错"), ("en", "a fault of the program")):
        run = command("decompose", "订单.csv", *PLAIN, "--lang", lang)
        assert run.code == 70
        assert run.err.startswith(said)
        assert "KeyError" in run.err
        assert run.err.count("\n") == 1


def test_an_interrupt_writes_nothing(command, folder, monkeypatch):
    def interrupted(*_given, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr("quotaloom.cli.outputs.write_leaves", interrupted)
    run = command("decompose", "订单.csv", *PLAIN, "--out", "a.xlsx", "--out", "b.csv")
    assert run.code == 130
    assert listed(folder) == ["订单.csv"]


def start(folder, *words, first="", **given):
    script = f"from quotaloom.cli.main import run; {first}run()"
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        cwd=folder,
        stderr=subprocess.PIPE,
        **given,
    )


def test_a_closed_pipe_is_no_fault(folder):
    job = start(folder, "decompose", "订单.csv", *PLAIN, "--out", "a.csv", stdout=subprocess.PIPE)
    job.stdout.close()
    assert (job.wait(60), job.stderr.read()) == (0, b"")
    assert (folder / "a.csv").exists()


def test_a_terminal_of_an_old_code_page_is_no_fault(folder):
    for page in ("gbk", "ascii"):
        job = start(
            folder,
            "decompose",
            "订单.csv",
            *PLAIN,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONIOENCODING": page},
        )
        out, err = job.communicate(timeout=60)
        assert (job.returncode, err) == (0, b"")
        assert b"1,200" in out


def test_ctrl_c_ends_quietly(folder):
    days = [date(2024 + n // 365, n % 12 + 1, n % 28 + 1) for n in range(365 * 3)]
    big = pl.DataFrame({"日期": days * 400, "金额": [1] * (len(days) * 400)})
    big = big.with_row_index("n").with_columns((pl.col("n") % 4999).cast(pl.String).alias("客户"))
    big.write_csv(folder / "大.csv")
    job = start(folder, "decompose", "大.csv", "--total", "5亿", "--year", 2027, "--by", "客户",
                "--out", "a.xlsx", first="print('begun', flush=True); ",
                stdout=subprocess.PIPE)  # fmt: skip
    assert job.stdout.readline() == b"begun\n"  # before, the interrupt would be Python's to tell
    time.sleep(1.5)
    if job.poll() is None:
        job.send_signal(signal.SIGINT)
    err = job.communicate(timeout=60)[1]
    assert b"Traceback" not in err
    assert job.returncode in (130, 0)
    assert (folder / "a.xlsx").exists() == (job.returncode == 0)
    assert [name for name in listed(folder) if name.startswith(".quotaloom")] == []
