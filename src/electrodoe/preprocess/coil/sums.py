"""Counts, sums and squares of readings per segment, added up batch by batch."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Floats, Integers


@dataclass(frozen=True, kw_only=True, eq=False)
class Sums:
    """Counts, sums and squares per bin along the web; its arrays grow in place.

    Attributes
    ----------
    edges_m : array of shape (n_bins + 1,), m
        Borders of the bins, increasing.
    n : array of shape (n_bins,), int
        Readings.
    total, squares : arrays of shape (n_bins,)
        Of the readings less ``shift``, and of their squares.
    shift : array of shape (1,)
        The first reading, so that squares keep their digits; NaN before it has come.
    """

    edges_m: Floats
    n: Integers
    total: Floats
    squares: Floats
    shift: Floats

    def add(self, web_m: Floats, values: Floats) -> int:
        """Add readings, and return how many were added.

        Those that are no NaN and lie within the outermost borders.
        """
        # only readings within the edges, and only those that are numbers
        first, last = np.searchsorted(web_m, self.edges_m[[0, -1]])
        web_m, values = web_m[first:last], values[first:last]
        is_known = np.isfinite(values)
        n_known = int(np.count_nonzero(is_known))
        if n_known == 0:
            return 0
        # sums are of the distance from the first reading, so that squares keep their digits
        if not np.isfinite(self.shift[0]):
            self.shift[0] = values[is_known][0]
        # readings come in the order of the web, so each bin is one piece of them
        low = int(np.searchsorted(self.edges_m, web_m[0], side="right")) - 1
        high = int(np.searchsorted(self.edges_m, web_m[-1], side="right"))
        starts = np.searchsorted(web_m, self.edges_m[low:high])
        is_filled = np.diff(np.append(starts, len(web_m))) > 0
        bins, starts = np.arange(low, high)[is_filled], starts[is_filled]
        # add piece by piece; a missing reading adds nothing
        rest = values - self.shift[0]
        if n_known < len(values):
            rest[~is_known] = 0.0
        self.n[bins] += np.add.reduceat(is_known, starts, dtype=np.int64)
        self.total[bins] += np.add.reduceat(rest, starts)
        self.squares[bins] += np.add.reduceat(np.square(rest, out=rest), starts)
        return n_known

    def mean(self) -> Floats:
        """Return the mean per bin, NaN where nothing was read."""
        n = np.where(self.n > 0, self.n, np.nan)
        mean: Floats = self.total / n + self.shift[0]
        return mean

    def standard_deviation(self) -> Floats:
        """Return the standard deviation per bin with n - 1, NaN below two readings."""
        n = np.where(self.n > 1, self.n, np.nan)
        return np.sqrt(np.maximum(self.squares - self.total**2 / n, 0.0) / (n - 1.0))


def no_sums(edges_m: Floats) -> Sums:
    """Return sums to which nothing was added yet."""
    n_bins = len(edges_m) - 1
    return Sums(
        edges_m=edges_m,
        n=np.zeros(n_bins, dtype=np.int64),
        total=np.zeros(n_bins),
        squares=np.zeros(n_bins),
        shift=np.full(1, np.nan),
    )
