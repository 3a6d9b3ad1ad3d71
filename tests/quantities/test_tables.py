"""The declared shape of a table."""

import polars as pl
import pytest

from electrodoe.errors import QuantityError
from electrodoe.quantities import TableSchema

SCHEMA = TableSchema(name="scores", columns={"target": pl.String, "r2": pl.Float64})


def test_rows_become_a_frame_of_the_declared_shape():
    """In the schema's order, whatever that of the mappings."""
    frame = SCHEMA.frame([{"r2": 0.5, "target": "y"}])

    assert SCHEMA.check(frame) is frame
    assert frame.columns == ["target", "r2"]
    assert SCHEMA.check(SCHEMA.frame([])).height == 0


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"target": ["y"]}),
        pl.DataFrame({"target": ["y"], "r2": [1]}),
        pl.DataFrame({"target": ["y"], "r2": [0.5], "more": [1]}),
    ],
)
def test_another_shape_is_refused(frame: pl.DataFrame):
    """A missing column, another type, one too many."""
    with pytest.raises(QuantityError, match="table 'scores'") as caught:
        SCHEMA.check(frame)

    assert caught.value.fix == "write the columns target, r2"
