"""Energy by every way of measuring it, tokens by request and cards held by pods: one small world, checked on paper."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

SHANGHAI = timezone(timedelta(hours=8))
MODELS = [
    "+fct_center_day__energy",
    "+fct_center_month__energy",
    "+fct_center_day__tokens",
    "+fct_center_day__allocation",
    "+int_integrity__repeated_rows",
    "+int_figures__energy",
]


def at(day, hour=0, minute=0, second=0):
    return datetime(2026, 9, 1, hour, minute, second, tzinfo=SHANGHAI) + timedelta(days=day - 1)


def reading(meter, scope, when, **said):
    return {"center_id": "c-1", "meter_id": meter, "meter_scope": scope, "read_at": when, "source_method": "pdu"} | said


def total(when, wh):
    return reading("bmc-1", "server", when, server_id="host-1", total_wh=wh)


def request(request_id, prompt, completion, when, sha="a", cached=None):
    return {
        "center_id": "c-1",
        "request_id": request_id,
        "requested_at": when,
        "tenant_name": "T-1",
        "model_name": "qwen",
        "prompt_token_count": prompt,
        "cached_token_count": cached,
        "completion_token_count": completion,
        "source_sha256": sha,
    }


def sight(pod, when, cards=0, started=None):
    return {"center_id": "c-1", "pod_id": pod, "seen_at": when, "card_count": cards, "started_at": started}


WORLD = {
    "centers": [{"center_id": "c-1", "time_zone": "Asia/Shanghai", "telemetry_interval_seconds": 300}],
    "servers": [
        {"server_id": "srv-1", "center_id": "c-1", "host_name": "host-1"},
        {"server_id": "srv-2", "center_id": "c-1"},
    ],
    "capacity_plans": [
        {
            "plan_line_id": "p",
            "center_id": "c-1",
            "plan_basis": "approved_total",
            "model_id": "nvidia-h20-96g",
            "planned_card_count": 1,
            "due_on": date(2026, 9, 1),
        }
    ],
    "device_events": [
        {
            "event_id": f"e-{number}",
            "center_id": "c-1",
            "device_uid": f"d-{number}",
            "model_id": "nvidia-h20-96g",
            "occurred_at": at(1) - timedelta(days=5),
            "state": "in_service",
            "server_id": f"srv-{number}",
        }
        for number in (1, 2)
    ],
    "power_readings": [
        # Server 1, named by its host name, tells a running total that starts again from zero on the second day.
        total(at(1), 1_000),
        total(at(2), 25_000),
        total(at(2, 12), 40),
        total(at(3), 6_040),
        # Server 2 tells 240 Wh from noon to noon, and the same time again in part.
        reading("bmc-2", "server", at(2, 12), server_id="srv-2", started_at=at(1, 12), energy_wh=240),
        reading("bmc-2", "server", at(2, 13), server_id="srv-2", started_at=at(1, 13), energy_wh=999),
        # A processor of server 1 is in what server 1 draws.
        reading("cpu-1", "component", at(1), server_id="srv-1", power_w_milli=999_000_000),
        # An outlet strip of 36 W: 5 minutes to the next reading, then twice 15 minutes of hold.
        reading("pdu-1", "pdu", at(1), power_w_milli=36_000),
        reading("pdu-1", "pdu", at(1, 0, 5), power_w_milli=36_000),
        reading("pdu-1", "pdu", at(1, 2), power_w_milli=36_000),
    ],
    "utility_bills": [
        {
            "bill_id": "b-1",
            "center_id": "c-1",
            "meter_id": "grid",
            "period_start_on": date(2026, 9, 1),
            "period_end_on": date(2026, 9, 4),
            "energy_kwh_milli": 40_000,
            "peak_kwh_milli": 25_001,
            "valley_kwh_milli": 14_999,
            "amount_cny_fen": 100,
            "tax_basis": "included",
        }
    ],
    "token_usage": [
        request("r-1", 10, 4, at(1, 9), cached=3),
        request("r-1", 10, 4, at(1, 9, 1), sha="b", cached=3),
        request("r-2", 20, 6, at(1, 10)),
        request("r-2", 26, 5, at(1, 10), sha="b"),
        request("r-3", 1, 1, at(2, 0)),
    ],
    "pod_allocations": [
        # Snapshots at 08:00 and 08:05 hold 5 and 10 minutes; one at 12:00 holds 10.
        sight("*", at(1, 8)),
        sight("*", at(1, 8, 5)),
        sight("*", at(1, 12)),
        # Started the day before and seen at 08:05 and 12:00: 12 h 10 min on the first day, an hour on the one before.
        sight("uid-1", at(1, 8, 5), 2, started=at(1) - timedelta(hours=1)),
        sight("uid-1", at(1, 12), 2, started=at(1) - timedelta(hours=1)),
        # Known by its name alone: only what the snapshots hold, 5 and 10 minutes.
        sight("ns/web-0", at(1, 8), 1),
        sight("ns/web-0", at(1, 12), 1),
    ],
}


@pytest.fixture(scope="module")
def world(build_world):
    return build_world(WORLD, select=MODELS, as_of=datetime(2026, 9, 4, tzinfo=UTC))


@pytest.fixture(scope="module")
def energy(world, query):
    rows = query(world, "select * from fct_center_day__energy")
    return {(row["local_day"].day, row["meter_scope"]): row for row in rows if row["local_day"].month == 9}


def known(row):
    return row["energy_wh"], row["known_seconds"], row["expected_seconds"]


def test_a_running_total_that_starts_again_leaves_the_time_between_unknown(energy):
    day = 86_400
    assert known(energy[1, "server"]) == (24_000 + 120, day + day // 2, 2 * day)
    assert known(energy[2, "server"]) == (6_000 + 120, day // 2 + day // 2, 2 * day)


def test_servers_that_fell_silent_are_still_expected_and_their_energy_is_unknown_not_zero(energy):
    assert known(energy[3, "server"]) == (None, 0, 2 * 86_400)
    assert energy[3, "server"]["known_rate_of_expected"] == 0


def test_power_at_instants_is_held_to_the_next_reading_or_a_quarter_of_an_hour(energy):
    assert known(energy[1, "pdu"]) == (21, 300 + 900 + 900, 86_400)
    assert known(energy[2, "pdu"]) == (None, 0, 86_400)


def test_the_days_of_a_bill_add_up_to_the_bill(energy):
    assert [energy[day, "bill"]["energy_wh"] for day in (1, 2, 3)] == [13_333, 13_333, 13_334]


def test_energy_of_the_cards_is_unknown_where_no_card_reports(energy):
    assert known(energy[1, "device"]) == (None, 0, 2 * 86_400)


def test_the_month_sets_the_bill_beside_the_best_known_meter_and_gives_no_pue_over_unknown_machines(world, query):
    (month,) = query(world, "select * from fct_center_month__energy where month_start_on = '2026-09-01'")
    assert (month["machine_meter_scope"], month["machine_energy_wh"]) == ("server", 30_240)
    assert (month["facility_meter_scope"], month["facility_energy_wh"], month["bill_with_tax_fen"]) == (
        "bill",
        40_000,
        100,
    )
    assert month["bill_without_tax_fen"] is None
    assert (month["bill_peak_wh"], month["bill_valley_wh"], month["bill_flat_wh"]) == (25_001, 14_999, None)
    assert (month["pue"], month["pue_upper"], month["pue_withheld_reason"]) == (None, None, "machines_mostly_unknown")


def test_a_pue_is_a_figure_with_its_parts_and_one_over_partly_known_machines_is_at_least_one(build_world, query):
    day = timedelta(days=1)
    readings = [
        reading(
            "bmc-1", "server", at(2) + number * day, server_id="srv-1", started_at=at(1) + number * day, energy_wh=100
        )
        for number in range(30)
    ]
    whole = WORLD | {
        "device_events": WORLD["device_events"][:1],
        "power_readings": readings,
        "utility_bills": [WORLD["utility_bills"][0] | {"period_end_on": date(2026, 10, 1), "energy_kwh_milli": 3_900}],
    }
    half_lit = {"known_seconds": 86_400, "util_0_1_seconds": 43_200, "util_80_100_seconds": 43_200}
    whole["device_days"] = [
        half_lit | {"center_id": "c-1", "device_uid": "d-1", "evidence_class": "B", "local_day": date(2026, 9, number)}
        for number in range(1, 30)
    ]
    asked = "select * from int_figures__energy"
    for kept, expected in ((30, (1.3, 1.3, 1.3, 1.0)), (27, (1.0, 3_900 / 2_700, None, 0.9))):
        world = build_world(
            whole | {"power_readings": readings[:kept]},
            select=["+int_figures__energy"],
            as_of=datetime(2026, 10, 2, tzinfo=UTC),
        )
        (figure,) = [row for row in query(world, asked) if row["period_start"] == date(2026, 9, 1)]
        assert tuple(figure[name] for name in ("lower", "upper", "observed", "coverage")) == expected
        assert figure["numerator_upper"] / figure["denominator"] == figure["upper"]
    # One yuan over 29 days lit for 12 hours each, and a 30th of which nothing is known.
    (price,) = query(world, "select * from int_energy__center_months where month_start_on = '2026-09-01'")
    assert price["bill_cny_per_lit_card_hour_upper"] == pytest.approx(1 / (29 * 12))
    assert price["bill_cny_per_lit_card_hour_lower"] == pytest.approx(1 / (29 * 12 + 24))


def test_a_request_told_twice_counts_once_and_one_told_differently_is_an_interval(world, query):
    first, second = query(world, "select * from fct_center_day__tokens order by local_day")
    assert (first["request_count"], first["repeated_line_count"], first["conflicting_request_count"]) == (2, 1, 1)
    assert (first["prompt_token_count_lower"], first["prompt_token_count_upper"]) == (30, 36)
    assert (first["completion_token_count_lower"], first["completion_token_count_upper"]) == (9, 10)
    assert (first["cached_known_request_count"], first["cached_token_count_lower"]) == (1, 3)
    assert (second["local_day"].day, second["prompt_token_count_upper"]) == (2, 1)


def test_a_retry_at_another_second_is_a_duplicate_and_one_with_other_tokens_a_conflict_for_a_person(world, query):
    rows = query(world, "select row_key, standing from int_integrity__repeated_rows where record_kind = 'token_usage'")
    assert sorted(tuple(row.values()) for row in rows) == [
        ("c-1 / r-1", "duplicate"),
        ("c-1 / r-1", "in_force"),
        ("c-1 / r-2", "conflict"),
        ("c-1 / r-2", "conflict"),
    ]


def test_the_order_in_which_lines_of_a_request_came_changes_nothing(world, query, build_world):
    turned = WORLD | {
        "token_usage": [
            row | {"source_sha256": "z" if row["source_sha256"] == "a" else "b"} for row in WORLD["token_usage"][::-1]
        ]
    }
    other = build_world(turned, select=["+fct_center_day__tokens"], as_of=datetime(2026, 9, 4, tzinfo=UTC))
    asked = "select * from fct_center_day__tokens order by all"
    assert query(other, asked) == query(world, asked)


def test_a_pod_holds_its_cards_between_two_sights_and_one_known_by_name_only_at_each(world, query):
    rows = query(world, "select * from fct_center_day__allocation order by local_day")
    by_day = {row["local_day"]: row for row in rows}
    first = by_day[date(2026, 9, 1)]
    assert first["seen_seconds"] == 300 + 600 + 600
    assert first["pod_allocated_card_seconds"] == 2 * (12 * 3600 + 600) + (300 + 600)
    assert first["pod_count"] == 2
    before = by_day[date(2026, 8, 31)]
    assert (before["seen_seconds"], before["pod_allocated_card_seconds"]) == (0, 2 * 3600)
