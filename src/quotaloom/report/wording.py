"""Finding codes become sentences, in Chinese and in English.

The sentences lie in the modules of ``quotaloom.report.sentences``. A sentence may use the params of
its finding and ``{subject}``. What the finding knows of a place (file, sheet, row, column, value,
the wish as typed) and its sentence does not mention is put before it: no address is ever lost.
"""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol

from quotaloom.report import sentences
from quotaloom.report.measure_word import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.model.findings import Param

Lang = Literal["zh", "en"]
Pair = tuple[str, str]

PLACES: Mapping[str, Pair] = MappingProxyType(
    {
        "file": ("{}", "{}"),
        "sheet": ("工作表「{}」", "sheet “{}”"),
        "row": ("第{}行", "row {}"),
        "column": ("「{}」列", "column “{}”"),
        "value": ("值「{}」", "value “{}”"),
        "wish": ("{}", "{}"),
    }
)
MONEY = frozenset(  # params in 元
    {"amount", "last_year", "total", "below", "above", "unit", "expected", "difference"}
    | {"low", "high"}
)
SYSTEM = {  # what an operating system says, in Chinese
    "No such file or directory": "没有这个文件或文件夹",
    "Permission denied": "没有权限",
    "Is a directory": "这是一个文件夹",
    "Not a directory": "路径中有一段不是文件夹",
    "File name too long": "文件名太长",
    "Read-only file system": "磁盘只读",
    "No space left on device": "磁盘已满",
    "Operation not permitted": "不允许这样操作",
}
LIKE = ("left", "right", "unit", "kind")  # params of measures that hold such a word
PLAIN = re.compile(r"(-?[0-9]{5,})(\.[0-9]+)?")
LETTERED = re.compile(r"([A-Z]{1,3})[ 「]+(.*?)」?")  # a column as its letters and its header
LETTERED_WORDS = ("{}列「{}」", "column {} “{}”")


class Said(Protocol):
    """What can be put in words: a Finding or a Check."""

    @property
    def code(self) -> str:
        """``<verb>.<what>``."""

    @property
    def params(self) -> Mapping[str, Param]:
        """The figures of the sentence."""


def sentence(said: Said, lang: Lang) -> str:
    """The sentence of a finding or a check, its address first.

    A check also offers ``{count}`` and ``{failed}``. A code without a sentence, or a sentence that
    asks for a param that is not there, gives the code and the figures instead of an exception:
    a reader then still sees what happened.
    """
    values = _values(said)
    if lang == "zh":
        values = {key: SYSTEM.get(str(value), value) for key, value in values.items()}
    if lang == "zh" and said.code.startswith("measure."):
        values |= {key: word(str(values[key]), 0) for key in LIKE if key in values}
    template = catalogue().get(said.code, ("", ""))[_at(lang)]
    try:
        text = template.format_map(values)
    except KeyError:
        text = ""
    if not text:
        return _bare(said.code, values)
    return " › ".join([*_places(template, values, lang), text])


def sentences_of(said: Iterable[Said], lang: Lang) -> tuple[str, ...]:
    """The sentences of several findings or checks, in their order."""
    return tuple(sentence(one, lang) for one in said)


@cache
def catalogue() -> Mapping[str, Pair]:
    """Every code with its sentence in Chinese and in English."""
    modules = pkgutil.iter_modules(sentences.__path__, sentences.__name__ + ".")
    return merged((name, import_module(name).SENTENCES) for _, name, _ in modules)


def merged(parts: Iterable[tuple[str, Mapping[str, Pair]]]) -> Mapping[str, Pair]:
    """One table of the named parts. Raises ValueError for a code that two parts put in words."""
    whole: dict[str, Pair] = {}
    for name, part in parts:
        if twice := whole.keys() & part.keys():
            raise ValueError(f"{name} says again: {', '.join(sorted(twice))}")
        whole |= part
    return MappingProxyType(whole)


def _values(said: Said) -> dict[str, Param]:
    own = ("subject", "count", "failed")
    known = MONEY | {"value"} if said.code.startswith("recheck.") else MONEY
    params = {key: _grouped(value) if key in known else value for key, value in said.params.items()}
    return {key: getattr(said, key) for key in own if hasattr(said, key)} | params


def _grouped(value: Param) -> Param:
    """An amount in plain digits with its thousands apart; anything else as it is."""
    found = PLAIN.fullmatch(str(value))
    return value if found is None else f"{int(found[1]):,}{found[2] or ''}"


def _places(template: str, values: Mapping[str, Param], lang: Lang) -> list[str]:
    said = {
        key: _place(key, values[key], lang)
        for key in PLACES
        if values.get(key) not in {None, ""} and f"{{{key}}}" not in template
    }
    cell = " ".join(said.pop(key) for key in ("row", "column") if key in said)
    parts = [said.get("file"), said.get("sheet"), cell, said.get("value"), said.get("wish")]
    return [part for part in parts if part]


def _place(key: str, value: Param, lang: Lang) -> str:
    lettered = LETTERED.fullmatch(str(value)) if key == "column" else None
    if lettered:
        return LETTERED_WORDS[_at(lang)].format(*lettered.groups())
    return PLACES[key][_at(lang)].format(value)


def _bare(code: str, values: Mapping[str, Param]) -> str:
    figures = ", ".join(f"{key}={value}" for key, value in values.items() if value != "")
    return f"{code} ({figures})" if figures else code


def _at(lang: Lang) -> int:
    return 0 if lang == "zh" else 1
