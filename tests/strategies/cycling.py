"""A programme of constant currents and rests, cycled exactly, and written as cyclers write."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

LOW_V, HIGH_V = 3.0, 4.2
_START = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One row of a record."""

    line: int
    cycle: int
    time_s: float
    step_time_s: float
    current_a: float
    voltage_v: float
    charge_ah: float
    discharge_ah: float


@dataclass
class Cycled:
    """A record with the capacities that were put into it."""

    rows: list[Row] = field(default_factory=list)
    charge_mah: list[float] = field(default_factory=list)
    discharge_mah: list[float] = field(default_factory=list)


def cycled(
    programme: list[tuple[int, float]], charge_minutes: int = 120, rows_per_step: int = 24
) -> Cycled:
    """Return a cell that is charged and discharged once per entry: minutes and amperes."""
    found = Cycled()
    time_s, line, counted = 0.0, 0, [0.0, 0.0]
    for cycle, (minutes, current_a) in enumerate(programme, start=1):
        charge_a = current_a * minutes / charge_minutes
        for step_a, duration in (
            (0.0, 10),
            (charge_a, charge_minutes),
            (0.0, 10),
            (-current_a, minutes),
        ):
            line += 1
            _add_step(
                found.rows, line, cycle, time_s, step_a, 60.0 * duration, rows_per_step, counted
            )
            time_s += 60.0 * duration
            if step_a:
                counted[step_a < 0] += abs(step_a) * duration / 60.0
        found.charge_mah.append(charge_a * charge_minutes / 0.06)
        found.discharge_mah.append(current_a * minutes / 0.06)
    return found


def _add_step(
    rows: list[Row],
    line: int,
    cycle: int,
    start_s: float,
    current_a: float,
    duration_s: float,
    n_rows: int,
    counted: list[float],
) -> None:
    """Add a step's rows, the first one where it begins."""
    ends = {True: (LOW_V, HIGH_V), False: (HIGH_V, LOW_V)}[current_a >= 0]
    for number in range(n_rows):
        fraction = number / (n_rows - 1)
        passed = abs(current_a) * duration_s * fraction / 3600.0
        rows.append(
            Row(
                line=line,
                cycle=cycle,
                time_s=start_s + duration_s * fraction,
                step_time_s=duration_s * fraction,
                current_a=current_a,
                voltage_v=3.6 if current_a == 0.0 else ends[0] + (ends[1] - ends[0]) * fraction,
                charge_ah=counted[0] + (passed if current_a > 0 else 0.0),
                discharge_ah=counted[1] + (passed if current_a < 0 else 0.0),
            )
        )


def _written(header: list[str], rows: list[list[object]], separator: str) -> str:
    """Return a table as text."""
    return "".join(separator.join(map(str, row)) + "\n" for row in [header, *rows])


def basytec(record: Cycled, unit: str = "s", mark: str = ".") -> bytes:
    """Return BaSyTec text."""
    factor = {"s": 1.0, "h": 3600.0}[unit]
    header = [f"~Time[{unit}]", "DataSet", f"t-Step[{unit}]", "Line", "Command", "U[V]", "I[A]"]
    header += ["Ah[Ah]", "T1[°C]", "Cyc-Count", "State"]
    names = {0: "Pause", 1: "Charge", -1: "Discharge"}
    body = [
        [
            row.time_s / factor,
            number,
            row.step_time_s / factor,
            row.line,
            names[(row.current_a > 0) - (row.current_a < 0)],
            row.voltage_v,
            row.current_a,
            row.charge_ah - row.discharge_ah,
            25.4,
            row.cycle,
            1,
        ]
        for number, row in enumerate(record.rows, start=1)
    ]
    preamble = "~Resultfile from Basytec Battery Test System\n~\n~Testplan: rate test plan\n~\n"
    return (preamble + _written(header, body, "\t").replace(".", mark)).encode("latin-1")


def ec_lab(record: Cycled, title: str = "EC-Lab") -> bytes:
    """Return EC-Lab or BT-Lab text, without a preamble where there is no title."""
    header = ["mode", "Ns", "time/s", "Ecell/V", "I/mA", "step time/s", "Q charge/mA.h"]
    header += ["Q discharge/mA.h", "cycle number", "Temperature/°C"]
    body = [
        [
            1,
            row.line,
            row.time_s,
            row.voltage_v,
            row.current_a * 1e3,
            row.step_time_s,
            row.charge_ah * 1e3,
            row.discharge_ah * 1e3,
            row.cycle,
            25.4,
        ]
        for row in record.rows
    ]
    table = _written(header, body, "\t")
    preamble = f"{title} ASCII FILE\nNb header lines : 5\n\nElectrode surface area : 1 cm²\n"
    return ((preamble if title else "") + table).encode("latin-1")


