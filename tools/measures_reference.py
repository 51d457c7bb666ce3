"""Write docs/reference/measures.md from the dictionary, or check that it is so.

python tools/measures_reference.py [--check]
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from quotaloom.cycle.measures.known import measures
from quotaloom.report.measure_word import basis, word
from quotaloom.report.measures.text import facts_of

if TYPE_CHECKING:
    from quotaloom.core.model.measures.definition import Definition

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "measures.md"
HEAD = """# The dictionary of measures 指标字典

**中文。** 每个指标只在这里定义一次，屏幕、表格、接口和计薪都用它。
`quotaloom measures show 代码` 给出当前数据文件夹里生效的定义；自定义指标写在数据文件夹的
`measures.toml`，写法见 [自己定义指标](../howto/define-a-measure.md)。

**English.** Each measure is told once, here, for screen, workbook, API and pay.
`quotaloom measures show CODE` tells the definition in force in a data folder; one's own lie in its
`measures.toml`, see [define a measure](../howto/define-a-measure.md). Written by
`tools/measures_reference.py`.
"""
COLUMNS = "\n| 代码 Code | 名称 Name | 口径 Basis | 数据 Facts |\n|---|---|---|---|\n"


def page() -> str:
    """The whole page."""
    told = measures()
    parts = [HEAD]
    for group, some in groupby(told.definitions.values(), key=lambda one: one.group):
        members = list(some)
        parts.append(f"\n## {word(group, 0)} {word(group, 1)}\n{COLUMNS}")
        parts += [_row(one, facts_of(told, one)) for one in members]
        parts.append("\n")
        parts += [_sense(one) for one in members]
    return "".join(parts)


def _row(one: Definition, facts: tuple[str, ...]) -> str:
    names = f"{one.names[0]} · {one.names[1]}"
    kind = f"{word(one.kind, 0)}，{basis(one.counts, 0)} · {one.kind}, {basis(one.counts, 1)}"
    lower = "，越低越好 lower is better" if one.better == "lower" else ""
    named = ", ".join(f"`{source}`" for source in facts) or "—"
    return f"| `{one.code}` | {names} | {kind}{lower} | {named} |\n"


def _sense(one: Definition) -> str:
    return f"- `{one.code}` = `{one.formula}`\n  {one.meanings[0]} {one.meanings[1]}\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it stands as it should."""
    if "--check" not in arguments:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    same = PAGE.read_text(encoding="utf-8") == page()
    if not same:
        print("docs/reference/measures.md is old: run tools/measures_reference.py")
    return int(not same)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
