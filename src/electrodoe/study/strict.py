"""The one setting of every declaration: frozen, finite, and strict about unknown keys."""

from typing import Final

from pydantic import ConfigDict

STRICT: Final = ConfigDict(
    extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
)
"""A misspelt key is an error and never ignored."""
