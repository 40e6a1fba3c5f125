from datetime import date

import numpy as np
import polars as pl
import pytest

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.telemetry.holds import DEVICE_SECONDS, held_seconds
from ingest.telemetry.hour_sums import sum_hours
from ingest.telemetry.rollup import roll_up_day
from ingest.telemetry.rows import Rows
from ingest.telemetry.schema import DEVICE_HOUR_SCHEMA, VALUE_COLUMNS

DAY = date(2026, 9, 1)
MIDNIGHT = "2026-09-01T00:00:00+08:00"


def shanghai_day(samples, interval_seconds=60, **changes):
    arguments = {"center_id": "c-1", "local_day": DAY, "time_zone": "Asia/Shanghai"} | changes
    return roll_up_day(samples, interval_seconds=interval_seconds, **arguments)


def totals(device_hours, *columns):
    return device_hours.select(pl.col(columns).sum()).row(0)


def test_the_result_has_the_device_hour_columns_even_when_nothing_was_sampled(lake_samples):
    assert dict(shanghai_day(lake_samples(MIDNIGHT, [])).schema) == DEVICE_HOUR_SCHEMA
    assert dict(shanghai_day(lake_samples(MIDNIGHT, [(0, 5.0)]).lazy()).schema) == DEVICE_HOUR_SCHEMA


def test_one_missed_scrape_is_bridged_and_no_more(lake_samples):
    start = "2026-09-01T23:54:00+08:00"
    device_hours = shanghai_day(lake_samples(start, [(0, 50.0), (60, 50.0), (240, 50.0), (300, 50.0)]))
    assert totals(device_hours, "known_seconds", "sample_count") == (300, 4)


def test_a_hold_ends_at_the_next_sample_after_two_intervals_or_with_the_day():
    second = np.array([1, 1, 1, 2, 2]) * DEVICE_SECONDS + np.array([0, 60, 240, 0, 300])
    for ends in (np.arange(5), np.array([2, 4])):
        held = held_seconds(second, ends, end_second=330, interval_seconds=60)
        assert ((second + held) % DEVICE_SECONDS).tolist() == [60, 180, 330, 120, 330]


def test_parts_of_devices_may_come_in_any_order_and_holds_beyond_an_hour_still_find_theirs():
    device, second = np.repeat(np.arange(1, 61), 200), np.tile(np.arange(200) * 50 + 30, 60)
    values = {name: np.full(len(device), 40.0, dtype=np.float32) for name in VALUE_COLUMNS}
    rows = Rows((device * DEVICE_SECONDS + second) * 1_000, values)
    parts = [rows.part(6_000), rows.part(0, 2_000), rows.part(2_000, 6_000)]
    mixed, straight = (sum_hours(given, 86_400, 60).sort("slot") for given in (parts, [rows]))
    assert mixed.equals(straight)
    assert mixed["slot"].is_unique().all()
    assert straight["from_0_seconds"].sum() == 60 * (199 * 50 + 120)


def test_cards_whose_keys_lie_far_apart_are_summed_like_neighbors():
    second = np.tile(np.arange(1_440) * 60, 3)
    values = {name: np.linspace(0, 100, len(second), dtype=np.float32) for name in VALUE_COLUMNS}
    near, far = (
        sum_hours([Rows((np.repeat(keys, 1_440) * DEVICE_SECONDS + second) * 1_000, values)], 86_400, 60)
        for keys in ([1, 2, 3], [1, 20_000, 30_000_000])
    )
    assert far["slot"].to_list()[-1] // 32 == 30_000_000
    assert far.drop("slot").equals(near.drop("slot"))


def test_nothing_is_held_from_the_day_before_and_its_samples_are_left_out(lake_samples):
    device_hours = shanghai_day(lake_samples(MIDNIGHT, [(-1, 90.0), (30, 90.0)]))
    assert totals(device_hours, "known_seconds", "sample_count") == (120, 1)


