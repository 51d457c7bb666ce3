"""The cockpit's facts credited by rules come to what a tracking by the same rules says."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from quotaloom.core.attainment.tree import WHOLE
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.facts.read import dataset, table
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.track.board import Board
from quotaloom.cycle.track.crediting import credited_facts, read_crediting
from quotaloom.cycle.track.edition import quotas_in_force
from quotaloom.cycle.track.placed import placed
from quotaloom.cycle.track.request import TrackRequest
from quotaloom.cycle.track.verb import track
from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.warehouse.tables.catalogue import KINDS
from tests.support.boards import released

LINES = KINDS["order_lines"]
DAY = date(2026, 12, 31)
ORDERS = """订单日期,订单号,行号,大区,省份,岗位,产品,客户,订单金额
2026-01-10,D1,1,华东,江苏,E1,平台,甲,90000.01
2026-03-10,D2,1,华东,浙江,E2,终端,乙,80000
2026-05-10,D3,1,华北,北京,N1,平台,甲,20000.03
"""
RULES = """规则,客户,产品,岗位,份额,性质,生效日期
甲,甲,,E1,60%,分摊,
甲,甲,,N1,40%,分摊,
乙,乙,,N1,100%,分摊,2026-04-01
专家,,平台,E2,10%,叠加,
"""


@pytest.fixture
def shelf(tmp_path):
    path = tmp_path / "order_lines.csv"
    path.write_text(ORDERS, encoding="utf-8")
    found = Shelf(tmp_path / "batches")
    take(found, ImportRequest(files=(path,), into="order_lines"), author="x")
    return found


def rules(folder, text=RULES):
    path = folder / "assignments.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_board_says_what_a_tracking_with_the_same_rules_says(tmp_path, shelf):
    editions, file = released(tmp_path), rules(tmp_path)
    quotas = quotas_in_force(editions, DAY)
    crediting = read_crediting(file, quotas.axes[0][-1], LINES)
    facts = credited_facts(table(shelf, LINES), crediting, "amount")
    year = FiscalCalendar().periods(2026, "year")[0]
    board = Board(quotas, placed(facts, LINES, quotas, "amount"), year, DAY)
    ours = {one.path: one.standing.credit for one in (board.whole, *board.every)}
    named = {column.name: column.zh for column in LINES.columns}
    stored = dataset(shelf, "order_lines").select(
        "date",
        "amount",
        *(
            pl.col(one).alias(named[one])
            for one in ("region", "province", "seat", "product", "customer")
        ),
    )
    asked = TrackRequest(
        facts=stored, quota=(), by="大区>省份>岗位", edition=editions, assign=file, as_of=DAY
    )
    rows = track(asked).nodes.filter(pl.col("period") == WHOLE).select("path", "credit")
    theirs = {tuple(path): credit for path, credit in rows.iter_rows()}
    assert ours == theirs
    assert ours["华东", "江苏", "E1"] == 66_000_02  # 60 % of 110,000.04
    assert crediting.count == 3


def test_a_condition_on_an_unknown_column_is_refused(tmp_path):
    file = rules(tmp_path, "规则,天气,岗位,份额\n晴,晴,E1,100%\n")
    with pytest.raises(DataRefused) as refusal:
        read_crediting(file, "岗位", LINES)
    assert [one.code for one in refusal.value.findings] == ["credit.column_unknown"]
