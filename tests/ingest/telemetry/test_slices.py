"""Cards cut into slices, from what the exporter prints to device-hours."""

import json
from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.reading import Declaration
from ingest.telemetry.exposition import read_exposition
from ingest.telemetry.rollup import roll_up_day
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA

DAY = date(2026, 9, 1)
MIDNIGHT = "2026-09-01T00:00:00+08:00"
START_MS = round(datetime.fromisoformat(MIDNIGHT).timestamp() * 1_000)
HALF_A_SECOND_AN_HOUR = 0.5 / 3_600
WHOLE_DAY = range(0, 86_400, 60)
HOUR = range(0, 3_600, 60)


def rolled_up(*frames):
    return roll_up_day(pl.concat(frames), "c-1", DAY, "Asia/Shanghai", 60)


@pytest.fixture(scope="module")
def slice_of(lake_samples):
    """Samples of one slice at some seconds of the day, with the same profiled activity in all of them."""

    def build(slice_id, parts, active, seconds=HOUR, **columns):
        columns = {"slice_id": slice_id, "slice_parts": parts, "compute_active_pct": active} | columns
        return lake_samples(MIDNIGHT, [(second, None) for second in seconds], **columns)

    return build


def first_hour(*frames):
    return rolled_up(*frames).row(0, named=True)


def lit_seconds(device_hours):
    return device_hours.select(pl.sum_horizontal(UTILIZATION_BIN_COLUMNS[2:])).sum().item()


def test_three_of_seven_slices_busy_all_day_are_three_sevenths_of_the_card(tmp_path, shared_file):
    expected = json.loads(shared_file("reference/worked_examples.json").read_text())["EX-L9"]["mig_device_time"]
    path = tmp_path / "scrapes"
    labels = [f'{{UUID="GPU-1",GPU_I_ID="{number}",GPU_I_PROFILE="1g.10gb"}}' for number in (7, 8, 9)]
    path.write_text(
        "".join(
            f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-1"}} 0 {time}\n'
            + "".join(f"DCGM_FI_PROF_GR_ENGINE_ACTIVE{label} 0.93 {time}\n" for label in labels)
            for time in (START_MS + 1_000 * second for second in WHOLE_DAY)
        )
    )
    reading = read_exposition(path, Declaration(center_id="c-1"), "sha")
    assert (reading.rows_accepted, reading.samples.height) == (4 * 1_440, 4 * 1_440)
    samples = reading.samples.with_columns(device_key=pl.lit(1, pl.Int64)).select(*LAKE_SAMPLE_SCHEMA)
    device_hours = rolled_up(samples)
    assert device_hours["known_seconds"].to_list() == [3_600] * 24
    assert device_hours["evidence_class"].unique().to_list() == ["A"]
    assert lit_seconds(device_hours) / 86_400 == pytest.approx(expected, abs=HALF_A_SECOND_AN_HOUR)
    assert device_hours.select(pl.col("sample_count", "unreadable_count").sum()).row(0) == (1_440, 0)


def test_a_slice_that_falls_silent_makes_its_share_unknown_and_never_idle(slice_of):
    busy = [slice_of("1", 2, 90.0, WHOLE_DAY), slice_of("2", 2, 90.0, WHOLE_DAY)]
    hours = rolled_up(*busy, slice_of("3", 2, 90.0, range(0, 7_140, 60)))
    assert hours["known_seconds"].to_list() == [3_600, 3_600, *[round(3_600 * 5 / 7)] * 22]
    assert hours["util_0_1_seconds"].to_list() == [round(3_600 / 7)] * 24


def test_a_slice_without_a_reading_makes_its_share_unknown_and_never_idle(slice_of):
    row = first_hour(slice_of("1", 3, 90.0), slice_of("2", 4, None))
    assert (row["known_seconds"], row["util_80_100_seconds"], row["util_0_1_seconds"]) == (1_543, 1_543, 0)


