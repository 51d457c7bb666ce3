"""Files of declared kinds: columns by their headers, faults by their cells, keys, members."""

from __future__ import annotations

from datetime import date

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.facts.compensate import compensate
from quotaloom.cycle.facts.read import table
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.warehouse.tables.catalogue import KINDS

HEAD = "发票号,开票日期,合同号,开票金额(万元),税率,发票类别,大区\n"
BLUE = HEAD + "001,2026-01-05,C1,1.13,13%,蓝字,华东\n002,2026-01-20,C2,2,0.06,,\n"


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "facts")


@pytest.fixture
def taken(shelf, tmp_path):
    """Take a text as a file of invoices; options are those of the request."""

    def take_text(text, name="开票.csv", *, known=None, look=False, into="invoices", **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        asked = ImportRequest(files=(path,), into=into, **options)
        return take(shelf, asked, author="li", known=known or {}, only_look=look)

    return take_text


def faults(taken, text, **options):
    """The faults of a refused text: code, row, column and value."""
    with pytest.raises(DataRefused) as refused:
        taken(text, **options)
    errors = [one for one in refused.value.findings if one.severity == "error"]
    return [
        (one.code, *(one.params.get(name) for name in ("row", "column", "value"))) for one in errors
    ]


def codes(done):
    return [one.code for one in done.findings]


def test_columns_are_stored_by_the_kind(shelf, taken):
    taken(BLUE)
    facts = table(shelf, KINDS["invoices"])
    wanted = ["invoice", "date", "contract", "amount", "tax_rate", "sort", "region"]
    assert facts.select(wanted).rows() == [
        ("001", date(2026, 1, 5), "C1", 11_300_0000, 130_000, "blue", "华东"),
        ("002", date(2026, 1, 20), "C2", 20_000_0000, 60_000, None, "未归属"),
    ]
    assert facts["net_amount"].null_count() == 2
    assert facts.select("§file", "§row").rows() == [("开票.csv", 2), ("开票.csv", 3)]


def test_all_faults_are_told_at_once_by_cell(shelf, taken):
    wrong = HEAD + ",2026-02-30,C1,x,13,灰,华东\n003,2026-01-01,C1,5,6%,红字,华东\n004,,,,,,\n"
    found = faults(taken, wrong)
    assert ("tables.cell_blank", 2, "A 发票号", "") in found
    assert ("intake.date_impossible", 2, "B 开票日期", "2026-02-30") in found
    assert ("amount.unreadable", 2, "D 开票金额(万元)", "x") in found
    assert ("tables.rate_unclear", 2, "E 税率", "13") in found
    assert ("tables.choice_unknown", 2, "F 发票类别", "灰") in found
    assert ("tables.red_positive", 3, "D 开票金额(万元)", "5") in found
    assert ("tables.cell_blank", 4, "B 开票日期", "") in found
    assert ("tables.cell_blank", 4, "D 开票金额(万元)", "") in found
    assert ("tables.cell_blank", 2, "B 开票日期", "") not in found
    assert shelf.entries() == []


def test_red_letters_are_negative(shelf, taken):
    taken(HEAD + "001,2026-01-05,C1,1.13,13%,蓝字,华东\n009,2026-02-01,C1,-1.13,13%,红冲,华东\n")
    assert table(shelf, KINDS["invoices"])["amount"].sum() == 0


def test_the_key_of_the_kind_renews_rows(shelf, taken):
    taken(BLUE)
    again = taken(BLUE, name="又一次.csv")
    assert again.entry is None
    assert again.effect.same == 2
    done = taken(BLUE.replace("1.13", "1.2"))
    assert (done.effect.new, done.effect.changed, done.effect.same) == (0, 1, 1)
    assert "tables.by_key" in codes(done)
    assert table(shelf, KINDS["invoices"])["amount"].to_list() == [12_000_0000, 20_000_0000]


def test_the_same_key_twice_names_both_rows(taken):
    found = faults(taken, BLUE + "002,2026-01-21,C2,3,6%,,\n")
    assert [(code, row) for code, row, *_ in found] == [
        ("batch.key_twice", 3),
        ("batch.key_twice", 4),
    ]


def test_a_mapping_is_remembered_for_its_source(shelf, taken):
    strange = BLUE.replace("发票号", "票据流水").replace("大区", "区块")
    assert ("tables.column_missing", None, "invoice", None) in faults(taken, strange)
    taken(strange, source="erp", map=("票据流水=invoice", "区块="))
    done = taken(strange.replace("1.13", "1.5"), source="erp")
    assert "tables.mapping_remembered" in codes(done)
    assert table(shelf, KINDS["invoices"])["region"].to_list() == ["未归属", "未归属"]
    assert faults(taken, strange, source="crm")


def test_a_near_header_is_named_in_the_refusal(taken):
    with pytest.raises(DataRefused) as refused:
        taken(BLUE.replace("发票号", "发票号嘛"))
    (missing,) = [one for one in refused.value.findings if one.code == "tables.column_missing"]
    assert missing.params["near"] == "发票号嘛"


def test_unknown_members_count_under_nobody_until_resolved(shelf, taken):
    known = {"region": {"华东", "华北"}}
    done = taken(BLUE.replace("华东", "华冬"), known=known)
    assert "tables.members_unknown" in codes(done)
    assert shelf.unresolved("invoices").rows() == [("region", "华冬", 1, 11_300_0000)]
    who = {"author": "li", "time": "2026-02-01"}
    made = shelf.resolve("invoices", "region", {"华冬": "华东"}, **who)
    kind = KINDS["invoices"]
    assert sorted(table(shelf, kind)["region"]) == ["华东", "未归属"]
    assert sorted(table(shelf, kind, made.position - 1)["region"]) == ["未归属", "未归属"]
    assert shelf.unresolved("invoices").is_empty()
    with pytest.raises(DataRefused):
        shelf.resolve("invoices", "region", {"华西": "华东"}, **who)
    shelf.undo(made.position, **who)
    assert shelf.unresolved("invoices").height == 1


def test_sums_among_the_rows_are_asked_about(shelf, taken):
    text = BLUE + "合计,2026-01-31,,3.13,,,\n"
    assert "subtotals.found" in {code for code, *_ in faults(taken, text)}
    taken(text, subtotals="drop")
    assert table(shelf, KINDS["invoices"]).height == 2


def test_what_was_closed_is_only_compensated(shelf, taken):
    taken(BLUE, append=True)
    shelf.close("invoices", author="li", time="2026-02-01")
    with pytest.raises(DataRefused) as refused:
        shelf.undo(1, author="li", time="2026-02-01")
    assert refused.value.findings[0].code == "batch.closed"
    assert compensate(shelf, 1, author="li").entry is not None
    assert table(shelf, KINDS["invoices"])["amount"].sum() == 0
    assert compensate(shelf, 1, author="li").entry is None


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_takes_a_file_under_its_own_titles(shelf, taken, kind):
    sample = {"day": "2026-01-31", "money": "12.5", "quantity": "3", "rate": "6%", "text": "备注"}
    said = {one.name: sample.get(one.value) or f"{one.name}1" for one in kind.columns}
    cells = [next(iter(one.choices), said[one.name]) for one in kind.columns]
    for titles in ("zh", "en"):
        head = ",".join(getattr(one, titles) for one in kind.columns)
        taken(f"{head}\n{','.join(cells)}\n", into=kind.name, name=f"{titles}.csv")
    facts = table(shelf, kind)
    assert facts.height == 1
    assert facts.select(list(kind.schema())).null_count().sum_horizontal().item() == 0
