"""Headers that stand over the wrong columns."""

from collections.abc import Callable

import numpy as np
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest.spectra.plausible import is_even

FREQUENCY_HZ = np.geomspace(1e5, 0.1, 13)
INTERFACE = 1e-3 * (2j * np.pi * FREQUENCY_HZ) ** 0.95
IMPEDANCE_OHM = 20.0 + np.sqrt(300.0 / INTERFACE) / np.tanh(np.sqrt(300.0 * INTERFACE))
COLUMNS = {"f/Hz": FREQUENCY_HZ, "Re(Z)/Ohm": IMPEDANCE_OHM.real, "Im(Z)/Ohm": IMPEDANCE_OHM.imag}


def _table(headers: list[str], names: list[str]) -> str:
    """Return columns below headers that need not be theirs."""
    rows = zip(*(COLUMNS[name] for name in names), strict=True)
    return "\n".join(["\t".join(headers), *("\t".join(map(repr, map(float, row))) for row in rows)])


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("f/Hz", "Re(Z)/Ohm", "the real part is spaced evenly"),
        ("f/Hz", "Im(Z)/Ohm", "is negative"),
        ("Re(Z)/Ohm", "Im(Z)/Ohm", "the real part is negative at 13 of 13 points"),
    ],
)
def test_exchanged_headers_are_refused(
    first: str, second: str, what: str, read_as_spectra: Callable
):
    """Each pair of the three."""
    names = list(COLUMNS)
    exchange = {first: second, second: first}

    with pytest.raises(IngestError, match=what) as caught:
        read_as_spectra(_table([exchange.get(name, name) for name in names], names))

    assert caught.value.fix.startswith("c")


def test_a_point_with_a_negative_real_part_is_kept_and_remarked(read_as_spectra: Callable):
    """A single one may be noise."""
    text = "f/Hz\tRe(Z)/Ohm\tIm(Z)/Ohm\n1e5\t-0.1\t2\n1e3\t10\t-1\n1e1\t11\t-9\n1\t12\t-70\n"

    (spectrum,) = read_as_spectra(text)

    assert spectrum.impedance_ohm.real.tolist() == [-0.1, 10.0, 11.0, 12.0]
    assert [(f.code, f.where.rsplit(", ", 1)[-1]) for f in spectrum.findings] == [
        ("D218", "line 2")
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (FREQUENCY_HZ, True),
        (np.repeat(FREQUENCY_HZ, 2)[::2] * 1.02, True),
        (np.insert(FREQUENCY_HZ, 3, np.nan), True),
        (-FREQUENCY_HZ, False),
        (FREQUENCY_HZ[:4], False),
        (np.full(13, 5.0), False),
        (IMPEDANCE_OHM.real, False),
    ],
)
def test_an_even_sweep_is_distinguished_from_other_columns(values: np.ndarray, expected: bool):
    """Missing values aside; constants and few points are never even."""
    assert is_even(values) == expected


@pytest.mark.parametrize(("n_negative", "is_refused"), [(2, False), (3, True)])
def test_a_real_part_that_is_negative_at_most_points_is_refused(
    n_negative: int, read_as_spectra: Callable, *, is_refused: bool
):
    """Half of four points are not most of them."""
    rows = [
        f"{10.0 ** (4 - row):g}\t{-10 if row < n_negative else 10}\t{-1 - row}" for row in range(4)
    ]
    text = "\n".join(["f/Hz\tRe(Z)/Ohm\tIm(Z)/Ohm", *rows]) + "\n"

    if is_refused:
        with pytest.raises(IngestError, match="the real part is negative at 3 of 4 points"):
            read_as_spectra(text)
    else:
        assert len(read_as_spectra(text)) == 1


@pytest.mark.parametrize(("n_points", "expected"), [(5, False), (6, True)])
def test_five_steps_are_the_fewest_that_are_even(n_points: int, expected: bool):
    """Six points have five."""
    assert is_even(np.geomspace(1e3, 1.0, n_points)) == expected


@pytest.mark.parametrize(
    ("off", "n_off", "expected"), [(0.24, 20, True), (0.26, 2, True), (0.26, 3, False)]
)
def test_nine_steps_of_ten_differ_by_a_quarter_at_most(off: float, n_off: int, expected: bool):
    """Of 20 steps a decade wide each, some are longer by a fraction; two are a tenth."""
    steps = np.ones(20)
    steps[:n_off] += off if n_off < 20 else np.where(np.arange(20) % 2, off, 0.0)

    assert is_even(np.exp(np.cumsum(np.append(0.0, steps)))) == expected
