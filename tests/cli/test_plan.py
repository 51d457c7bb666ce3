"""quotaloom plan: a plan in a folder, told as a business story (AT of the planning round)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.support.orders import yearly

FACTS = yearly({("华东", "云"): 300, ("华东", "屏"): 100, ("西北", "云"): 100})


OUTPUTS = ("--out", "a.csv", "--out", "a.parquet", "--out", "a.xlsx")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    FACTS.write_csv("订单.csv")
    words = ("--total", "1200万", "--year", 2027, "--by", "地区", "--by", "产品", "--unit", 100)
    assert command("decompose", "订单.csv", *words, *OUTPUTS).code == 0
    assert command("plan", "new", "目标", "--from", "a.csv", "--unit", 100).code == 0
    return tmp_path


def totals(command, at="*", plan="目标", **options):
    """The year's total of each node, by its name."""
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    run = command("plan", "show", plan, "--at", at, "--json", *words)
    assert run.code == 0, run.err
    nodes = json.loads(run.out)["nodes"]
    return {one["name"]: int(next(reversed(one["totals"].values()))) for one in nodes}


def edit(command, *texts, plan="目标", **options):
    """Apply edits that must succeed."""
    words = [word for text in texts for word in ("-e", text)]
    words += [word for name, value in options.items() for word in (f"--{name}", value)]
    run = command("plan", "apply", plan, *words)
    assert run.code == 0, run.err
    return run


@pytest.mark.parametrize("source", ["a.csv", "a.parquet", "a.xlsx"])
def test_a_decomposition_becomes_a_plan(command, source):
    run = command("plan", "new", "又一份", "--from", source, "--unit", 100)
    assert run.code == 0
    assert "12000000" in run.out
    found = totals(command, plan="又一份")
    assert found == {"合计": 12_000_000, "华东": 9_600_000, "西北": 2_400_000}


def test_a_file_of_potential_is_what_a_figure_may_be_spread_by(command):
    Path("潜力.csv").write_text("地区,潜力\n华东,1\n西北,3\n", encoding="utf-8")
    run = command(
        "plan", "new", "按潜力", "--from", "a.csv", "--unit", 100, "--potential", "潜力.csv"
    )
    assert run.code == 0, run.err
    text = "set 2027Q1: 400000\n  method: by_reference\n  figures: potential"
    edit(command, text, plan="按潜力")
    found = totals(command, "2027Q1", "按潜力")
    assert found == {"合计": 400_000, "华东": 100_000, "西北": 300_000}
    Path("潜力.csv").write_text("城市,潜力\n上海,1\n", encoding="utf-8")
    run = command("plan", "new", "二", "--from", "a.csv", "--unit", 100, "--potential", "潜力.csv")
    assert (run.code, "地区、产品" in run.err) == (3, True)


def test_a_total_is_typed_and_everything_adds_up(command):
    edit(command, "set 地区=华东 & 2027Q2: 3000000", because="二季度冲刺")
    after = totals(command)
    assert after["合计"] == after["华东"] + after["西北"]
    assert totals(command, "2027Q2")["华东"] == 3_000_000
    told = command("plan", "blame", "目标", "--at", "地区=华东 & 2027Q2")
    assert "二季度冲刺" in told.out


def test_a_preview_writes_nothing(command):
    before = totals(command)
    edit(command, "scale 地区=华东: +10%")
    middle = totals(command)
    run = command("plan", "apply", "目标", "--preview", "-e", "scale 地区=华东: +10%")
    assert run.code == 0
    assert totals(command) == middle != before


def test_several_edits_are_all_written_or_none(command):
    before = totals(command)
    texts = ("-e", "scale 地区=华东: +10%", "-e", "set 地区=华北: 100")
    run = command("plan", "apply", "目标", *texts)
    assert run.code != 0
    assert "华东" in run.err  # the nearest names
    assert totals(command) == before


def test_what_does_not_read_is_told_by_line(command):
    Path("改.txt").write_text("set 地区=华东: 1000000\nsett 地区=华东: 1\nset 地区=华东: abc\n")
    run = command("plan", "apply", "目标", "改.txt")
    assert run.code == 3
    assert "改.txt" in run.err
    assert "2" in run.err
    assert "3" in run.err


