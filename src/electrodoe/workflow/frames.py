"""Frames as bytes: CSV for people, Arrow between processes."""

import io

import polars as pl
import polars.selectors as cs

from electrodoe.quantities import TableSchema


def to_csv(frame: pl.DataFrame) -> bytes:
    """Return a frame as UTF-8 CSV; floats keep all their digits, NaN is an empty cell."""
    return frame.with_columns(cs.float().fill_nan(None)).write_csv().encode()


def from_csv(content: bytes, schema: TableSchema) -> pl.DataFrame:
    """Return a frame that :func:`to_csv` wrote."""
    return schema.check(pl.read_csv(io.BytesIO(content), schema=dict(schema.columns)))


def to_arrow(frame: pl.DataFrame) -> bytes:
    """Return a frame as an Arrow stream."""
    content = io.BytesIO()
    frame.write_ipc_stream(content)
    return content.getvalue()


def from_arrow(content: bytes) -> pl.DataFrame:
    """Return a frame that :func:`to_arrow` wrote."""
    return pl.read_ipc_stream(io.BytesIO(content))
