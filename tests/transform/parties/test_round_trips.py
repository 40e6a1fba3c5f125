"""Money that comes back to where it started: length, order, amounts, goods."""

from datetime import UTC, date, datetime

import pytest

DAYS = [date(2026, 3, day) for day in range(1, 30)]
GOODS = {"nature": "goods", "goods_receipt": "GRN-7"}


def loop(case, parties: str, amounts=(100,) * 5, days=DAYS, **changes_of_first):
    """Payments from each party to the next and from the last to the first."""
    ring = parties + parties[0]
    steps = zip(ring, ring[1:], days, amounts, strict=False)
    for number, (payer, payee, day, amount) in enumerate(steps):
        case.paid(payer, payee, day, amount, **({} if number else changes_of_first))
    return case


def cases(case) -> list:
    """All cases of this file; a lettered party is nobody's operator."""
    return [
        case("cash")
        .paid("operator", "vendor", DAYS[0], 100, visibility="bank_statement")
        .paid("vendor", "tenant", DAYS[1], 95, visibility="bank_statement")
        .received("tenant", DAYS[2], 90),
        case("rent")
        .received("tenant", date(2026, 1, 5), 100)
        .received("tenant", date(2026, 2, 5), 100)
        .paid("operator", "vendor", DAYS[0], 100)
        .paid("vendor", "tenant", DAYS[1], 100)
        .received("tenant", DAYS[4], 100)
        .received("tenant", date(2026, 4, 5), 100),
        *(loop(case(f"of-{length}"), "abcde"[:length]) for length in (2, 3, 4, 5)),
        loop(case("near"), "abc", (100, 80, 120)),
        loop(case("too-little"), "abc", (100, 79, 100)),
        loop(case("too-much"), "abc", (100, 100, 121)),
        loop(case("out-of-order"), "abc", days=(DAYS[0], DAYS[2], DAYS[1])),
        loop(case("one-day"), "abc", days=[DAYS[0]] * 3),
        loop(case("last-day"), "ab", days=(date(2026, 1, 1), date(2026, 6, 29))),
        loop(case("day-after"), "ab", days=(date(2026, 1, 1), date(2026, 6, 30))),
        loop(case("goods"), "abc", **GOODS),
    ]


@pytest.fixture(scope="module")
def circles(build_world, make_case, parties_world, query):
    """All circles found, by the case they are in."""
    rows = parties_world(cases(make_case))
    path = build_world(rows, select=["+fct_cycle__round_trip"], as_of=datetime(2026, 12, 31, tzinfo=UTC))
    found: dict[str, list[dict]] = {}
    for row in query(path, "select * from fct_cycle__round_trip order by cycle_id"):
        found.setdefault(row["origin_party_id"].rpartition("-")[0], []).append(row)
    return found


def test_a_loop_through_the_cash_book_names_its_center_its_parties_and_its_evidence(circles):
    (circle,) = circles["cash"]
    assert (circle["pattern"], circle["center_id"], circle["party_count"]) == ("ROUND_TRIP", "cash", 3)
    assert circle["parties_en"] == "cash-operator → cash-vendor → cash-tenant → cash-operator"
    assert circle["cycle_id"].split() == [
        "party_payments:cash-operator-vendor-2026-03-01",
        "party_payments:cash-vendor-tenant-2026-03-02",
        "cash_movements:cash-tenant-2026-03-03",
    ]
    assert circle["visibility"] == "cash_book"


def test_circles_of_two_to_four_parties_are_seen_and_longer_ones_are_not(circles):
    assert [len(circles.get(f"of-{length}", [])) for length in (2, 3, 4, 5)] == [1, 1, 1, 0]


def test_amounts_may_differ_from_the_first_by_a_fifth(circles):
    assert "near" in circles
    assert not {"too-little", "too-much"} & circles.keys()


def test_payments_out_of_order_make_no_circle(circles):
    assert "out-of-order" not in circles


def test_a_circle_closed_within_one_day_is_one_circle(circles):
    assert len(circles["one-day"]) == 1


def test_rent_paid_every_month_does_not_turn_one_circle_into_many(circles):
    (circle,) = circles["rent"]
    assert (circle["first_paid_on"], circle["last_paid_on"]) == (DAYS[0], DAYS[4])


def test_the_money_is_back_within_180_days(circles):
    assert "last-day" in circles
    assert "day-after" not in circles


def test_goods_delivered_break_a_circle(circles):
    assert "goods" not in circles
