"""Why sales changed: the documented example, and laws that hold for any goods."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.attainment.effects import Effects, Sold, effects
from quotaloom.core.model.money import half_up
from tests.support.counts import examples

SOLD = st.builds(
    Sold, st.integers(-50, 10**6), st.integers(-(10**12), 10**12), st.sampled_from([0, 0, 0, 7])
)
GOODS = st.lists(st.tuples(SOLD, SOLD), max_size=8)


def test_the_worked_table_of_the_docs():
    goods = [
        (Sold(100, 10_000_00), Sold(150, 15_750_00)),  # 100.00 → 105.00 apiece
        (Sold(50, 20_000_00), Sold(30, 11_400_00)),  # 400.00 → 380.00
        (Sold(0, 0), Sold(10, 3_000_00)),
        (Sold(20, 1_000_00), Sold(0, 0)),
    ]
    # 150 → 180 pieces at a mean of 200; at old prices 27,000, at new ones 27,150
    told = Effects(volume=6_000_00, mix=-9_000_00, price=150_00, came=3_000_00, went=-1_000_00)
    assert effects(goods) == told
    assert told.change == (15_750 + 11_400 + 3_000 - 10_000 - 20_000 - 1_000) * 100


@settings(max_examples=examples(1000))
@given(GOODS)
def test_the_parts_are_the_whole_change(goods):
    change = sum(now.amount - before.amount for before, now in goods)
    assert effects(goods).change == change


@given(GOODS)
def test_the_parts_lead_from_one_rounded_total_to_the_other(goods):
    before, now = (sum(pair[at].amount for pair in goods) for at in (0, 1))
    change = half_up(Fraction(now, 100)) - half_up(Fraction(before, 100))
    assert effects(goods, scale=100).change == change


def test_nine_products_that_grew_by_less_than_half_a_fen_grew_together():
    goods = [(Sold(1, 10_0000), Sold(1, 10_0045))] * 9
    assert effects(goods, scale=100) == Effects(0, 0, 4, 0, 0)


def test_what_nobody_counted_is_neither_new_nor_dearer():
    goods = [
        (Sold(0, 5_000_00, 5_000_00), Sold(0, 6_000_00, 6_000_00)),
        (Sold(0, 90_00, 90_00), Sold(2, 100_00)),
        (Sold(10, 1_000_00), Sold(12, 2_200_00, 900_00)),
        (Sold(10, 1_000_00), Sold(20, 2_000_00)),
    ]
    assert effects(goods) == Effects(1_000_00, 0, 0, 0, 0, 2_210_00)


@given(GOODS, st.randoms(use_true_random=False))
def test_the_order_of_the_goods_changes_nothing(goods, chance):
    shuffled = list(goods)
    chance.shuffle(shuffled)
    assert effects(shuffled) == effects(goods)


@given(st.lists(st.builds(Sold, st.integers(1, 1000), st.integers(1, 10**9)), min_size=1))
def test_more_of_everything_at_its_price_is_volume_alone(goods):
    doubled = [(one, Sold(2 * one.quantity, 2 * one.amount)) for one in goods]
    found = effects(doubled)
    assert found == Effects(sum(one.amount for one in goods), 0, 0, 0, 0)


@given(st.lists(st.builds(Sold, st.integers(1, 1000), st.integers(1, 10**9)), min_size=1))
def test_dearer_goods_in_the_same_number_are_price_alone(goods):
    dearer = [(one, Sold(one.quantity, one.amount + 7)) for one in goods]
    assert effects(dearer) == Effects(0, 0, 7 * len(goods), 0, 0)


@given(GOODS)
def test_each_effect_is_that_of_a_slow_reckoning(goods):
    counted = [(old, new) for old, new in goods if not old.uncounted + new.uncounted]
    both = [(old, new) for old, new in counted if old.quantity > 0 and new.quantity > 0]
    found = effects(goods)
    if not both:
        assert (found.volume, found.mix, found.price) == (0, 0, 0)
        return
    mean = Fraction(sum(o.amount for o, _n in both), sum(o.quantity for o, _n in both))
    volume = sum((n.quantity - o.quantity) * mean for o, n in both)
    price = sum(n.amount - n.quantity * Fraction(o.amount, o.quantity) for o, n in both)
    assert abs(found.volume - volume) <= 1
    assert abs(found.price - price) <= 1
