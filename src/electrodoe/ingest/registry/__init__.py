"""Which reader reads which file, decided by content and never by the extension."""

from electrodoe.ingest.registry.tables import TABLE_READERS, read_table

__all__ = ["TABLE_READERS", "read_table"]
