"""A seed of its own for every part of a run, the same on every machine."""

import hashlib


def seed_for(seed: int, *names: str) -> int:
    """Return a seed that follows from the study's seed and some names.

    Parameters
    ----------
    seed : int
        The study's seed.
    *names : str
        What the seed is for, for example a response.

    Returns
    -------
    int
        From 0 to 2³¹ − 1.

    Examples
    --------
    >>> seed_for(1, "adhesion") == seed_for(1, "adhesion") != seed_for(2, "adhesion")
    True
    """
    text = "\x1f".join([str(seed), *names])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1
