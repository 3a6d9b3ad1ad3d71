"""From a text file's bytes to its lines, whatever machine wrote them."""

from electrodoe.ingest.decoding.blocks import text_blocks, text_encoding
from electrodoe.ingest.decoding.text_file import TextFile
from electrodoe.ingest.decoding.whole import MAX_TEXT_BYTES, read_text, start_text

__all__ = [
    "MAX_TEXT_BYTES",
    "TextFile",
    "read_text",
    "start_text",
    "text_blocks",
    "text_encoding",
]
