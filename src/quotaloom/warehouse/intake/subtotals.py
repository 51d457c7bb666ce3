"""Rows that are sums of other rows: found by their words and by their sums, never counted twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import polars as pl

from quotaloom.core.model.findings import Finding, error, info, warning
from quotaloom.warehouse.intake.amount_column import plain_amount
from quotaloom.warehouse.intake.place import shown
from quotaloom.warehouse.intake.subtotal_runs import Suspects, run_starts, unblemished_since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.findings import Param
    from quotaloom.warehouse.intake.coded import Coded
    from quotaloom.warehouse.intake.place import Place

_CHINESE: Final = r"(?:[合小总共累]\s*计|[合小總共累]\s*計|(?:^|\s)汇\s*总)\s*[:：]?\s*$"
_ENGLISH: Final = r"(?i)^(?:.*\s)?(?:grand\s*total|sub[\s-]*total)s?\s*:?$"
_SURE: Final = f"{_CHINESE}|{_ENGLISH}"
_NAMED: Final = rf"{_SURE}|(?i)^(?:.+\s)?totals?\s*:?$"
_ROUNDS: Final = 8
_ROWS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Ledger:
    """One file's rows as the search sees them.

    ``amounts`` has scale 4, null where there is none. ``keys`` are the columns of the date and of
    the dimensions, ``others`` the other text columns, where a label may stand too.
    """

    amounts: pl.Series
    keys: Sequence[Coded]
    others: Sequence[pl.Series]


@dataclass(frozen=True, slots=True)
class Subtotals:
    """The 0-based rows that are sums and their labels ("" where only the sum shows it).

    ``differs`` gives the real sum where a named total states another one; ``names`` are rows
    called Total that nothing else marks as a sum: they stay facts.
    """

    rows: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    differs: tuple[tuple[int, int], ...] = ()
    names: tuple[int, ...] = ()

    def among(self, keep: pl.Series) -> Subtotals:
        """Only those of the rows kept."""
        if keep.all():
            return self
        pairs = [(r, t) for r, t in zip(self.rows, self.labels, strict=True) if keep[r]]
        return Subtotals(
            tuple(row for row, _ in pairs),
            tuple(label for _, label in pairs),
            tuple((row, real) for row, real in self.differs if keep[row]),
            tuple(row for row in self.names if keep[row]),
        )


def find_subtotals(ledger: Ledger) -> Subtotals:
    """Find the rows that are named as totals, or whose blank keys and amounts show that they are.

    A row without a label is one only if its amount is the exact sum of the two or more rows before
    it that share its other keys and have what it leaves blank.
    """
    codes = [_codes(key) for key in ledger.keys]
    found = _suspects(ledger, codes)
    amounts = ledger.amounts.fill_null(0).to_numpy()
    fits, block = _fits(amounts, codes, found)
    named, blank = found.named, found.blanks.any(axis=1)
    if (whole := named & ~fits & ~blank).any():
        fits |= whole & _crosses(amounts, codes, found)
    sums = fits | (named & (blank | found.sure))
    wrong = sums & ~fits & ledger.amounts.is_not_null().to_numpy()[found.at]
    return Subtotals(
        tuple(found.at[sums].tolist()),
        tuple(found.labels[place] for place in np.flatnonzero(sums)),
        tuple(zip(found.at[wrong].tolist(), block[wrong].tolist(), strict=True)),
        tuple(found.at[named & ~sums].tolist()),
    )


def may_hold_sums(keys: Sequence[Coded], dates: pl.Series | None) -> bool:
    """Whether a date or a key is blank or names a total: a quick look that most files pass."""
    if dates is not None and dates.null_count():
        return True
    named = dates is not None and dates.dtype == pl.String and dates.str.contains(_NAMED).any()
    return bool(named) or any(map(_suspicious, keys))


def _suspicious(key: Coded) -> bool:
    """Whether a key has a blank cell or a name of a total at all: most files have neither."""
    return bool(key.blanks()) or names_sum(key)


def names_sum(key: Coded) -> bool:
    """Whether a text of a key is a name of a total, or spaces where one could stand."""
    return bool(key.texts.str.contains(rf"{_NAMED}|^\s*$").any())


def _codes(key: Coded) -> NDArray[np.int32]:
    """The codes of a key, -1 where the cell is blank."""
    empty = (key.texts.str.strip_chars() == "").arg_true().to_list()
    codes = key.codes.cast(pl.Int32).fill_null(-1).to_numpy()
    return np.where(np.isin(codes, empty), -1, codes) if empty else codes


def _suspects(ledger: Ledger, codes: Sequence[NDArray[np.int32]]) -> Suspects:
    """Rows that name a total in a key, and rows with a blank key, with any label they carry."""
    named = [np.flatnonzero(key.texts.str.contains(_NAMED).to_numpy()) for key in ledger.keys]
    marked = [
        np.isin(code, words) if len(words) else np.zeros(len(code), dtype=bool)
        for code, words in zip(codes, named, strict=True)
    ]
    suspect = np.zeros(len(ledger.amounts), dtype=bool)
    for code, mark in zip(codes, marked, strict=True):
        suspect |= (code < 0) | mark
    at = np.flatnonzero(suspect)
    labelled = np.stack([mark[at] for mark in marked], axis=1) if marked else np.zeros((0, 0), bool)
    blanks = np.stack([code[at] < 0 for code in codes], axis=1) if codes else labelled
    labels = _labels(ledger, at, labelled)
    sure = pl.Series(labels, dtype=pl.String).str.contains(_SURE).to_numpy()
    return Suspects(
        at, labels, np.array([label != "" for label in labels], dtype=bool), sure, blanks, labelled
    )


def subtotal_findings(
    found: Subtotals, amounts: pl.Series, place: Place, policy: Literal["drop", "refuse"] | None
) -> list[Finding]:
    """The rows that are sums: a refusal that names ``--subtotals``, or what was dropped."""
    address: dict[str, Param] = {"file": place.file, "sheet": place.sheet}
    findings = [
        warning("subtotals.name_kept", place.header, **place.address(row, amounts[row]))
        for row in found.names[:_ROWS_SHOWN]
    ]
    if not found.rows:
        return findings
    numbers = [str(place.rows[row]) for row in found.rows[:_ROWS_SHOWN]]
    more = len(found.rows) - len(numbers)
    said: dict[str, Param] = {
        "count": len(found.rows),
        "rows": ", ".join(numbers) + (f" … (+{more})" if more else ""),
        "labels": ", ".join(dict.fromkeys(shown(label) for label in found.labels if label)) or "—",
        "sum": plain_amount(int(amounts.gather(list(found.rows)).sum() or 0)),
    }
    if policy != "drop":
        return [*findings, error("subtotals.found", "", **address, **said)]
    wrong = [
        warning(
            "subtotals.sum_differs",
            place.header,
            **place.address(row, plain_amount(amounts[row])),
            real=plain_amount(real),
            difference=plain_amount(amounts[row] - real),
        )
        for row, real in found.differs[:_ROWS_SHOWN]
    ]
    return [*findings, info("subtotals.dropped", "", **address, **said), *wrong]


def _labels(ledger: Ledger, at: NDArray[np.int64], labelled: NDArray[np.bool_]) -> list[str]:
    """What names each suspect as a total, in a key or elsewhere in its row; else an empty text."""
    labels = [""] * len(at)
    for column, key in enumerate(ledger.keys):
        for place in np.flatnonzero(labelled[:, column]):
            labels[place] = labels[place] or str(key.texts[key.codes[int(at[place])]])
    for other in ledger.others:
        texts = other.gather(at)
        for place in texts.str.contains(_NAMED).fill_null(value=False).arg_true():
            labels[place] = labels[place] or str(texts[place])
    return labels


def _fits(
    amounts: NDArray[np.int64], codes: Sequence[NDArray[np.int32]], found: Suspects
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which suspects are exactly a block before them, and the sum of the nearest block.

    Inner sums are found first; once found they no longer count, so that the outer ones fit.
    """
    at, named = found.at, found.named
    starts, whole = run_starts(codes, found), unblemished_since(codes, found)
    fits = np.zeros(len(at), dtype=bool)
    details = np.ones(len(amounts), dtype=bool)
    details[at[named]] = False
    block = np.zeros(len(at), dtype=np.int64)
    for _ in range(_ROUNDS):
        sums = np.concatenate([[0], np.cumsum(np.where(details, amounts, 0))])
        counts = np.concatenate([[0], np.cumsum(details)])
        after = _after_last_sum(details)[at]
        block = sums[at] - sums[after]
        new = np.zeros(len(at), dtype=bool)
        for start in (starts, after):
            least = np.where(named, 1, 2)
            good = (sums[at] - sums[start] == amounts[at]) & (counts[at] - counts[start] >= least)
            new |= good & (amounts[at] != 0) & (named | ((start >= whole) & (start >= starts)))
        if not (new & ~fits).any():
            break
        fits |= new
        details[at[fits]] = False
    return fits, block