def test_where_no_slice_is_known_nothing_of_the_card_is(slice_of, lake_samples):
    plain = lake_samples(MIDNIGHT, [(second, 0.0) for second in HOUR])
    row = first_hour(plain, slice_of("1", 3, None))
    assert (row["known_seconds"], row["sample_count"], row["unreadable_count"]) == (0, 60, 60)


def test_plain_utilization_of_a_sliced_card_is_not_used(slice_of, lake_samples):
    plain = lake_samples(MIDNIGHT, [(second + 15, 100.0) for second in HOUR])
    alone = first_hour(slice_of("1", 3, 0.0))
    beside = first_hour(slice_of("1", 3, 0.0), plain)
    assert beside["util_0_1_seconds"] == alone["util_0_1_seconds"] == 3_600


def test_plain_utilization_of_a_slice_is_not_used(slice_of):
    assert first_hour(slice_of("1", 3, None, utilization_pct=100.0))["known_seconds"] == 0


def test_the_profiling_counter_of_the_whole_card_goes_before_its_slices(slice_of, lake_samples):
    whole = lake_samples(MIDNIGHT, [(second, None) for second in range(0, 1_680, 60)], compute_active_pct=60.0)
    row = first_hour(slice_of("1", 7, 10.0), whole)
    assert (row["util_50_80_seconds"], row["util_10_20_seconds"]) == (1_740, 1_860)


def test_a_slice_of_unknown_size_makes_its_share_unknown_and_nothing_is_free(slice_of):
    row = first_hour(slice_of("1", 3, 90.0), slice_of("2", None, 90.0))
    assert (row["known_seconds"], row["util_80_100_seconds"]) == (1_543, 1_543)


def test_a_card_cut_anew_during_the_day_is_weighed_hour_by_hour(slice_of):
    before = [slice_of(str(number), 1, 90.0, range(0, 43_140, 60)) for number in range(7)]
    after = slice_of("0", 3, 90.0, range(43_200, 86_400, 60))
    hours = rolled_up(*before, after)
    assert hours["util_80_100_seconds"].to_list() == [3_600] * 12 + [1_543] * 12
    assert hours["known_seconds"].to_list() == [3_600] * 24


def test_in_the_hour_in_which_a_card_is_cut_anew_what_no_slice_says_is_unknown(slice_of):
    before = [slice_of(str(number), 3, 90.0, range(0, 1_680, 60)) for number in range(2)]
    after = slice_of("9", 4, 90.0, range(1_860, 3_600, 60))
    row = first_hour(*before, after)
    known = (1_740 * 6 + 1_740 * 4 + 3) // 7
    assert (row["known_seconds"], row["util_0_1_seconds"]) == (known, 0)


def test_more_than_seven_parts_at_once_contradict_each_other_and_are_unknown(slice_of):
    row = first_hour(slice_of("1", 4, 90.0, range(0, 600, 60)), slice_of("2", 4, 90.0, range(0, 600, 60)))
    assert row["known_seconds"] == 0


def test_utilization_of_slices_is_weighed_by_their_parts_and_free_parts_are_at_zero(slice_of):
    row = first_hour(slice_of("1", 4, 90.0), slice_of("2", 2, 30.0))
    assert row["busy_bp_seconds"] == (3_600 * (4 * 9_000 + 2 * 3_000) * 2 + 7) // 14
    assert row["above_zero_seconds"] == (3_600 * 6 * 2 + 7) // 14


def test_memory_and_active_pipes_are_weighed_and_the_boards_energy_is_not(slice_of, lake_samples):
    board = lake_samples(MIDNIGHT, [(second, None) for second in HOUR], power_w=350.0)
    big = slice_of("1", 4, 90.0, memory_used_bytes=1 << 30, tensor_active_pct=60.0, power_w=350.0)
    row = first_hour(board, big, slice_of("2", 3, 90.0, memory_used_bytes=0))
    assert (row["occupied_seconds"], row["occupancy_known_seconds"]) == (2_057, 3_600)
    assert (row["productive_seconds"], row["productive_known_seconds"]) == (2_057, 2_057)
    assert (row["energy_wh"], row["energy_known_seconds"]) == (350, 3_600)


