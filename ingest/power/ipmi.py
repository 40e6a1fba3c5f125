"""Exposition text of ipmi_exporter: whether a server's chassis is powered, and how much it draws.

The exporter names the server only in a label that the scraping side adds, so without one the server stays unnamed.
"""

import re
from pathlib import Path

import polars as pl

from ingest.occupancy.lines import read_lines
from ingest.power.readings import TOLD_SCHEMA, PowerReadings, judged_readings
from ingest.reading import Declaration

_COLUMNS = {
    "ipmi_chassis_power_state": "is_powered_text",
    "ipmi_dcmi_power_consumption_current_watts": "power_w_text",
}
_METRIC = re.compile(rb"^ipmi_(?:chassis_power_state|dcmi_power_consumption_current_watts)[ \t{]", re.MULTILINE)
_SAMPLE = r"^([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*(\{.*\})?[ \t]*(\S+)(?:[ \t]+(\d+))?[ \t]*$"
_SERVER_LABELS = ("target", "instance", "hostname", "host", "node")
_OTHER = "lines of other metrics"


def recognizes(head: bytes) -> bool:
    """Whether one of the first lines tells a chassis' power state or draw."""
    return _METRIC.search(head) is not None


def read(path: Path, declaration: Declaration) -> PowerReadings:
    """Read the exporter's lines, each of which tells either the state or the draw.

    A line without a time was observed at `declaration.observed_at`.

    Raises:
        UnreadableFileError: the file is empty or not UTF-8.
    """
    lines = read_lines(path).filter(~pl.col("raw_text").str.starts_with("#"))
    text = pl.col("raw_text")
    is_ours = text.str.extract(r"^([a-zA-Z_:][a-zA-Z0-9_:]*)", 1).is_in(list(_COLUMNS))
    ours = lines.filter(is_ours.fill_null(False))
    labels = [text.str.extract(rf'[{{,]\s*{name}="([^"]*)"', 1) for name in _SERVER_LABELS]
    metric, value = text.str.extract(_SAMPLE, 1), text.str.extract(_SAMPLE, 3)
    milliseconds = text.str.extract(_SAMPLE, 4).cast(pl.Int64, strict=False)
    told = ours.with_columns(
        pl.coalesce(labels).alias("server_id"),
        pl.lit("chassis").alias("subject"),
        pl.lit("bmc").alias("power_source"),
        pl.from_epoch(milliseconds, time_unit="ms").dt.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").alias("reported_at_text"),
        pl.lit(None, pl.String).alias("energy_kwh_text"),
        # A line that cannot be split tells a value that is no number, and is set aside for that.
        *(
            pl.when(metric == name).then(value).when(metric.is_null() & text.str.starts_with(name)).then(text).alias(to)
            for name, to in _COLUMNS.items()
        ),
    )
    told = told.select(pl.col(name).cast(kind) for name, kind in TOLD_SCHEMA.items())
    return judged_readings(told, declaration, {_OTHER: lines.height - ours.height})
