"""The declared kinds of facts: complete, without two meanings for a header, and as documented."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from quotaloom.warehouse.tables.catalogue import KINDS

TOOL = Path(__file__).parents[3] / "tools" / "facts_reference.py"
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@each_kind
def test_key_and_needs_are_columns(kind):
    stored = kind.schema()
    assert len(stored) == len(kind.columns)
    assert set(kind.key) | {name for group in kind.groups() for name in group} <= set(stored)


@each_kind
def test_titles_mean_their_own_column(kind):
    for column in kind.columns:
        for title in (column.zh, column.en, column.name):
            assert kind.recognised(title)[0] is column, title


def test_headers_of_offices_are_known():
    said = {
        ("invoices", "开票金额(万元)"): "amount",
        ("invoices", "不含税金额（元）"): "net_amount",
        ("invoices", "数电票号码"): "invoice",
        ("receipts", "收款金额"): "amount",
        ("opportunities", "deal_stage"): "stage",
        ("opportunities", "close_value"): "amount",
        ("opportunities", "close_date"): "closed",
        ("order_lines", "銷售額"): "amount",
        ("customers", "客戶名稱"): "customer",
    }
    found = {(kind, head): KINDS[kind].recognised(head)[0].name for kind, head in said}
    assert found == said


def test_a_strange_header_is_no_column():
    assert KINDS["invoices"].recognised("天气") is None


def test_a_choice_is_read_by_its_words():
    sort = KINDS["invoices"].column("sort")
    assert [sort.choice_of(text) for text in ("红票", "BLUE", "灰")] == ["red", "blue", None]


def test_the_page_of_kinds_is_up_to_date():
    assert subprocess.run([sys.executable, TOOL, "--check"], check=False).returncode == 0
