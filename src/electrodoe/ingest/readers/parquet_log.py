"""Sensor logs in Parquet, streamed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.records import LogColumns, LogRows
from electrodoe.study import or_nearest
from electrodoe.study.protocols import SensorLog

_ROW: Final = "row in the file, from 1"
_ENGINE_FAULTS: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


def is_parquet_log(start: bytes) -> bool:
    """Return whether a file's first bytes are those of a Parquet file."""
    return start.startswith(b"PAR1")


def read_parquet_log(
    path: Path,
    columns: LogColumns,
    layout: SensorLog,  # noqa: ARG001 - readers share a signature
    batch_rows: int,
) -> Iterator[LogRows]:
    """Yield a Parquet log in batches, through polars' streaming engine."""
    try:
        scan = pl.scan_parquet(path, glob=False)
        schema = scan.collect_schema()
        _require(columns, schema, path)
        wanted = scan.with_row_index(_ROW, offset=1).select(
            pl.col(_ROW).cast(pl.Int64),
            *[_as_it_is_meant(name, columns) for name in columns.all],
        )
        for frame in wanted.collect_batches(
            chunk_size=batch_rows, maintain_order=True, lazy=True, engine="streaming"
        ):
            yield _finite(
                LogRows(
                    path=path,
                    lines=frame[_ROW].to_numpy(),
                    frame=frame.drop(_ROW),
                ),
                columns,
            )
    except _ENGINE_FAULTS as error:
        raise IngestError(
            f"a damaged Parquet file: {str(error).splitlines()[0][:120]}",
            where=str(path),
            fix="write the file anew",
        ) from error


def _as_it_is_meant(name: str, columns: LogColumns) -> pl.Expr:
    """Return a column in its type: a number, or text; the clock keeps its own."""
    if name in columns.names:
        return pl.col(name).cast(pl.String)
    return pl.col(name) if name == columns.time else pl.col(name).cast(pl.Float64).fill_nan(None)


def _require(columns: LogColumns, schema: pl.Schema, path: Path) -> None:
    """Raise where a column is absent, or holds no numbers."""
    for name in columns.all:
        if name not in schema:
            raise IngestError(
                f"no column '{name}'",
                where=f"{path}, columns {', '.join(list(schema)[:12])}",
                fix=or_nearest(name, list(schema)),
            )
        is_number = name in columns.numbers and name != columns.time
        if is_number and not (schema[name].is_numeric() or schema[name] == pl.Null):
            raise IngestError(
                f"column '{name}' holds {schema[name]} where numbers are meant",
                where=f"{path}, row 1",
                fix="write the column as numbers",
            )


def _finite(batch: LogRows, columns: LogColumns) -> LogRows:
    """Return rows, or say where a number is infinite."""
    numbers = [name for name in columns.numbers if batch.frame[name].dtype.is_float()]
    is_infinite = batch.frame.select(pl.col(numbers).is_infinite().any())
    for name in numbers:
        if is_infinite[name][0]:
            row = int(batch.frame[name].is_infinite().arg_max() or 0)
            raise IngestError(
                "an infinite number",
                where=f"{batch.place(row)}, column '{name}'",
                fix="write a missing reading as null",
            )
    return batch
