"""Whose use lit card time was: the classes, their order, and that they add up."""

from datetime import UTC, date, datetime, timedelta

import pytest

DAY = date(2026, 9, 10)
NOON = 43_200
LONG_AGO = date(2020, 1, 1)
JOBS = {
    "stranger": {},
    "affiliate": {},
    "cousin": {"workload_class": "benchmark"},
    "operator": {"purpose": "own_business"},
    "shares a phone": {},
    "funded": {},
    "nobody said": {"purpose": "unknown"},
    "vendor": {"purpose": "vendor_self_use"},
}
"""Tenant -> what is particular about its lease; each has one card that is lit for half the day."""


def link(one: str, other: str, kind: str) -> dict:
    return {"link_id": f"{one}-{other}", "from_party_id": one, "to_party_id": other, "link_kind": kind,
            "valid_from": LONG_AGO}  # fmt: skip


@pytest.fixture(scope="module")
def built(build_world, make):
    cards = [*JOBS, "no lease", "not accepted", "silent"]
    rows = {
        "centers": [make.center() | {"operator_party_id": "operator"}],
        "parties": [{"party_id": tenant, "party_name_zh": tenant, "party_kind": "tenant"} for tenant in JOBS],
        "offtake_commitments": [
            {"commitment_id": "k", "center_id": "c1", "vendor_party_id": "vendor", "unit": "card_hour"}
        ],
        "party_links": [
            link("vendor", "affiliate", "control"),
            link("affiliate", "cousin", "control"),
            link("vendor", "shares a phone", "shared_phone"),
        ],
        "capacity_plans": [make.plan(len(cards))],
        "device_events": [
            make.event(card, "powered" if card == "not accepted" else "in_service", make.MIDNIGHT) for card in cards
        ],
        "device_days": [make.day(card, DAY, lit=NOON, idle=NOON) for card in cards if card != "silent"],
        "leases": [
            make.lease(tenant, make.MIDNIGHT, make.MIDNIGHT + timedelta(days=60), tenant_party_id=tenant) | particular
            for tenant, particular in JOBS.items()
        ]
        + [make.lease("early", make.MIDNIGHT, make.MIDNIGHT + timedelta(days=60), tenant_party_id="stranger")],
        "lease_devices": [make.lease_device(tenant, tenant, make.MIDNIGHT) for tenant in JOBS]
        + [make.lease_device("early", "not accepted", make.MIDNIGHT)],
        # The vendor paid a quarter of what its tenant pays for September on the 20th of October.
        "party_payments": [
            {"payment_id": "p", "payer_party_id": "vendor", "payee_party_id": "funded", "paid_on": date(2026, 8, 1),
             "amount_cny_fen": 250, "nature": "rebate", "visibility": "declared"}
        ],
        "cash_movements": [
            {"movement_id": "m", "center_id": "c1", "booked_on": date(2026, 10, 20), "movement_kind": "receipt",
             "amount_cny_fen": 1000, "party_id": "funded"}
        ],
    }  # fmt: skip
    marts = ["+fct_center_day_class__organic_use", "+fct_center_month_class__organic_use"]
    return build_world(rows, select=marts, as_of=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def classes(built, query):
    sql = f"select * from fct_center_day_class__organic_use where local_day = date '{DAY}' order by class_order"
    return {row["use_class"]: row for row in query(built, sql)}


def test_each_card_stands_in_the_class_of_whose_use_it_was(classes):
    half_days = {name: (row["card_seconds"] or 0) / NOON for name, row in classes.items()}
    assert half_days == {
        "external_unrelated": 2.75,  # the stranger, who shares a phone, and three quarters of the funded
        "vendor_funded": 0.25,
        "related": 2,  # the affiliate, and the vendor itself
        "own": 1,
        "test": 2,  # the benchmark, although of a relative, and the card that nobody accepted yet
        "suspect_synthetic": 0,
        "unknown": 2,  # no lease, and a purpose nobody told
        "not_known_lit": 2,  # the silent card, all day
    }


def test_the_classes_add_up_to_what_was_lit(classes):
    lit = sum(row["card_seconds"] or 0 for name, row in classes.items() if name != "not_known_lit")
    assert lit == classes["own"]["center_lit_card_seconds"] == 10 * NOON
    assert classes["related"]["share_of_lit"] == 0.2


def test_what_findings_have_not_judged_is_not_zero(classes):
    row = classes["suspect_synthetic"]
    assert (row["card_seconds"], row["share_of_lit"], row["basis"]) == (None, None, "not_judged_yet")


def test_who_shares_a_detail_is_unrelated_until_confirmed_and_counted_beside(classes):
    assert classes["external_unrelated"]["soft_related_card_seconds"] == NOON


def test_weights_are_those_of_the_catalogue(classes, query, built):
    (model,) = query(built, "select weight_gflops from accelerators where model_id = 'nvidia-h800-sxm5-80g'")
    assert classes["own"]["gflops_seconds"] == NOON * model["weight_gflops"]


def test_months_are_sums_of_days(built, query):
    sums = "select use_class, sum(card_seconds) as card_seconds from {} group by use_class order by use_class"
    days, months = (query(built, sums.format(f"fct_center_{grain}_class__organic_use")) for grain in ("day", "month"))
    assert days == months
