"""Bytes on disk: written whole or not at all, and known by their hash."""

import hashlib
import os
import re
from pathlib import Path
from typing import Final

_SAFE_NAME: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,98}[a-z0-9_-])?")
_RESERVED_NAME: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|.*-[0-9a-f]{12}")
"""Devices of Windows, and names that look as if they were made here."""
_SHORTENED: Final = 60
"""Letters kept of a long name; with hash and suffix it stays below the 255 of file systems."""


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part.

    Parameters
    ----------
    path : Path
        Where; its folder is made.
    content : bytes
        What.

    Notes
    -----
    A temporary file in the same folder is written, flushed to the disk and renamed; the folder is
    flushed too, so that the name survives a power cut.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{os.urandom(8).hex()}.part")
    try:  # the name is known before the file is there: an interrupt at any point finds it
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(*parts: bytes) -> str:
    """Return the SHA-256 of some bytes, each part apart from the next.

    Examples
    --------
    >>> digest(b"ab", b"c") == digest(b"a", b"bc")
    False
    """
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content; a large one is never held whole."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_name(text: str) -> str:
    """Return a name that is safe on every file system and still differs where the text does.

    Capital letters count as unsafe, since some file systems do not distinguish them.

    Examples
    --------
    >>> file_name("porosity")
    'porosity'
    >>> file_name("../a b")
    '___a_b-2c2c791a0618'
    """
    if _SAFE_NAME.fullmatch(text) and not _RESERVED_NAME.fullmatch(text):
        return text
    plain = re.sub(r"[^A-Za-z0-9_]", "_", text)[:_SHORTENED] or "_"
    return f"{plain}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