def test_ten_seconds_of_work_every_five_minutes_are_three_percent_and_not_all_of_the_time(lake_samples):
    rows = [(second, 100.0 if second % 300 == 0 else 0.0) for second in range(0, 3_600, 10)]
    row = shanghai_day(lake_samples(MIDNIGHT, rows), interval_seconds=10).row(0, named=True)
    assert (row["util_80_100_seconds"], row["known_seconds"]) == (120, 3_600)
    assert row["util_80_100_seconds"] / row["known_seconds"] == pytest.approx(0.033333, abs=1e-6)


@pytest.mark.parametrize(
    ("utilization", "column"),
    [
        (0.0, "util_0_1_seconds"),
        (0.99, "util_0_1_seconds"),
        (1.0, "util_1_5_seconds"),
        (5.0, "util_5_10_seconds"),
        (10.0, "util_10_20_seconds"),
        (20.0, "util_20_50_seconds"),
        (50.0, "util_50_80_seconds"),
        (80.0, "util_80_100_seconds"),
        (100.0, "util_80_100_seconds"),
    ],
)
def test_a_bin_holds_its_lower_edge_and_the_last_one_also_a_hundred(lake_samples, utilization, column):
    row = shanghai_day(lake_samples(MIDNIGHT, [(0, utilization)])).row(0, named=True)
    assert {name: row[name] for name in UTILIZATION_BIN_COLUMNS if row[name]} == {column: 120}


def test_a_sample_without_utilization_holds_as_unknown_and_never_as_idle(lake_samples):
    row = shanghai_day(lake_samples(MIDNIGHT, [(0, 50.0), (60, None), (120, 50.0)])).row(0, named=True)
    assert (row["known_seconds"], row["util_0_1_seconds"], row["unreadable_count"]) == (180, 0, 1)


def test_the_profiling_counter_goes_before_plain_utilization_and_makes_evidence_class_a(lake_samples):
    plain = shanghai_day(lake_samples(MIDNIGHT, [(0, 100.0)])).row(0, named=True)
    profiled = shanghai_day(lake_samples(MIDNIGHT, [(0, 100.0)], compute_active_pct=3.0)).row(0, named=True)
    assert (plain["evidence_class"], plain["util_80_100_seconds"]) == ("B", 120)
    assert (profiled["evidence_class"], profiled["util_1_5_seconds"], profiled["util_80_100_seconds"]) == ("A", 120, 0)


def test_a_repeated_row_is_dropped_and_counted(lake_samples):
    once = lake_samples(MIDNIGHT, [(0, 50.0), (60, 70.0)])
    row = shanghai_day(pl.concat([once, once, once])).row(0, named=True)
    assert (row["known_seconds"], row["sample_count"], row["duplicate_count"], row["conflict_count"]) == (180, 2, 4, 0)


def test_contradicting_rows_leave_their_instant_unknown_but_end_the_hold_before(lake_samples):
    rows = [(0, 50.0), (60, 70.0), (60, 10.0), (120, 50.0)]
    row = shanghai_day(lake_samples(MIDNIGHT, rows)).row(0, named=True)
    assert (row["known_seconds"], row["util_50_80_seconds"]) == (180, 180)
    assert (row["sample_count"], row["conflict_count"], row["unreadable_count"], row["duplicate_count"]) == (3, 1, 0, 0)


def test_rows_that_fill_each_others_gaps_are_one_sample(lake_samples):
    utilization = lake_samples(MIDNIGHT, [(0, 50.0)])
    power = lake_samples(MIDNIGHT, [(0, None)], power_w=300.0)
    row = shanghai_day(pl.concat([utilization, power])).row(0, named=True)
    assert (row["known_seconds"], row["energy_known_seconds"], row["energy_wh"]) == (120, 120, 10)
    assert (row["sample_count"], row["conflict_count"], row["duplicate_count"]) == (1, 0, 0)


def test_a_hold_is_split_at_the_hour(lake_samples):
    device_hours = shanghai_day(lake_samples(MIDNIGHT, [(3_570, 50.0)]))
    assert device_hours["known_seconds"].to_list() == [30, 90]
    assert device_hours["sample_count"].to_list() == [1, 0]
    assert device_hours["first_sampled_at"].is_null().to_list() == [False, True]