def test_a_hold_stops_what_would_move_it_and_is_named(command):
    held = totals(command)["华东"]
    edit(command, "hold 地区=华东 & 2027\n  kind: total", by="zhang", because="已承诺")
    run = command("plan", "apply", "目标", "-e", "set 地区=华东 & 2027Q2: 3000000")
    assert run.code == 4
    words = f"华东 · 2027 共 {held:,} 元（#1，锁定人：zhang，原因：已承诺）"
    assert words in run.err


def test_a_hold_ends_on_its_day_by_an_edit_of_the_system(command):
    edit(command, "hold 地区=华东\n  until: 2027-03-01", by="zhang")
    early = command("plan", "expire", "目标", "--day", "2027-02-28")
    assert "没有" in early.out
    assert "#1" in command("plan", "expire", "目标", "--day", "2027-03-01").out
    edit(command, "set 地区=华东 & 2027Q2: 3000000")
    assert "by: system" in command("plan", "write", "目标").out
    assert command("plan", "expire", "目标", "--day", "2027-02-30").code == 3


def test_an_edit_behind_the_back_of_its_author_is_stopped(command):
    edit(command, "set 地区=华东 & 2027Q1: 2000000", by="zhang")
    late = ("plan", "apply", "目标", "--seen", 0, "--by", "li", "-e")
    met = command(*late, "set 地区=华东 & 2027-01: 500000")
    assert met.code != 0
    assert "zhang" in met.err
    assert command(*late, "set 地区=西北 & 2027-01: 500000").code == 0


def test_undo_gives_back_every_figure(command):
    before = totals(command)
    edit(command, "set 地区=华东 & 2027Q2: 3000000")
    assert command("plan", "undo", "目标").code == 0
    assert totals(command) == before
    assert command("plan", "diff", "目标").out.strip() == "没有差别。"
    assert command("plan", "undo", "目标").code == 2


def test_a_branch_comes_back_and_asks_where_both_changed(command):
    assert command("plan", "branch", "目标", "试算").code == 0
    edit(command, "scale 地区=华东: +10%", plan="试算")
    edit(command, "scale 地区=西北: +10%")
    merged = command("plan", "merge", "目标", "试算")
    assert merged.code == 0, merged.err
    assert totals(command) == {"合计": 13_200_000, "华东": 10_560_000, "西北": 2_640_000}
    assert command("plan", "branch", "目标", "再试").code == 0
    edit(command, "set 地区=华东: 10000000", plan="再试")
    edit(command, "set 地区=华东: 11000000")
    asked = command("plan", "merge", "目标", "再试")
    assert asked.code == 4
    assert totals(command)["华东"] == 11_000_000
    assert command("plan", "merge", "目标", "再试", "--take", "theirs").code == 0
    assert totals(command)["华东"] == 10_000_000


def test_a_plan_of_something_else_cannot_be_merged(command):
    assert command("plan", "new", "别的", "--from", "a.csv", "--unit", 1).code == 0
    run = command("plan", "merge", "目标", "别的")
    assert run.code == 3
    assert "定义" in run.err


def test_an_altered_journal_is_found(command):
    edit(command, "set 地区=华东 & 2027Q2: 3000000")
    whole = command("plan", "check", "目标")
    assert whole.code == 0
    path = Path("目标.plan") / "journal.txt"
    path.write_text(path.read_text().replace("3000000", "4000000"))
    run = command("plan", "check", "目标")
    assert run.code == 3
    assert "1" in run.err


def test_an_edition_is_released_once_and_cannot_be_changed(command):
    edit(command, "scale 地区=华东: +10%")
    assert command("plan", "release", "目标", "年度目标").code == 0
    (cells,) = Path("editions").glob("001-*/cells.parquet")
    frame = pl.read_parquet(cells)
    assert int(frame["amount"].sum()) == 12_960_000 * 100
    assert cells.stat().st_mode & 0o222 == 0
    assert command("plan", "release", "目标", "年中调整", "--from", "2027-07").code == 0
    early = command("plan", "release", "目标", "太早", "--from", "2027-04")
    assert early.code == 3
    assert "年中调整" in early.err


def test_next_year_begins_from_this_one(command):
    assert command("plan", "new", "明年", "--copy", "目标", "--growth", "8%").code == 0
    assert totals(command, plan="明年")["合计"] == 12_960_000
    assert command("plan", "new", "同年", "--copy", "目标", "--year", 2027).code == 2


