"""The telemetry formats, in the order in which they are tried."""

from ingest.reading import Reader
from ingest.telemetry.exposition import EXPOSITION
from ingest.telemetry.metric_dump import METRIC_DUMP
from ingest.telemetry.nvidia_smi import NVIDIA_SMI
from ingest.telemetry.prometheus_api import PROMETHEUS_ANSWER, PROMETHEUS_PULL
from ingest.telemetry.remote_write import REMOTE_WRITE
from ingest.telemetry.victoriametrics import VICTORIAMETRICS_EXPORT
from ingest.telemetry.wide import WIDE_CSV, WIDE_PARQUET

TELEMETRY_READERS: tuple[Reader, ...] = (
    WIDE_PARQUET,
    REMOTE_WRITE,
    METRIC_DUMP,
    NVIDIA_SMI,
    VICTORIAMETRICS_EXPORT,
    PROMETHEUS_PULL,
    PROMETHEUS_ANSWER,
    WIDE_CSV,
    EXPOSITION,
)
