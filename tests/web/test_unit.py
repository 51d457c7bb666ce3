"""Amounts in a page's unit: rounded as the grammar says, and never 0 where something is."""

from __future__ import annotations

import pytest

from quotaloom.web.ui.unit import UNITS, shown


@pytest.mark.parametrize(
    ("fen", "unit", "text"),
    [
        (0, "wan", "0"),
        (1_234_567_890, "wan", "1,235"),
        (500_000, "wan", "1"),
        (499_999, "wan", "0.5"),
        (-30_000, "wan", "-0.03"),
        (1, "wan", "0.000001"),
        (1, "yuan", "0.01"),
        (120_000_000_00, "yi", "1.20"),
        (10_000_00, "yi", "0.0001"),
    ],
)
def test_an_amount_that_is_there_never_reads_as_0(fen, unit, text):
    assert shown(fen, UNITS[unit]) == text
