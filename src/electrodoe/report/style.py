"""The look that all figures share: colors that follow the page's theme, sizes, panels."""

import textwrap
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

LIGHT: Final[dict[str, str]] = {
    "ink": "#1c2530",
    "muted": "#66717d",
    "grid": "#e2e6ea",
    "surface": "#ffffff",
    "first": "#0067a8",
    "second": "#c25100",
    "third": "#00795a",
    "faint": "#aab3bc",
    **{
        f"ramp-{step}": color
        for step, color in enumerate(
            ("#0b4f94", "#3a83c0", "#7fb0d6", "#a5a5a4", "#e0a06a", "#cc6a1e", "#963c00")
        )
    },
    **{
        f"minus-{step}": color
        for step, color in enumerate(("#dcebf7", "#b5d5ee", "#8bbce2"), start=1)
    },
    "zero": "#f3f5f7",
    **{
        f"plus-{step}": color
        for step, color in enumerate(("#fbe9da", "#f8cfae", "#f1b07e"), start=1)
    },
}
"""Colors by role on a white page: blue and orange, told apart by every kind of color vision."""

DARK: Final[dict[str, str]] = {
    "ink": "#e7ebef",
    "muted": "#9fabb7",
    "grid": "#303a45",
    "surface": "#161c23",
    "first": "#5cb3f0",
    "second": "#f59245",
    "third": "#3fc79d",
    "faint": "#5f6b77",
    **{
        f"ramp-{step}": color
        for step, color in enumerate(
            ("#3fa9ff", "#7cc0f5", "#a9cde8", "#b9b9b7", "#f0c79e", "#f5a455", "#ff7a14")
        )
    },
    **{
        f"minus-{step}": color
        for step, color in enumerate(("#1b3145", "#1d4567", "#1d5a8c"), start=1)
    },
    "zero": "#212a33",
    **{
        f"plus-{step}": color
        for step, color in enumerate(("#3a2a1d", "#5e3a1c", "#85491a"), start=1)
    },
}
"""The same roles on a dark page."""

INK: Final = LIGHT["ink"]
MUTED: Final = LIGHT["muted"]
GRID: Final = LIGHT["grid"]
SURFACE: Final = LIGHT["surface"]
FIRST: Final = LIGHT["first"]
SECOND: Final = LIGHT["second"]
FAINT: Final = LIGHT["faint"]
RAMP: Final = tuple(LIGHT[f"ramp-{step}"] for step in range(7))
"""From a low to a high value of an input."""

PAGE_WIDTH_IN: Final = 7.6
_LEAST_SHARE: Final = 0.85
SMALL: Final = 7.0
RC: Final[dict[Any, Any]] = {
    "figure.figsize": (PAGE_WIDTH_IN, 5.0),
    "font.family": "DejaVu Sans",
    "font.size": 7.5,
    "text.parse_math": False,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.7,
    "axes.titlesize": 8.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 5.0,
    "axes.titley": 1.0,
    "axes.labelsize": 7.5,
    "axes.labelpad": 3.0,
    "axes.formatter.useoffset": False,
    "axes.formatter.limits": (-5, 7),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "figure.facecolor": SURFACE,
    "axes.facecolor": "none",
    "savefig.facecolor": SURFACE,
    "svg.fonttype": "none",
    "svg.hashsalt": "electrodoe",
    "path.simplify": False,
}
"""matplotlib's settings while a figure is drawn."""


def width_in() -> float:
    """Return the width of the figure that is drawn, in inches: a page's or a column's."""
    return float(mpl.rcParams["figure.figsize"][0])


def wrapped(text: str, width: int) -> str:
    """Return a text in lines of some letters, at most three; the rest becomes an ellipsis.

    The letters are counted for a page's width; a journal's two columns hold fewer. A narrow
    figure has a single panel, which is wide enough.
    """
    width = int(width * max(width_in() / PAGE_WIDTH_IN, _LEAST_SHARE))
    return "\n".join(textwrap.wrap(text, width, max_lines=3, placeholder=" …")) or text


def panels(
    n_panels: int,
    columns: int,
    *,
    height_in: float,
    left_in: float = 0.55,
    bottom_in: float = 0.45,
    top_in: float = 0.32,
    margin_in: float = 0.0,
    head_in: float = 0.0,
    foot_in: float = 0.0,
) -> tuple[Figure, list[Axes]]:
    """Return a figure with equal panels whose margins are fixed in inches.

    Parameters
    ----------
    n_panels, columns : int
        Panels are filled row by row.
    height_in : float, inches
        Height of one panel's axes.
    left_in, bottom_in, top_in : float, inches
        Room of each panel for its labels and its title.
    margin_in : float, inches
        More room at the figure's left edge.
    head_in : float, inches
        Room above all panels, for a legend.
    foot_in : float, inches
        Room below all panels, for the labels of the lowest.

    Returns
    -------
    figure : matplotlib.figure.Figure
        Not connected to any window.
    axes : list of matplotlib.axes.Axes
        One per panel.
    """
    columns = min(columns, n_panels)
    n_rows = -(-n_panels // columns)
    cell_height = height_in + bottom_in + top_in
    total = n_rows * cell_height + head_in + foot_in + 0.05
    width = width_in()
    cell_width = (width - margin_in - 0.1) / columns
    figure = Figure(figsize=(width, total))
    axes = []
    for index in range(n_panels):
        row, column = divmod(index, columns)
        x = margin_in + column * cell_width + left_in
        y = (n_rows - 1 - row) * cell_height + bottom_in + foot_in + 0.05
        box = (x / width, y / total, (cell_width - left_in - 0.08) / width, height_in / total)
        axes.append(figure.add_axes(box))
    return figure, axes


def few_ticks(ax: Axes, n_x: int = 4, n_y: int = 4) -> None:
    """Give both axes few round ticks."""
    ax.xaxis.set_major_locator(MaxNLocator(n_x, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_locator(MaxNLocator(n_y, steps=[1, 2, 5, 10]))


def legend_above(figure: Figure, axes: Axes) -> None:
    """Write the first panel's marks in one line above all panels."""
    handles, texts = axes.get_legend_handles_labels()
    figure.legend(
        handles,
        texts,
        loc="upper left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=len(texts),
        frameon=False,
        fontsize=SMALL,
        handletextpad=0.4,
        columnspacing=1.6,
        borderaxespad=0.2,
    )
