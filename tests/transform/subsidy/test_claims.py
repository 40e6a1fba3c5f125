"""Claims judged rule by rule: one claim as it should be, and one variation for each clause of the rule files."""

from datetime import UTC, date, datetime

import pytest

from ingest.sample_world.parties import social_credit_code

CITY = social_credit_code(321000, 1)
ELSEWHERE = social_credit_code(310000, 2)
SUPPLIER = social_credit_code(321000, 3)
SISTER = social_credit_code(321000, 4)
NEIGHBOR = social_credit_code(321000, 5)
FROM, TO = date(2026, 6, 1), date(2026, 7, 1)
DAY = date(2026, 6, 10)
BUYERS = {"good": CITY, "outside": ELSEWHERE, "sister": SISTER, "neighbor": NEIGHBOR}
"""A claim of a buyer of the city; the others are named after what is wrong with them."""


def _claim(claim_id: str, buyer: str = CITY, **fields: object) -> dict:
    return {
        "claim_id": claim_id,
        "programme_id": "v1",
        "center_id": "c1",
        "claimant_party_id": buyer,
        "supplier_party_id": SUPPLIER,
        "buyer_party_id": buyer,
        "claimed_on": date(2026, 8, 1),
        "period_from": FROM,
        "period_to": TO,
        "claimed_cny_fen": 300,
        **fields,
    }


def _item(claim_id: str, kind: str, ref: str) -> dict:
    return {"claim_id": claim_id, "item_kind": kind, "item_ref": ref}


def _papers(claim_id: str, lease_id: str, invoice_id: str) -> list[dict]:
    return [
        _item(claim_id, "contract", lease_id),
        _item(claim_id, "invoice", invoice_id),
        _item(claim_id, "platform_order", f"order-{claim_id}"),
    ]


def _used_lease(lease_id: str, tenant: str, lit_seconds: int) -> dict[str, list[dict]]:
    began = datetime(2026, 5, 1, tzinfo=UTC)
    uid = f"card-{lease_id}"
    return {
        "leases": [
            {"lease_id": lease_id, "center_id": "c1", "tenant_party_id": tenant, "purpose": "external_voucher",
             "starts_at": began, "ends_at": datetime(2027, 1, 1, tzinfo=UTC)}
        ],
        "lease_devices": [{"lease_id": lease_id, "center_id": "c1", "device_uid": uid, "allocated_from": began}],
        "device_events": [
            {"event_id": f"{uid}-{state}", "center_id": "c1", "device_uid": uid, "model_id": "nvidia-h100-sxm5-80g",
             "occurred_at": began.replace(minute=n), "state": state, "serial": f"SN-{lease_id}"}
            for n, state in enumerate(("installed", "powered", "commissioned", "in_service"))
        ],
        "device_days": [
            {"center_id": "c1", "device_uid": uid, "local_day": date(2026, 6, day), "known_seconds": 86_400,
             "util_80_100_seconds": lit_seconds, "util_0_1_seconds": 86_400 - lit_seconds, "evidence_class": "A"}
            for day in range(1, 31)
        ],
    }  # fmt: skip


