"""The one seam through which parallel work goes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from threadpoolctl import threadpool_limits

Task = TypeVar("Task")
Result = TypeVar("Result")


class Engine(Protocol):
    """Something that applies a function to tasks, somewhere."""

    def run(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> AbstractContextManager[Iterator[tuple[int, Result]]]:
        """Return the results with their task's position, in whatever order they are done."""
        ...


def on_one_thread(
    function: Callable[[Task], Result], position: int, task: Task
) -> tuple[int, Result]:
    """Return a task's result, computed with one BLAS thread so that its bits are always the same.

    Parameters
    ----------
    function : callable
        Pure function of a task.
    position : int
        The task's number.
    task : object
        Its input.

    Returns
    -------
    tuple
        Position and result.
    """
    with threadpool_limits(limits=1):
        return position, function(task)
