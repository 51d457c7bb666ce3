"""What history says: a basis for each tuple, last year's amount, and the shape of the year.

The basis is the mean of the last years, each weighted by ``recency ** age``. A year that history
covers only in part is completed by the seasonal profile, or left out, and said. Where the covered
part is under 1 % of a profile's year there is nothing to complete it from, and it is left out for
that profile. The profile of a month is the weighted mean of that month over the years that cover
it; January and February are one block around 春节, split by the target year's working days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Literal

import numpy as np

from quotaloom.core.allocation.classes import exact_sums
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, error, info, warning
from quotaloom.core.model.money import plain_amount
from quotaloom.core.numeric.apportion import apportion_fractions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

GRID = 10**9  # profiles are whole numbers that sum to this
COMPLETION_GRID = 10**12
LARGEST = 2**62  # 分 of all tuples
MOST_NAMED = 50
THINNEST = 100  # a year of which less than this part is covered is not completed
FACT_TO_MINOR = 100


@dataclass(frozen=True)
class History:
    """Facts added up by tuple, fiscal year and slot (month or week of the year, from 0).

    Amounts are facts at scale 4. ``first`` and ``last`` are the (year, slot) where the data begin
    and end; every slot between them counts as covered.
    """

    tuples: NDArray[np.int64]
    years: NDArray[np.int64]
    slots: NDArray[np.int64]
    amounts: NDArray[np.int64]
    first: tuple[int, int]
    last: tuple[int, int]


def over_slots(history: History, slots: int) -> History:
    """Facts of whole years as facts of every slot: each year's sum split evenly and exactly."""
    count = len(history.amounts)
    each, left = np.divmod(history.amounts, slots)
    place = np.tile(np.arange(slots, dtype=np.int64), count)
    return History(
        np.repeat(history.tuples, slots),
        np.repeat(history.years, slots),
        place,
        np.repeat(each, slots) + (place < np.repeat(left, slots)),
        (history.first[0], 0),
        (history.last[0], slots - 1),
    )


@dataclass(frozen=True)
class Rules:
    """How history becomes weights; each field is a named setting.

    ``slots`` is the most that a year has; ``lengths`` holds the years that have fewer (52 weeks).
    ``festival`` holds the slots of January and February and the target year's working days in
    them, or None where the year does not hold them side by side.
    """

    year: int
    basis_years: int = 3
    recency: Fraction = Fraction(1, 2)
    partial_years: Literal["complete", "leave_out"] = "complete"
    on_negative_basis: Literal["refuse", "zero"] = "refuse"
    slots: int = 12
    lengths: Mapping[int, int] = field(default_factory=dict)
    festival: tuple[int, int, int, int] | None = None

    def length(self, year: int) -> int:
        """How many slots the year has."""
        return self.lengths.get(year, self.slots)


@dataclass(frozen=True)
class Basis:
    """Annual weights in 分, last year's amounts in 分 (completed), profiles and what was done.

    ``shape`` gives each tuple its row of ``profiles``. ``years`` tells each year's weight and the
    share of it that history covers.
    """

    annual: NDArray[np.int64]
    last_year: NDArray[np.int64]
    shape: NDArray[np.int32]
    profiles: NDArray[np.int64]
    years: tuple[tuple[int, Fraction, int], ...]
    findings: tuple[Finding, ...]


def weigh(history: History, tops: NDArray[np.int32], rules: Rules) -> Basis:
    """The basis and seasonal profile of each tuple; ``tops`` numbers each tuple's top node.

    Raises DataRefused where no year before the target year has facts.
    """
    years = _years(history, rules)
    exists = np.arange(rules.slots) < np.array([[rules.length(year)] for year in years])
    covered = np.array([_covered(history, year, rules.slots) for year in years]) & exists
    kept = _kept((covered == exists).all(axis=1), rules)
    ages = [years[-1] - year for year in years]
    weights = [
        rules.recency**age if keep else Fraction(0) for age, keep in zip(ages, kept, strict=True)
    ]
    profiles, shape, said = _profiles(history, tops, rules, (years, covered, exists))
    per_year = _per_year(history, len(tops), years)
    completions, usable = _completions(profiles, covered, exists)
    counts = _counting(weights, usable)
    annual = _mean(per_year, completions[:, shape], counts[:, shape])
    last_year = _mean(
        per_year[-1:], completions[-1:, shape], np.ones((1, len(shape)), dtype=object)
    )
    return Basis(
        annual,
        last_year,
        shape,
        profiles,
        tuple(zip(years, weights, covered.sum(axis=1).tolist(), strict=True)),
        (*_year_findings(history, rules, years, covered, counts[:, 0] > 0), *said),
    )


