"""Single readings of mapped metrics become samples: one row per device, slice and instant, null where unmeasured."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.reading import Declaration
from ingest.telemetry.energy_counters import LONGEST_GAP_MS, with_power_from_energy
from ingest.telemetry.identity import UNPRINTABLE, is_masked, spelled
from ingest.telemetry.instants import Readings, one_row_per_instant, with_boards
from ingest.telemetry.kept import KeptSamples, KeptValues
from ingest.telemetry.limits import (
    EARLIEST_MS,
    HIGHEST_MEMORY_BYTES,
    HIGHEST_POWER_W,
    HIGHEST_TEMPERATURE_C,
    LOWEST_TEMPERATURE_C,
    PERCENT_COLUMNS,
    latest_ms,
    time_problem,
    value_problem,
)
from ingest.telemetry.mapping import Vendor, vendor_mapping
from ingest.telemetry.model_checks import contradicts_model, model_problem, with_model_limits
from ingest.telemetry.schema import READ_COLUMNS, SAMPLE_SCHEMA
from ingest.telemetry.side_readings import NEAREST_MS

LABEL = "label:"
"""Prefix of the columns that hold label values, before the label's name in lower case."""


RAW_TEXT_OF_A_VALUE = pl.format(
    "{} {} {}",
    "metric",
    pl.when(pl.col("value").is_finite()).then("value").cast(pl.String).fill_null("null"),
    pl.when(pl.col("sampled_at_ms").is_not_null())
    .then(pl.format("@{}", "sampled_at_ms"))
    .otherwise(pl.lit("without a time")),
).alias("raw_text")
"""What one value of a series said, where no line says it alone."""


class Widened(NamedTuple):
    """Samples of `SAMPLE_SCHEMA`, the readings set aside (`source_line`, `reason_code`, `detail`, ...), and notices.

    Samples of many values lie on disk.
    """

    samples: pl.DataFrame | KeptSamples
    set_aside: pl.DataFrame
    notices: dict[str, int]
    sick_devices: frozenset[str] = frozenset()


