"""Sensor streams of the coating line."""

from collections import Counter
from typing import Literal

from pydantic import Field, model_validator

from electrodoe.study.protocols.coil_events import RunSpan, Splice
from electrodoe.study.protocols.coil_sensor import CoilSensor
from electrodoe.study.protocols.raw_files import RawFiles
from electrodoe.study.protocols.sensor_log import OtherLog, SensorLog


class CoilProtocol(RawFiles):
    """Sensor streams of the coating line.

    Attributes
    ----------
    instrument : {"coil"}
        Says which protocol this is.
    speed : str
        Header of the web's speed, in the log that ``files`` names.
    speed_factor : float
        From the log's unit to m/min: 60 from m/s.
    log : SensorLog
        How that log is written.
    sensors : tuple of CoilSensor
        Whose readings that log holds.
    other_logs : tuple of OtherLog
        Logs of further sensors, with their own clocks and rates.
    segment_m : float
        Length of web that one row stands for.
    stop_speed_m_min : float
        Below it the web stands: it is not moved on, and readings do not enter a mean.
    longest_gap_s : float
        Between two rows with a speed; a longer one is remarked, and its segments are flagged.
    largest_step_back_s : float
        A clock that jumps back by no more is set forward again by leaving rows out; one that
        jumps back further is refused.
    runs : tuple of RunSpan
        Which web belongs to which run.
    runs_table : str or None
        The same as a table, relative to the study: ``run, start_m, end_m`` or ``run, start_time,
        end_time``.
    run_column : str or None
        The same as a column of the log: the run whose settings hold at the blade; an empty cell,
        ``0``, ``-`` or ``none`` is no run.
    splices : tuple of Splice
        Where webs are joined; a segment never reaches across one.
    transition_m : float
        Web at the start of each run that is not accepted, since settings have yet to settle.
    thickness_table : str or None
        Thickness samples, relative to the study: ``position_m`` or ``run``, then values.
    solid_content : float or None
        Of the slurry; what dry over wet loading is compared with.
    check_distances : bool
        Whether distances are estimated from the readings too.

    Examples
    --------
    >>> import tomllib
    >>> declared = '''
    ... instrument = "coil"
    ... files = ["raw/line_*.csv"]
    ... speed = "Speed [m/min]"
    ... segment_m = 0.5
    ... runs_table = "runs.csv"
    ... log = { time = "Time", time_format = "%d.%m.%Y %H:%M:%S" }
    ... [[sensors]]
    ... name = "mass_loading"
    ... film = "dry"
    ... unit = "mg_cm2"
    ... column = "Ultrasound 2 [g/m²]"
    ... factor = 0.1
    ... distance_m = 5.6
    ... traverse = { width_mm = 200, period_s = 20 }
    ... '''
    >>> CoilProtocol.model_validate(tomllib.loads(declared)).sensors[0].value_column()
    'dry_mass_loading_mg_cm2'
    """

    instrument: Literal["coil"]
    speed: str = "speed_m_min"
    speed_factor: float = Field(default=1.0, gt=0.0)
    log: SensorLog = Field(default_factory=SensorLog)
    sensors: tuple[CoilSensor, ...] = Field(default=(), max_length=200)
    other_logs: tuple[OtherLog, ...] = Field(default=(), max_length=50)
    segment_m: float = Field(default=0.5, gt=0.0, le=10_000.0)
    stop_speed_m_min: float = Field(default=0.01, ge=0.0)
    longest_gap_s: float = Field(default=60.0, gt=0.0)
    largest_step_back_s: float = Field(default=2.0, ge=0.0)
    runs: tuple[RunSpan, ...] = ()
    runs_table: str | None = None
    run_column: str | None = None
    splices: tuple[Splice, ...] = ()
    transition_m: float = Field(default=0.0, ge=0.0)
    thickness_table: str | None = None
    solid_content: float | None = Field(default=None, gt=0.0, lt=1.0)
    check_distances: bool = True

    @property
    def all_sensors(self) -> tuple[CoilSensor, ...]:
        """Return the sensors of every log, in the order of the declaration."""
        return self.sensors + tuple(one for log in self.other_logs for one in log.sensors)

    @model_validator(mode="after")
    def _sensors_are_distinguished(self) -> "CoilProtocol":
        """Refuse no sensor at all, and two that would fill one column."""
        if not self.all_sensors:
            raise ValueError("no sensor is declared; add [[protocols.NAME.sensors]] entries")
        keys = Counter(sensor.key for sensor in self.all_sensors)
        twice = [key for key, n in keys.items() if n > 1]
        if twice:
            raise ValueError(f"two sensors are called '{twice[0]}'; rename one or give it a side")
        return self

    @model_validator(mode="after")
    def _runs_are_named_once(self) -> "CoilProtocol":
        """Refuse runs that are declared in two ways, or overlap in meters."""
        ways = [bool(self.runs), self.runs_table is not None, self.run_column is not None]
        if sum(ways) > 1:
            raise ValueError("runs, runs_table and run_column tell the same; keep one of them")
        return self