def _billed(name: str, received: int) -> dict[str, list[dict]]:
    return {
        "invoice_lines": [
            {"invoice_line_id": f"{name}-1", "invoice_id": name, "center_id": "c1", "issued_on": date(2026, 7, 5),
             "service_from": FROM, "service_to": TO, "net_cny_fen": 900, "tax_cny_fen": 100}
        ],
        "cash_movements": [
            {"movement_id": f"m-{name}", "center_id": "c1", "booked_on": date(2026, 7, 20), "movement_kind": "receipt",
             "amount_cny_fen": received}
        ],
        "receipt_allocations": [
            {"movement_id": f"m-{name}", "invoice_line_id": f"{name}-1", "center_id": "c1",
             "allocated_cny_fen": received}
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def world(build_world, rows):
    registers: dict[str, list[dict]] = {}
    parts = [_used_lease("l-used", CITY, 43_200), _used_lease("l-idle", CITY, 0)]
    parts += [
        _billed(f"i-{name}", 1_000) for name in ("good", "outside", "sister", "neighbor", "idle", "dear", "twice")
    ]
    parts.append(_billed("i-unpaid", 400))
    for part in parts:
        for name, more in part.items():
            registers.setdefault(name, []).extend(more)
    claims = [_claim(name, buyer, claimed_on=date(2026, 8, n)) for n, (name, buyer) in enumerate(BUYERS.items(), 1)]
    items = [
        item for n, name in enumerate(BUYERS) for item in _papers(name, f"l-used-{n}" if n else "l-used", f"i-{name}")
    ]
    claims += [_claim(name) for name in ("idle", "unpaid", "dear", "bare")]
    items += (
        _papers("idle", "l-idle", "i-idle") + _papers("unpaid", "l-a", "i-unpaid") + _papers("dear", "l-b", "i-dear")
    )
    claims[-2]["claimed_cny_fen"] = 301
    claims += [
        _claim("first", claimed_on=date(2026, 8, 1)),
        _claim("second", programme_id="v2", claimed_on=date(2026, 8, 2)),
        _claim("capped", ELSEWHERE, programme_id="v2", claimed_cny_fen=2_000),
    ]
    items += [_item("first", "invoice", "i-twice"), _item("second", "invoice", "i-twice")]
    claims += [
        _claim("tower", SUPPLIER, programme_id="o1", buyer_party_id=CITY, claimed_on=date(2026, 9, 1)),
        _claim("tower-sister", SISTER, programme_id="o1", supplier_party_id=SISTER, claimed_on=date(2026, 9, 1)),
        _claim("rack", SUPPLIER, programme_id="b1", claimed_on=date(2026, 9, 1)),
    ]
    items += [_item("rack", "serial", "SN-l-used"), _item("rack", "serial", "SN-nobody-knows")]
    voucher = {"scheme_id": "yangzhou-compute-voucher", "subsidy_kind": "compute_voucher", "local_area_code": 321000,
               "claim_share_bp": 3_000, "claim_cap_cny_fen": 1_900}  # fmt: skip
    return build_world(
        registers
        | {
            "centers": [{"center_id": "c1", "time_zone": "Asia/Shanghai", "operator_party_id": SUPPLIER}],
            "parties": [
                {"party_id": party, "party_name_zh": party}
                for party in (CITY, ELSEWHERE, SUPPLIER, SISTER, NEIGHBOR)
            ],
            "party_links": [
                {"link_id": "owns", "from_party_id": SUPPLIER, "to_party_id": SISTER, "link_kind": "shareholding",
                 "share_bp": 6_000, "valid_from": date(2020, 1, 1)},
                {"link_id": "same-door", "from_party_id": SUPPLIER, "to_party_id": NEIGHBOR,
                 "link_kind": "shared_address", "valid_from": date(2020, 1, 1)},
            ],
            "subsidy_programmes": [
                rows.programme("v1", **voucher),
                rows.programme("v2", **voucher),
                rows.programme("o1", scheme_id="qingyang-operations-reward", subsidy_kind="operations_reward"),
                rows.programme("b1", scheme_id="milestone-build-grant"),
                rows.programme("n1", scheme_id="nobody-wrote-this"),
            ],
            "subsidy_claims": claims,
            "subsidy_claim_items": items,
        },
        select=["+fct_claim__verdict", "+fct_claim_rule__evidence", "+fct_claim_rule__verdict", "+fct_claim__double",
                "+fct_programme__settlement"],
    )  # fmt: skip


@pytest.fixture(scope="module")
def verdicts(world, query):
    """By claim and check: finding and verdict."""
    return {
        (row["claim_id"], row["threshold_text"] if row["check_id"] == "paper_present" else row["check_id"]): (
            row["finding"],
            row["verdict"],
        )
        for row in query(world, "from fct_claim_rule__verdict")
    }


def test_a_claim_passes_when_every_rule_does_and_all_of_it_is_admissible(world, query):
    (row,) = query(world, "from fct_claim__verdict where claim_id = 'good'")
    assert (row["verdict"], row["pass_count"], row["rule_count"]) == ("pass", 7, 7)
    assert row["admissible_cny_fen_lower"] == row["admissible_cny_fen_upper"] == 300


@pytest.mark.parametrize(
    ("claim", "check", "finding", "verdict"),
    [
        ("outside", "buyer_in_area", "outside_area", "fail"),
        ("sister", "unaffiliated", "related", "fail"),
        ("neighbor", "unaffiliated", "softly_linked", "undetermined"),
        ("bare", "platform_order", "paper_not_on_file", "undetermined"),
        ("bare", "claimed_once", "nothing_named", "undetermined"),
        ("idle", "executed", "not_used", "fail"),
        ("unpaid", "paid", "not_fully_paid", "fail"),
        ("unpaid", "within_share_and_cap", "above_share", "fail"),
        ("dear", "within_share_and_cap", "above_share", "fail"),
        ("capped", "within_share_and_cap", "above_cap", "fail"),
        ("first", "claimed_once", "claimed_again_later", "undetermined"),
        ("second", "claimed_once", "claimed_before", "fail"),
        ("tower", "capacity_reached", "capacity_too_small", "fail"),
        ("tower", "target_met", "no_target_due", "undetermined"),
        ("tower", "electricity_covers_period", "paper_not_on_file", "undetermined"),
        ("tower", "one_side_claims", "other_side_claims", "undetermined"),
        ("tower", "no_splitting", "related_claimant", "fail"),
        ("rack", "serials_delivered", "serial_not_registered", "undetermined"),
        ("rack", "within_grant", "within_grant", "pass"),
    ],
)
def test_each_clause_says_what_it_found(verdicts, claim, check, finding, verdict):
    assert verdicts[claim, check] == (finding, verdict)


def test_a_double_is_shown_from_both_sides_and_across_programmes(world, query):
    found = query(world, "from fct_claim__double where item_ref = 'i-twice'")
    assert {(row["claim_id"], row["other_claim_id"], row["is_across_programmes"]) for row in found} == {
        ("first", "second", True),
        ("second", "first", True),
    }


def test_a_verdict_names_the_rows_it_rests_on(world, query):
    found = query(
        world,
        """select evidence.record_kind, evidence.row_key
        from fct_claim_rule__evidence as evidence
        inner join fct_claim_rule__verdict as verdict using (claim_id, rule_no)
        where verdict.claim_id = 'sister' and verdict.check_id = 'unaffiliated' order by all""",
    )
    assert {(row["record_kind"], row["row_key"]) for row in found} == {
        ("parties", SISTER),
        ("parties", SUPPLIER),
        ("party_links", "owns"),
    }


def test_a_programme_whose_rule_file_nobody_wrote_says_so(world, query):
    (row,) = query(world, "select terms_note from fct_programme__settlement where programme_id = 'n1'")
    assert row["terms_note"] == "unknown_rule_file"
