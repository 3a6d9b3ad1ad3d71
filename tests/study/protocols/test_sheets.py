"""The sheets protocol: the paper's tolerance, and how its tables are written."""

from electrodoe.study import SheetsProtocol


def test_the_loadings_tolerance_is_the_papers():
    """5 %."""
    assert SheetsProtocol(instrument="sheets", files=("*",)).loading_tolerance == 0.05


def test_its_tables_are_read_as_it_says():
    """Decimal mark, separator, encoding and sheet go to the reader."""
    protocol = SheetsProtocol(
        instrument="sheets", files=("*",), decimal=",", separator=";", encoding="latin-1", sheet="A"
    )

    found = protocol.measurements
    assert (found.decimal, found.separator, found.encoding, found.sheet) == (
        ",",
        ";",
        "latin-1",
        "A",
    )
