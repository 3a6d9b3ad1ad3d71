"""A stream of random numbers for every part of the plant, the same on every machine."""

import hashlib

import numpy as np


def stream(seed: int, *names: object) -> np.random.Generator:
    """Return a generator that follows from the study's seed and the part's name.

    Examples
    --------
    >>> stream(1, "web").random() == stream(1, "web").random() != stream(1, "blade").random()
    True
    """
    text = "\x1f".join(map(str, (seed, *names)))
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))
