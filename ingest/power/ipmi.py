"""Exposition text of ipmi_exporter: whether a server's chassis is powered, and how much it draws.

The exporter names the server only in a label that the scraping side adds; without one the receiver declares it.
"""

import re
from pathlib import Path

import polars as pl

from ingest.occupancy.lines import read_lines
from ingest.power.readings import TOLD_SCHEMA, power_reading
from ingest.reading import Declaration, Reader, Reading

FORMAT_NAME = "ipmi_exporter"
OTHER_METRICS = "lines of other metrics"

_COLUMNS = {
    "ipmi_chassis_power_state": "is_powered_text",
    "ipmi_dcmi_power_consumption_current_watts": "power_w_text",
}
_METRIC = re.compile(rb"^ipmi_(?:chassis_power_state|dcmi_power_consumption_current_watts)[ \t{]", re.MULTILINE)
_SAMPLE = r"^([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*(\{.*\})?[ \t]*(\S+)(?:[ \t]+(\d+))?[ \t]*$"
_SERVER_LABELS = ("target", "instance", "hostname", "host", "node")


def recognizes(head: bytes) -> bool:
    """Whether one of the first lines tells a chassis' power state or draw."""
    return _METRIC.search(head) is not None


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read the exporter's lines, each of which tells either the state or the draw, into one record per server and time.

    A line without a time was observed at `declaration.observed_at`. A port behind the server's name is not part of it.

    Raises:
        UnreadableFileError: the file is empty or not UTF-8, or no center is declared.
    """
    lines = read_lines(path).filter(~pl.col("raw_text").str.starts_with("#"))
    text = pl.col("raw_text")
    is_ours = text.str.extract(r"^([a-zA-Z_:][a-zA-Z0-9_:]*)", 1).is_in(list(_COLUMNS))
    ours = lines.filter(is_ours.fill_null(False))
    labels = [text.str.extract(rf'[{{,]\s*{name}="([^"]+)"', 1) for name in _SERVER_LABELS]
    metric, value = text.str.extract(_SAMPLE, 1), text.str.extract(_SAMPLE, 3)
    milliseconds = text.str.extract(_SAMPLE, 4).cast(pl.Int64, strict=False)
    server = pl.coalesce(*labels).str.replace(r":\d+$", "").fill_null(pl.lit(declaration.server_id, pl.String))
    told = ours.with_columns(
        server.alias("meter_id"),
        server.alias("server_id"),
        pl.lit("server").alias("meter_scope"),
        pl.lit(None, pl.String).alias("cabinet_id"),
        pl.lit("ipmi").alias("source_method"),
        pl.from_epoch(milliseconds, time_unit="ms").dt.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").alias("read_at_text"),
        pl.lit(None, pl.String).alias("total_kwh_text"),
        # A line that cannot be split tells a value that is no number, and is set aside for that.
        *(
            pl.when(metric == name).then(value).when(metric.is_null() & text.str.starts_with(name)).then(text).alias(to)
            for name, to in _COLUMNS.items()
        ),
    )
    told = told.select(pl.col(name).cast(kind) for name, kind in TOLD_SCHEMA.items())
    other = {OTHER_METRICS: lines.height - ours.height}
    return power_reading(FORMAT_NAME, told, declaration, source_sha256, path, other)


IPMI_READER = Reader(FORMAT_NAME, recognizes, read)
