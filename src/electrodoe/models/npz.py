"""Named arrays as the bytes of an npz and back: no pickle, no time of day, no bombs."""

import io
import math
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

MAX_ARRAYS: Final = 500
"""Bound against damaged or foreign archives; chosen."""
MAX_UNPACKED_BYTES: Final = 200_000_000
"""Bound against archives that unpack without end, as large as packed ones may be."""
_MIDNIGHT: Final = (1980, 1, 1, 0, 0, 0)
"""Time of every entry, so that the same arrays give the same bytes."""
_KINDS: Final = "biuf"
"""Booleans, integers and floats: what an array may hold."""
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, OverflowError),
    *(NotImplementedError, RuntimeError, SyntaxError, tokenize.TokenError),
)
"""What reading damaged bytes ends in, besides ValueError."""


def npz_from_arrays(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return arrays as the bytes of an npz.

    What ``numpy.load`` reads; the same arrays in the same order give the same bytes.

    Examples
    --------
    >>> arrays_from_npz(npz_from_arrays({"height": np.array([1.5, 2.5])}))
    {'height': array([1.5, 2.5])}
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, values in arrays.items():
            if values.dtype.kind not in _KINDS:
                raise ValueError(f"'{name}' holds {values.dtype}, not numbers")
            content = io.BytesIO()
            npy.write_array(content, np.asarray(values), version=(1, 0), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_MIDNIGHT)
            archive.writestr(entry, content.getvalue(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def arrays_from_npz(content: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of an npz."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ARRAYS:
                raise ValueError(f"{len(entries)} arrays; a model has {MAX_ARRAYS} at most")
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise ValueError(f"unpacks to more than {MAX_UNPACKED_BYTES} bytes")
            if any(entry.compress_type not in _PACKINGS for entry in entries):
                raise ValueError("packed in another way than a model is")
            return {
                entry.filename.removesuffix(".npy"): _array(archive.read(entry))
                for entry in entries
            }
    except _DAMAGE as error:
        raise ValueError(f"damaged, or no npz: {error}") from error


def _array(content: bytes) -> NDArray[Any]:
    """Return one array whose header says no more than its bytes hold."""
    file = io.BytesIO(content)
    if npy.read_magic(file) != (1, 0):
        raise ValueError("an array of another version")
    shape, is_fortran, dtype = npy.read_array_header_1_0(file)
    body = content[file.tell() :]
    if dtype.kind not in _KINDS:
        raise ValueError(f"an array of {dtype}, not of numbers")
    if min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize != len(body):
        raise ValueError(f"{len(body)} bytes for an array of shape {shape}")
    return np.frombuffer(body, dtype).reshape(shape, order="F" if is_fortran else "C")
