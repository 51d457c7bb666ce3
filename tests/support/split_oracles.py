"""Slow answers in fractions, written from the text of the rules and not from our code."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import floor

ENDLESS = 2**50  # what the library reads as no bound


def hamilton(total, weights, rank=None):
    """Largest remainder: floors, then single units by remainder, weight, rank."""
    over = sum(weights)
    if over == 0:
        return [0] * len(weights)
    return rounded([Fraction(total * weight, over) for weight in weights], weights, rank)


def rounded(shares, weights, rank=None):
    """Round exact shares that add up to a whole; the sign goes with their sum."""
    sign = -1 if sum(shares) < 0 else 1
    sizes = [sign * share for share in shares]
    parts = [floor(size) for size in sizes]
    ranks = rank or range(len(shares))

    def claim(cell):
        return (sizes[cell] - parts[cell], weights[cell], -ranks[cell])

    units = int(sum(sizes)) - sum(parts)
    fraction = [cell for cell in range(len(shares)) if sizes[cell] != parts[cell]]
    for cell in sorted(fraction, key=claim, reverse=True)[:units]:
        parts[cell] += 1
    return [sign * part for part in parts]


def clipped(total, weights, low, high):
    """The one solution clip(t * weight, low, high) that adds up to the total, or None.

    The sum grows with t along straight pieces between the points where a cell meets a bound.
    """

    def at(t):
        return [min(max(t * w, lo), hi) for w, lo, hi in zip(weights, low, high, strict=True)]

    bounds = zip(weights, low, high, strict=True)
    turns = sorted({Fraction(edge, w) for w, lo, hi in bounds if w for edge in (lo, hi)})
    for turn in turns or [Fraction(0)]:
        if sum(at(turn)) == total:
            return [Fraction(value) for value in at(turn)]
    for left, right in pairwise(turns):
        below, above = sum(at(left)), sum(at(right))
        if below < total < above:
            return at(left + (right - left) * (total - below) / (above - below))
    return None


def bounded(total, weights, low, high, rank=None):
    """Clip, then largest remainder among the cells that lie between two whole numbers."""
    real = clipped(total, weights, low, high)
    return None if real is None else rounded_free(real, weights, low, high, rank)


def rounded_free(real, weights, low, high, rank):
    """Round only what is not at a bound; the sign goes with the sum of that."""
    free = [
        cell
        for cell in range(len(real))
        if weights[cell] and low[cell] != high[cell] and low[cell] < real[cell] < high[cell]
    ]
    ranks = [(rank or range(len(real)))[cell] for cell in free]
    parts = rounded([real[cell] for cell in free], [weights[cell] for cell in free], ranks)
    answer = [int(value) for value in real]
    for cell, part in zip(free, parts, strict=True):
        answer[cell] = part
    return answer


def cumulative(total, weights):
    """Differences of the sums so far, each rounded, a half towards zero."""
    over, so_far, last, parts = sum(weights), 0, 0, []
    sign = -1 if total < 0 else 1
    for weight in weights:
        so_far += weight
        exact = Fraction(abs(total) * so_far, over) if over else Fraction(0)
        whole = floor(exact)
        now = whole + (exact - whole > Fraction(1, 2))
        parts.append(sign * (now - last))
        last = now
    return parts


def sainte_lague(total, weights, rank=None):
    """One unit after the other to the best quotient weight / (2 * units + 1)."""
    parts = [0] * len(weights)
    ranks = rank or range(len(weights))

    def claim(cell):
        return (Fraction(weights[cell], 2 * parts[cell] + 1), weights[cell], -ranks[cell])

    for _ in range(abs(total)):
        parts[max(range(len(weights)), key=claim)] += 1
    return [-part if total < 0 else part for part in parts]
