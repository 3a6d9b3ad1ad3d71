"""A coil's logs: their files, how they are written, and which sensors they hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from electrodoe.ingest.records import LogBatch, LogColumns
from electrodoe.ingest.registry import BATCH_ROWS, read_sensor_log
from electrodoe.study import CoilProtocol
from electrodoe.study.protocols import CoilSensor, SensorLog


@dataclass(frozen=True, kw_only=True)
class CoilLog:
    """One log of a coil; nothing of it is read yet.

    Attributes
    ----------
    paths : tuple of Path
        Its files, in any order.
    layout : SensorLog
        How it is written.
    sensors : tuple of CoilSensor
        Whose readings it holds.
    batch_rows : int
        Rows that are held at once, about.
    """

    paths: tuple[Path, ...]
    layout: SensorLog
    sensors: tuple[CoilSensor, ...]
    batch_rows: int = BATCH_ROWS

    def batches(self, numbers: Sequence[str] = (), names: Sequence[str] = ()) -> Iterator[LogBatch]:
        """Yield some of its columns, in the order of time."""
        columns = LogColumns(time=self.layout.time, numbers=tuple(numbers), names=tuple(names))
        return read_sensor_log(self.paths, columns, self.layout, self.batch_rows)

    @property
    def reading_columns(self) -> tuple[str, ...]:
        """Return the headers of readings and of places across the web."""
        places = [one.traverse.column for one in self.sensors if one.traverse is not None]
        return tuple(
            dict.fromkeys(
                [one.column for one in self.sensors] + [name for name in places if name is not None]
            )
        )


def coil_logs(
    paths: Sequence[Path],
    protocol: CoilProtocol,
    others: Sequence[Sequence[Path]] = (),
    batch_rows: int = BATCH_ROWS,
) -> tuple[CoilLog, ...]:
    """Return a coil's logs, the one that holds the speed first.

    Parameters
    ----------
    paths : sequence of Path
        Files of the log that holds the speed.
    protocol : CoilProtocol
        What they hold.
    others : sequence of sequence of Path
        Files of each of the protocol's ``other_logs``, in their order.
    batch_rows : int
        Rows that are held at once, about.

    Returns
    -------
    tuple of CoilLog
        What :func:`read_coil` takes.
    """
    main = CoilLog(
        paths=tuple(paths), layout=protocol.log, sensors=protocol.sensors, batch_rows=batch_rows
    )
    return (
        main,
        *[
            CoilLog(paths=tuple(found), layout=log, sensors=log.sensors, batch_rows=batch_rows)
            for found, log in zip(others, protocol.other_logs, strict=True)
        ],
    )
