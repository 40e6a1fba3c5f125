"""What was granted, paid and taken back, as the register of subsidies has it."""

from datetime import UTC, date, datetime

import pytest


def _programme(programme_id: str, **fields: object) -> dict:
    return {
        "programme_id": programme_id,
        "center_id": "c1",
        "authority_party_id": "gov",
        "grantee_party_id": "op",
        "subsidy_kind": "build_grant",
        "signed_on": date(2026, 1, 1),
        "valid_from": date(2026, 1, 1),
        "granted_cny_fen": 3_000,
        **fields,
    }


def _payment(payment_id: str, programme_id: str, payment_kind: str, amount: int, **fields: object) -> dict:
    return {
        "payment_id": payment_id,
        "programme_id": programme_id,
        "payment_kind": payment_kind,
        "booked_on": date(2026, 2, 1),
        "amount_cny_fen": amount,
        **fields,
    }


def _milestone(milestone_id: str, due_on: date, **fields: object) -> dict:
    return {
        "milestone_id": milestone_id,
        "programme_id": "p1",
        "metric": "lit_of_racked",
        "comparison": "at_least",
        "threshold_milli": 500,
        "threshold_unit": "share",
        "measure_window": "sustained",
        "due_on": due_on,
        **fields,
    }


@pytest.fixture(scope="module")
def world(build_world):
    """Built as of 2026-09-30 17:00 UTC, which is 1 October in Shanghai."""
    return build_world(
        {
            "parties": [{"party_id": "gov", "party_name_zh": "局", "party_kind": "government"}],
            "centers": [{"center_id": "c1", "time_zone": "Asia/Shanghai"}],
            "subsidy_programmes": [
                _programme("p1"),
                _programme("p2", granted_cny_fen=0),
                _programme("p2", granted_cny_fen=100, revision=2),
                _programme("p3", granted_cny_fen=0),
            ],
            "subsidy_payments": [
                _payment("a", "p1", "paid", 2_000),
                _payment("b", "p1", "paid", 400, booked_on=date(2026, 3, 1)),
                _payment("c", "p1", "clawed_back", 900, booked_on=date(2026, 4, 1)),
                _payment("d", "p1", "paid", 9_000, recorded_at=datetime(2026, 11, 1, tzinfo=UTC)),
            ],
            "subsidy_milestones": [
                _milestone("m1", date(2026, 9, 29), declared_state="met"),
                _milestone("m2", date(2026, 9, 30), declared_state="not_met"),
                _milestone("m3", date(2026, 10, 1)),
            ],
        },
        select=["+fct_programme__subsidy"],
        as_of=datetime(2026, 9, 30, 17, tzinfo=UTC),
    )


def test_what_was_taken_back_lowers_what_was_paid_and_not_what_was_granted(world, query):
    (row,) = query(world, "from fct_programme__subsidy where programme_id = 'p1'")
    assert (row["granted_cny_fen"], row["paid_cny_fen"], row["clawed_back_cny_fen"]) == (3_000, 2_400, 900)
    assert (row["net_paid_cny_fen"], row["net_paid_rate_of_granted"]) == (1_500, 0.5)
    assert (row["payment_count"], row["last_booked_on"]) == (3, date(2026, 4, 1))
    assert (row["authority_name_zh"], row["grantee_name_zh"]) == ("局", None)


def test_the_highest_revision_of_a_grant_holds_and_a_grant_of_nothing_has_no_rate(world, query):
    rows = {row["programme_id"]: row for row in query(world, "from fct_programme__subsidy")}
    assert rows["p2"]["granted_cny_fen"] == 100
    assert (rows["p2"]["net_paid_rate_of_granted"], rows["p3"]["net_paid_rate_of_granted"]) == (0.0, None)


def test_a_condition_is_due_once_its_day_has_passed_in_the_center(world, query):
    due = {row["milestone_id"]: row["is_due"] for row in query(world, "from fct_milestone__subsidy")}
    assert due == {"m1": True, "m2": True, "m3": False}
    (row,) = query(world, "from fct_programme__subsidy where programme_id = 'p1'")
    assert (row["milestone_count"], row["due_milestone_count"], row["declared_met_milestone_count"]) == (3, 2, 1)
