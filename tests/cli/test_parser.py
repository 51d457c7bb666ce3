"""The parser speaks Chinese and English and never in tracebacks."""

from __future__ import annotations

import re

import pytest

from quotaloom.cli.options import GROUPS, OPTIONS
from quotaloom.cli.parser import Parser

CHINESE = re.compile("[\u4e00-\u9fff]")
VERBS = ("decompose", "check", "demo")


@pytest.mark.parametrize("words", [(), *[(verb,) for verb in VERBS]], ids=str)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_there_in_both_languages(command, words, flag):
    chinese = command(*words, flag)
    english = command(*words, "--lang", "en", flag)
    assert (chinese.code, english.code, chinese.err, english.err) == (0, 0, "", "")
    assert CHINESE.search(chinese.out)
    plain = english.out.replace("本级", "").replace("5亿", "")
    assert not CHINESE.search(plain)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_tells_every_option(command, lang):
    shown = command("decompose", "--help", "--lang", lang).out
    told = " ".join(shown.split())
    for option in OPTIONS:
        text = option.zh if lang == "zh" else option.en
        assert f"{option.flag} " in told
        assert text.replace(" ", "") in told.replace(" ", "")
    for title in GROUPS.values():
        assert f"{title[lang]}:" in shown
    for flag in ("--out", "--split-by", "--json", "--lang", "--config"):
        assert flag in told


def test_the_language_may_come_from_the_environment(command, monkeypatch):
    monkeypatch.setenv("QUOTALOOM_LANG", "en_US")
    assert "usage:" in command("--help").out
    assert "用法：" in command("--help", "--lang=zh").out


def test_the_version_is_told(command):
    assert re.fullmatch(r"quotaloom \d+\.\d+\.\d+\n", command("--version").out)


WRONG = [
    (("decompose", "a.csv", "--totl", "5"), ["--totl 5", "--total"]),
    (("decompose", "a.csv", "--time", "day"), ["--time", "day", "month"]),
    (("decompose", "a.csv", "--year", "明年"), ["--year", "应为整数", "明年"]),
    (("decompose", "a.csv", "--year"), ["--year", "缺少值"]),
    (("decompose", "a.csv", "--join"), ["--join", "缺少值"]),
    (("decompose", "a.csv", "--json=5"), ["--json", "5"]),
    (("decompos", "a.csv"), ["decompos", "decompose"]),
    (("check",), ["FILE"]),
    (("--lang", "zh"), ["VERB"]),
    (("decompose", "--lang", "fr"), ["--lang", "fr", "zh"]),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_usage_is_said_in_chinese_and_exits_2(command, words, said):
    run = command(*words)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("命令写法有误：")
    assert [part for part in [*said, "--help"] if part not in run.err] == []


@pytest.mark.parametrize("words", [words for words, _ in WRONG if "--lang" not in words])
def test_wrong_usage_is_said_in_english_and_exits_2(command, monkeypatch, words):
    monkeypatch.setenv("QUOTALOOM_LANG", "en")
    run = command(*words)
    assert run.code == 2
    assert run.err.startswith("wrong usage: ")
    assert not CHINESE.search(run.err.replace("明年", ""))


def test_no_words_at_all_are_wrong_usage(command):
    run = command()
    assert (run.code, run.out) == (2, "")
    assert "decompose" in run.err or "VERB" in run.err


def test_options_are_not_abbreviated(command):
    assert command("decompose", "a.csv", "--tot", "5").code == 2


@pytest.mark.parametrize("value", ["-5%", "-1.2", "－5%", "−5%", "-（5）"])
def test_a_value_may_begin_with_a_minus(value):
    parser = Parser(prog="x", lang="zh")
    parser.add_argument("--total")
    parser.add_argument("--flag", action="store_true")
    chosen = parser.parse_args(["--total", value, "--flag"])
    assert (chosen.total, chosen.flag) == (value, True)
