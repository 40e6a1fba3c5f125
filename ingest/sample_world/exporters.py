"""Samples in the forms in which NVIDIA sites give them: exposition text, VictoriaMetrics JSONL, pulled answers."""

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from ingest.sample_world.fleet import Device
from ingest.telemetry.prometheus_api import envelope

SERIES = (
    ("DCGM_FI_DEV_GPU_UTIL", "GPU utilization (in %).", "utilization_pct", 1.0),
    ("DCGM_FI_PROF_GR_ENGINE_ACTIVE", "Ratio of time the graphics engine is active.", "compute_active_pct", 0.01),
    ("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "Ratio of cycles the tensor pipe is active.", "tensor_active_pct", 0.01),
    ("DCGM_FI_DEV_FB_USED", "Framebuffer memory used (in MiB).", "memory_used_bytes", 1 / (1 << 20)),
    ("DCGM_FI_DEV_POWER_USAGE", "Power draw (in W).", "power_w", 1.0),
)
"""Metric, help text, column of the wide format, and the factor from our unit to the exporter's."""

UNSUPPORTED = 2_147_483_632
"""What the exporter prints where a counter is not supported."""


def write_exposition(path: Path, samples: pl.DataFrame, devices: dict[str, Device], host_name: str) -> int:
    """Write one file of exposition text with explicit milliseconds; returns how many sample lines it has."""
    lines: list[str] = []
    count = 0
    for metric, help_text, column, factor in SERIES:
        lines += [f"# HELP {metric} {help_text}", f"# TYPE {metric} gauge"]
        for uid, at_ms, value in samples.select("device_uid", "sampled_at_ms", column).rows():
            labels = ",".join(f'{name}="{text}"' for name, text in _labels(devices[uid], host_name).items())
            lines.append(f"{metric}{{{labels}}} {_number(value, factor)} {at_ms}")
            count += 1
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return count


def write_jsonl(
    path: Path, samples: pl.DataFrame, devices: dict[str, Device], host_name: str, metrics: tuple[str, ...]
) -> int:
    """Write one JSONL export, a line per series and hour; returns how many samples it has.

    One sample of power per series is printed as the sentinel of an unsupported counter.
    """
    count = 0
    hours = samples.with_columns((pl.col("sampled_at_ms") // 3_600_000).alias("hour"))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for metric, _, column, factor in SERIES:
            if metric not in metrics:
                continue
            for (uid, _), part in hours.group_by(["device_uid", "hour"], maintain_order=True):
                values = [float(_number(value, factor)) for value in part[column]]
                if column == "power_w" and part["hour"][0] % 24 == 0:
                    values[0] = UNSUPPORTED
                labels = {"__name__": metric, **_labels(devices[uid], host_name), "job": "dcgm-exporter"}
                line = {"metric": labels, "values": values, "timestamps": part["sampled_at_ms"].to_list()}
                file.write(json.dumps(line, separators=(",", ":")) + "\n")
                count += part.height
    return count


def write_pulled(
    folder: Path,
    center_id: str,
    samples: pl.DataFrame,
    devices: dict[str, Device],
    host_name: str,
    metrics: tuple[str, ...],
) -> dict[Path, int]:
    """Write what `racklight pull` would have landed: a file per hour, in it an answer per metric.

    Returns the files with how many device-instants each holds.
    """
    written = {}
    hours = samples.with_columns((pl.col("sampled_at_ms") // _HOUR_MS * _HOUR_MS).alias("hour_ms"))
    for (hour_ms,), part in hours.group_by(["hour_ms"], maintain_order=True):
        lines = []
        for metric, _, column, factor in SERIES:
            if metric in metrics:
                asked = {
                    "source": center_id,
                    "url": f"https://prometheus.{center_id}.example",
                    "query": f"{metric}[{_HOUR_MS}ms]",
                    "time": f"{(hour_ms + _HOUR_MS - 1) / 1_000:.3f}",
                    "start_ms": hour_ms,
                    "end_ms": hour_ms + _HOUR_MS,
                }
                lines.append(envelope(asked, _answer(metric, column, factor, part, devices, host_name)))
        path = folder / f"pulled-{datetime.fromtimestamp(hour_ms / 1_000, UTC):%Y%m%dT%H}.jsonl"
        path.write_bytes(b"".join(lines))
        written[path] = part.height
    return written


_HOUR_MS = 3_600_000


def _answer(
    metric: str, column: str, factor: float, part: pl.DataFrame, devices: dict[str, Device], host_name: str
) -> bytes:
    result = [
        {
            "metric": {"__name__": metric, **_labels(devices[uid], host_name), "job": "dcgm-exporter"},
            "values": [
                [at_ms / 1_000, _number(value, factor)] for at_ms, value in own.select("sampled_at_ms", column).rows()
            ],
        }
        for (uid,), own in part.group_by(["device_uid"], maintain_order=True)
    ]
    answer = {"status": "success", "data": {"resultType": "matrix", "result": result}}
    return json.dumps(answer, separators=(",", ":")).encode()


def _labels(device: Device, host_name: str) -> dict[str, str]:
    return {
        "gpu": str(device.card),
        "UUID": device.device_uid,
        "modelName": "NVIDIA H800",
        "Hostname": host_name,
    }


def _number(value: float, factor: float) -> str:
    return f"{value * factor:.4f}".rstrip("0").rstrip(".")
