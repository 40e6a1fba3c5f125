"""Minute telemetry of the sample world as landing files: wide Parquet and CSV, and two exporter formats."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ingest.manifests import MANIFEST_SUFFIX
from ingest.sample_world.contradictions import name_by_place, write_stray_samples
from ingest.sample_world.exporters import write_exposition, write_jsonl, write_pulled
from ingest.sample_world.flaws import FlawCounts, spoil, write_corrupt_rows
from ingest.sample_world.samples import clean_samples, nothing_as_null
from ingest.sample_world.spec import CenterSpec
from ingest.sample_world.story import RECEIVED_AT, SAMPLED_SERVERS, TIME_ZONE
from ingest.sample_world.usage import Usage

WIDE_COLUMNS = (
    "center_id",
    "device_uid",
    "sampled_at_ms",
    "utilization_pct",
    "compute_active_pct",
    "sm_active_pct",
    "tensor_active_pct",
    "memory_used_bytes",
    "power_w",
)
"""Columns of the wide format, as the reader documents them."""


@dataclass(frozen=True)
class TelemetryFile:
    """A file that was written, and how many device-instants it holds."""

    path: Path
    sample_count: int


def write_telemetry(
    folder: Path, centers: tuple[CenterSpec, ...], usage: Usage, seed: int
) -> tuple[list[TelemetryFile], FlawCounts]:
    """Write `folder`/<center>/... for every center that sends samples, each with its own `feed.toml`."""
    files: list[TelemetryFile] = []
    flaws = FlawCounts(0, 0, 0, 0)
    for center in centers:
        if center.center_id not in SAMPLED_SERVERS:
            continue
        servers, first_day = SAMPLED_SERVERS[center.center_id]
        samples = _with_places(
            nothing_as_null(
                clean_samples(usage, center.center_id, servers, first_day, center.telemetry_interval_seconds, seed)
            ),
            usage,
        )
        here = folder / center.center_id
        here.mkdir(parents=True, exist_ok=True)
        write_feed(here, center.center_id)
        if center.center_id == "yangzhou-01":
            written, flaws = _write_with_flaws(here, name_by_place(samples))
            files += written
            stray = here / "stray-cards.csv"
            files.append(TelemetryFile(stray, write_stray_samples(stray, usage.fleet)))
        elif center.center_id == "yunting-01":
            files += _write_csv(here, samples)
        else:
            files += _write_exports(here, center, samples, usage)
    return files, flaws


def write_feed(folder: Path, center_id: str | None = None, server_id: str | None = None) -> None:
    """Write the receiver's declaration for a folder."""
    lines = [f'received_at = "{RECEIVED_AT}"', f'time_zone = "{TIME_ZONE}"']
    for name, value in (("center_id", center_id), ("server_id", server_id)):
        if value is not None:
            lines.append(f'{name} = "{value}"')
    (folder / "feed.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _with_places(samples: pl.DataFrame, usage: Usage) -> pl.DataFrame:
    places = pl.DataFrame(
        [(device.device_uid, device.server, device.card) for device in usage.fleet],
        schema={"device_uid": pl.String, "server": pl.Int64, "card": pl.Int64},
        orient="row",
    )
    return samples.join(places, on="device_uid", how="left", maintain_order="left")


def _days(samples: pl.DataFrame) -> Iterator[tuple[date, pl.DataFrame]]:
    for (day,), part in samples.group_by(["local_day"], maintain_order=True):
        yield day, part


def _write_with_flaws(folder: Path, samples: pl.DataFrame) -> tuple[list[TelemetryFile], FlawCounts]:
    arrived, late, counts = spoil(samples)
    files = []
    for day, part in _days(arrived):
        path = folder / f"samples-{day}.parquet"
        part.select(WIDE_COLUMNS).write_parquet(path, compression="zstd", statistics=False)
        files.append(TelemetryFile(path, part.height))
    path = folder / f"late-{late['local_day'][0]}.csv"
    _with_local_time(late).write_csv(path)
    files.append(TelemetryFile(path, late.height))
    path = folder / "broken-collector.csv"
    corrupt_count = write_corrupt_rows(path, samples["center_id"][0], samples["device_uid"].unique().sort().to_list())
    files.append(TelemetryFile(path, 0))
    return files, FlawCounts(
        counts.duplicate_row_count,
        counts.conflicting_row_count,
        counts.late_row_count,
        counts.corrupt_row_count + corrupt_count,
    )


_NUMBERS = (117, 118, 120)
"""The sender's own numbers of its deliveries; the one between them never arrived."""


def _write_csv(folder: Path, samples: pl.DataFrame) -> list[TelemetryFile]:
    """Write a file a day, each with its sender's manifest."""
    files = []
    days = _days(samples.sort("local_day", "device_uid", "sampled_at_ms"))
    for number, (day, part) in zip(_NUMBERS, days, strict=True):
        path = folder / f"samples-{day}.csv"
        _with_local_time(part).write_csv(path)
        _write_manifest(path, part.height, number)
        files.append(TelemetryFile(path, part.height))
    return files


def _write_manifest(path: Path, row_count: int, number: int) -> None:
    content = path.read_bytes()
    said = {"rows": row_count, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    said |= {"schema_version": 1, "sequence": number}
    path.with_name(path.name + MANIFEST_SUFFIX).write_text(json.dumps(said) + "\n", encoding="utf-8")


def _with_local_time(samples: pl.DataFrame) -> pl.DataFrame:
    """Wide columns with ISO times and offset in place of milliseconds, whole numbers without a decimal point."""
    local = pl.from_epoch("sampled_at_ms", time_unit="ms").dt.offset_by("8h")
    whole = [name for name in WIDE_COLUMNS[3:] if samples.schema[name] == pl.Float32]
    return samples.with_columns(
        local.dt.strftime("%Y-%m-%dT%H:%M:%S+08:00").alias("sampled_at"), pl.col(whole).cast(pl.Int64)
    ).select("center_id", "device_uid", "sampled_at", *WIDE_COLUMNS[3:])


PULLED_FROM_HOUR = 21
"""From this local hour of the last day on, samples come pulled from the center's Prometheus."""


def _hour_of_day(epoch_ms: pl.Expr) -> pl.Expr:
    """The local hour of UTC epoch milliseconds."""
    return pl.from_epoch(epoch_ms, time_unit="ms").dt.offset_by("8h").dt.hour()


def _write_exports(folder: Path, center: CenterSpec, samples: pl.DataFrame, usage: Usage) -> list[TelemetryFile]:
    devices = {device.device_uid: device for device in usage.fleet}
    server = int(samples["server"][0])
    host_name = f"{center.center_id.split('-')[0]}-gpu-{server:03d}"
    files = []
    for day, part in _days(samples.sort("local_day", "device_uid", "sampled_at_ms")):
        if center.center_id == "horinger-01":
            path = folder / f"dcgm-{day}.prom"
            write_exposition(path, part, devices, host_name)
        else:
            # The collector's own clock stands 7.213 s after the minute, and it is off for two hours each night.
            hour = _hour_of_day(pl.col("sampled_at_ms"))
            part = part.filter(~hour.is_in([3, 4])).with_columns(pl.col("sampled_at_ms") + 7_213)
            is_pulled = pl.lit(day == samples["local_day"].max()) & (hour >= PULLED_FROM_HOUR)
            pulled, part = part.filter(is_pulled), part.filter(~is_pulled)
            path = folder / f"export-{day}.jsonl"
            metrics = ("DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_PROF_GR_ENGINE_ACTIVE", "DCGM_FI_DEV_POWER_USAGE")
            write_jsonl(path, part, devices, host_name, metrics)
            hours = write_pulled(folder, center.center_id, pulled, devices, host_name, metrics)
            files += [TelemetryFile(hour_path, count) for hour_path, count in hours.items()]
        files.append(TelemetryFile(path, part.height))
    return files
