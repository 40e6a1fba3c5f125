"""The sample world through the main job: what its stories must end as, and that a second run changes nothing."""

import json
import shutil

import pytest


@pytest.fixture(scope="module")
def demo(racklight, sample_world):
    """A copy of what `racklight demo` made, in which it can be run again."""
    shutil.copytree(sample_world, racklight.data_dir, symlinks=True, dirs_exist_ok=True)
    return racklight


def test_the_vendor_that_keeps_its_promise_and_the_one_that_lapses_are_told_apart(demo):
    states = dict(demo.query("select commitment_id, state from dim_commitment"))
    assert states == {
        "hr-offtake": "on_track",
        "jw-offtake": "lapsed",
        "dp-offtake": "at_risk",
        "yt-offtake": "shortfall_open",
        "xl-offtake": "undetermined",
    }


def test_what_vendors_paid_is_what_their_first_period_owed(demo):
    rows = demo.query(
        "select true_up_due_cny_fen, paid_cny_fen from fct_commitment_period__offtake where paid_cny_fen > 0"
    )
    assert len(rows) == 2
    assert all(due == paid for due, paid in rows)


def test_a_center_filled_for_its_acceptance_is_dark_afterwards(demo):
    """Acceptance of jiangwan-01 ended before May 2026; shares are lower and upper bounds of lit of racked."""
    shares = dict(
        demo.query(
            "select month_start_on::varchar, lit_rate_of_racked_lower from fct_center_month__utilization "
            "where center_id = 'jiangwan-01'"
        )
    )
    assert shares["2026-01-01"] > 0.6
    assert shares["2026-09-01"] < 0.1


def test_an_idle_county_center_stays_idle_at_its_upper_bound(demo):
    rows = demo.query(
        "select max(lit_rate_of_racked_upper) from fct_center_month__utilization "
        "where center_id = 'shiqiao-01' and coverage_of_racked >= 0.95"
    )
    assert rows[0][0] < 0.1


def test_a_plan_that_declares_sparse_peaks_is_found_out(demo):
    rows = demo.query("select distinct candidate_basis from fct_plan_line__basis_check where is_mismatch")
    assert len(rows) == 1
    assert "sparse" in rows[0][0]


def test_every_row_of_every_file_is_accepted_or_set_aside(demo):
    ((rows_in, accepted, quarantined),) = demo.query(
        "select sum(rows_in), sum(rows_accepted), sum(rows_quarantined) from fct_file__intake"
    )
    assert rows_in == accepted + quarantined
    assert quarantined == 15


def test_every_interval_holds_its_observed_value(demo):
    assert demo.query("select count(*) from fct_figure where not (lower <= observed and observed <= upper)") == [(0,)]
    assert demo.query("select count(*) from fct_figure where lower > upper") == [(0,)]


def test_a_second_run_changes_no_figure_and_no_row_count(demo):
    def everything() -> tuple:
        tables = [name for (name,) in demo.query("select table_name from information_schema.tables order by 1")]
        counts = {name: demo.query(f'select count(*) from "{name}"') for name in tables}
        return json.loads(demo.run("figures", "--format", "json")), counts

    before = everything()
    demo.run("demo", "--no-serve")
    assert everything() == before


def test_what_only_other_files_could_judge_is_set_aside_with_its_reason(demo):
    rows = demo.query("select center_id, reason_code, standing, sum(row_count) from fct_row__set_aside group by all")
    assert sorted(rows) == [
        ("shiqiao-01", "CONFLICTING_KEY", "set_aside", 2),
        ("xuanling-01", "CARD_IN_TWO_CENTERS", "contested", 1),
        ("yangzhou-01", "ALIAS_CHANGED_IN_HOUR", "set_aside", 60),
        ("yangzhou-01", "CONFLICTING_KEY", "contested", 4),
        ("yangzhou-01", "LEASES_OVERLAP", "contested", 2),
        ("yangzhou-01", "POWER_ABOVE_TDP", "partly_used", 1),
        ("yangzhou-01", "SERIAL_AFTER_RMA", "set_aside", 30),
        ("yangzhou-01", "UNKNOWN_CARD", "set_aside", 60),
        ("yunting-01", "CARD_IN_TWO_CENTERS", "contested", 1),
    ]


def test_every_row_that_the_manifest_promises_is_in_force_corrected_repeated_or_set_aside(demo):
    ((promised, accounted),) = demo.query(
        "select sum(row_count), sum(superseded_row_count + duplicate_row_count + set_aside_row_count + used_row_count) "
        "from fct_file_kind__rows"
    )
    assert promised == accounted > 1_000_000


def test_a_position_named_by_host_and_index_is_the_card_that_stood_there(demo):
    """The old card left on 21 October at 11:00, the new one was powered on the 28th at 15:00, named from 15:20 on."""
    rows = demo.query(
        "select local_day::varchar, known_card_seconds > 0 from fct_center_day__data_quality "
        "where center_id = 'yangzhou-01' and local_day between '2026-10-21' and '2026-10-29' "
        "and unregistered_card_count > 0 order by local_day"
    )
    assert rows == [("2026-10-26", True)], "only the card that no register names is unregistered"


def test_the_command_line_shows_one_list_of_both_stages(demo):
    listed = demo.run("quarantine", "list", "--language", "en")
    assert "gate" in listed
    assert "build" in listed
    shown = demo.run("quarantine", "show", "lease_devices-second-lease.csv", "--language", "zh")
    assert "yz-l4,yangzhou-01,910B3-26A-" in shown, "the line as it stands in its file"
    assert "collides with lease_devices.csv line" in shown
