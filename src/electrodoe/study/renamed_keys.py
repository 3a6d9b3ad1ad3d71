"""Keys of ``study.toml`` that were renamed: what an old one is called now."""

from collections.abc import Sequence
from typing import Final

RENAMED_KEYS: Final = {
    ("responses", "least"): "lower",
    ("responses", "greatest"): "upper",
    ("settings", "test_share"): "test_fraction",
    ("plan", "made"): "existing_runs",
    ("recommend", "learn_by"): "explore_by",
    ("protocols", "stretch_m"): "segment_m",
    ("protocols", "greatest_capacity_mah_g"): "max_capacity_mah_g",
}
"""By block and old key."""


def renamed_key(location: Sequence[str]) -> str | None:
    """Return what a key at a place is called now, or None where it was not renamed.

    Parameters
    ----------
    location : sequence of str
        The block first, the key last.

    Returns
    -------
    str or None
        The new key.

    Examples
    --------
    >>> renamed_key(("responses", "adhesion_strength_kpa", "least"))
    'lower'
    """
    return RENAMED_KEYS.get((location[0], location[-1]))