def name_devices(label_sets: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Add `device_uid`, `model`, `slice_id`, `slice_parts` and `is_dropped` to label sets.

    Args:
        label_sets: `vendor`, any key columns, and a `LABEL` column per label of the mapping.
        declaration: names the server where no label names a host.

    Returns:
        The same rows; `device_uid` is the vendor's own text in its usual spelling, else `host/index`, else null.
        `model` is what the exporter calls the card's model, or null. `slice_id` is null for whole cards, `slice_parts`
        also for slices of unknown size; rows of slices that have no size at all are dropped.
    """
    mapping = vendor_mapping()
    parts = [
        frame.with_columns(
            _device_uid(mapping.vendors[name], declaration).alias("device_uid"),
            _model(mapping.vendors[name]).alias("model"),
            **_slice(mapping.vendors[name]),
        )
        for (name,), frame in label_sets.partition_by("vendor", as_dict=True).items()
    ]
    empty = label_sets.clear().with_columns(
        device_uid=pl.lit(None, pl.String),
        model=pl.lit(None, pl.String),
        slice_id=pl.lit(None, pl.String),
        slice_parts=pl.lit(None, pl.Int8),
        is_dropped=pl.lit(None, pl.Boolean),
    )
    return pl.concat([empty, *parts])


def _filled(label: str) -> pl.Expr:
    text = pl.col(LABEL + label).str.strip_chars()
    is_empty = text.str.to_lowercase().is_in(vendor_mapping().empty_identities) | is_masked(text)
    return pl.when(~is_empty).then(text)


def _device_uid(vendor: Vendor, declaration: Declaration) -> pl.Expr:
    host = pl.coalesce(*(_filled(label) for label in vendor.host), pl.lit(declaration.server_id, pl.String))
    index = pl.coalesce(_filled(label) for label in vendor.index)
    own = pl.coalesce(_filled(label) for label in vendor.identity)
    return pl.coalesce(spelled(own, vendor.identity_prefix), pl.concat_str(host, index, separator="/"))


def _model(vendor: Vendor) -> pl.Expr:
    return _filled(vendor.model) if vendor.model else pl.lit(None, pl.String)


def _slice(vendor: Vendor) -> dict[str, pl.Expr]:
    """Id and sevenths of the slice that a row speaks for, and whether the row is of no use."""
    none = {"slice_id": pl.lit(None, pl.String), "slice_parts": pl.lit(None, pl.Int8), "is_dropped": pl.lit(False)}
    if vendor.partition_label is None:
        return none
    label = pl.col(LABEL + vendor.partition_label).fill_null("")
    is_slice = ~label.is_in(vendor.whole_card_values)
    if vendor.profile is None:
        return none | {"is_dropped": is_slice}
    profile = pl.col(LABEL + vendor.profile.label).str.strip_chars().str.to_lowercase()
    is_sized = ~profile.str.replace("[+-].*$", "").is_in(vendor.profile.unknown_size)
    parts = profile.str.extract(vendor.profile.parts, 1).cast(pl.Int8)
    return none | {
        "slice_id": pl.when(is_slice).then(label),
        "slice_parts": pl.when(is_slice & is_sized).then(parts),
    }


def widen(readings: pl.DataFrame, declaration: Declaration) -> Widened:
    """Judge readings and put those of one device and instant into one sample.

    Args:
        readings: `source_line`, `vendor`, `column`, `preference`, `scale`, `value` (as fed), `sampled_at_ms` (UTC epoch
            milliseconds), what `name_devices` adds, and the `LABEL` columns that rows are kept by.
        declaration: names the center and the time of receipt.
    """
    values = readings.select(*_VALUES).with_row_index("series")
    return widen_values(readings.drop(_VALUES), values, declaration)


MARGIN_MS = LONGEST_GAP_MS + 2 * NEAREST_MS
"""What is farther from a sample has no part in it: counters of energy and side readings reach no farther."""


def widen_kept(series: pl.DataFrame, kept: KeptValues, declaration: Declaration) -> Widened:
    """The same of all values of a file, one stretch of time after the other where there are many.

    What holds of a device as a whole, such as a total memory that is not its model's, is then judged by the stretch.
    """
    stretches = kept.stretches()
    if len(stretches) == 1:
        return widen_values(series, kept.between(*stretches[0]), declaration)
    samples, set_aside, notices, sick = KeptSamples(), [], Counter(), frozenset()
    for start_ms, end_ms in stretches:
        values = kept.between(start_ms - MARGIN_MS, end_ms + MARGIN_MS)
        part = widen_values(series, values, declaration, (start_ms, end_ms))
        samples.append(part.samples)
        set_aside.append(part.set_aside)
        notices.update(part.notices)
        sick |= part.sick_devices
    if sick:
        notices[_SICK] = len(sick)
    return Widened(samples.taken(), pl.concat(set_aside), dict(notices), sick)


def widen_values(
    series: pl.DataFrame, values: pl.DataFrame, declaration: Declaration, span: tuple[int, int] | None = None
) -> Widened:
    """Judge the values of some series and put those of one device and instant into one sample.

    Args:
        series: `vendor`, `column`, `preference`, `scale`, what `name_devices` adds, and the `LABEL` columns that rows
            are kept by.
        values: `series` (a row number of `series`), `source_line`, `value` (as fed), `sampled_at_ms` (UTC epoch
            milliseconds).
        declaration: names the center and the time of receipt.
        span: only samples from one millisecond to before another are wanted; values around them are there for them.

    Copies of a reading (one per job or pod) collapse; copies that contradict each other leave the value unknown. A
    slice has samples of its own, without plain utilization, which means nothing there; the board's power, which comes
    with each slice, is moved to a sample of the card.
    """
    series = with_model_limits(_judged(series))
    number = values["series"].to_numpy()
    readings = Readings(
        number,
        values["sampled_at_ms"].fill_null(_NO_TIME).to_numpy(),
        values["source_line"].to_numpy(),
        _measured(series, number, values["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()),
    )
    is_unlike = contradicts_model(series, readings)
    is_bad = _is_bad(series, readings, declaration) | is_unlike
    is_wanted = readings.within(span)
    bad = np.flatnonzero(is_bad & is_wanted)
    is_kept, is_dropped = (series[name].to_numpy()[number] for name in ("is_kept", "is_dropped"))
    is_used = ~is_bad & is_kept
    notices = {
        "rows of card slices": int((is_used & is_dropped & is_wanted).sum()),
        "rows of other memory or kind": int((~is_kept & is_wanted).sum()),
    }
    used = readings.where(is_used & ~is_dropped)
    own = used.where(used.within(span))
    notices["values that mean no reading"] = int(np.isnan(own.measured).sum())
    notices["readings that serve to check others"] = _count_checks(series, own)
    sick = _sick_devices(series, own)
    notices[_SICK] = len(sick)
    series, used, notices["energy counters that began again"] = with_power_from_energy(series, used, span)
    used = used.where(series["column"].is_in(READ_COLUMNS).fill_null(False).to_numpy()[used.series])
    wide, notices["instants where copies contradict each other"] = one_row_per_instant(*with_boards(series, used), span)
    samples = wide.with_columns(pl.lit(declaration.center_id, pl.String).alias("center_id"))
    return Widened(
        samples.select(pl.col(name).cast(kind) for name, kind in SAMPLE_SCHEMA.items()),
        _set_aside(series, values[bad], readings.measured[bad], is_unlike[bad], declaration),
        {name: count for name, count in notices.items() if count},
        sick,
    )


_SICK = "devices that report a fault"


_VALUES = ("source_line", "value", "sampled_at_ms")
_NO_TIME = -(2**63)
_HIGHEST = dict.fromkeys(PERCENT_COLUMNS, 100.0) | {
    "power_w": float(HIGHEST_POWER_W),
    "memory_used_bytes": float(HIGHEST_MEMORY_BYTES),
    "memory_free_bytes": float(HIGHEST_MEMORY_BYTES),
    "memory_total_bytes": float(HIGHEST_MEMORY_BYTES),
    "temperature_c": float(HIGHEST_TEMPERATURE_C),
}
_LOWEST = dict.fromkeys(_HIGHEST, 0.0) | {"temperature_c": float(LOWEST_TEMPERATURE_C)}


def _count_checks(series: pl.DataFrame, used: Readings) -> int:
    """How many readings only check others."""
    is_check = ~series["column"].is_in([*READ_COLUMNS, "energy_j"]).fill_null(False).to_numpy()
    return int(is_check[used.series].sum())


def _sick_devices(series: pl.DataFrame, used: Readings) -> frozenset[str]:
    """Devices that report a fault."""
    is_health = (series["column"] == "is_healthy").fill_null(False).to_numpy()
    if not is_health.any():
        return frozenset()
    sick = np.unique(used.series[is_health[used.series] & (used.measured == 0)])
    return frozenset(series["device_uid"].gather(sick).to_list())


def _judged(series: pl.DataFrame) -> pl.DataFrame:
    """Add `is_kept`, `is_of_board`, and `lowest` and `highest`, outside of which a value that counts is impossible."""
    mapping = vendor_mapping()
    kept, of_board = pl.lit(True), pl.lit(False)
    for vendor in (mapping.vendors[name] for name in series["vendor"].drop_nulls().unique().sort()):
        own = pl.col("vendor") == vendor.name
        for column, labels in vendor.keep.items():
            fits = pl.all_horizontal(
                pl.col(LABEL + name).fill_null("").is_in(values) for name, values in labels.items()
            )
            kept = kept & (~(own & (pl.col("column") == column)) | fits)
        if vendor.board_columns:
            of_board = of_board | (own & pl.col("column").is_in(vendor.board_columns))
    return series.with_columns(
        kept.fill_null(False).alias("is_kept"),
        (of_board & pl.col("slice_id").is_not_null()).fill_null(False).alias("is_of_board"),
        pl.col("is_dropped").fill_null(True),
        pl.col("column").replace_strict(_LOWEST, default=None, return_dtype=pl.Float64).alias("lowest"),
        pl.col("column").replace_strict(_HIGHEST, default=None, return_dtype=pl.Float64).alias("highest"),
        pl.col("scale").fill_null(1.0),
    )


def _measured(series: pl.DataFrame, number: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Values in the sample's unit, NaN where an exporter prints a number for "no reading"."""
    mapping = vendor_mapping()
    is_reading = np.isfinite(value) & (value < mapping.no_reading_from)
    for missing in mapping.no_reading:
        is_reading &= value != missing
    with np.errstate(invalid="ignore"):  # the marker of a stale series is a NaN that complains
        measured = value * series["scale"].to_numpy()[number]
    for vendor in (mapping.vendors[name] for name in series["vendor"].drop_nulls().unique().sort()):
        own = (series["vendor"] == vendor.name).fill_null(False).to_numpy()
        if vendor.no_reading:
            is_reading &= ~(np.isin(value, vendor.no_reading) & own[number])
        for column, missing in vendor.no_reading_of.items():
            of_column = own & (series["column"] == column).fill_null(False).to_numpy()
            is_reading &= ~(np.isin(value, missing) & of_column[number])
        for column, codes in vendor.codes.items():
            of_column = own & (series["column"] == column).fill_null(False).to_numpy()
            if of_column.any():
                which = np.flatnonzero(of_column[number])
                measured[which] = [codes.get(code, np.nan) for code in value[which].tolist()]
    measured[~is_reading] = np.nan
    return measured


def _is_bad(series: pl.DataFrame, readings: Readings, declaration: Declaration) -> np.ndarray:
    if declaration.center_id is None or declaration.center_id == "":
        return np.ones(len(readings.series), dtype=bool)
    counts = pl.col("is_kept") & ~pl.col("is_dropped")
    facts = series.select(
        (pl.col("device_uid").is_null() | pl.col("device_uid").str.contains(UNPRINTABLE)).alias("is_nobody"),
        pl.when(counts).then("lowest").otherwise(-np.inf).alias("lowest"),
        pl.when(counts).then("highest").otherwise(np.inf).alias("highest"),
    )
    is_bad = readings.outside(facts["lowest"].to_numpy(), facts["highest"].to_numpy())
    is_bad |= facts["is_nobody"].to_numpy()[readings.series]
    is_bad |= readings.sampled_at_ms < EARLIEST_MS
    if declaration.received_at is not None:
        is_bad |= readings.sampled_at_ms > latest_ms(declaration.received_at)
    return is_bad


def _set_aside(
    series: pl.DataFrame, values: pl.DataFrame, measured: np.ndarray, is_unlike: np.ndarray, declaration: Declaration
) -> pl.DataFrame:
    """The bad values beside the facts of their series, with `measured`, `reason_code` and `detail`."""
    rows = values.hstack(series[values["series"].to_numpy()])
    rows = rows.with_columns(pl.Series("measured", measured, dtype=pl.Float64).fill_nan(None))
    in_range = [
        pl.when(pl.col("column") == column).then(value_problem(column, pl.col("measured"))) for column in _HIGHEST
    ]
    problem = pl.coalesce(
        pl.lit(None if declaration.center_id else "NO_CENTER", pl.String),
        time_problem(pl.col("sampled_at_ms"), declaration.received_at),
        pl.when(pl.col("device_uid").is_null()).then(pl.lit("NO_DEVICE_IDENTITY")),
        pl.when(pl.col("device_uid").str.contains(UNPRINTABLE)).then(pl.lit("UNPRINTABLE_CHARACTER")),
        pl.when(pl.col("is_kept") & ~pl.col("is_dropped")).then(pl.coalesce(in_range)),
        model_problem(),
    )
    said = pl.format("{}={}", pl.col("column"), pl.col("measured").cast(pl.String).fill_null("unknown"))
    of_a_model = pl.lit(pl.Series("is_unlike", is_unlike)) & pl.col("model_id").is_not_null()
    return rows.with_columns(
        problem.alias("reason_code"),
        pl.when(of_a_model).then(pl.format("{} of a {}", said, "model_id")).otherwise(said).alias("detail"),
    )
