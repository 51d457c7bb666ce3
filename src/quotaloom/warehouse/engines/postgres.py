"""PostgreSQL as an engine: facts are copied into a schema of the session, then added up there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.engines.engine import TYPES, typed
from quotaloom.warehouse.engines.portable import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

COLUMNS: Final = {"Date": "date", "Int64": "bigint", "Int32": "integer", "String": "text"}


class Postgres:
    """Tables of one session, gone with it."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - psycopg is an extra
        self.connection = connection

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Copy the rows into a table of the session."""
        columns = ", ".join(f"{_name(one)} {COLUMNS[str(of)]}" for one, of in frame.schema.items())
        with self.connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {_name(name)}")
            cursor.execute(f"CREATE TEMPORARY TABLE {_name(name)} ({columns})")
            with cursor.copy(f"COPY {_name(name)} FROM STDIN") as copy:
                for row in frame.iter_rows():
                    copy.write_row(row)

    def put_files(self, name: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
        """Copy the rows of the files."""
        types = {one: TYPES[of] for one, of in columns.items()}
        parts = [pl.DataFrame(schema=types), *(_of_file(path, types) for path in files)]
        self.put(name, pl.concat(parts))

    def run(self, expression: Any) -> pl.DataFrame:  # noqa: ANN401 - Ibis' own types
        """The rows of an expression."""
        from psycopg.errors import NumericValueOutOfRange  # noqa: PLC0415 - an extra

        try:
            with self.connection.cursor() as cursor:
                rows = cursor.execute(sql(expression, "postgres")).fetchall()
        except NumericValueOutOfRange as cause:
            raise DataRefused([error("measure.sum_large")]) from cause
        names = list(expression.columns)
        columns = zip(*rows, strict=True) if rows else ([] for _ in names)
        frame = pl.DataFrame(dict(zip(names, map(list, columns), strict=True)), strict=False)
        return typed(frame, expression.schema())


@contextmanager
def postgres(url: str) -> Iterator[Postgres]:
    """A session of a PostgreSQL. Needs the extra ``postgres``."""
    import psycopg  # noqa: PLC0415 - an extra

    with psycopg.connect(url) as connection:
        yield Postgres(connection)


def _of_file(path: Path, types: Mapping[str, pl.DataType]) -> pl.DataFrame:
    frame = pl.read_parquet(path)
    missing = [pl.lit(None, of).alias(name) for name, of in types.items() if name not in frame]
    return frame.with_columns(missing).select(pl.col(one).cast(of) for one, of in types.items())


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
