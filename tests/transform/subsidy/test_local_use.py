"""Who counts as local, on which basis, and what the check digit, kinship and unknown hours do to the share."""

from datetime import UTC, date, datetime

import pytest

from ingest.sample_world.parties import social_credit_code

LOCAL = social_credit_code(321000, 1)
LOCAL_TOO = social_credit_code(321012, 2)
ELSEWHERE = social_credit_code(310000, 3)
OPERATOR = social_credit_code(321000, 9)
MISTYPED = LOCAL[:-1] + ("0" if LOCAL[-1] != "0" else "1")
REAL_FORM = "914403001922038216"
DAY = date(2026, 9, 1)
HOURS = {"l1": 9, "l2": 11}
"""Lit card-hours of a day: 45 % and 55 %."""


def _lease(lease_id: str, tenant: str) -> dict:
    return {
        "lease_id": lease_id,
        "center_id": "c1",
        "tenant_party_id": tenant,
        "purpose": "external_paid",
        "starts_at": datetime(2026, 8, 1, tzinfo=UTC),
        "ends_at": datetime(2027, 8, 1, tzinfo=UTC),
    }


def _card(uid: str, lease_id: str) -> dict[str, list[dict]]:
    began = datetime(2026, 8, 1, tzinfo=UTC)
    lit = HOURS[lease_id] * 3600
    states = ("installed", "powered", "commissioned", "in_service")
    return {
        "device_events": [
            {"event_id": f"{uid}-{state}", "center_id": "c1", "device_uid": uid, "model_id": "nvidia-h100-sxm5-80g",
             "occurred_at": began.replace(minute=n), "state": state}
            for n, state in enumerate(states)
        ],
        "lease_devices": [
            {"lease_id": lease_id, "center_id": "c1", "device_uid": uid, "allocated_from": began}
        ],
        "device_days": [
            {"center_id": "c1", "device_uid": uid, "local_day": DAY, "known_seconds": 86_400,
             "util_80_100_seconds": lit, "util_0_1_seconds": 86_400 - lit, "evidence_class": "A"}
        ],
    }  # fmt: skip


def _line(line_id: str, payer: str, fen: int) -> dict:
    return {
        "invoice_line_id": line_id, "invoice_id": line_id, "center_id": "c1", "payer_party_id": payer,
        "issued_on": date(2026, 9, 20), "service_from": DAY, "service_to": date(2026, 9, 2), "net_cny_fen": fen,
        "tax_cny_fen": 0,
    }  # fmt: skip


@pytest.fixture(scope="module")
def world(build_world, rows):
    registers: dict[str, list[dict]] = {}
    for card in (_card("g1", "l1"), _card("g2", "l2")):
        for name, more in card.items():
            registers.setdefault(name, []).extend(more)
    return build_world(
        registers
        | {
            "centers": [{"center_id": "c1", "time_zone": "Asia/Shanghai", "operator_party_id": OPERATOR}],
            "capacity_plans": [
                {"plan_line_id": "pl", "center_id": "c1", "plan_basis": "approved_total", "planned_card_count": 2,
                 "model_id": "nvidia-h100-sxm5-80g", "due_on": date(2026, 8, 1)}
            ],
            "parties": [
                {"party_id": LOCAL, "party_name_zh": "甲", "registered_on": date(2026, 6, 1)},
                {"party_id": ELSEWHERE, "party_name_zh": "乙", "registered_on": date(2020, 6, 1)},
                {"party_id": LOCAL_TOO, "party_name_zh": "丙"},
                {"party_id": MISTYPED, "party_name_zh": "丁"},
                {"party_id": REAL_FORM, "party_name_zh": "戊"},
            ],
            "party_sizes": [
                {"party_id": LOCAL, "stated_on": DAY, "insured_headcount": 4, "customer_count": 1},
                {"party_id": ELSEWHERE, "stated_on": DAY, "insured_headcount": 0, "customer_count": 0},
            ],
            "leases": [_lease("l1", LOCAL), _lease("l2", ELSEWHERE)],
            "invoice_lines": [_line("i1", LOCAL, 6_200), _line("i2", ELSEWHERE, 3_800)],
            "cash_movements": [
                {"movement_id": f"m{n}", "center_id": "c1", "booked_on": date(2026, 9, 25), "movement_kind": "receipt",
                 "amount_cny_fen": fen}
                for n, fen in ((1, 6_200), (2, 3_800))
            ],
            "receipt_allocations": [
                {"movement_id": "m1", "invoice_line_id": "i1", "center_id": "c1", "allocated_cny_fen": 6_200},
                {"movement_id": "m2", "invoice_line_id": "i2", "center_id": "c1", "allocated_cny_fen": 3_800},
            ],
            "subsidy_programmes": [
                rows.programme(local_area_code=321000, local_use_basis="spend", valid_from=DAY,
                               valid_to=date(2026, 9, 2)),
                rows.programme("p2", local_area_code=310000, valid_from=DAY, valid_to=date(2026, 9, 2)),
            ],
        },
        select=["+fct_programme__local_use", "+fct_programme_user__use"],
    )  # fmt: skip


def _shares(world, query, programme_id: str) -> dict[str, tuple[float, float]]:
    return {
        row["basis"]: (round(row["local_rate_lower"], 4), round(row["local_rate_upper"], 4))
        for row in query(world, f"from fct_programme__local_use where programme_id = '{programme_id}'")
    }


def test_the_share_depends_on_what_is_counted(world, query, worked_examples):
    shares = _shares(world, query, "p1")
    expected = worked_examples["EX-G2"]
    assert shares["pflops_hours"] == shares["card_hours"] == (expected["local_hours"], expected["local_hours"])
    assert shares["spend"] == (expected["by_spend"], expected["by_spend"])
    assert shares["firms"] == (0.5, 0.5)


def test_the_basis_of_the_grant_is_marked(world, query):
    found = query(world, "select programme_id, basis from fct_programme__local_use where is_programme_basis")
    assert {(row["programme_id"], row["basis"]) for row in found} == {("p1", "spend"), ("p2", "pflops_hours")}


def test_the_area_of_a_code_counts_only_where_its_check_digit_is_right(world, query):
    codes = {row["party_id"]: row for row in query(world, "from int_subsidy__party_codes")}
    assert (codes[LOCAL_TOO]["is_code_valid"], codes[LOCAL_TOO]["area_code"]) == (True, 321012)
    assert codes[REAL_FORM]["area_code"] == 440300
    assert (codes[MISTYPED]["is_code_valid"], codes[MISTYPED]["area_code"]) == (False, None)


def test_a_young_user_with_one_customer_is_flagged_and_an_old_empty_one_is_not(world, query):
    found = {
        row["user_party_id"]: row["shell_verdict"]
        for row in query(world, "from fct_programme_user__use where programme_id = 'p1'")
    }
    assert found == {LOCAL: "flagged", ELSEWHERE: "not_flagged"}
