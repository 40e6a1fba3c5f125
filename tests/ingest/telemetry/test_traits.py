from datetime import date

import polars as pl

from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA
from ingest.telemetry.traits import HOUR_TRAIT_SCHEMA, traits_of_day

DAY = date(2026, 9, 1)
MIDNIGHT_MS = 1_788_192_000_000  # 2026-09-01 00:00 in Shanghai


def samples(rows):
    """Lake samples of (device, second of the day, utilization, power)."""
    frame = pl.DataFrame(
        [
            {
                "device_key": key,
                "sampled_at_ms": MIDNIGHT_MS + second * 1_000,
                "utilization_pct": busy,
                "power_w": watts,
            }
            for key, second, busy, watts in rows
        ],
        schema_overrides={"utilization_pct": pl.Float32, "power_w": pl.Float32},
    )
    missing = [name for name in LAKE_SAMPLE_SCHEMA if name not in frame.columns]
    return frame.with_columns(pl.lit(None).alias(name) for name in missing).select(
        pl.col(name).cast(kind) for name, kind in LAKE_SAMPLE_SCHEMA.items()
    )


def traits(rows):
    return traits_of_day([samples(rows).lazy()], "c-1", DAY, "Asia/Shanghai")


def test_sums_and_squares_of_an_hour_are_of_what_was_read():
    found = traits([(1, 0, 90.0, 100.0), (1, 60, 92.0, None), (1, 3_600, None, 50.5)])
    assert dict(found.schema) == HOUR_TRAIT_SCHEMA
    first, second = found.to_dicts()
    assert (first["busy_count"], first["busy_bp_sum"], first["busy_bp_square_sum"]) == (2, 18_200, 9_000**2 + 9_200**2)
    assert (first["power_count"], first["power_dw_sum"], first["tensor_count"]) == (1, 1_000, 0)
    assert (second["busy_count"], second["power_dw_square_sum"]) == (0, 505**2)


def test_two_cards_with_the_same_readings_have_one_fingerprint_and_one_other_watt_makes_another():
    hour = [(second, 40.0 + second % 7, 200.0 + second % 11) for second in range(0, 3_600, 60)]
    changed = [*hour[:-1], (3_540, hour[-1][1], hour[-1][2] + 1)]
    rows = [(key, *reading) for key, readings in ((1, hour), (2, hour), (3, changed)) for reading in readings]
    first, copy, other = traits(rows)["series_hash"].to_list()
    assert first == copy != other


def correlation(first, second):
    shapes = [name for name in HOUR_TRAIT_SCHEMA if name.startswith("power_shape_")]
    common, own, other = (
        sum(a[name] * b[name] for name in shapes) for a, b in ((first, second), (first, first), (second, second))
    )
    return common / (own * other) ** 0.5


def test_contrasts_correlate_as_minutes_do_whatever_the_factor_and_the_level():
    wave = [300 + (37 * minute * minute) % 101 for minute in range(60)]
    away = [300 + (53 * minute * minute + 11) % 101 for minute in range(60)]
    series = {1: wave, 2: [round(1.04 * watts + 6) for watts in wave], 3: away}
    rows = [(key, 60 * minute, 50.0, float(w)) for key, watts in series.items() for minute, w in enumerate(watts)]
    own, disguised, stranger = traits(rows).to_dicts()
    assert correlation(own, disguised) >= 0.999
    assert correlation(own, stranger) < 0.9


def test_readings_that_change_places_make_another_fingerprint():
    forward, backward = [(0, 10.0, 100.0), (60, 20.0, 200.0)], [(0, 20.0, 200.0), (60, 10.0, 100.0)]
    rows = [(key, *reading) for key, readings in ((1, forward), (2, backward)) for reading in readings]
    first, second = traits(rows)["series_hash"].to_list()
    assert first != second


def test_samples_of_another_day_and_of_slices_are_left_out():
    day = samples([(1, -60, 50.0, 100.0), (1, 0, 50.0, 100.0), (1, 60, 50.0, 100.0)])
    sliced = day.with_columns(
        pl.when(pl.col("sampled_at_ms") == MIDNIGHT_MS + 60_000).then(pl.lit("1")).alias("slice_id")
    )
    found = traits_of_day([sliced.lazy()], "c-1", DAY, "Asia/Shanghai")
    assert found["sample_count"].to_list() == [1]
