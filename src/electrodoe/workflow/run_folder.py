"""A results folder: products people open, parts a killed run goes on from, frames as bytes."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
import polars.selectors as cs

from electrodoe.quantities import TableSchema
from electrodoe.storage import digest, write_atomically

Products = Mapping[str, bytes]
"""What a task or a stage makes: contents by name."""

RESULTS: Final = "results"
"""The results folder in a study's folder."""
CONDENSED: Final = "condensed"
FIGURES: Final = "figures"
MODELS: Final = "models"
_PARTS: Final = "work"
"""Folders in it."""
_MIDNIGHT: Final = (1980, 1, 1, 0, 0, 0)
"""Time of every entry, so that the same products give the same bytes."""


@dataclass(frozen=True, kw_only=True)
class RunFolder:
    """The folder ``results`` of a study.

    Attributes
    ----------
    path : Path
        Made when the first product is written.
    """

    path: Path

    def write(self, products: Products) -> dict[str, str]:
        """Write products atomically and return the hash of each; equal files are left alone."""
        hashes = {}
        for name, content in products.items():
            file = self.path / name
            if not file.is_file() or file.read_bytes() != content:
                write_atomically(file, content)
            hashes[name] = digest(content)
        return hashes

    def read(self, name: str) -> bytes:
        """Return a product's content."""
        return (self.path / name).read_bytes()

    def part(self, key: str) -> Products | None:
        """Return a finished part of a stage, or None where it is absent or damaged."""
        try:
            with zipfile.ZipFile(self._part_file(key)) as archive:
                return {name: archive.read(name) for name in archive.namelist()}
        except (OSError, zipfile.BadZipFile):
            return None

    def keep_part(self, key: str, products: Products) -> None:
        """Keep a finished part of a stage under the hash of all it depends on."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
            for name, product in products.items():
                archive.writestr(zipfile.ZipInfo(name, date_time=_MIDNIGHT), product)
        write_atomically(self._part_file(key), content.getvalue())

    def forget_parts(self, but: Iterable[str]) -> None:
        """Delete the finished parts that were not asked for, and what a killed run left."""
        wanted = set(but)
        for file in (self.path / _PARTS).glob("*.zip"):
            if file.stem not in wanted:
                file.unlink(missing_ok=True)
        for file in self.path.rglob(".*.part"):
            file.unlink(missing_ok=True)

    def forget_products(self, folder: str, but: Iterable[str]) -> None:
        """Delete the files of a subfolder that no longer belong to the run."""
        wanted = set(but)
        for file in (self.path / folder).glob("*"):
            if file.is_file() and f"{folder}/{file.name}" not in wanted:
                file.unlink(missing_ok=True)

    def forget(self, names: Iterable[str]) -> None:
        """Delete some products, where they are."""
        for name in names:
            (self.path / name).unlink(missing_ok=True)

    def _part_file(self, key: str) -> Path:
        """Return where a part is kept."""
        return self.path / _PARTS / f"{key}.zip"


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
