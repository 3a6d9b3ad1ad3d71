"""The cycler: formation and rate test of a full cell, written as BaSyTec does."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.study import RateCapabilityProtocol
from electrodoe.virtual_line.cells import ALL_RATES, FORMATION_RATE, RATES, capacities_of, rate_name
from electrodoe.virtual_line.dfn import by_dfn
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.raw_files import MARK, hand_table, moment, specimen_file
from electrodoe.virtual_line.specimens import punch
from electrodoe.virtual_line.streams import stream

PAUSE, CHARGE, DISCHARGE = "Pause", "Charge", "Discharge"
N_FORMATION: Final = 3
"""The paper's formation: two cycles at constant current, the third with a voltage hold."""
N_AT_RATE: Final = 2
"""The second cycle at each rate is the one that counts in the paper."""
_FIRST_EFFICIENCY: Final = 0.92
"""The rest binds lithium in formation: an assumption, the same as in the capacity model."""
_EFFICIENCY: Final = 0.9995
"""Of a cycle after formation: an assumption."""
_LINES_A_CYCLE: Final = 4
"""Charge, rest, discharge, rest: lines of the programme."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the programme.

    Attributes
    ----------
    line : int
        Of the test plan.
    command : str
        ``Pause``, ``Charge`` or ``Discharge``.
    cycle : int
        From 1.
    rate : float, 1/h
        Of the nominal capacity.
    capacity_mah : float, mAh
        What flows.
    has_voltage_hold : bool
        Whether a constant voltage follows the constant current.
    """

    line: int
    command: str
    cycle: int
    rate: float = 0.0
    capacity_mah: float = 0.0
    has_voltage_hold: bool = False


def programme(capacity_mah: dict[float, float]) -> list[Step]:
    """Return formation and rate test of a cell.

    Two cycles at 0.2C and a third with a voltage hold; then two at each rate, always charged at
    0.2C with a hold.

    Examples
    --------
    >>> steps = programme({0.1: 4.05, 0.2: 4.0, 1.0: 3.8, 3.0: 2.0, 5.0: 1.0})
    >>> [(step.cycle, step.rate) for step in steps if step.command == "Discharge"][2:6]
    [(3, 0.2), (4, 0.1), (5, 0.1), (6, 1.0)]
    """
    formation = [(FORMATION_RATE, number == N_FORMATION) for number in range(1, N_FORMATION + 1)]
    tested = [(rate, True) for rate in RATES for _ in range(N_AT_RATE)]
    charged_mah = capacity_mah[FORMATION_RATE] / _FIRST_EFFICIENCY
    steps = [Step(line=2, command=PAUSE, cycle=1)]
    for cycle, (rate, has_hold) in enumerate(formation + tested, start=1):
        steps += _cycle(cycle, rate, charged_mah, capacity_mah[rate], has_hold=has_hold)
        charged_mah = capacity_mah[rate] / _EFFICIENCY
    return steps


def _cycle(
    cycle: int, rate: float, charged_mah: float, given_mah: float, *, has_hold: bool
) -> list[Step]:
    """Return a charge and a discharge with their rests."""
    line = _LINES_A_CYCLE * cycle
    charge = Step(
        line=line,
        command=CHARGE,
        cycle=cycle,
        rate=FORMATION_RATE,
        capacity_mah=charged_mah,
        has_voltage_hold=has_hold,
    )
    discharge = Step(
        line=line + 2, command=DISCHARGE, cycle=cycle, rate=rate, capacity_mah=given_mah
    )
    first, second = (Step(line=line + n, command=PAUSE, cycle=cycle) for n in (1, 3))
    return [charge, first, discharge, second]


FULL_V: Final = 4.2  # charged; as below
EMPTY_V: Final = 2.9
"""The paper's limits."""
_ROWS: Final = 50
"""Rows of a step at constant current."""
_HOLD_ROWS: Final = 12
"""Rows of a constant voltage: an assumption."""
_PAUSE_S: Final = 300.0  # of a rest: an assumption
_PAUSE_ROWS: Final = 4  # of a rest: an assumption
_PAUSE_V: Final = 3.6
"""Voltage written at rest: for the look of it only."""
_HOLD_FRACTION: Final = 0.03
"""Of a charge, taken at constant voltage."""
_HOLD_END: Final = 0.02
"""Rate below which a constant voltage ends (the paper's)."""
_S_PER_H: Final = 3600.0  # seconds in an hour
_A_PER_MA: Final = 1e-3
"""Amperes in a milliampere."""
_FRACTION: Final = (0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0)
"""Of the capacity, of which the voltages below are."""
_OPEN_V: Final = (4.17, 4.03, 3.86, 3.71, 3.62, 3.53, 3.36, 2.9)
"""Voltage of graphite against NMC622 over what has been taken: for the look of it only."""
_LOSS_V: Final = 0.06
"""Loss of voltage at 1C."""


