"""Write docs/reference/facts.md from the declared kinds of facts, or check that it is so.

python tools/facts_reference.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from quotaloom.warehouse.tables.column import Column, Kind

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "facts.md"
HEAD = """# Kinds of facts 业务数据的种类

**中文。** 数据集的名称是下列种类之一时，按本表读取：列名按表头认，每格按类型校验。
没有列出的维度列照原表头保留。

**English.** A dataset named as one of these kinds is read by this table: columns are known by
their headers, each cell is checked by its type. Dimension columns that are not listed are kept
under their own headers. Written by `tools/facts_reference.py`.

| 类型 Type | 存为 Stored as |
|---|---|
| `day` | 日期 date |
| `money` | int64，1/10,000 元；含税与否见列名 · as the column says, with tax or without |
| `quantity` | int64，1/10,000 |
| `rate` | int64，1/1,000,000，0–100 % |
| `code` | 文本，前导零保留，空为 null · text, leading zeros kept, null where blank |
| `member` | 文本，空为 未归属 · text, 未归属 where blank |
| `choice` | 所列词之一 · one of the words given |
| `text` | 文本 · text |

每行另有 `§batch`（批次）、`§file`（文件）、`§row`（行号）。
Each row also has its batch, file and row. Python: `cycle.facts.read.table(shelf, kind)`.

导入 In: `quotaloom import --into KIND`，网页「业务数据」，`POST /api/v1/facts/KIND`。
有错误的行使整批不导入；`--valid-only`、「跳过这些行」、`?faulty=leave` 只导入有效行，其余逐一列出。
A row with a fault refuses the whole batch; `--valid-only`, *Leave them out* or `?faulty=leave`
take exactly the valid rows and list the others.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(map(_section, KINDS.values()))


def _section(kind: Kind) -> str:
    needs = "，".join(" / ".join(group) for group in kind.groups())
    rows = "".join(_row(column) for column in kind.columns)
    return (
        f"\n## `{kind.name}` {kind.zh} {kind.en}\n\n"
        f"键 Key: {', '.join(f'`{one}`' for one in kind.key)} · 必需 Required: {needs}\n\n"
        f"| 列 Column | 表头 Header | 类型 Type | 也认 Also |\n|---|---|---|---|\n{rows}"
    )


def _row(column: Column) -> str:
    said = [column.also.replace("|", " · ")]
    said += [f"{stored} = {words.replace('|', ' ')}" for stored, words in column.choices.items()]
    also = "; ".join(filter(None, said))
    return f"| `{column.name}` | {column.zh} · {column.en} | {column.value} | {also} |\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it stands as it should."""
    if "--check" not in arguments:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    same = PAGE.read_text(encoding="utf-8") == page()
    if not same:
        print("docs/reference/facts.md is old: run tools/facts_reference.py")
    return int(not same)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
