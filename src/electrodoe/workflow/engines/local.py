"""Work in processes of this machine."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from electrodoe.workflow.engines.engine import Result, Task, on_one_thread


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
