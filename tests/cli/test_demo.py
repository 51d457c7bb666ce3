"""quotaloom demo: the demo company and the workbook of its next year."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from quotaloom.cli.main import main
from quotaloom.cycle.decompose import decompose
from quotaloom.cycle.demo_company import build_company
from quotaloom.cycle.demo_company.target import demo_request

TRIED = ("--total", "15亿", "--year", "2027")


@pytest.mark.heavy
def test_the_demo_says_where_its_workbook_lies(command, tmp_path):
    folder = tmp_path / "公司"
    run = command("demo", "--no-serve", "--folder", folder)
    assert run.code == 0
    workbook = folder / "2027目标分解.xlsx"
    assert str(workbook.resolve()) in run.out
    assert f"quotaloom check {workbook}" in run.out
    assert command("check", workbook).code == 0
    found = [line for line in run.out.splitlines() if line.startswith(("!", "·"))]
    assert len(found) <= 6  # few and plain
    assert command("decompose", folder / "三年订单.xlsx", *TRIED, "--out", workbook).code == 0


@pytest.mark.heavy
def test_nobody_gets_a_target_where_she_has_left(tmp_path):
    build_company(tmp_path)
    result = decompose(demo_request(tmp_path))
    today = pl.read_csv(tmp_path / "组织.csv").filter(pl.col("状态") == "在用")
    places = ["岗位", "现任姓名", "现省份", "现大区"]
    assert set(result.frame.select(places).unique().rows()) <= set(today.select(places).rows())
    assert result.frame["quota"].sum() == result.trace.total


def test_the_demo_request_names_files_of_its_folder(tmp_path):
    request = demo_request(tmp_path)
    assert {path.parent for path in request.facts} == {tmp_path}


def test_a_folder_that_cannot_be_made_is_refused(command, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    run = command("demo", "--no-serve", "--folder", tmp_path / "file" / "below")
    assert run.code in (2, 3)
    assert "Traceback" not in run.err


@pytest.fixture
def process():
    """The command as a process of its own, with its output."""
    begun = []

    def begin(*words):
        one = subprocess.Popen(
            [Path(sys.executable).with_name("quotaloom"), *map(str, words)],
            env={k: v for k, v in os.environ.items() if not k.startswith("QUOTALOOM_")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        begun.append(one)
        return one

    yield begin
    for one in begun:
        one.kill()


def until(process, text):
    """What it says up to the line with the text."""
    said = ""
    for line in process.stdout:
        said += line
        if text in line:
            return said
    raise AssertionError(said)


@pytest.mark.heavy
def test_the_demo_serves_a_folder_with_blanks_and_is_quick_again(process, tmp_path):
    folder = tmp_path / "my demo"
    first = process("demo", "--folder", folder, "--lang", "en")
    said = until(first, "Ctrl-C")
    assert (folder / "2027目标分解.xlsx").exists()
    assert "demo-director-2027" in said
    assert said.count("demo-") == 8
    first.send_signal(signal.SIGINT)
    assert first.wait(120) == 0
    second = process("demo", "--folder", folder, "--lang", "en")
    again = until(second, "Ctrl-C")
    assert "building" not in again
    assert "decomposing" not in again
    second.send_signal(signal.SIGTERM)
    assert second.wait(120) == 0


@pytest.mark.parametrize("verb", ["run", "doctor", "backup", "restore", "demo"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_verb_explains_itself(command, verb, lang):
    run = command(verb, "--help", "--lang", lang)
    assert run.code == 0
    assert ("数据文件夹" in run.out) == (lang == "zh" and verb != "demo")


def test_a_password_in_the_database_url_is_never_said(capfd, tmp_path):
    words = ["doctor", "--home", str(tmp_path), "--db", "mysql://me:hush@db/x", "--lang", "en"]
    assert main(words) == 2
    told = capfd.readouterr()
    assert "postgres://" in told.err
    assert "hush" not in told.out + told.err
