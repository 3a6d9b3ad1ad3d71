"""Work on an existing Dask cluster."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from electrodoe.errors import WorkflowError
from electrodoe.workflow.engines.engine import Result, Task, on_one_thread


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
