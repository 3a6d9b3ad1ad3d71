"""CPU of a card with a Nyquist plot, beside matplotlib drawing the same points, in turns.

Run: python benchmarks/drawing.py [cards]
"""

import io
import statistics
import sys
import time
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
import polars as pl
from matplotlib.figure import Figure

from electrodoe.report.figures import nyquist_gallery
from electrodoe.report.plot import svg_of

N_POINTS = 51
"""Of a sweep from 10 kHz to 0.1 Hz with ten points a decade."""


def main(n_cards: str = "60") -> None:
    """Print the milliseconds of a card by both ways, and how many times less ours takes."""
    cards = made_up(int(n_cards)).partition_by("spectrum", maintain_order=True)
    ours, theirs = [], []
    for rows in cards:
        ours.append(milliseconds(plainly, rows))
        theirs.append(milliseconds(by_matplotlib, rows))
    mine, peer = statistics.median(ours), statistics.median(theirs)
    print(f"a card plainly {mine:.2f} ms, by matplotlib {mpl.__version__} {peer:.1f} ms of CPU")
    print(f"{peer / mine:.0f} times less (medians of {len(cards)} cards, in turns)")


def milliseconds(draw: Callable[[pl.DataFrame], str], rows: pl.DataFrame) -> float:
    """Return the CPU time of one drawing."""
    start = time.process_time()
    draw(rows)
    return 1000.0 * (time.process_time() - start)


def plainly(rows: pl.DataFrame) -> str:
    """Return the card's pictures as they are in the gallery."""
    return "".join(svg_of(drawing, "card") for drawing in nyquist_gallery.card_drawings(rows))


def by_matplotlib(rows: pl.DataFrame) -> str:
    """Return the same points, line, axes and labels, drawn by matplotlib."""
    figure, file = Figure(figsize=(4.7, 2.2)), io.StringIO()
    for left in (0.1, 0.6):
        ax = figure.add_axes((left, 0.19, 0.39, 0.78))
        ax.plot(rows["real_ohm"], rows["minus_imaginary_ohm"], "o", ms=3.4)
        ax.plot(rows["fit_real_ohm"], rows["fit_minus_imaginary_ohm"], "k-", lw=0.8)
        ax.axhline(0.0, lw=0.5)
        ax.set_aspect("equal", adjustable="datalim")
        ax.set_xlabel("Re Z, ohm")
        ax.set_ylabel("−Im Z, ohm")
    with mpl.rc_context({"svg.fonttype": "none"}):
        figure.savefig(file, format="svg")
    return file.getvalue()


def made_up(n_cards: int) -> pl.DataFrame:
    """Return spectra of a transmission line with some noise, as the gallery's frame has them."""
    rng = np.random.default_rng(1)
    frequency_hz = np.logspace(4, -1, N_POINTS)
    root = np.sqrt(2j * np.pi * frequency_hz * 0.004 * 300.0)
    fit = 40.0 + 300.0 / (root * np.tanh(root))
    frames = []
    for card in range(n_cards):
        z = fit * (1.0 + 0.004 * rng.normal(size=N_POINTS))
        frames.append(
            pl.DataFrame(
                {
                    "real_ohm": z.real,
                    "minus_imaginary_ohm": -z.imag,
                    "fit_real_ohm": fit.real,
                    "fit_minus_imaginary_ohm": -fit.imag,
                    "is_used": np.arange(N_POINTS) > 1,
                }
            ).with_columns(
                spectrum=pl.lit(card),
                name=pl.lit(""),
                accepted=pl.lit(True),
                flags=pl.lit(""),
                r0_ohm=pl.lit(40.0),
                ionic_resistance_ohm=pl.lit(300.0),
            )
        )
    return pl.concat(frames)


if __name__ == "__main__":
    main(*sys.argv[1:2])