def test_a_slow_feed_holds_over_several_hours(lake_samples):
    device_hours = shanghai_day(lake_samples(MIDNIGHT, [(1_800, 50.0)]), interval_seconds=3_600)
    assert device_hours["known_seconds"].to_list() == [1_800, 3_600, 1_800]


@pytest.mark.parametrize(
    ("time_zone", "day", "midnight", "seconds"),
    [
        ("Asia/Shanghai", date(2026, 9, 1), "2026-09-01T00:00:00+08:00", 86_400),
        ("Asia/Shanghai", date(1988, 4, 17), "1988-04-17T00:00:00+08:00", 82_800),
        ("Europe/London", date(2026, 3, 29), "2026-03-29T00:00:00+00:00", 82_800),
        ("Europe/London", date(2026, 10, 25), "2026-10-25T00:00:00+01:00", 90_000),
    ],
)
def test_a_local_day_is_as_long_as_its_zone_says(lake_samples, time_zone, day, midnight, seconds):
    rows = [(second, 50.0) for second in range(0, 90_000, 60)]
    device_hours = shanghai_day(lake_samples(midnight, rows), time_zone=time_zone, local_day=day)
    assert totals(device_hours, "known_seconds", "expected_seconds", "sample_count") == (
        seconds,
        seconds,
        seconds // 60,
    )


def test_where_the_offset_is_half_an_hour_the_outer_utc_hours_expect_half_an_hour(lake_samples):
    midnight = "2026-09-01T00:00:00+05:30"
    rows = [(second, 50.0) for second in range(0, 86_400, 60)]
    device_hours = shanghai_day(lake_samples(midnight, rows), time_zone="Asia/Kolkata")
    assert device_hours["expected_seconds"].to_list() == [1_800, *[3_600] * 23, 1_800]
    assert device_hours["known_seconds"].to_list() == device_hours["expected_seconds"].to_list()


def test_memory_says_occupied_and_active_pipes_say_productive_each_where_it_is_known(lake_samples):
    row = shanghai_day(
        pl.concat(
            [
                lake_samples(MIDNIGHT, [(0, 50.0)], memory_used_bytes=1 << 30, tensor_active_pct=50.0),
                lake_samples(MIDNIGHT, [(60, 50.0)], memory_used_bytes=(1 << 30) - 1, sm_active_pct=49.0),
                lake_samples(MIDNIGHT, [(120, 50.0)]),
            ]
        )
    ).row(0, named=True)
    assert (row["occupied_seconds"], row["occupancy_known_seconds"]) == (60, 120)
    assert (row["productive_seconds"], row["productive_known_seconds"]) == (60, 120)


def test_busy_is_utilization_times_the_seconds_it_held_and_above_zero_is_not_lit(lake_samples):
    # Held over the hour's end, the last sample speaks for the next hour as well.
    rows = [(0, 0.0), (60, 0.5), (120, 60.0), (180, None), (3_570, 12.34)]
    first, second = shanghai_day(lake_samples(MIDNIGHT, rows)).rows(named=True)
    assert first["busy_bp_seconds"] == 60 * 50 + 60 * 6_000 + 30 * 1_234
    assert second["busy_bp_seconds"] == 90 * 1_234
    assert (first["above_zero_seconds"], first["util_0_1_seconds"]) == (60 + 60 + 30, 120)


def test_energy_is_power_times_the_seconds_it_held(lake_samples):
    rows = [(second, 50.0) for second in range(0, 3_600, 60)]
    row = shanghai_day(lake_samples(MIDNIGHT, rows, power_w=350.0)).row(0, named=True)
    assert (row["energy_wh"], row["energy_known_seconds"]) == (350, 3_600)


def test_a_value_that_is_no_percentage_is_unknown_even_if_it_reached_the_lake(lake_samples):
    rows = [(0, 808_334_905.0), (60, float("nan")), (120, -1.0), (180, 50.0)]
    row = shanghai_day(lake_samples(MIDNIGHT, rows, power_w=float("nan"))).row(0, named=True)
    assert (row["known_seconds"], row["unreadable_count"]) == (120, 3)
