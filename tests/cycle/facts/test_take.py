"""Files become batches: what is kept, what takes the place of what, and what is refused whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.cycle.facts.read import dataset
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.batches.shelf import Shelf

HEAD = "合同号,日期,大区,金额,备注\n"
JANUARY = HEAD + "C1,2026-01-05,华东,100.5,急\nC2,2026-01-20,华北,200,\n"


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "facts")


@pytest.fixture
def taken(shelf, tmp_path):
    """Take a text as a file; options are those of the request."""

    def take_text(text, name="业绩.csv", *, only_look=False, **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        asked = ImportRequest(files=(path,), into="booked", **options)
        return take(shelf, asked, author="li", only_look=only_look)

    return take_text


def amounts(shelf):
    facts = dataset(shelf, "booked")
    return dict(zip(facts["大区"], facts["amount"], strict=True))


def test_amounts_and_recognised_columns_are_kept_exactly(shelf, taken):
    taken(JANUARY, column=("备注",))
    facts = dataset(shelf, "booked")
    assert set(facts.columns) == {"date", "amount", "大区", "备注"}
    assert amounts(shelf) == {"华东": Decimal("100.5"), "华北": Decimal(200)}


def test_a_renamed_copy_with_other_rows_first_has_no_effect(shelf, taken):
    taken(JANUARY)
    first, second = JANUARY.splitlines()[1:]
    again = taken(HEAD + f"{second}\n{first}\n", name="copy.csv")
    assert again.entry is None
    assert again.effect.same == 2
    assert len(shelf.entries()) == 1


def test_a_key_renews_a_row_and_keeps_the_others(shelf, taken):
    taken(JANUARY, key=("合同号",))
    done = taken(HEAD + "C2,2026-01-21,华北,250,\nC3,2026-02-01,华南,1,\n", key=("合同号",))
    assert (done.effect.new, done.effect.changed, done.effect.same) == (1, 1, 0)
    wanted = {"华东": Decimal("100.5"), "华北": Decimal(250), "华南": Decimal(1)}
    assert amounts(shelf) == wanted


def test_a_period_is_replaced_whole(shelf, taken):
    taken(JANUARY + "C9,2026-02-09,华南,9,\n")
    done = taken(HEAD + "C1,2026-01-06,华东,70,\n", replace="2026-01")
    assert (done.effect.new, done.effect.gone) == (1, 2)
    assert amounts(shelf) == {"华东": Decimal(70), "华南": Decimal(9)}


def test_a_look_changes_nothing(shelf, taken):
    done = taken(JANUARY, only_look=True)
    assert (done.entry, done.effect.new) == (None, 2)
    assert shelf.entries() == []


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (JANUARY + "C1,2026-01-09,华东,1,\n", {"key": ("合同号",)}, "batch.key_twice"),
        (JANUARY, {"replace": "2026-02"}, "batch.outside_period"),
        (JANUARY + "C4,昨天,华东,x,\n", {}, "intake.date_unreadable"),
    ],
)
def test_one_bad_row_and_nothing_is_imported(shelf, taken, text, options, code):
    with pytest.raises(DataRefused) as refusal:
        taken(text, **options)
    assert code in {one.code for one in refusal.value.findings}
    assert all("row" in one.params for one in refusal.value.findings if one.code == code)
    assert shelf.entries() == []


def test_a_key_and_a_period_are_too_much(taken):
    with pytest.raises(UsageRefused):
        taken(JANUARY, key=("合同号",), replace="2026-01")
    with pytest.raises(UsageRefused):
        taken(JANUARY, replace="soon")


def test_a_dataset_that_is_not_there_names_those_that_are(shelf, taken):
    taken(JANUARY)
    with pytest.raises(DataRefused) as refusal:
        dataset(shelf, "booket")
    assert refusal.value.findings[0].params["known"] == "booked"
