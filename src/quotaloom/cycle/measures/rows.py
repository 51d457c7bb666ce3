"""The source rows of a measure, as the facts of a data folder hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from quotaloom.cycle.measures.figures import datasets
from quotaloom.warehouse.batches.row import FILE, ROW
from quotaloom.warehouse.engines.parquet import columns_of
from quotaloom.warehouse.marts.shelf_file import fact_files
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.measures.behind import Rows
    from quotaloom.warehouse.tables.column import Kind, Value

_IBIS: Final[Mapping[Value, str]] = {
    "day": "date",
    "money": "int64",
    "quantity": "int64",
    "rate": "int64",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRequest:
    """Which rows: of a measure, of the days ``[first, last]``, of some members, the largest.

    ``most`` is how many at most; None: all.
    """

    code: str
    first: dt.date
    last: dt.date
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most: int | None = None


def source_rows(shelf: Shelf, dictionary: Dictionary, request: RowRequest) -> list[Rows]:
    """The rows of each part of the measure: of a ratio those above the line and those below it.

    Raises UsageRefused for a measure that is not there.
    """
    # Ibis takes half a second to import, which only those should wait for who compute.
    from quotaloom.warehouse.engines.embedded import embedded  # noqa: PLC0415
    from quotaloom.warehouse.measures.behind import Behind, Looking, parts  # noqa: PLC0415

    formula = dictionary.written_out(dictionary.find(request.code))
    needed = datasets(dictionary, (request.code,))
    files = {one: fact_files(shelf, one) for one in needed}
    found = []
    with embedded() as engine:
        for part in dict.fromkeys(parts(formula)):
            shown = shown_columns(KINDS[part.one.source], columns_of(files[part.one.source]))
            within = tuple(request.within.items())
            looking = Looking(request.first, request.last, within, shown, request.most)
            found.append(Behind(part, looking, dictionary.sources, files).rows(engine))
    return found


def shown_columns(kind: Kind, there: set[str]) -> dict[str, str]:
    """The columns of a kind that its files hold and where each row stood, with their types."""
    own = {one.name: _IBIS.get(one.value, "string") for one in kind.columns if one.name in there}
    return own | {FILE: "string", ROW: "int64"}
