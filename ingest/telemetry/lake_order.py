"""Samples in order of arrival are put into the order of the lake, one part per center and UTC day, without comparisons.

Rows are dealt into as many stacks as there are centers, days and devices. Within a stack they lie in the order in which
they arrived, which is most often that of their instants already.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA, SAMPLE_HOUR_SCHEMA

DAY_MS = 86_400_000
HOUR_MS = 3_600_000

_EPOCH = date(1970, 1, 1)
_MOST_DEALT = 1 << 16
"""Up to so many stacks rows are dealt; more are sorted by comparing."""


class LakePart(NamedTuple):
    """Samples of one center and UTC day: rows of `LAKE_SAMPLE_SCHEMA` by device, instant and line."""

    center_id: str
    utc_day: date
    rows: pl.DataFrame


def in_lake_order(samples: pl.DataFrame, device_keys: dict[str, int]) -> Iterator[LakePart]:
    """The parts of some rows of `SAMPLE_SCHEMA` by center and day, under the registry's keys of their devices."""
    device, centers = _device_key(samples["device_uid"], device_keys), _distinct(samples["center_id"])
    facts = samples.select("sampled_at_ms", _position(centers).alias("center"), device)
    day, first_device = pl.col("sampled_at_ms") // DAY_MS, device.min()
    first_day, last_day = facts.select(day.min().alias("first"), day.max().alias("last")).row(0)
    day_count, device_count = last_day - first_day + 1, device.max() - first_device + 1
    file_number = pl.col("center") * day_count + (day - first_day)
    stack = facts.select((file_number * device_count + (pl.col("device_key") - first_device)).alias("stack"))
    file_count = len(centers) * day_count
    order, key = _order(stack["stack"], samples, file_count * device_count)
    ends = np.searchsorted(key, np.arange(file_count + 1) * device_count * DAY_MS).tolist()
    rows = samples.with_columns(device).select(*LAKE_SAMPLE_SCHEMA)
    for number, (begin, end) in enumerate(pairwise(ends)):
        if begin < end:
            of_center, of_day = divmod(number, day_count)
            utc_day = _EPOCH + timedelta(days=first_day + of_day)
            yield LakePart(centers[of_center], utc_day, _taken(rows, order[begin:end]))


def _device_key(device_uid: pl.Series, device_keys: dict[str, int]) -> pl.Series:
    """The registry's keys; texts are looked up as members of an enumeration, which is quicker than in a table."""
    position = device_uid.cast(pl.Enum(list(device_keys))).to_physical().to_numpy()
    return pl.Series("device_key", np.fromiter(device_keys.values(), dtype=np.int64).take(position))


def _distinct(texts: pl.Series) -> list[str]:
    """All different texts, sorted; most files speak of one center only."""
    return [texts[0]] if (texts == texts[0]).all() else texts.unique().sort().to_list()


def _position(centers: list[str]) -> pl.Expr:
    """The position of a row's center among all of them."""
    if len(centers) == 1:
        return pl.lit(0, pl.Int64)
    return pl.col("center_id").replace_strict(centers, range(len(centers)), return_dtype=pl.Int64)


def _order(stack: pl.Series, samples: pl.DataFrame, stack_count: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the rows by stack, instant and line; and in that order `stack * DAY_MS + millisecond of the day`."""
    dealt = stack.cast(pl.UInt16) if stack_count <= _MOST_DEALT else stack
    order = np.argsort(dealt.to_numpy(), kind="stable")
    key = (stack * DAY_MS + samples["sampled_at_ms"] % DAY_MS).to_numpy()[order]
    if (key[1:] < key[:-1]).any():
        # A stable sort finds the stretches that are in order already and only merges them.
        nearly = np.argsort(key, kind="stable")
        order, key = order[nearly], key[nearly]
    is_tie = key[1:] == key[:-1]
    tied = np.flatnonzero(np.append(is_tie, False) | np.append(False, is_tie))
    lines = samples["source_line"].to_numpy()[order[tied]]
    order[tied] = order[tied][np.lexsort((lines, key[tied]))]
    return order, key


def _taken(rows: pl.DataFrame, order: np.ndarray) -> pl.DataFrame:
    """Rows in another order; a column without any value has the same in every order."""
    empty = [name for name in rows.columns if rows[name].null_count() == rows.height]
    filled = rows.drop(empty).select(pl.all().gather(pl.Series(order, dtype=pl.UInt32)))
    return filled.with_columns(rows[name].head(len(order)) for name in empty).select(rows.columns)


def count_sample_hours(rows: pl.DataFrame, center_id: str, source_sha256: str) -> pl.DataFrame:
    """What one file said of each device in each UTC hour, as `SAMPLE_HOUR_SCHEMA`, of rows in the order of the lake."""
    device, hour = rows["device_key"].to_numpy(), rows["sampled_at_ms"].to_numpy() // HOUR_MS
    is_new = np.append(True, (device[1:] != device[:-1]) | (hour[1:] != hour[:-1]))
    begins = np.flatnonzero(is_new)
    is_of_a_board = rows["slice_id"].is_null().to_numpy()
    milliwatts = np.rint(rows["power_w"].fill_null(float("nan")).to_numpy() * np.float32(1_000))
    milliwatts = np.where(is_of_a_board & np.isfinite(milliwatts), milliwatts, np.nan)
    counted = pl.DataFrame(
        {
            "device_key": device[begins],
            "hour_ms": hour[begins] * HOUR_MS,
            "row_count": np.diff(begins, append=len(device)),
            "highest_power_mw": np.fmax.reduceat(milliwatts, begins),
        }
    ).with_columns(
        pl.lit(source_sha256).alias("source_sha256"),
        pl.lit(center_id).alias("center_id"),
        pl.col("highest_power_mw").fill_nan(None),
        pl.from_epoch("hour_ms", time_unit="ms").dt.replace_time_zone("UTC").alias("hour_start_at"),
    )
    return counted.select(pl.col(name).cast(kind) for name, kind in SAMPLE_HOUR_SCHEMA.items())