def _years(history: History, rules: Rules) -> list[int]:
    """The years that count, oldest first: up to ``basis_years``, all before the target year."""
    known = sorted({int(year) for year in np.unique(history.years)})
    before = [year for year in known if year < rules.year]
    if not before:
        found = f"{known[0]}–{known[-1]}" if known else "—"
        raise DataRefused([error("history.no_year_before_target", found, year=rules.year)])
    newest = before[-1]
    return [year for year in before if year > newest - rules.basis_years]


def _covered(history: History, year: int, slots: int) -> NDArray[np.bool_]:
    here = [(year, slot) for slot in range(slots)]
    return np.array([history.first <= place <= history.last for place in here])


def _kept(whole: NDArray[np.bool_], rules: Rules) -> NDArray[np.bool_]:
    leave = rules.partial_years == "leave_out" and whole.any()
    return whole if leave else np.ones_like(whole)


def _profiles(
    history: History,
    tops: NDArray[np.int32],
    rules: Rules,
    calendar: tuple[Sequence[int], NDArray[np.bool_], NDArray[np.bool_]],
) -> tuple[NDArray[np.int64], NDArray[np.int32], list[Finding]]:
    """One profile for the company (row 0) and one for each top node with evidence enough.

    ``calendar`` holds the years, and which slots of them history covers and which exist.
    """
    years, covered, exists = calendar
    seen = covered.any(axis=0) | ~exists.any(axis=0)
    if not seen.all():
        said = [warning("history.under_one_year", slots=int(seen.sum()), of=rules.slots)]
        even = np.full((1, rules.slots), 1, dtype=np.int64)
        return even, np.zeros(len(tops), dtype=np.int32), said
    count = int(tops.max(initial=0)) + 1
    cube = _slot_sums(history, tops, years, rules.slots, count)
    weights = [rules.recency ** (years[-1] - year) for year in years]
    means = [_slot_means(rows, weights, covered) for rows in cube]
    company = [sum((mean[slot] for mean in means), Fraction(0)) for slot in range(rules.slots)]
    rows, shape, thin = [company], np.zeros(count, dtype=np.int32), 0
    for top, mean in enumerate(means if count > 1 else []):
        if all(value > 0 for value in mean):
            shape[top] = len(rows)
            rows.append(mean)
        else:
            thin += 1
    said = [info("history.thin_top_nodes", count=thin, of=count)] if thin else []
    profiles = np.stack([_on_grid(row, rules, said) for row in rows])
    return profiles, shape[tops], said


def _slot_sums(
    history: History, tops: NDArray[np.int32], years: Sequence[int], slots: int, count: int
) -> list[list[list[int]]]:
    """Exact amounts by top node, year and slot."""
    span = len(years)
    place = np.searchsorted(np.array(years), history.years)
    inside = (place < span) & (np.array(years)[np.minimum(place, span - 1)] == history.years)
    code = (tops[history.tuples[inside]].astype(np.int64) * span + place[inside]) * slots
    sums = exact_sums(code + history.slots[inside], history.amounts[inside], count * span * slots)
    years_of = [sums[start : start + slots] for start in range(0, len(sums), slots)]
    return [years_of[start : start + span] for start in range(0, len(years_of), span)]


def _slot_means(
    rows: list[list[int]], weights: Sequence[Fraction], covered: NDArray[np.bool_]
) -> list[Fraction]:
    """The mean of each slot over the years that have it; one that none has is like the last."""
    means: list[Fraction] = []
    for slot in range(covered.shape[1]):
        used = np.flatnonzero(covered[:, slot]).tolist()
        total = sum((weights[place] * rows[place][slot] for place in used), Fraction(0))
        whole = sum((weights[place] for place in used), Fraction(0))
        means.append(total / whole if whole else means[-1])
    return means


def _on_grid(mean: list[Fraction], rules: Rules, said: list[Finding]) -> NDArray[np.int64]:
    """The profile as whole numbers; a negative slot counts as none."""
    below = sum(value < 0 for value in mean)
    if below:
        said.append(warning("history.negative_season", count=below))
    usable = [max(value, Fraction(0)) for value in mean]
    if not any(usable):
        usable = [Fraction(1)] * len(mean)
    if rules.festival is not None:
        january, february, first, second = rules.festival
        block = usable[january] + usable[february]
        usable[january] = block * Fraction(first, first + second)
        usable[february] = block - usable[january]
    return np.array(apportion_fractions(GRID, usable), dtype=np.int64)