def test_the_text_of_a_plan_is_its_definition_and_its_edits(command):
    edit(command, "set 地区=华东 & 2027Q2: 3000000")
    text = command("plan", "write", "目标").out
    assert text.startswith("plan 目标\n")
    assert "\nset 地区=华东 & 2027Q2 & booked/issued: 3000000\n" in text


def test_plans_are_listed(command):
    assert "目标.plan" in command("plan", "list").out
    Path("leer").mkdir()
    assert "还没有" in command("plan", "list", "leer").err


@pytest.mark.parametrize("verb", ["show", "check", "write"])
def test_a_folder_that_is_no_plan_is_refused(command, verb):
    run = command("plan", verb, "没有")
    assert run.code == 3
    assert "没有.plan" in run.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("period,地区,basis,quota\n2027Q1,华东,1,abc\n", "abc"),
        ("period,地区,basis,quota\n2027Q1,华东,x1,5\n", "x1"),
        ("period,地区,basis,quota\n2027Q1,华东,1,\n", "quota"),
        ("period,地区,basis,quota\n2027,,1,4\n2027,华东,1,5\n", "成员"),
        ("period,地区,basis,quota\n", "0 行"),
        ("period,地区\n2027,华东\n", "quota"),
        ("period,地区,basis,quota\nxx,华东,1,5\n", "xx"),
        ("period,地区,basis,quota\n2027Q1,华东,1,5\n", "2027Q2"),
        ("period,地区,basis,quota\n2027,华东,1,5.005\n", "整分"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_its_reason(command, text, said):
    Path("坏.csv").write_text(text, encoding="utf-8")
    run = command("plan", "new", "坏", "--from", "坏.csv")
    assert run.code in {2, 3}
    assert said in run.err
    assert not Path("坏.plan").exists()


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_a_file_of_noise_is_refused(command, suffix):
    Path(f"noise.{suffix}").write_bytes(bytes(range(256)) * 3)
    run = command("plan", "new", "x", "--from", f"noise.{suffix}")
    assert run.code == 3
    assert f"noise.{suffix}" in run.err


@pytest.mark.parametrize("words", [("show", "目标", "--position", 9), ("diff", "目标", "--to", 9)])
def test_a_position_that_is_not_there_is_refused(command, words):
    run = command("plan", *words)
    assert run.code == 2
    assert "9" in run.err


def test_what_history_gave_goes_along_as_a_reference(command):
    edit(command, "set 地区=华东 & 2027Q2: 3000000\n  method: by_reference\n  figures: basis")
    assert totals(command, "2027Q2")["华东"] == 3_000_000


def test_a_merge_is_undone_as_one_and_comes_back_only_once(command):
    assert command("plan", "branch", "目标", "试算").code == 0
    edit(command, "scale 地区=华东: +10%", "scale 地区=西北: +10%", plan="试算", by="wang")
    before = totals(command)
    assert command("plan", "merge", "目标", "试算", "--by", "zhang").code == 0
    assert totals(command)["合计"] == 13_200_000
    again = command("plan", "merge", "目标", "试算", "--by", "zhang")
    assert "0" in again.out
    assert totals(command)["合计"] == 13_200_000
    assert command("plan", "undo", "目标", "--by", "zhang").code == 0
    assert totals(command) == before
    assert command("plan", "merge", "目标", "试算", "--by", "zhang").code == 0
    assert totals(command)["合计"] == 13_200_000


def test_an_edit_that_takes_back_what_was_left_out_is_left_out_too(command):
    assert command("plan", "branch", "目标", "试算").code == 0
    edit(command, "set 地区=华东: 10000000", "hold 地区=西北", plan="试算", by="wang")
    edit(command, "release 2", plan="试算", by="wang")
    assert command("plan", "undo", "试算", "1", "--by", "wang").code == 0
    edit(command, "set 地区=华东: 11000000")
    merged = command("plan", "merge", "目标", "试算", "--take", "mine")
    assert merged.code == 0, merged.err
    assert totals(command)["华东"] == 11_000_000


def test_a_difference_is_told_by_the_edits_that_made_it(command):
    assert command("plan", "branch", "目标", "试算").code == 0
    edit(command, "scale 地区=华东: +10%", plan="试算", by="wang")
    edit(command, "scale 地区=西北: +10%", by="li")
    told = command("plan", "diff", "目标", "试算", "--why").out
    assert "+960000  #1 wang" in told
    assert "-240000  #1 li" in told
    assert "+720000" in told


def test_a_closed_period_stays_and_a_released_one_is_not_opened_again(command):
    assert command("plan", "elapse", "目标", "2027-02", "--by", "sun").code == 0
    run = command("plan", "apply", "目标", "-e", "set 地区=华东 & 2027-01: 100000")
    assert run.code != 0
    assert "已经结账" in run.err
    assert command("plan", "undo", "目标", "--by", "sun").code == 0
    edit(command, "set 地区=华东 & 2027-01: 100000")
    assert command("plan", "elapse", "目标", "2027-01", "--by", "sun").code == 0
    assert command("plan", "release", "目标", "年度目标", "--by", "sun").code == 0
    kept = command("plan", "undo", "目标", "--by", "sun")
    assert kept.code == 3
    assert "2027-01" in kept.err
    late = command("plan", "release", "目标", "又一版", "--from", "2027-01")
    assert late.code == 3
    assert "年度目标" in late.err
    assert command("plan", "release", "目标", "又一版", "--from", "2027-02").code == 0


def released(command):
    """The folder of an edition that was released before the plan went on."""
    edit(command, "scale 地区=华东: +10%", by="wang")
    assert command("plan", "release", "目标", "年度目标", "--because", "董事会通过").code == 0
    edit(command, "scale 地区=西北: +10%", by="li")
    (found,) = Path("editions").glob("001-*")
    return found


def test_an_edition_is_copied_compared_and_listed(command):
    edition = released(command)
    run = command("plan", "new", "明年", "--copy", edition, "--growth", "8%")
    assert run.code == 0, run.err
    assert totals(command, plan="明年")["合计"] == 13_996_800
    told = command("plan", "diff", "目标", edition, "--why").out
    assert "-240000  #3 li" in told
    assert "年度目标" in command("plan", "list").out
    assert "董事会通过" in (edition / "edition.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["cells.parquet", "state", "plan.txt", "edition.json", "all of it"]
)
def test_an_altered_edition_is_found(command, name):
    edition = released(command)
    checked = command("plan", "check", "目标")
    assert checked.code == 0, checked.err
    if name == "all of it":
        shutil.rmtree(edition)
    elif name == "edition.json":
        path = edition / name
        path.chmod(0o644)
        path.write_text(path.read_text().replace("2027-01-01", "2026-01-01"), encoding="utf-8")
    else:
        path = edition / name
        path.chmod(0o644)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(bytes(content))
    run = command("plan", "check", "目标")
    assert run.code == 3
    assert "1" in run.err


def test_an_edition_is_not_written_by_an_edit(command):
    text = f"edition 1\n  from: 2027-01\n  digest: {'0' * 64}"
    run = command("plan", "apply", "目标", "-e", text)
    assert run.code == 2
    assert "发布" in run.err


def test_a_quarter_is_shared_out_by_its_working_days(command):
    """February has the fewest of them, because of Spring Festival."""
    edit(command, "set 地区=华东 & 2027Q1: 600000\n  method: seasonal\n  figures: workdays")
    months = [totals(command, f"2027-{month:02}")["华东"] for month in (1, 2, 3)]
    assert sum(months) == 600_000
    assert min(months) == months[1]
    record = command("plan", "write", "目标").out
    assert "  weights: " in record
    assert "workdays" not in record
    both = "set\n  - 地区=华东 & 2027Q1: 100\n  - 地区=华东 & 2027Q2: 200"
    run = command("plan", "apply", "目标", "-e", f"{both}\n  method: seasonal\n  figures: workdays")
    assert run.code != 0
    assert "2027Q1、2027Q2" in run.err


def test_what_was_submitted_is_kept_as_it_stood(command):
    edit(command, "scale 地区=华东: +10%", "submit 地区=华东")
    (kept,) = Path("目标.plan/checkpoints").iterdir()
    assert kept.name.startswith("000000002-")
    assert command("plan", "check", "目标").code == 0


def test_nodes_bear_their_numbers_and_children_sum_to_their_parent(command):  # F2
    shown = command("plan", "show", "目标", "--numbers").out
    assert "1 合计" in shown
    assert "  1.1 华东" in shown
    nodes = json.loads(command("plan", "show", "目标", "--json").out)["nodes"]
    totals = {one["number"]: int(one["totals"]["year"]) for one in nodes}
    for number, total in totals.items():
        below = [part for one, part in totals.items() if one.rpartition(".")[0] == number]
        assert not below or sum(below) == total
