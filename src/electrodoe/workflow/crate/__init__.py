"""The results folder as an RO-Crate: what every file and column is, and what it came from."""

from electrodoe.workflow.crate.metadata import CRATE_FILE, CrateFile, CrateWords, crate_metadata

__all__ = ["CRATE_FILE", "CrateFile", "CrateWords", "crate_metadata"]