def battery_data(record: Cycled, *, labels: bool = False, separator: str = ",") -> bytes:
    """Return the Battery Data Format as text."""
    names = ["test_time_second", "voltage_volt", "current_ampere", "cycle_count", "step_index"]
    names += ["step_time_second", "charging_capacity_ah", "discharging_capacity_ah"]
    if labels:
        names = ["Test Time / s", "Voltage / V", "Current / A", "Cycle Count / 1"]
        names += ["Step Index / 1", "Step Time / s", "Charging Capacity / Ah"]
        names += ["Discharging Capacity / Ah"]
    return _written(names, _battery_rows(record), separator).encode()


def _battery_rows(record: Cycled) -> list[list[object]]:
    """Return rows in the order of the Battery Data Format."""
    return [
        [
            row.time_s,
            row.voltage_v,
            row.current_a,
            row.cycle,
            row.line,
            row.step_time_s,
            row.charge_ah,
            row.discharge_ah,
        ]
        for row in record.rows
    ]


def arbin(record: Cycled) -> bytes:
    """Return Arbin CSV behind a byte-order mark."""
    header = ["Data Point", "Date Time", "Test Time (s)", "Step Time (s)", "Cycle Index"]
    header += ["Step Index", "Current (A)", "Voltage (V)", "Charge Capacity (Ah)"]
    header += ["Discharge Capacity (Ah)", "mAh/g"]
    body = [
        [
            number,
            f"\t{_START + timedelta(seconds=row.time_s):%m/%d/%Y %H:%M:%S}.000",
            row.time_s,
            row.step_time_s,
            row.cycle,
            row.line,
            row.current_a,
            row.voltage_v,
            row.charge_ah,
            row.discharge_ah,
            "",
        ]
        for number, row in enumerate(record.rows, start=1)
    ]
    return b"\xef\xbb\xbf" + _written(header, body, ",").encode()


def _elapsed(seconds: float) -> str:
    """Return a time as Maccor's clock writes it."""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    return f"{days:.0f}d {hours:02.0f}:{minutes:02.0f}:{rest:012.9f}"


def maccor(record: Cycled, clock: str = "minutes") -> bytes:
    """Return Maccor text with an unsigned current, and a preamble that is no UTF-8."""
    header = ["Rec", "Cycle C", "Step", "TestTime", "StepTime", "Cap. [Ah]", "Current [A]"]
    header += ["Voltage [V]", "Md", "ES", "DPT Time"]
    starts = {row.line: (row.charge_ah, row.discharge_ah) for row in reversed(record.rows)}
    body = []
    for number, row in enumerate(record.rows, start=1):
        times: list[object] = [row.time_s / 60.0, row.step_time_s / 60.0]
        if clock == "elapsed":
            times = [_elapsed(row.time_s), _elapsed(row.step_time_s)]
        before = starts[row.line]
        body.append(
            [
                number,
                row.cycle,
                row.line,
                *times,
                row.charge_ah - before[0] + row.discharge_ah - before[1],
                abs(row.current_a),
                row.voltage_v,
                "RCD"[(row.current_a > 0) - (row.current_a < 0)],
                1,
                f"{_START + timedelta(seconds=row.time_s):%m/%d/%Y %I:%M:%S %p}",
            ]
        )
    preamble = b"Name:\tcell 7\nDescription\trate \xff\xfftest\nSCap\t0.017\n\n"
    return preamble + _written(header, body, "\t").replace("\n", "\t\n").encode()


WRITERS: dict[str, Callable[[Cycled], bytes]] = {
    "basytec": basytec,
    "basytec, hours": lambda record: basytec(record, unit="h"),
    "basytec, decimal comma": lambda record: basytec(record, mark=","),
    "ec-lab": ec_lab,
    "bt-lab": lambda record: ec_lab(record, "BT-Lab"),
    "ec-lab, no preamble": lambda record: ec_lab(record, ""),
    "battery data": battery_data,
    "battery data, labels": lambda record: battery_data(record, labels=True, separator=";"),
    "arbin": arbin,
    "maccor": maccor,
    "maccor, elapsed": lambda record: maccor(record, clock="elapsed"),
}
"""Every layout that is read from text."""

PROGRAMMES = st.lists(
    st.tuples(st.integers(3, 600), st.integers(1, 4000).map(lambda mah: mah / 1e3)),
    min_size=1,
    max_size=4,
)
"""Minutes and amperes of each discharge."""
