"""D121: a response of 0 and 1 alone, of which nobody says what it is."""

from pathlib import Path

from tests.dataset.test_outcomes import loaded

from electrodoe.dataset import inspect


def test_zeros_and_ones_are_asked_about_until_they_are_declared(tmp_path: Path):
    """D121 for 0 and 1 alone; not once it is said, and never for other numbers."""
    cells = ["0", "1", "1", "0", "1"]

    (asked,) = [each for each in inspect(loaded(tmp_path, cells)) if each.code == "D121"]

    assert "2 times 0, 3 times 1" in asked.what
    assert 'kind = "binary" in [responses.result]' in asked.fix
    for kind in ("binary", "number", "count"):
        assert "D121" not in {each.code for each in inspect(loaded(tmp_path, cells, kind=kind))}
    for other in (["0", "1", "2", "0"], ["0.0", "0.5", "1.0"], ["1", "2", "2", "1"], ["1", "1.1"]):
        cells = [*other, *other]
        assert "D121" not in {each.code for each in inspect(loaded(tmp_path, cells))}
