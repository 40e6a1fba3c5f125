"""Edge cases of device-time, and the test that holds each: a test that is renamed or removed leaves a gap here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

HELD_BY = {
    "planned maintenance and faults within the period": (
        "test_maintenance_and_faults_shrink_the_denominator_only_where_the_basis_says_so",
    ),
    "a card leaves for repair and another takes its slot": (
        "test_a_slot_stays_planned_while_its_card_is_away_for_repair",
        "a_card_away_stands_for_its_place_until_the_slot_is_filled_again",
    ),
    "telemetry of a card after its repair date": (
        "test_telemetry_of_a_card_after_its_rma_is_set_aside_and_its_seconds_are_not_known",
    ),
    "burn-in before acceptance": ("test_burn_in_is_racked_and_lit_but_neither_commissioned_nor_business",),
    "decommissioned within the period": (
        "test_a_card_retired_for_good_leaves_the_plan_as_it_was",
        "a_card_is_commissioned_from_acceptance_to_retirement",
    ),
    "moved between centers, or claimed by two": (
        "test_a_card_that_moved_is_claimed_by_one_center_at_a_time",
        "test_a_card_two_centers_claim_is_proven_for_neither_and_counted_once",
    ),
    "three of seven slices busy": ("test_slices_of_a_card_count_with_their_share_of_its_time",),
    "part of a day": ("a_lease_canceled_during_the_day_sells_no_second_longer",),
    "a day of 23 or 25 hours": ("test_a_day_is_as_long_as_its_midnights_are_apart",),
    "more racked than planned": ("test_surplus_of_one_model_does_not_fill_the_plan_of_another",),
    "the plan starts within the period": ("test_a_plan_that_starts_within_the_period_is_counted_from_its_due_date",),
    "a whole machine with seven of eight cards": (
        "test_a_whole_machine_with_seven_of_eight_cards_is_lit_card_by_card",
    ),
    "an empty denominator": ("a_center_planned_but_empty_has_rates_of_zero_and_none_of_racked",),
    "a driver adds profiling counters": (
        "test_the_profiling_counter_goes_before_plain_utilization_and_makes_evidence_class_a",
        "test_the_weakest_counter_of_a_day_names_its_class",
    ),
    "ten seconds of work every five minutes": ("test_ten_seconds_of_work_in_five_minutes_are_three_percent",),
    "samples at even times": ("test_the_even_times_of_query_range_are_told_since_gaps_do_not_show_in_them",),
}


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Names of all tests in Python and of all of dbt's unit tests."""
    python = {name for path in (ROOT / "tests").rglob("*.py") for name in re.findall(r"def (test_\w+)", _text(path))}
    models = (ROOT / "dbt_project" / "models").rglob("*.yml")
    return python | {name for path in models for name in re.findall(r"- name: (\w+)", _text(path))}


@pytest.mark.parametrize("case", HELD_BY)
def test_an_edge_case_is_held_by_tests_that_are_there(names, case):
    assert [name for name in HELD_BY[case] if name not in names] == []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
