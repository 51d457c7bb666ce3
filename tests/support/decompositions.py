"""Random decompositions, made from a random cube without any engine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

import polars as pl

from quotaloom.core.model.decomposition import Check, Decomposition, Derivation, Margin
from quotaloom.core.model.findings import warning
from quotaloom.core.model.periods import FiscalCalendar, Period, rollups

CALENDAR = FiscalCalendar()
REGIONS = {"华东": ("上海", "江苏", "浙江"), "华北": ("北京", "河北"), "西南": ("四川", "重庆")}
LINES = {"智能装备": ("控制器", "机器人"), "工业软件": ("云平台", "边缘网关", "数据服务")}
PEOPLE = {"P01": "王伟", "P02": "李娜", "P03": "王伟", "P04": "赵敏", "P05": "孙磊"}
BY = {
    "地区": ("地区>省", ("地区", "省"), [(a, b) for a, bs in REGIONS.items() for b in bs]),
    "产品线": ("产品线>产品", ("产品线", "产品"), [(a, b) for a, bs in LINES.items() for b in bs]),
    "人员": ("人员", ("工号",), [(code,) for code in PEOPLE]),
}


@dataclass(frozen=True)
class Shape:
    """What a decomposition is made of; ``by`` names up to three of 地区, 产品线, 人员."""

    by: tuple[str, ...] = ("地区", "产品线")
    kind: str = "month"
    unit: int = 10_000
    kept: float = 0.7
    largest: int = 2_000


def decomposition(seed: int = 1, shape: Shape = Shape()) -> Decomposition:
    """A finished decomposition of random leaves; the total is what the leaves add up to."""
    random = Random(seed)
    leaves = _leaves(random, shape, CALENDAR.periods(2027, shape.kind))
    return from_leaves(leaves, tuple(BY[name][:2] for name in shape.by), shape)


def _leaves(random: Random, shape: Shape, periods: tuple[Period, ...]) -> pl.DataFrame:
    combos: list[tuple[str, ...]] = [()]
    for name in shape.by:
        combos = [(*one, *path) for one in combos for path in BY[name][2]]
    kept = [combo for combo in combos if random.random() < shape.kept] or combos[:1]
    headers = [level for name in shape.by for level in BY[name][1]]
    rows = [
        (
            period.label,
            *combo,
            random.randrange(10**9),
            random.randrange(shape.largest) * shape.unit,
        )
        for combo in sorted(kept)
        for period in periods
    ]
    frame = pl.DataFrame(rows, schema=_schema(headers), orient="row")
    if "工号" in headers:
        frame = frame.insert_column(
            headers.index("工号") + 2, frame["工号"].replace_strict(PEOPLE).alias("姓名")
        )
    return frame


def _schema(headers: list[str]) -> dict[str, pl.DataType]:
    texts = dict.fromkeys(["period", *headers], pl.String)
    return texts | {"basis": pl.Int64, "quota": pl.Int64}


def from_leaves(
    leaves: pl.DataFrame,
    hierarchies: tuple[tuple[str, tuple[str, ...]], ...],
    shape: Shape = Shape(),
    **changes: object,
) -> Decomposition:
    """The decomposition that has just these leaves."""
    total = int(leaves["quota"].sum())
    fields: dict[str, object] = {
        "leaves": leaves,
        "hierarchies": hierarchies,
        "label_of": {"工号": "姓名"} if "姓名" in leaves.columns else {},
        "periods": CALENDAR.periods(2027, shape.kind),
        "rollups": rollups(CALENDAR, 2027, shape.kind),
        "total": total,
        "unit": shape.unit,
        "basis_scale": 4,
        "last_year": total * 9 // 10,
        "node_last_year": _last_year(leaves, hierarchies),
        "margins": _margins(leaves, hierarchies),
        "checks": (Check("check.nodes", 20, 0, {"hierarchy": "地区"}),),
        "derivations": _derivations(leaves, hierarchies, total),
        "findings": (warning("test.something", "华东", count=3),),
        "parameters": {"--total": "5亿", "--year": "2027"},
        "seconds": 0.25,
    }
    return Decomposition(**(fields | changes))


def _paths(leaves: pl.DataFrame, levels: tuple[str, ...]):
    for depth in range(len(levels)):
        prefix = list(levels[: depth + 1])
        sums = leaves.group_by(prefix).agg(pl.col("quota", "basis").sum()).sort(prefix)
        for row in sums.iter_rows():
            yield tuple(row[:-2]), row[-2], row[-1]


def _last_year(leaves, hierarchies) -> pl.DataFrame:
    rows = [
        (name, list(path), quota * 9 // 10)
        for name, levels in hierarchies
        for path, quota, _ in _paths(leaves, levels)
    ]
    schema = {"hierarchy": pl.String, "path": pl.List(pl.String), "last_year": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _margins(leaves, hierarchies) -> tuple[Margin, ...]:
    if not hierarchies:
        return ()
    level = hierarchies[0][1][0]
    sums = leaves.group_by(level).agg(pl.col("quota").sum()).sort(level).rows()
    (first, reached), (last, least) = sums[0], sums[-1]
    return (
        Margin(f"{level}={first}:{reached // 100}", "fix", reached, reached, reached),
        Margin(f"{level}={last}:>={least // 200}", "bound", least // 2, None, least),
    )


def _derivations(leaves, hierarchies, total) -> tuple[Derivation, ...]:
    return tuple(
        Derivation(
            hierarchy=name,
            path=path,
            method="proportional",
            raw_weight=Decimal(basis),
            share=Decimal(quota) / Decimal(total or 1),
            basis=basis,
            quota=quota,
        )
        for name, levels in hierarchies
        for path, quota, basis in _paths(leaves, levels)
    )
