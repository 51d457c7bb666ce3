"""An edit of a program, said in the grammar of plan files: both go the same way from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.money import plain_amount
from quotaloom.planfile.clause import Said
from quotaloom.planfile.piece import word
from quotaloom.planfile.place_text import measure_of, write_slice
from quotaloom.web.api.edit_schema import SliceIn

if TYPE_CHECKING:
    from quotaloom.planfile.number import Measures
    from quotaloom.web.api.edit_schema import EditIn

    Options = list[tuple[str, str]]
NOWHERE: Final = SliceIn()


def said(edit: EditIn, measures: Measures) -> str:
    """The clause of an edit."""
    return str(Said(edit.verb, _things(edit, measures), _options(edit, measures)))


def _things(edit: EditIn, measures: Measures) -> list[str]:
    if edit.verb in ("release", "revert"):
        return [str(edit.edit)]
    if edit.verb in ("set", "fix"):
        return [f"{_at(one.at)}: {_money(one.amount, one.at, measures)}" for one in edit.wishes]
    at = edit.at or NOWHERE
    if edit.verb == "scale":
        return [f"{_at(at)}: {edit.rate or ''}"]
    if edit.verb == "bound":
        ends = [(">=", edit.low), ("<=", edit.high)]
        told = [f"{sign} {_money(end, at, measures)}" for sign, end in ends if end is not None]
        return [f"{_at(at)}: {' & '.join(told)}" if told else _at(at)]
    if edit.amount is None:
        return [_at(at)]
    return [f"{_at(at)}: {_money(edit.amount, at, measures)}"]


def _options(edit: EditIn, measures: Measures) -> Options:
    if edit.verb in ("set", "spread"):
        return [*_method(edit, measures), *_set(edit)]
    if edit.verb == "fix" and edit.within:
        return [("within", _at(edit.within))]
    if edit.verb == "hold":
        return [("kind", edit.kind), ("until", edit.until)]
    return []


def _set(edit: EditIn) -> Options:
    exclude = [("exclude", _at(one)) for one in edit.exclude]
    if edit.verb == "spread":
        return exclude
    return [("keep", edit.keep), ("along", word(edit.along) if edit.along else ""), *exclude]


def _method(edit: EditIn, measures: Measures) -> Options:
    how = edit.method
    at = edit.wishes[0].at if edit.wishes else edit.at or NOWHERE
    return [
        ("method", ", ".join([word(how.name), how.operation, how.scope])),
        ("on_zero", how.on_zero),
        *[("reference", _at(one)) for one in how.references],
        *[("figures", word(one)) for one in how.figures],
        ("weights", ", ".join(how.weights)),
        ("rate", how.rate or ""),
        ("end", "" if how.end is None else _money(how.end, at, measures)),
    ]


def _slice(at: SliceIn) -> Slice:
    return Slice(tuple(sorted(at.members.items())), at.period, at.measure, at.layer)


def _at(at: SliceIn) -> str:
    return write_slice(_slice(at))


def _money(amount: Any, at: SliceIn, measures: Measures) -> str:  # noqa: ANN401 - int or text
    """Whole numbers are 分 of money and pieces of the rest; texts stay as they are."""
    if isinstance(amount, str):
        return amount
    return plain_amount(amount) if measure_of(_slice(at), measures).is_money else str(amount)