def _after_last_sum(details: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each row the place after the last sum before it."""
    past = np.where(details, 0, np.arange(1, len(details) + 1))
    return np.concatenate([[0], np.maximum.accumulate(past)[:-1]]) if len(past) else past


def _crosses(
    amounts: NDArray[np.int64], codes: Sequence[NDArray[np.int32]], found: Suspects
) -> NDArray[np.bool_]:
    """Which named rows are the sum of all facts with the same other keys, wherever they stand."""
    details = np.ones(len(amounts), dtype=bool)
    details[found.at[found.named]] = False
    crosses = np.zeros(len(found.at), dtype=bool)
    for column in range(len(codes)):
        places = np.flatnonzero(found.labelled[:, column])
        others = [code for other, code in enumerate(codes) if other != column]
        if not len(places) or not others:
            continue
        keys = {str(index): code for index, code in enumerate(others)}
        frame = pl.DataFrame({**keys, "amount": amounts})
        sums = frame.filter(pl.Series(details)).group_by(list(keys)).agg(pl.col("amount").sum())
        asked = frame[found.at[places]].join(sums, on=list(keys), how="left", maintain_order="left")
        same = (asked["amount"] == asked["amount_right"]).fill_null(value=False)
        crosses[places] |= same.to_numpy()
    return crosses
