"""A seed of its own for every part of a run, the same on every machine."""

import hashlib


def seed_for(seed: int, purpose: str) -> int:
    """Return a seed that follows from the study's seed and what it is for.

    Parameters
    ----------
    seed : int
        The study's seed.
    purpose : str
        A word of ours; never a name that a person gave, which may change without a reason for the
        results to change.

    Returns
    -------
    int
        From 0 to 2³¹ − 1.

    Examples
    --------
    >>> seed_for(1, "models") == seed_for(1, "models") != seed_for(2, "models")
    True
    """
    text = f"{seed}\x1f{purpose}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1
