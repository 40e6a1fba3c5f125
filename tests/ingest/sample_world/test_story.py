"""The stories told of the seven centers are really in the files."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.sample_world import write_sample_world
from ingest.sample_world.parties import PARTIES, social_credit_check_character

LIT_BINS = UTILIZATION_BIN_COLUMNS[2:]
INFLOWS = ("receipt", "true_up")


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], pl.DataFrame]:
    folder: Path = write_sample_world(tmp_path_factory.mktemp("world")).folder / "registers"
    return cache(lambda name: pl.read_csv(folder / f"{name}.csv", try_parse_dates=True, infer_schema_length=5000))


def lit_share(days: pl.DataFrame, first_day: date, end_day: date) -> float:
    within = days.filter(pl.col("local_day").is_between(first_day, end_day, closed="left"))
    return within.select(pl.sum_horizontal(LIT_BINS).sum() / pl.col("known_seconds").sum()).item()


def monthly_net_cny(registers: Callable[[str], pl.DataFrame], center_id: str) -> pl.Series:
    moves = registers("cash_movements").filter(pl.col("center_id") == center_id)
    kind = pl.col("movement_kind")
    is_cost = kind.str.starts_with("opex") | (kind == "tax")
    sign = pl.when(kind.is_in(INFLOWS)).then(1).when(is_cost).then(-1).otherwise(0)
    by_month = moves.group_by(pl.col("booked_on").dt.truncate("1mo").alias("month"))
    return by_month.agg((sign * pl.col("amount_cny")).sum().alias("net")).sort("month")["net"]


def test_the_known_seconds_of_a_day_split_exactly_into_the_bins(registers) -> None:
    for center_id in registers("centers")["center_id"]:
        days = registers(f"device_days-{center_id}")
        assert (days.select(pl.sum_horizontal(UTILIZATION_BIN_COLUMNS)).to_series() == days["known_seconds"]).all()


def test_the_county_center_is_idle_and_the_municipal_one_is_not(registers) -> None:
    year = (date(2025, 10, 1), date(2026, 10, 1))
    assert lit_share(registers("device_days-shiqiao-01"), *year) < 0.05
    assert 0.45 < lit_share(registers("device_days-yangzhou-01"), *year) < 0.65


def test_the_vendor_fills_its_center_for_the_six_months_of_acceptance_only(registers) -> None:
    days = registers("device_days-jiangwan-01")
    during = lit_share(days, date(2025, 10, 1), date(2026, 4, 1))
    after = lit_share(days, date(2026, 5, 1), date(2026, 11, 1))
    assert during > 0.7
    assert after < 0.05
    related = ["vendor-chiyu", "tenant-chiyu-cloud", "tenant-chiyu-lab"]
    takers = registers("metered_usage").filter(pl.col("commitment_id") == "jw-offtake")
    assert set(takers["consumer_party_id"]) == {PARTIES[key].party_id for key in related}
    assert takers["used_on"].max() < date(2026, 4, 10)


def test_the_vendor_that_lapses_paid_one_true_up_and_the_payment_is_in_the_cash_book(registers) -> None:
    paid = registers("offtake_settlements")
    booked = registers("cash_movements").filter(pl.col("movement_kind") == "true_up")
    assert sorted(paid["amount_cny"]) == sorted(booked["amount_cny"])
    assert paid.filter(pl.col("commitment_id") == "jw-offtake")["period_no"].to_list() == [1]
    # 100,000 promised, related take counted up to 30 %, at 4 yuan: 70,000 card-hours short.
    assert paid.filter(pl.col("commitment_id") == "jw-offtake")["amount_cny"].to_list() == [280_000.0]


def test_the_hub_pays_back_in_four_to_five_years_and_the_abandoned_center_never_at_its_run_rate(registers) -> None:
    moves = registers("cash_movements").filter(pl.col("center_id") == "horinger-01")
    capex = moves.filter(pl.col("movement_kind").str.starts_with("capex"))["amount_cny"].sum()
    net = monthly_net_cny(registers, "horinger-01")
    months = net.len() + (capex - net.sum()) / net.tail(12).mean()
    assert 48 <= months <= 60
    assert monthly_net_cny(registers, "jiangwan-01").tail(3).mean() < 0
    assert monthly_net_cny(registers, "shiqiao-01").tail(12).mean() < 0


def test_tenants_cancel_by_a_higher_revision_of_their_lease(registers) -> None:
    signed, cancelled = registers("leases"), registers("leases-cancelled")
    assert signed["cancelled_at"].null_count() == signed.height
    assert cancelled["cancelled_at"].null_count() == 0
    assert set(cancelled["revision"]) == {2}
    assert set(cancelled["lease_id"]) <= set(signed["lease_id"])
    assert cancelled.filter(pl.col("center_id") == "dongpu-01").height == 4


def test_a_card_is_allocated_to_one_lease_at_a_time(registers) -> None:
    spans = registers("lease_devices").sort("device_uid", "allocated_from")
    following = pl.col("allocated_from").shift(-1).over("device_uid")
    has_next = spans.with_columns(following.alias("next_from")).filter(pl.col("next_from").is_not_null())
    assert has_next.filter(pl.col("allocated_to").is_null() | (pl.col("allocated_to") > pl.col("next_from"))).is_empty()


def test_some_silent_cards_are_proven_powered_and_some_are_not(registers) -> None:
    events = registers("device_events").filter(pl.col("center_id") == "xuanling-01", pl.col("state") == "in_service")
    reporting = set(registers("device_days-xuanling-01").filter(pl.col("local_day") >= date(2026, 4, 1))["device_uid"])
    silent = set(events.filter(pl.col("occurred_at").dt.year() == 2025)["device_uid"]) - reporting
    proven = set(registers("power_reports").filter(pl.col("center_id") == "xuanling-01")["device_uid"])
    assert len(silent & proven) == 4
    assert len(silent - proven) >= 3


def test_both_plan_bases_hold_the_same_cards_and_more_than_were_racked(registers) -> None:
    totals = registers("capacity_plans").group_by("plan_basis").agg(pl.col("planned_card_count").sum())
    by_basis = dict(totals.rows())
    assert by_basis["approved_total"] == by_basis["due_to_date"] == 576


def test_a_pulled_card_ends_as_sold_and_a_returned_one_leaves_its_slot_to_another(registers) -> None:
    events = registers("device_events")
    assert events.filter(pl.col("state") == "sold").height == 2
    for uid, slot in events.filter(pl.col("state") == "rma_out").select("device_uid", "slot_id").rows():
        assert events.filter(pl.col("slot_id") == slot, pl.col("device_uid") != uid).height > 0


def test_every_party_code_is_valid_in_form(registers) -> None:
    codes = registers("parties")["party_id"].to_list()
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 18 and code[-1] == social_credit_check_character(code[:17]) for code in codes)


def test_the_check_character_is_the_one_of_a_published_code() -> None:
    assert social_credit_check_character("91440300192203821") == "6"


def test_every_matched_receipt_settles_a_line_of_its_tenant_and_never_more_than_was_billed(registers) -> None:
    gross_cny = (pl.col("net_cny") + pl.col("tax_cny")).alias("gross_cny")
    lines = registers("invoice_lines").select("invoice_line_id", "lease_id", "payer_party_id", gross_cny)
    is_receipt = pl.col("movement_kind") == "receipt"
    receipts = registers("cash_movements").filter(is_receipt).select("movement_id", "party_id")
    settled = registers("receipt_allocations").join(lines, on="invoice_line_id").join(receipts, on="movement_id")
    assert settled.height == registers("receipt_allocations").height > 300
    assert settled.filter(pl.col("payer_party_id") != pl.col("party_id")).is_empty()
    assert settled.filter(pl.col("allocated_cny") > pl.col("gross_cny") + 0.005).is_empty()
    # Two receipts that nobody matched, two lines without their lease, and months billed to tenants that had left.
    assert receipts.height - settled.height == 2
    assert lines["lease_id"].null_count() == 2
    unpaid = lines.join(settled, on="invoice_line_id", how="anti")
    assert {"dp-l1", "jw-l2", "jw-l3"} <= set(unpaid["lease_id"])
