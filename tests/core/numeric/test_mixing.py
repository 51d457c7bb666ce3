"""A slow iteration is shortened; one that led astray goes back to its best round."""

from __future__ import annotations

import numpy as np

from quotaloom.core.numeric.mixing import REST, Mixing

SLOW = np.array([[0.99, 0.01, 0.0], [0.0, 0.98, 0.01], [0.005, 0.0, 0.95]])
SHIFT = np.array([1.0, -2.0, 3.0])
FIXED = np.linalg.solve(np.eye(3) - SLOW, SHIFT)


def rounds(mixing, most=5000):
    point, done = np.zeros(3), 0
    while np.abs(point - FIXED).max() > 1e-8 and done < most:
        after = SLOW @ point + SHIFT
        onward = mixing.onward(point, after, np.abs(after - point).max()) if mixing else None
        point, done = (after if onward is None else onward), done + 1
    return done


def test_a_slow_iteration_takes_a_hundredth_of_the_rounds() -> None:
    assert rounds(None) > 2000
    assert rounds(Mixing()) < 20


def test_an_iteration_that_is_quick_by_itself_is_left_alone() -> None:
    mixing, point = Mixing(), np.ones(2)
    for _ in range(30):
        assert mixing.onward(point, point * 0.4, float(point.max())) is None
        point = point * 0.4


def test_a_mixture_that_led_astray_is_taken_back() -> None:
    mixing = Mixing()
    best = np.array([5.0])
    assert mixing.onward(np.array([4.0]), best, 1.0) is None
    for worse in (np.nan, 4.1):
        assert mixing.onward(best, np.array([99.0]), worse) is best
        assert mixing.resting == REST
