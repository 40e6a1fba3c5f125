"""A contract amended in the middle of a period: quantity and price by days, reckoned by hand."""

from datetime import UTC, date, datetime


def test_an_amendment_inside_a_quarter_moves_quantity_shortfall_and_true_up_by_its_days(build_offtake, example, query):
    # 2025: the first quarter has 90 days. From its 46th day on, 130 a quarter at 5.00 instead of 250 at 6.00:
    # 190 at 5.50. Of 90 taken, all unrelated, 100 are short. The second quarter is whole under the amendment.
    periods = [row for row in example.periods() if row["period_no"] in (5, 6)]
    amendment = {
        "commitment_id": "take-1",
        "version_no": 1,
        "valid_from": date(2025, 2, 15),
        "committed_quantity_milli": 130_000_000,
        "floor_price_cny_fen": 500,
    }
    rows = example.world(
        offtake_periods=periods,
        offtake_amendments=[amendment],
        metered_usage=example.spread("stranger", 90, date(2025, 1, 1), date(2025, 4, 1))
        + example.spread("stranger", 130, date(2025, 4, 1), date(2025, 7, 1)),
        offtake_settlements=[],
    )
    path = build_offtake(rows, datetime(2025, 7, 2, 4, tzinfo=UTC))
    cut, whole = query(path, "select * from fct_commitment_period__offtake order by period_no")
    assert (cut["signed_quantity_milli"], cut["committed_quantity_milli"]) == (250_000_000, 190_000_000)
    assert (cut["amended_day_count"], cut["floor_price_cny_fen"]) == (45, 550)
    assert cut["shortfall_quantity_milli"] == 100_000_000
    assert cut["true_up_due_cny_fen"] == 550_000 * 100
    assert (whole["committed_quantity_milli"], whole["shortfall_quantity_milli"]) == (130_000_000, 0)
    assert (whole["amended_day_count"], whole["floor_price_cny_fen"]) == (91, 500)
