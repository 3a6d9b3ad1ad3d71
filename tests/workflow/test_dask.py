"""The seam to a Dask cluster: a real one, with two workers, on loopback."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.workflow.conftest import Ran

from electrodoe.errors import WorkflowError
from electrodoe.study import read_study
from electrodoe.workflow.engines import DaskEngine, choose_engine
from electrodoe.workflow.runner import run_study

_CLUSTER = """
import multiprocessing, sys
import dask
from distributed import LocalCluster
from distributed.utils import get_mp_context
if __name__ == "__main__":
    if sys.platform == "linux":  # both workers from one process that has imported all they need
        dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"})
        get_mp_context()
        multiprocessing.set_forkserver_preload(["distributed", "electrodoe.workflow.tasks"])
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1",
                      dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        input()
"""


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Yield host:port of a scheduler with two worker processes."""
    script = tmp_path / "cluster.py"
    script.write_text(_CLUSTER)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=tmp_path,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip().removeprefix("tcp://")
    process.communicate("\n", timeout=60)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_dask_cluster_gives_the_same_bits(small_run: Ran, scheduler: str) -> None:
    """Two workers behind a scheduler compute what this process computes."""
    study = read_study(small_run.folder)
    results = small_run.folder / "results"
    local = {name: (results / name).read_bytes() for name in ("evaluation.csv", "explanations.csv")}

    run_study(study, small_run.folder, choose_engine(f"dask://{scheduler}"), is_forced=True)

    assert {name: (results / name).read_bytes() for name in local} == local


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_missing_scheduler_is_reported_with_its_address(small_study: Path) -> None:
    """No cluster at the address stops the run and says so."""
    engine = DaskEngine(address="127.0.0.1:9", timeout_s=0.5)

    with pytest.raises(WorkflowError, match=r"dask://127\.0\.0\.1:9"):
        run_study(read_study(small_study), small_study, engine)


def test_an_unknown_engine_is_refused() -> None:
    """A misspelt engine offers the two there are."""
    with pytest.raises(WorkflowError, match="local or dask"):
        choose_engine("spark://localhost")
