from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.telemetry.rollup import roll_up_day

MIDNIGHT = "2026-03-29T00:00:00+00:00"
SAMPLES = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.one_of(st.integers(0, 400), st.integers(82_000, 83_000)).map(lambda second: second + 0.25),
        st.sampled_from([None, 0.0, 4.9, 5.0, 100.0]),
        st.sampled_from([None, 60.05, 300.3]),
    ),
    max_size=25,
)


def frame(lake_samples, samples):
    empty = lake_samples(MIDNIGHT, [])
    rows = [
        lake_samples(MIDNIGHT, [(second, utilization)], device_key=device, power_w=power)
        for device, second, utilization, power in samples
    ]
    return pl.concat([empty, *rows])


def rolled_up(samples):
    return roll_up_day(samples, "c-1", date(2026, 3, 29), "Europe/London", 60)


@given(SAMPLES)
@settings(max_examples=60, deadline=None)
def test_bins_sum_to_the_known_seconds_which_never_exceed_the_expected(lake_samples, samples):
    device_hours = rolled_up(frame(lake_samples, samples))
    assert device_hours.filter(pl.sum_horizontal(UTILIZATION_BIN_COLUMNS) != pl.col("known_seconds")).is_empty()
    for column in ("known_seconds", "occupancy_known_seconds", "productive_known_seconds", "energy_known_seconds"):
        assert device_hours.filter(~pl.col(column).is_between(0, pl.col("expected_seconds"))).is_empty()


@given(SAMPLES, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_changes_nothing(lake_samples, samples, random):
    shuffled = random.sample(samples, len(samples))
    assert_frame_equal(
        rolled_up(frame(lake_samples, samples)), rolled_up(frame(lake_samples, shuffled)), check_exact=True
    )


@given(SAMPLES, st.integers(0, 500))
@settings(max_examples=40, deadline=None)
def test_an_unreadable_sample_never_adds_known_seconds(lake_samples, samples, second):
    unreadable = lake_samples(MIDNIGHT, [(second, None)])
    before, after = (
        rolled_up(frame(lake_samples, samples)),
        rolled_up(pl.concat([frame(lake_samples, samples), unreadable])),
    )
    assert after["known_seconds"].sum() <= before["known_seconds"].sum()


@given(SAMPLES, SAMPLES, SAMPLES, st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_sorted_files_side_by_side_give_what_one_frame_gives(tmp_path_factory, lake_samples, first, second, late, rows):
    folder, files = tmp_path_factory.mktemp("lake"), []
    parts = [frame(lake_samples, samples) for samples in (first, second, late)]
    for number, part in enumerate(parts):
        path = folder / f"{number}.parquet"
        part.sort("device_key", "sampled_at_ms", "source_line").write_parquet(path, row_group_size=rows)
        files.append(pl.scan_parquet(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.telemetry.hour_sums._BLOCK_ROWS", rows)
        patch.setattr("ingest.telemetry.day_rows._HEAD_ROWS", rows)
        assert_frame_equal(rolled_up(files), rolled_up(pl.concat(parts)), check_exact=True)
        patch.setattr("ingest.telemetry.day_rows._MOST_FILES_SIDE_BY_SIDE", 1)
        assert_frame_equal(rolled_up(files), rolled_up(pl.concat(parts)), check_exact=True)


def test_a_device_that_goes_on_over_many_batches_stays_whole(tmp_path, lake_samples):
    samples = lake_samples(MIDNIGHT, [(second, 50.0) for second in range(0, 82_800, 10)], device_key=7)
    samples = pl.concat([samples.with_columns(device_key=pl.lit(6, pl.Int64)).head(100), samples])
    samples.write_parquet(tmp_path / "samples.parquet", row_group_size=500)
    hours = rolled_up([pl.scan_parquet(tmp_path / "samples.parquet")])
    assert hours.group_by("device_key").agg(pl.col("known_seconds").sum()).sort("device_key").rows() == [
        (6, 1_110),
        (7, 82_800),
    ]
