"""Every option of the command is a field of the request, with help in both languages."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from quotaloom.cli.options import GROUPS, OPTIONS, Option
from quotaloom.cli.parser import Parser
from quotaloom.cycle.options import KINDS
from quotaloom.cycle.request import CHOICES, DecomposeRequest

NAMES = [option.name for option in OPTIONS]


def test_options_are_the_fields_of_the_request():
    assert sorted(NAMES) == sorted({one.name for one in fields(DecomposeRequest)} - {"facts"})
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.flag)
def test_an_option_is_read_as_its_field_is(option):
    kind = KINDS[option.name]
    assert option.many == (kind == "texts")
    assert (option.kind is int) == (kind == "integer")
    assert (option.kind is bool) == (kind == "flag")
    assert option.group in GROUPS


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.flag)
def test_help_names_every_choice_in_both_languages(option):
    assert re.search("[\u4e00-\u9fff]", option.zh)
    assert not re.search("[\u4e00-\u9fff]", option.en.replace("本级", "").replace("5亿", ""))
    if option.name in CHOICES and option.name not in ("time", "pattern", "subtotals"):
        missing = [word for word in CHOICES[option.name] if word not in option.zh]
        assert missing == []


def parsed(option, *words):
    parser = Parser(prog="x", lang="zh")
    option.declare(parser.add_argument_group("g"), "zh")
    return getattr(parser.parse_args(list(words)), option.name)


def test_an_absent_option_is_none():
    for option in OPTIONS:
        assert parsed(option) is None


def test_options_that_may_stand_several_times_make_a_list():
    by = next(option for option in OPTIONS if option.name == "by")
    assert parsed(by, "--by", "a>b", "--by", "c") == ["a>b", "c"]


def test_a_join_takes_words():
    join = next(option for option in OPTIONS if option.name == "join")
    found = parsed(join, "--join", "p.csv", "on", "a=b", "as", "p", "--join", "q.csv on c=d")
    assert found == [["p.csv", "on", "a=b", "as", "p"], ["q.csv on c=d"]]


def test_a_percent_sign_in_a_help_text_is_one():
    option = Option("--x", "goal", "百分之 5%，%s", "5% of %s", "X")
    parser = Parser(prog="x", lang="zh")
    option.declare(parser.add_argument_group("g"), "zh")
    assert "百分之 5%，%s" in parser.format_help()
