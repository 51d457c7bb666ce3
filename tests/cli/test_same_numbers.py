"""R26: a tracking says the same numbers as JSON, as csv and to a slow adder, to the 分."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from decimal import Decimal

import pytest

from tests.support.counts import examples

PEOPLE = {"李雷": "华东", "韩梅": "华东", "张三": "华北", "李四": "西南", "王五": "西南"}
DAYS = ("2026-01-05", "2026-02-11", "2026-03-31", "2026-06-30", "2026-12-31")
AMOUNTS = ("quota", "credit")


def written(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def generated(seed, folder):
    """Facts and quotas of a seed, and what each node comes to in 分 by adding one by one."""
    chance, sums = random.Random(seed), {name: Counter() for name in AMOUNTS}
    names = chance.sample(sorted(PEOPLE), chance.randint(1, len(PEOPLE)))

    def drawn(name, least, most):
        amount = chance.randint(least, most)
        for path in ((), (PEOPLE[name],), (PEOPLE[name], name)):
            sums["quota" if least > 0 else "credit"][path] += amount
        return str(Decimal(amount).scaleb(-2))

    facts = [
        (chance.choice(DAYS), PEOPLE[name], name, drawn(name, -(10**8), 10**10))
        for name in names
        for _ in range(chance.randint(1, 6))
    ]
    quotas = [(name, "2026-01-01", drawn(name, 1, 10**11)) for name in names]
    written(folder / "facts.csv", ("日期", "大区", "人员", "金额"), facts)
    written(folder / "quotas.csv", ("人员", "日期", "目标"), quotas)
    return sums


def told(nodes):
    """The amounts of each node over all periods, in 分."""
    whole = [one for one in nodes if one["period"] == ""]
    return {
        name: {tuple(one["path"]): int(Decimal(str(one[name])).scaleb(2)) for one in whole}
        for name in AMOUNTS
    }


@pytest.mark.heavy
def test_r26_json_csv_and_a_slow_adder_agree(command, tmp_path):
    words = ("--by", "大区>人员", "--as-of", "2026-12-31", "--json")
    facts, quotas, out = (tmp_path / name for name in ("facts.csv", "quotas.csv", "out.csv"))
    for seed in range(examples(200)):
        sums = generated(seed, tmp_path)
        run = command("track", facts, "--quota", quotas, "--out", out, *words)
        assert run.code == 0, (seed, run.err)
        nodes = json.loads(run.out, parse_float=Decimal)["nodes"]
        assert told(nodes) == {name: dict(sums[name]) for name in AMOUNTS}, seed
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(nodes)
        for row, node in zip(rows, nodes, strict=True):
            path = tuple(filter(None, (row["大区"], row["人员"])))
            assert (path, row["period"]) == (tuple(node["path"]), node["period"]), seed
            for name in AMOUNTS:
                said = Decimal(row[name]) if row[name] else None
                assert said == node[name], (seed, path, name)
