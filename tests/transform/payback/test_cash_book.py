"""Every fen of the cash book arrives once, in its month, and in the views it belongs to."""

MIXED = [
    (1, "receipt", 3.0),
    (1, "opex_energy", 0.5),
    (1, "opex_staff", 0.25),
    (1, "tax", 0.1),
    (1, "true_up", 0.4),
    (1, "debt_service", 0.3),
    (2, "vendor_contribution", 2.0),
    (2, "subsidy", 5.0),
    (4, "capex_network", 1.0),
]


def test_the_sums_of_the_months_are_the_sums_of_the_cash_book(build_payback, cash_book, query):
    path = build_payback(cash_book(20, [], *MIXED), months=3)
    months = query(path, "select * from fct_center_month__cash order by month_start_on")
    assert [month["month_index"] for month in months] == [0, 1, 2, 3, 4]
    assert [month["is_complete"] for month in months] == [True, True, True, True, False]
    assert months[1]["net_operating_cash_cny_fen"] == 255_000_000
    assert (months[1]["opex_cny_fen"], months[1]["energy_cny_fen"]) == (75_000_000, 50_000_000)
    assert months[3]["cumulative_net_cash_project_cny_fen"] == -1_745_000_000
    assert months[3]["cumulative_net_cash_with_subsidy_cny_fen"] == -1_245_000_000
    assert months[3]["cumulative_net_cash_owner_cny_fen"] == -1_575_000_000


def test_money_booked_after_the_local_day_of_as_of_is_not_counted(build_payback, cash_book, query):
    # As-of is 10 May; the second capex is booked on 15 May.
    path = build_payback(cash_book(20, [], *MIXED), months=3)
    (row,) = query(path, "select sum(capex_cny_fen) as capex_cny_fen from fct_center_month__cash")
    assert row["capex_cny_fen"] == 2_000_000_000


def test_a_center_without_money_is_there_and_says_so(build_payback, payback_row):
    path = build_payback([], months=12)
    row = payback_row(path, "run_rate_t12m")
    assert (row["payback_months"], row["payback_reason"], row["recovered_share"]) == (None, "no_capex", None)


def test_the_curve_is_booked_first_and_then_at_the_run_rate(build_payback, cash_book, query):
    path = build_payback(cash_book(120, [2.5] * 12), months=12)
    curve = query(
        path,
        "select * from fct_center_month__projected_cash where view = 'project' and subsidy = 'without' "
        "and flow_basis = 'run_rate_t12m' order by month_start_on",
    )
    assert [row["is_projected"] for row in curve] == [False] * 13 + [True] * (240 - 12)
    assert curve[48]["cumulative_net_cash_cny_fen"] == 0
    assert [row["month_index"] for row in curve] == list(range(241))