def test_repeats_and_contradictions_of_a_slice_are_counted(slice_of):
    once = slice_of("1", 7, 90.0)
    row = first_hour(once, once, slice_of("1", 7, 10.0, [60]))
    assert (row["sample_count"], row["duplicate_count"], row["conflict_count"]) == (60, 60, 1)
    assert (row["known_seconds"], row["unreadable_count"]) == (3_540, 0)


def test_whole_cards_stay_as_they_are_beside_a_sliced_one(slice_of, lake_samples):
    whole = lake_samples(MIDNIGHT, [(second, 50.0) for second in WHOLE_DAY], device_key=2, power_w=300.0)
    beside = rolled_up(whole, slice_of("1", 3, 90.0, WHOLE_DAY))
    assert_frame_equal(beside.filter(pl.col("device_key") == 2), rolled_up(whole))
    assert beside["device_key"].to_list() == [1] * 24 + [2] * 24


def test_samples_without_slice_columns_are_samples_of_whole_cards(lake_samples):
    whole = lake_samples(MIDNIGHT, [(second, 50.0) for second in HOUR])
    assert_frame_equal(rolled_up(whole.drop("slice_id", "slice_parts")), rolled_up(whole))


SAMPLES = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.sampled_from([(None, None), ("1", 1), ("2", 3), ("2", 2), ("3", 4), ("4", None)]),
        st.one_of(st.integers(0, 400), st.integers(3_300, 3_900), st.integers(86_200, 86_399)),
        st.sampled_from([None, 0.0, 4.9, 5.0, 100.0]),
    ),
    max_size=30,
)


def frame(lake_samples, samples):
    rows = [
        lake_samples(
            MIDNIGHT,
            [(second + 0.25, active)],
            device_key=device,
            slice_id=slice_id,
            slice_parts=parts,
            compute_active_pct=active,
            memory_used_bytes=second << 22,
        )
        for device, (slice_id, parts), second, active in samples
    ]
    return pl.concat([lake_samples(MIDNIGHT, []), *rows])


@given(SAMPLES)
@settings(max_examples=60, deadline=None)
def test_weighted_bins_sum_to_the_known_seconds_which_never_exceed_the_expected(lake_samples, samples):
    hours = rolled_up(frame(lake_samples, samples))
    assert hours.filter(pl.sum_horizontal(UTILIZATION_BIN_COLUMNS) != pl.col("known_seconds")).is_empty()
    assert hours.filter(pl.any_horizontal(pl.col(UTILIZATION_BIN_COLUMNS) < 0)).is_empty()
    for column in ("known_seconds", "occupancy_known_seconds", "productive_known_seconds", "energy_known_seconds"):
        assert hours.filter(~pl.col(column).is_between(0, pl.col("expected_seconds"))).is_empty()
    assert hours.filter(pl.col("occupied_seconds") > pl.col("occupancy_known_seconds")).is_empty()
    assert hours.filter(pl.col("unreadable_count") < 0).is_empty()


@given(SAMPLES, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_of_slices_changes_nothing(lake_samples, samples, random):
    shuffled = random.sample(samples, len(samples))
    assert_frame_equal(rolled_up(frame(lake_samples, samples)), rolled_up(frame(lake_samples, shuffled)))


@given(SAMPLES, st.integers(0, 3_900))
@settings(max_examples=30, deadline=None)
def test_a_slice_without_a_reading_never_adds_known_seconds(lake_samples, samples, second):
    silent = frame(lake_samples, [(1, ("3", 4), second, None)])
    before = rolled_up(frame(lake_samples, [*samples, (1, ("3", 4), 0, 0.0)]))
    after = rolled_up(frame(lake_samples, [*samples, (1, ("3", 4), 0, 0.0)]), silent)
    assert after["known_seconds"].sum() <= before["known_seconds"].sum()
