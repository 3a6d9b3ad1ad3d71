"""Where parallel work is done."""

from electrodoe.workflow.engines.choice import choose_engine
from electrodoe.workflow.engines.dask_cluster import DaskEngine
from electrodoe.workflow.engines.engine import Engine
from electrodoe.workflow.engines.local import LocalEngine

__all__ = ["DaskEngine", "Engine", "LocalEngine", "choose_engine"]