def _per_year(history: History, count: int, years: Sequence[int]) -> NDArray[np.int64]:
    """Amounts by year and tuple."""
    amounts = np.zeros((len(years), count), dtype=np.int64)
    for place, year in enumerate(years):
        here = history.years == year
        np.add.at(amounts[place], history.tuples[here], history.amounts[here])
    return amounts


def _completions(
    profiles: NDArray[np.int64], covered: NDArray[np.bool_], exists: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """What each year is multiplied by to make it whole, by profile, on a grid of 10**-12.

    A year too thin to be completed is kept as it is and not usable.
    """
    shares, whole = covered.astype(np.int64) @ profiles.T, exists.astype(np.int64) @ profiles.T
    usable = shares * THINNEST >= whole
    cells = zip(shares.flatten().tolist(), whole.flatten().tolist(), strict=True)
    factors = [
        COMPLETION_GRID
        if part == total or part * THINNEST < total
        else _half_up(total * COMPLETION_GRID, part)
        for part, total in cells
    ]
    return np.array(factors, dtype=np.int64).reshape(shares.shape), usable


def _half_up(over: int, under: int) -> int:
    return (2 * over + under) // (2 * under)


def _counting(weights: Sequence[Fraction], usable: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Each year's weight by profile, whole numbers; a profile without a usable year takes all."""
    scale = lcm(*(weight.denominator for weight in weights))
    whole = np.array([int(weight * scale) for weight in weights], dtype=object)[:, None]
    counting = np.where(usable, whole, 0)
    return np.where((counting > 0).any(axis=0), counting, whole)


def _mean(
    per_year: NDArray[np.int64], completions: NDArray[np.int64], weights: NDArray[np.object_]
) -> NDArray[np.int64]:
    """The weighted mean year of each tuple in 分, exact until the one rounding at the end.

    ``completions`` and ``weights`` have a row a year and a column a tuple.
    """
    under = weights.sum(axis=0) * (COMPLETION_GRID * FACT_TO_MINOR)
    over = (per_year.astype(object) * completions.astype(object) * weights).sum(axis=0)
    signs = np.where(over < 0, -1, 1)
    rounded = (2 * abs(over) + under) // (2 * under) * signs
    if (whole := abs(rounded).sum()) > LARGEST:
        raise DataRefused([error("history.too_large", plain_amount(whole))])
    return np.asarray(rounded.astype(np.int64))


def _year_findings(
    history: History,
    rules: Rules,
    years: Sequence[int],
    covered: NDArray[np.bool_],
    kept: NDArray[np.bool_],
) -> list[Finding]:
    said = []
    for year, slots, keep in zip(years, covered, kept, strict=True):
        of = rules.length(year)
        if slots.sum() < of:
            code = "history.year_completed" if keep else "history.year_left_out"
            said.append(warning(code, str(year), covered=int(slots.sum()), of=of))
    empty = sorted(set(range(years[0], years[-1])) - set(years))
    said += [warning("history.year_empty", str(year)) for year in empty]
    if years[-1] < rules.year - 1:
        said.append(warning("history.gap_before_target", str(years[-1]), year=rules.year))
    later = int((history.years >= rules.year).sum())
    if later:
        said.append(info("history.target_year_ignored", str(rules.year), rows=later))
    return said


def settle_negative(
    annual: NDArray[np.int64], names: Callable[[], Sequence[str]], rules: Rules
) -> tuple[NDArray[np.int64], list[Finding]]:
    """Refuse a negative basis with the tuples named, or count it as none and say so.

    ``names`` is asked only where a tuple must be named.
    """
    below = np.flatnonzero(annual < 0)
    if not len(below):
        return annual, []
    if rules.on_negative_basis == "zero":
        said = warning("history.negative_basis_zeroed", count=len(below))
        return np.maximum(annual, 0), [said]
    known, count = names(), len(below)
    raise DataRefused(
        error(
            "history.negative_basis",
            known[place],
            amount=plain_amount(int(annual[place])),
            count=count,
        )
        for place in below[:MOST_NAMED].tolist()
    )