def record(
    steps: list[Step], nominal_mah: float, levels: NoiseLevels, rng: np.random.Generator
) -> pl.DataFrame:
    """Return what the cycler wrote down of a programme; discharges have a negative current."""
    gain = 1.0 + levels.current * rng.standard_normal()
    flows = [_moments(step, nominal_mah) for step in steps]
    rows = np.repeat(np.arange(len(steps)), [len(time_s) for time_s, *_ in flows])
    time_s, voltage_v, current_a, charge_ah = (
        np.concatenate(values) for values in zip(*flows, strict=True)
    )
    noise = levels.voltage_v * rng.standard_normal(len(rows))
    moments = {"step_s": time_s, "voltage_v": voltage_v + noise}
    return pl.DataFrame(
        moments
        | {"current_a": current_a * gain, "step_ah": charge_ah * gain}
        | {"line": np.array([step.line for step in steps], dtype=np.int32)[rows]}
        | {"command": pl.Series([step.command for step in steps]).gather(rows)}
        | {"cycle": np.array([step.cycle for step in steps], dtype=np.int32)[rows]}
        | {"step": rows.astype(np.int32)}
    )


def _moments(step: Step, nominal_mah: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return time, voltage, current and charge of one step, both negative in a discharge."""
    time_s, voltage_v, current_a, charge_ah = (
        _rest() if step.command == PAUSE else _flow(step, nominal_mah)
    )
    sign = -1.0 if step.command == DISCHARGE else 1.0
    return time_s, voltage_v, sign * current_a, sign * charge_ah


def _rest() -> tuple[Floats, Floats, Floats, Floats]:
    """Return time, voltage, current and charge while nothing flows."""
    nothing = np.zeros(_PAUSE_ROWS)
    time_s = np.asarray(np.linspace(0.0, _PAUSE_S, _PAUSE_ROWS), dtype=np.float64)
    return time_s, nothing + _PAUSE_V, nothing, nothing


def _flow(step: Step, nominal_mah: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return time, voltage, current and charge of a step in which current flows."""
    amperes = step.rate * nominal_mah * _A_PER_MA
    all_ah = step.capacity_mah * _A_PER_MA
    constant_ah = all_ah * (1.0 - _HOLD_FRACTION * step.has_voltage_hold)
    fraction = np.asarray(np.linspace(0.0, 1.0, _ROWS), dtype=np.float64)
    time_s = fraction * constant_ah / amperes * _S_PER_H
    flowed = time_s, _voltage(fraction, step), np.full(_ROWS, amperes), fraction * constant_ah
    if not step.has_voltage_hold:
        return flowed
    held_s, held_a, held_ah = _hold(amperes, all_ah - constant_ah, step.rate)
    held = time_s[-1] + held_s, np.full(_HOLD_ROWS, FULL_V), held_a, constant_ah + held_ah
    joined = [np.concatenate(pair) for pair in zip(flowed, held, strict=True)]
    return joined[0], joined[1], joined[2], joined[3]


def _voltage(fraction: Floats, step: Step) -> Floats:
    """Return the voltage over what has flowed, from limit to limit."""
    loss = _LOSS_V * step.rate
    if step.command == DISCHARGE:
        falling: Floats = np.interp(fraction, _FRACTION, _OPEN_V) - loss * (1.0 - fraction)
        return np.maximum(falling, EMPTY_V)
    rising: Floats = np.interp(1.0 - fraction, _FRACTION, _OPEN_V) + loss * (1.0 - fraction)
    lifted: Floats = rising + (FULL_V - rising[-1]) * fraction
    return lifted


def _hold(amperes: float, charge_ah: float, rate: float) -> tuple[Floats, Floats, Floats]:
    """Return time, current and charge while the voltage is held and the current decays."""
    fraction = np.asarray(np.linspace(0.0, 1.0, _HOLD_ROWS + 1)[1:], dtype=np.float64)
    decay = float(np.log(rate / _HOLD_END))
    falling = np.exp(-decay * fraction)
    flowed = charge_ah * (1.0 - falling) / (1.0 - falling[-1])
    time_constant_s = charge_ah / (amperes * (1.0 - falling[-1])) * _S_PER_H
    return decay * fraction * time_constant_s, amperes * falling, flowed


_MINUTES: Final = 15.0
"""From one channel's start to the next, for the date in the file: an assumption."""
_CHARGE_DIGITS: Final = 10
"""Decimals in Ah: an assumption; finer than the capacity's rounding."""


def basytec_text(record: pl.DataFrame, cell: str, number: int) -> bytes:
    """Return a record of the ``number``-th channel as BaSyTec writes it."""
    table = _export(record)
    began = moment(number, _MINUTES)
    ended = began + timedelta(seconds=float(table["~Time[s]"][-1]))
    preamble = [
        "Resultfile from Basytec Battery Test System",
        f"Date and Time of Data Converting: {ended:%d.%m.%Y %H:%M:%S}",
        "",
        f"Name of Test: {cell}, {MARK}",
        f"Battery: {cell}",
        "Testplan: formation_and_rate_test.pln",
        f"Testchannel: {number + 1} CH{number + 1:02d} CTS (simulated)",
        f"Start of Test: {began:%d.%m.%Y %H:%M:%S}",
        f"End of Test: {ended:%d.%m.%Y %H:%M:%S}",
        "Operator (Test): virtual line",
        "Operator (Data converting): virtual line",
        "",
    ]
    head = "".join(f"~{line}\r\n" for line in preamble)
    body = table.write_csv(separator="\t", line_terminator="\r\n")
    return (head + body).encode("latin-1")


def _export(record: pl.DataFrame) -> pl.DataFrame:
    """Return the export's columns: clocks, readings, running sums."""
    sums = _with_sums(record)
    is_new = pl.col("step") != pl.col("step").shift(1)
    return sums.select(
        pl.col("time_s").round(3).alias("~Time[s]"),
        pl.int_range(1, pl.len() + 1).alias("DataSet"),
        pl.col("step_s").round(3).alias("t-Step[s]"),
        pl.col("time_s").round(3).alias("t-Set[s]"),
        pl.col("cycle_s").round(3).alias("t-Cyc[s]"),
        pl.col("line").alias("Line"),
        pl.col("command").alias("Command"),
        pl.col("voltage_v").round(5).alias("U[V]"),
        pl.col("current_a").round(9).alias("I[A]"),
        (pl.col("voltage_v") * pl.col("current_a")).round(9).alias("P[W]"),
        pl.col("all_ah").round(_CHARGE_DIGITS).alias("Ah[Ah]"),
        pl.col("cycle_charge_ah").round(_CHARGE_DIGITS).alias("Ah-Cyc-Charge"),
        pl.col("cycle_discharge_ah").round(_CHARGE_DIGITS).alias("Ah-Cyc-Discharge"),
        pl.col("step_ah").round(_CHARGE_DIGITS).alias("Ah-Step"),
        pl.lit(25.0).alias("T1[°C]"),
        pl.lit(0).alias("R-DC"),
        pl.col("cycle").alias("Cyc-Count"),
        pl.int_range(1, pl.len() + 1).alias("Count"),
        pl.when(is_new.fill_null(True)).then(0).otherwise(1).alias("State"),
    )


def _with_sums(record: pl.DataFrame) -> pl.DataFrame:
    """Return a record with the time and the charge that all earlier steps add up to."""
    last = record.group_by("step", "cycle", maintain_order=True).agg(
        pl.col("step_s").last().alias("took_s"),
        pl.col("step_ah").last().alias("took_ah"),
    )
    before = last.with_columns(
        (pl.col("took_s").cum_sum() - pl.col("took_s")).alias("before_s"),
        (pl.col("took_ah").cum_sum() - pl.col("took_ah")).alias("before_ah"),
        *(
            (part.cum_sum() - part).over("cycle").alias(name)
            for part, name in (
                (pl.col("took_s"), "before_in_cycle_s"),
                (pl.col("took_ah").clip(lower_bound=0.0), "charged_ah"),
                (pl.col("took_ah").clip(upper_bound=0.0), "discharged_ah"),
            )
        ),
    )
    whole = record.join(before.drop("cycle"), on="step", how="left", maintain_order="left")
    return whole.with_columns(
        (pl.col("before_s") + pl.col("step_s")).alias("time_s"),
        (pl.col("before_in_cycle_s") + pl.col("step_s")).alias("cycle_s"),
        (pl.col("before_ah") + pl.col("step_ah")).alias("all_ah"),
        (pl.col("charged_ah") + pl.col("step_ah").clip(lower_bound=0.0)).alias("cycle_charge_ah"),
        (pl.col("discharged_ah") + pl.col("step_ah").clip(upper_bound=0.0)).alias(
            "cycle_discharge_ah"
        ),
    )


def measure_cells(made: Production, name: str, protocol: RateCapabilityProtocol) -> Measured:
    """Return one cycler's record per full cell, and the list of cells with their active masses."""
    specimens = punch(name, made.coil, made.sheets, made.effects, made.study.simulation)
    truth = capacities_of(specimens, made.coil, made.recipe, made.levels, made.seed)
    if made.study.simulation.rate_model == "dfn":
        truth = by_dfn(truth, made.recipe)
    files, paths = {}, []
    for number, cell in enumerate(truth.iter_rows(named=True)):
        run, sample = cell["run"], cell["sample"]
        capacity = {
            rate: cell[f"specimen_discharge_capacity_{rate_name(rate)}_mah"] for rate in ALL_RATES
        }
        rng = stream(made.seed, name, run, sample)
        rows = record(programme(capacity), cell["nominal_capacity_mah"], made.levels, rng)
        path = specimen_file(name, protocol, run, str(sample))
        files[path] = basytec_text(rows, f"run {run}, cell {sample}", number)
        paths.append(path)
    truth = truth.with_columns(pl.Series("file", paths))
    if protocol.index is not None:
        listed = truth.select("file", "run", "sample", pl.col("active_mass_mg").round(3))
        files[protocol.index] = hand_table(listed, protocol.index)
    return Measured(files=files, truth=truth)
