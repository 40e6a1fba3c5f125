"""The length of a day is the distance of its two midnights."""

from datetime import UTC, date, datetime

import pytest

DAYS = ["+int_calendar__center_days"]


SPRING, AUTUMN, SHANGHAI_1988 = date(2026, 3, 29), date(2026, 10, 25), date(1988, 4, 17)
ZONES = {"shanghai": ("Asia/Shanghai", SHANGHAI_1988), "london": ("Europe/London", SPRING)}


@pytest.fixture(scope="module")
def day_lengths(build_world, make, query):
    rows = {
        "centers": [make.center(name, zone) for name, (zone, _) in ZONES.items()],
        "capacity_plans": [make.plan(1, due=first, center_id=name) for name, (_, first) in ZONES.items()],
    }
    path = build_world(rows, select=DAYS, as_of=datetime(2026, 11, 1, tzinfo=UTC))
    return {
        (row["center_id"], row["local_day"]): row["day_seconds"]
        for row in query(path, "from int_calendar__center_days")
    }


@pytest.mark.parametrize(
    ("answer", "center_id", "local_day"),
    [
        ("shanghai", "shanghai", SPRING),
        ("london_spring", "london", SPRING),
        ("london_autumn", "london", AUTUMN),
        ("shanghai_1988_dst_start", "shanghai", SHANGHAI_1988),
    ],
)
def test_a_day_is_as_long_as_its_midnights_are_apart(day_lengths, worked_examples, answer, center_id, local_day):
    assert day_lengths[center_id, local_day] == worked_examples["EX-L10"][answer]


def test_the_last_day_shown_is_the_last_one_wholly_before_the_as_of_instant(build_world, make, query):
    rows = {
        "centers": [make.center("shanghai", "Asia/Shanghai"), make.center("utc")],
        "capacity_plans": [make.plan(1, center_id=name) for name in ("shanghai", "utc")],
    }
    path = build_world(rows, select=DAYS, as_of=datetime(2026, 9, 10, 17, tzinfo=UTC))
    sql = "select center_id, max(local_day) as last_day from int_calendar__center_days group by center_id"
    last = {row["center_id"]: row["last_day"] for row in query(path, sql)}
    assert last == {"shanghai": date(2026, 9, 10), "utc": date(2026, 9, 9)}


def test_a_center_without_plan_and_cards_ends_with_its_data(build_world, make, query):
    job = {
        "center_id": "trace",
        "job_id": "j1",
        "started_at": datetime(2026, 8, 1, 23, tzinfo=UTC),
        "ended_at": datetime(2026, 8, 3, 1, tzinfo=UTC),
        "card_count": 4,
    }
    rows = {"centers": [make.center("trace")], "occupancy_jobs": [job]}
    path = build_world(rows, select=[*DAYS, "+fct_center_day__occupancy"])
    days = query(path, "from fct_center_day__occupancy order by local_day")
    assert [row["local_day"].day for row in days] == [1, 2, 3]
    assert [row["occupied_card_seconds"] for row in days] == [4 * 3600, 4 * 86_400, 4 * 3600]
    assert query(path, "select count(*) as n from int_calendar__center_days") == [{"n": 3}]
