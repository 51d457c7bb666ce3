"""Goals, wishes and caps read against a basis."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from quotaloom.core.model.errors import UsageRefused
from quotaloom.cycle.request import DecomposeRequest
from quotaloom.cycle.targets import growth_caps, read_wishes, refuse_unreadable, settle_total
from tests.support.orders import codes
from tests.support.plans import NATURAL, cube_of

TABLE = """
    地区   产品   basis
    华东   云     300
    华东   屏     100
    西北   云     100
"""


def basis(last_year=(30_000, 10_000, 10_000), profile=None):
    cube = cube_of(TABLE, "地区", "产品", profile=profile)
    amounts = None if last_year is None else np.array(last_year, np.int64)
    return SimpleNamespace(
        cube=cube,
        calendar=NATURAL,
        last_year=amounts,
        past=None if amounts is None else int(amounts.sum()),
        also={},
    )


def request(total="1000", **options):
    return DecomposeRequest((), total, 2027, **options)


@pytest.mark.parametrize(
    ("total", "unit", "units", "said"),
    [
        ("1000", "1", 1000, []),
        ("1000", "0.01", 100_000, []),
        ("5亿", "1万", 50_000, []),
        ("0", "1", 0, ["total.zero"]),
        ("+15%", "1", 575, ["total.from_last_year"]),
        ("+0.1%", "1", 501, ["total.from_last_year"]),  # 500.5: halves up
        ("-100%", "1", 0, ["total.from_last_year"]),
        ("1.5x", "100", 8, ["total.from_last_year"]),
    ],
)
def test_a_total_is_whole_units(total, unit, units, said):
    goal, findings = settle_total(request(total, unit=unit), basis())
    assert (goal.units, codes(findings)) == (units, said)
    assert goal.last_year == 50_000


@pytest.mark.parametrize(
    ("past", "total", "code"),
    [
        (None, "+15%", "total.no_last_year"),
        ((0, 0, 0), "1.2x", "total.no_last_year"),
        ((-100, 10, 10), "+15%", "total.no_last_year"),
    ],
)
def test_growth_needs_something_to_grow_from(past, total, code):
    with pytest.raises(UsageRefused) as refusal:
        settle_total(request(total), basis(past))
    assert codes(refusal.value) == [code]


def wishes(**options):
    asked = request(**options)
    found = basis()
    goal, _ = settle_total(asked, found)
    return read_wishes(asked, found, goal)


def test_wishes_are_read_with_their_kind_and_ends():
    found, said, caps = wishes(
        fix=("地区=华东:40%",), hold=("产品=屏:50",), bound=("Q4:>=10%", "地区=西北:<=200")
    )
    assert [(w.kind, w.low, w.high) for w in found] == [
        ("fix", 400, 400),
        ("hold", 50, 50),
        ("bound", 100, None),
        ("bound", 0, 200),
    ]
    assert codes(said) == ["wish.share_is"] * 2
    assert caps is None


@pytest.mark.parametrize("kind", ["fix", "hold"])
def test_only_a_bound_has_a_relation(kind):
    with pytest.raises(UsageRefused) as refusal:
        wishes(**{kind: ("地区=华东:>=5",)})
    assert codes(refusal.value) == ["wish.unreadable"]


def test_a_currency_must_be_the_total_s():
    assert len(wishes(total="1000元", fix=("地区=华东:5元",))[0]) == 1
    assert len(wishes(total="1000", fix=("地区=华东:5美元",))[0]) == 1
    with pytest.raises(UsageRefused) as refusal:
        wishes(total="1000元", fix=("地区=华东:5美元",), hold=("地区=西北:5欧元",))
    assert codes(refusal.value) == ["currency.differs"] * 2


def test_caps_are_last_year_by_season_grown_and_rounded_down():
    found = basis(profile=[1, 2, 3, 4])
    caps, said = growth_caps(request(growth_max="50%"), found, 100)
    # 300 元 × 1.5 over 10 parts; 150 over 10
    by_basis = dict(zip(found.cube.basis.tolist(), caps.tolist(), strict=False))
    assert by_basis[300] == [45, 90, 135, 180]
    assert by_basis[100] == [15, 30, 45, 60]
    assert said == []


def test_who_sold_nothing_is_not_capped_and_counted():
    caps, said = growth_caps(request(growth_max="0%"), basis((0, -500, 800)), 100)
    assert [(f.code, f.params["count"]) for f in said] == [("growth.uncapped", 2)]
    assert caps[2].tolist() == [2] * 4
    assert caps[:2].min() > 10**15


def test_a_cap_that_a_grid_misses_by_a_hair_is_reached():
    found = basis((180_000,) * 3, profile=[333_333_333, 333_333_333, 333_333_334, 0])
    caps, _ = growth_caps(request(growth_max="10%"), found, 100)
    assert caps[0].tolist() == [660, 660, 660, 0]


def test_caps_of_any_size_fit():
    caps, _ = growth_caps(request(growth_max="999999999%"), basis((2**61,) * 3), 1)
    assert 0 < caps.max() < 2**62


def test_without_a_last_year_there_is_nothing_to_cap():
    with pytest.raises(UsageRefused) as refusal:
        growth_caps(request(growth_max="5%"), basis(None), 100)
    assert codes(refusal.value) == ["total.no_last_year"]


def test_every_amount_is_refused_at_once_before_any_file_is_read():
    request = DecomposeRequest((), "5e8", 2027, unit="x", growth_max="y")
    with pytest.raises(UsageRefused) as refusal:
        refuse_unreadable(request)
    typed = [one.params["wish"] for one in refusal.value.findings]
    assert typed == ["--total 5e8", "--unit x", "--growth-max y"]
