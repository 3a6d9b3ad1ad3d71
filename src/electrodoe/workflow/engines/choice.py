"""From what a person writes after ``--engine`` to an engine."""

import os

from electrodoe.errors import WorkflowError
from electrodoe.workflow.engines.dask_cluster import DaskEngine
from electrodoe.workflow.engines.engine import Engine
from electrodoe.workflow.engines.local import LocalEngine


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
