from datetime import date

import polars as pl
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
