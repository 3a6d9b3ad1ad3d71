"""How entities of a crate are called and referred to."""

import re
from collections.abc import Iterable
from typing import Any, Final

Entity = dict[str, Any]
"""One entity of JSON-LD."""

_ADDRESS: Final = re.compile(r"https?://\S+")
_SPDX: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


def links(names: Iterable[str]) -> Entity | list[Entity]:
    """Return references; a single one stands without brackets, as RO-Crate recommends."""
    found = [{"@id": name} for name in names]
    return found[0] if len(found) == 1 else found


def license_id(name: str) -> str:
    """Return the address of a license, or a place in this document where only words are known."""
    if _ADDRESS.fullmatch(name):
        return name
    return f"https://spdx.org/licenses/{name}" if _SPDX.fullmatch(name) else "#license"


def path_id(path: str) -> str:
    """Return a file's path as it may stand in an address."""
    return re.sub(r"[^A-Za-z0-9_./-]", lambda match: _percent(match[0]), path)


def _percent(sign: str) -> str:
    """Return a sign that has no place in an address, encoded."""
    return "".join(f"%{byte:02X}" for byte in sign.encode())


def column_id(name: str) -> str:
    """Return the name of a column inside this document."""
    return f"#column-{path_id(name)}"
