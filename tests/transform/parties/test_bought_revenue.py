"""EX-O5 and the clauses of bought revenue: order of time, window, goods delivered, each yuan once, the invisible."""

from datetime import UTC, date, datetime

import pytest

JUNE = date(2026, 6, 1)
LATER = date(2026, 6, 20)
FEN = 100_000


def cases(case) -> list:
    """All cases of this file; their names say what is about them."""
    goods = {"nature": "goods", "goods_receipt": "GRN-1"}
    return [
        case("worked").paid("vendor", "tenant", JUNE, 100).received("tenant", LATER, 35).received("other", LATER, 45),
        case("partial").paid("vendor", "tenant", JUNE, 20).received("tenant", LATER, 35).received("other", LATER, 45),
        case("unseen").received("tenant", LATER, 35),
        case("after").paid("vendor", "tenant", LATER, 100).received("tenant", JUNE, 35),
        # 1 January is the first of 180 days; 29 June is the last.
        case("in-time").paid("vendor", "tenant", date(2026, 1, 1), 100).received("tenant", date(2026, 6, 29), 35),
        case("too-late").paid("vendor", "tenant", date(2026, 1, 1), 100).received("tenant", date(2026, 6, 30), 35),
        case("goods").paid("vendor", "tenant", JUNE, 100, **goods).received("tenant", LATER, 35),
        case("no-receipt").paid("vendor", "tenant", JUNE, 100, nature="goods").received("tenant", LATER, 35),
        case("two-vendors")
        .paid("vendor", "tenant", JUNE, 30)
        .paid("rival", "tenant", JUNE, 30)
        .received("tenant", LATER, 35),
        case("once")
        .paid("vendor", "tenant", JUNE, 50)
        .paid("vendor", "tenant", date(2026, 8, 1), 5)
        .received("tenant", date(2026, 6, 10), 30)
        .received("tenant", date(2026, 6, 11), 30, movement_id="elsewhere", center_id="worked")
        .received("tenant", date(2026, 8, 2), 30),
        case("related")
        .paid("vendor", "tenant", JUNE, 1, visibility="bank_statement")
        .paid("vendor", "tenant", LATER, 1, visibility="contract")
        .received("tenant", LATER, 5)
        .received("held", LATER, 5),
    ]


LINKS = [
    {"link_id": "l1", "from_party_id": "related-vendor", "to_party_id": "related-tenant", "link_kind": "shared_phone",
     "valid_from": date(2024, 1, 1)},
    {"link_id": "l2", "from_party_id": "related-vendor", "to_party_id": "related-held", "link_kind": "shareholding",
     "share_bp": 2000, "valid_from": date(2024, 1, 1)},
]  # fmt: skip


@pytest.fixture(scope="module")
def built(build_world, make_case, parties_world):
    marts = ["+fct_party_pair__bought_revenue", "+fct_center_month__bought_revenue"]
    rows = parties_world(cases(make_case), party_links=LINKS)
    return build_world(rows, select=marts, as_of=datetime(2026, 12, 31, tzinfo=UTC))


@pytest.fixture(scope="module")
def pairs(built, query):
    rows = query(built, "select * from fct_party_pair__bought_revenue order by vendor_party_id")
    return {(row["center_id"], row["vendor_party_id"], row["consumer_party_id"]): row for row in rows}


@pytest.fixture(scope="module")
def pair(pairs):
    """A function from a case, and whom else it is about, to the row of its vendor and consumer."""

    def find(name, vendor="vendor", consumer="tenant", center=None):
        return pairs[(center or name, f"{name}-{vendor}", f"{name}-{consumer}")]

    return find


@pytest.fixture(scope="module")
def june(built, query):
    rows = query(built, "select * from fct_center_month__bought_revenue where month_start_on = date '2026-06-01'")
    return {row["center_id"]: row for row in rows}


def test_the_worked_example_is_met(pair, june, worked_examples, built, query):
    expected = worked_examples["EX-O5"]
    assert pair("worked")["purchased_cny_fen"] == expected["purchased"] * FEN
    assert round(pair("worked")["paid_per_purchased_ratio"], 6) == expected["ratio"]
    assert pair("partial")["purchased_cny_fen"] == expected["partial"] * FEN
    assert june["partial"]["revenue_cny_fen"] == 80 * FEN
    assert june["partial"]["quality_adjusted_cny_fen"] == expected["partial_clean"] * FEN
    # The center of the worked case also has the receipt of 30, 20 of it bought, of the case that pays two centers.
    whole = june["worked"]
    assert whole["quality_adjusted_cny_fen"] == (expected["quality_adjusted"] + 30 - 20) * FEN


def test_what_cannot_be_seen_is_unknown_and_never_said_not_to_exist(pair, june):
    assert pair("unseen")["visibility"] == "not_visible"
    assert pair("unseen")["withheld_reason"] == "no_payment_visible"
    assert pair("unseen")["purchased_cny_fen"] is None
    assert june["unseen"]["quality_adjusted_cny_fen"] is None
    assert june["unseen"]["not_visible_revenue_cny_fen"] == 35 * FEN


def test_money_that_comes_after_the_revenue_did_not_pay_for_it(pair):
    assert pair("after")["purchased_cny_fen"] == 0


def test_money_of_a_vendor_is_looked_for_through_180_days(pair):
    assert pair("in-time")["purchased_cny_fen"] == 35 * FEN
    assert pair("too-late")["purchased_cny_fen"] == 0


def test_each_yuan_of_the_vendor_buys_once_over_receipts_and_centers(pair):
    assert pair("once")["purchased_cny_fen"] == 35 * FEN
    assert pair("once", center="worked")["purchased_cny_fen"] == 20 * FEN


def test_goods_with_a_receipt_for_them_buy_no_revenue_and_goods_without_one_may(pair):
    assert (pair("goods")["purchased_cny_fen"], pair("goods")["goods_delivered_cny_fen"]) == (None, 100 * FEN)
    assert pair("no-receipt")["purchased_cny_fen"] == 35 * FEN


def test_two_vendors_that_paid_one_consumer_buy_its_revenue_once(pair, june):
    assert pair("two-vendors")["purchased_cny_fen"] == 30 * FEN
    assert pair("two-vendors", vendor="rival")["purchased_cny_fen"] == 30 * FEN
    assert june["two-vendors"]["purchased_cny_fen"] == 35 * FEN


def test_a_row_says_how_the_two_are_related_and_what_the_payments_rest_on(pair):
    tenant, held = pair("related"), pair("related", consumer="held")
    assert (tenant["relation"], tenant["visibility"]) == ("soft", "contract")
    assert (held["relation"], held["relation_link_ids"], held["visibility"]) == ("related", "l2", "not_visible")
