"""Where parallel work is done: in processes of this machine, or on a Dask cluster."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from threadpoolctl import threadpool_limits

from electrodoe.errors import WorkflowError

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
    """Return a task's result, by one BLAS thread so that its bits are always the same."""
    with threadpool_limits(limits=1):
        return position, function(task)


@dataclass(frozen=True, kw_only=True)
class LocalEngine:
    """Worker processes, one BLAS thread each; a single worker is this process.

    Attributes
    ----------
    n_workers : int
        Number of processes, at least one.
    """

    n_workers: int

    @contextmanager
    def run(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Iterator[tuple[int, Result]]]:
        """Return results as they are done."""
        if self.n_workers == 1 or len(tasks) < 2:
            yield (on_one_thread(function, position, task) for position, task in enumerate(tasks))
            return
        import joblib

        with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
            parallel = joblib.Parallel(
                n_jobs=min(self.n_workers, len(tasks)),
                return_as="generator_unordered",
                batch_size=1,
                pre_dispatch="3*n_jobs",
            )
            yield parallel(
                joblib.delayed(on_one_thread)(function, position, task)
                for position, task in enumerate(tasks)
            )


@dataclass(frozen=True, kw_only=True)
class DaskEngine:
    """The workers behind a Dask scheduler; this package must be installed on them.

    Attributes
    ----------
    address : str
        ``host:port`` of the scheduler.
    timeout_s : float
        How long to wait for it.
    """

    address: str
    timeout_s: float = 10.0

    @contextmanager
    def run(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Iterator[tuple[int, Result]]]:
        """Return results as they are done."""
        try:
            from distributed import Client, as_completed
        except ModuleNotFoundError as error:
            raise WorkflowError(
                "Dask is not installed",
                where="--engine dask",
                fix="install it: pip install 'electrodoe[scale]'",
            ) from error
        try:
            client = Client(f"tcp://{self.address}", timeout=self.timeout_s, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise WorkflowError(
                f"no Dask scheduler answers within {self.timeout_s:g} s",
                where=f"--engine dask://{self.address}",
                fix="start one with 'dask scheduler', or correct the address",
            ) from error
        with client:
            futures = [
                client.submit(on_one_thread, function, position, task, pure=False)
                for position, task in enumerate(tasks)
            ]
            yield (future.result() for future in as_completed(futures, loop=client.loop))


def choose_engine(engine: str = "local", n_workers: int | None = None) -> Engine:
    """Return the engine that a name stands for.

    Parameters
    ----------
    engine : str
        ``local``, or ``dask://host:port``.
    n_workers : int or None
        Processes of the local engine; one per core this process may use where it is not given.

    Returns
    -------
    Engine
        Ready to run tasks.

    Raises
    ------
    WorkflowError
        If the name is unknown or the number of workers is below one.
    """
    if n_workers is not None and n_workers < 1:
        raise WorkflowError(
            f"{n_workers} workers", where="--workers", fix="give a number of at least 1"
        )
    if engine == "local":
        return LocalEngine(n_workers=n_workers or len(os.sched_getaffinity(0)))
    scheme, _, address = engine.partition("://")
    if scheme == "dask" and ":" in address:
        return DaskEngine(address=address)
    raise WorkflowError(
        f"unknown engine '{engine}'",
        where="--engine",
        fix="write local or dask://host:port",
    )
