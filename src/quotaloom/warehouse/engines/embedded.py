"""DuckDB in memory over Parquet files: the engine of every process, none shared."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import duckdb
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.engines.engine import typed
from quotaloom.warehouse.engines.parquet import columns_of
from quotaloom.warehouse.engines.portable import sql
from quotaloom.warehouse.engines.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ibis.expr.types import Table

NO_NETWORK: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Embedded:
    """A DuckDB of its own. ``folder`` is where small tables pass through."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.connection, self.folder = connection, folder

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Have a small table, copied into memory."""
        path = self.folder / f"{name}.parquet"
        frame.write_parquet(path)
        rows = f"SELECT * FROM {_read([path])}"  # noqa: S608 - a path of our own, quoted
        self._say(f"CREATE OR REPLACE TABLE {_name(name)} AS {rows}")

    def put_files(self, name: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
        """Read the files in place; a column that none of them has is null."""
        there = columns_of(files)
        chosen = [
            f"{_name(one)}" if one in there else f"CAST(NULL AS {_type(of)}) AS {_name(one)}"
            for one, of in columns.items()
        ]
        rows = f"FROM {_read(files)}" if files else "WHERE FALSE"
        self._say(f"CREATE OR REPLACE VIEW {_name(name)} AS SELECT {', '.join(chosen)} {rows}")

    def run(self, expression: Table) -> pl.DataFrame:
        """The rows of an expression."""
        try:
            found = self.connection.sql(sql(expression, "duckdb"))
            frame = pl.DataFrame(Stream(found.__arrow_c_stream__(None)))
        except duckdb.OutOfRangeException as cause:
            raise DataRefused([error("measure.sum_large")]) from cause
        except (duckdb.IOException, duckdb.InvalidInputException) as cause:
            raise DataRefused([error("batch.unreadable", str(cause)[:200])]) from cause
        return typed(frame, expression.schema())

    def _say(self, text: str) -> None:
        self.connection.execute(text)


@contextmanager
def embedded() -> Iterator[Embedded]:
    """A DuckDB for a while, with a folder of its own for what memory does not hold.

    It reaches no network: extensions are neither fetched nor loaded.
    """
    with (
        TemporaryDirectory(prefix="quotaloom-") as folder,
        duckdb.connect(config=NO_NETWORK | {"temp_directory": folder}) as connection,
    ):
        yield Embedded(connection, Path(folder))


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _type(of: str) -> str:
    return {"string": "VARCHAR", "date": "DATE"}.get(of, "BIGINT")


def _read(files: Sequence[Path]) -> str:
    paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    return f"read_parquet([{paths}], union_by_name = true)"
