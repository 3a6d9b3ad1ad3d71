"""Cycler records as BaSyTec exports them: a preamble of tildes, tabs, running sums of charge."""

from datetime import timedelta
from typing import Final

import polars as pl

from electrodoe.virtual_line.files.marks import MARK, moment

_MINUTES: Final = 15.0
_DIGITS: Final = 10


def basytec_text(record: pl.DataFrame, cell: str, number: int) -> bytes:
    """Return a cycler's record as BaSyTec writes it.

    Parameters
    ----------
    record : polars.DataFrame
        ``line, command, cycle, step, step_s, voltage_v, current_a, step_ah``.
    cell : str
        The cell's name.
    number : int
        Which channel of the cycler.

    Returns
    -------
    bytes
        Latin-1, with DOS line ends; charge in Ah, discharge negative.
    """
    table = _table(record)
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


def _table(record: pl.DataFrame) -> pl.DataFrame:
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
        pl.col("all_ah").round(_DIGITS).alias("Ah[Ah]"),
        pl.col("cycle_charge_ah").round(_DIGITS).alias("Ah-Cyc-Charge"),
        pl.col("cycle_discharge_ah").round(_DIGITS).alias("Ah-Cyc-Discharge"),
        pl.col("step_ah").round(_DIGITS).alias("Ah-Step"),
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
