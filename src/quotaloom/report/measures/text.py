"""The dictionary as text on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.model.measures.expression import Aggregate, walk
from quotaloom.report.measure_word import basis, word

if TYPE_CHECKING:
    from quotaloom.core.model.measures.definition import Definition
    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.report.wording import Lang

FIELDS: Final = {
    "formula": ("公式", "Formula"),
    "kind": ("性质", "Kind"),
    "counts": ("口径", "Basis"),
    "better": ("方向", "Direction"),
    "sources": ("数据", "Facts"),
    "owner": ("负责", "Owner"),
    "fresh": ("时效", "Freshness"),
    "version": ("版本", "Version"),
}
FRESH: Final = ("数据不旧于 {days} 天", "facts no older than {days} days")
SINCE: Final = ("第 {version} 版，自 {since} 起", "version {version}, from {since} on")
ALWAYS: Final = ("第 {version} 版", "version {version}")


def listing(dictionary: Dictionary, lang: Lang) -> str:
    """A line a measure, by group, in the order in which they are told."""
    at, lines, group = 0 if lang == "zh" else 1, list[str](), ""
    for one in dictionary.definitions.values():
        if one.group != group:
            group = one.group
            lines += ["", word(group, at)]
        shown = basis(one.counts, at)
        lines.append(f"  {one.code:<22} {one.names[at]}  ({word(one.kind, at)}, {shown})")
    return "\n".join(lines[1:])


def entry(dictionary: Dictionary, one: Definition, lang: Lang) -> str:
    """Everything that is told of a measure."""
    at = 0 if lang == "zh" else 1
    told = {FIELDS[key][at]: text for key, text in fields(dictionary, one, at).items()}
    lines = [f"{one.code}  {one.names[at]}", one.meanings[at]]
    return "\n".join(lines + [f"  {name}: {text}" for name, text in told.items()])


def fields(dictionary: Dictionary, one: Definition, at: int) -> dict[str, str]:
    """The fields of a definition as texts, by their code."""
    version = SINCE if one.since else ALWAYS
    return {
        "formula": one.formula,
        "kind": word(one.kind, at),
        "counts": basis(one.counts, at),
        "better": word(one.better, at),
        "sources": ", ".join(facts_of(dictionary, one)) or "—",
        "owner": word(one.owner, at),
        "fresh": FRESH[at].format(days=one.fresh_days),
        "version": version[at].format(version=one.version, since=one.since),
    }


def facts_of(dictionary: Dictionary, one: Definition) -> tuple[str, ...]:
    """The kinds of facts that a measure is made of; none for a derivation of any measure."""
    if one.group == "any":
        return ()
    nodes = walk(dictionary.written_out(one))
    return tuple(dict.fromkeys(node.source for node in nodes if isinstance(node, Aggregate)))


def listing_json(dictionary: Dictionary) -> str:
    """The definitions as JSON, for other programs."""
    told = [record(dictionary, one) for one in dictionary.definitions.values()]
    return json.dumps(told, ensure_ascii=False, indent=2)


def record(dictionary: Dictionary, one: Definition) -> dict[str, Any]:
    """A definition for other programs; ``names`` and ``meanings`` are Chinese, English."""
    return {
        "code": one.code,
        "names": list(one.names),
        "meanings": list(one.meanings),
        "formula": one.formula,
        "kind": one.kind,
        "unit": one.counts.unit,
        "tax": one.counts.tax,
        "stage": one.counts.stage,
        "better": one.better,
        "facts": list(facts_of(dictionary, one)),
        "owner": one.owner,
        "fresh_days": one.fresh_days,
        "version": one.version,
        "since": str(one.since or ""),
        "group": one.group,
    }
