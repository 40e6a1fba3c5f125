"""Jobs on the days they ran, and counts of nodes held like samples."""

from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2026, 9, 1, 16, tzinfo=UTC)  # midnight of 2 September in Shanghai


@pytest.fixture(scope="module")
def world(build_world, make):
    count = {"center_id": "c1", "active_node_count": 3, "total_node_count": 5}
    seconds = (-60, 0, 180, 240)
    jobs = [
        {
            "job_id": "long",
            "started_at": START - timedelta(hours=2),
            "ended_at": START + timedelta(hours=30),
            "card_count": 8,
        },
        {"job_id": "ends at midnight", "started_at": START - timedelta(hours=1), "ended_at": START, "card_count": 2},
        {"job_id": "no time", "started_at": START, "ended_at": START, "card_count": 2},
    ]
    nodes = [
        {"node_id": "n1", "model_text": "P100", "card_count": 2},
        {"node_id": "n2", "model_text": "P100", "card_count": 8},
        {"node_id": "n3", "card_count": 0},
    ]
    rows = {
        "centers": [make.center("c1", "Asia/Shanghai")],
        "occupancy_jobs": [{"center_id": "c1"} | job for job in jobs],
        "node_counts": [count | {"counted_at": START + timedelta(seconds=after)} for after in seconds],
        "inventory_nodes": [{"center_id": "c1"} | node for node in nodes],
    }
    return build_world(rows, select=["+fct_center_day__occupancy", "+fct_center__inventory"])


@pytest.fixture(scope="module")
def days(world, query):
    return {row["local_day"].day: row for row in query(world, "from fct_center_day__occupancy")}


def test_a_job_is_booked_to_the_days_it_ran_on_and_not_to_its_start_day(days):
    assert days[1]["occupied_card_seconds"] == (2 * 8 + 1 * 2) * 3600
    assert days[2]["occupied_card_seconds"] == 24 * 8 * 3600
    assert days[3]["occupied_card_seconds"] == 6 * 8 * 3600
    assert [days[day]["job_count"] for day in (1, 2, 3)] == [2, 1, 1]


def test_a_count_is_held_for_two_intervals_and_cut_at_midnight(days):
    assert days[1]["counted_seconds"] == 60
    assert days[2]["counted_seconds"] == 120 + 60 + 120
    assert days[2]["active_node_seconds"] == 3 * 300
    assert days[2]["active_rate_of_nodes"] == 3 / 5


def test_an_inventory_counts_cards_by_the_model_it_names(world, query):
    rows = {row["model_text"]: row for row in query(world, "from fct_center__inventory")}
    assert (rows["P100"]["node_count"], rows["P100"]["card_count"]) == (2, 10)
    assert (rows[""]["node_count"], rows[""]["gpu_node_count"]) == (1, 0)
