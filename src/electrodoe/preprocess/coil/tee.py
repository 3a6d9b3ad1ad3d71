"""One stream read by two, each batch held no longer than the slower of them needs it."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def tee(source: Iterable[Item]) -> tuple[Iterator[Item], Iterator[Item]]:
    """Return two iterators over one stream.

    ``itertools.tee`` lets go of its items in blocks of 57, which are gigabytes of batches.

    Of the same items; what one has had and the other has not is held.

    Examples
    --------
    >>> first, second = tee("ab")
    >>> next(first), list(second), list(first)
    ('a', ['a', 'b'], ['b'])
    """
    stream = iter(source)
    waiting: tuple[deque[Item], deque[Item]] = (deque(), deque())

    def side(own: deque[Item], other: deque[Item]) -> Iterator[Item]:
        """Yield what waits here, else what comes next, and leave it for the other side too."""
        while True:
            if not own:
                try:
                    other.append(next(stream))
                except StopIteration:
                    return
                own.append(other[-1])
            yield own.popleft()

    return side(*waiting), side(*reversed(waiting))
