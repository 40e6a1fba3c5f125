"""One center whose truth is known: files in, `racklight figures` out, exact to the last digit."""

import json
import shutil
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from ingest.paths import DataDir
from ingest.rollups import roll_up_dirty_days
from ingest.sample_world.flaws import IMPOSSIBLE_PCT
from ingest.sample_world.ten_numbers import CENTER_ID, TRUTH, write_ten_numbers
from orchestration.build import build
from orchestration.dbt_runner import prepare_manifest

SEPTEMBER = ("--center", CENTER_ID, "--period", "2026-09")


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three deliveries: everything but the power reports, the power reports, and one corrupt sample."""
    everything = tmp_path_factory.mktemp("ten_numbers")
    write_ten_numbers(everything / "first", with_power_reports=True, with_corrupt_sample=True)
    for name, pattern in (("power", "*power_reports*"), ("corrupt", "*corrupt*")):
        (everything / name).mkdir()
        shutil.copy(everything / "first" / "feed.toml", everything / name)
        (path,) = (everything / "first").rglob(pattern)
        shutil.move(path, everything / name)
    return everything


@pytest.fixture(scope="module")
def without_power_reports(racklight, landing, tmp_path_factory) -> dict:
    """Figures as they would be published before the power reports came; nothing is."""
    racklight.run("ingest", landing / "first")
    data_dir = DataDir(racklight.data_dir)
    roll_up_dirty_days(data_dir)
    prepare_manifest(data_dir)
    built = build(data_dir, folder=tmp_path_factory.mktemp("unpublished") / "build", figures_only=True)
    with duckdb.connect(built.path, read_only=True) as connection:
        found = connection.execute(
            """select metric_id, lower, upper from marts.fct_figure
            where center_id = ? and period_grain = 'month' and period_start = '2026-09-01'""",
            [CENTER_ID],
        )
        return {metric: {"lower": lower, "upper": upper} for metric, lower, upper in found.fetchall()}


@pytest.fixture(scope="module")
def with_power_reports(racklight, landing, without_power_reports) -> dict:
    racklight.run("ingest", landing / "power")
    racklight.run("build")
    return racklight.figures(*SEPTEMBER)


@pytest.fixture(scope="module")
def with_corrupt_sample(racklight, landing, with_power_reports) -> dict:
    racklight.run("ingest", landing / "corrupt")
    racklight.run("build")
    return racklight.figures(*SEPTEMBER)


def bounds(figure: dict) -> tuple[float, float]:
    return figure["lower"], figure["upper"]


def test_racked_is_70_percent_of_plan_when_power_reports_prove_the_silent_cards(with_power_reports):
    assert bounds(with_power_reports["racked_device_avg"]) == (112 / 160, 112 / 160)
    assert bounds(with_power_reports["racked_device_point"]) == (112 / 160, 112 / 160)


def test_silent_cards_are_not_proven_racked_without_power_reports(without_power_reports):
    assert bounds(without_power_reports["racked_device_avg"]) == (108 / 160, 112 / 160)


def test_lit_of_racked_is_30_to_34_of_112(with_power_reports):
    assert bounds(with_power_reports["lit_of_racked"]) == (30 / 112, 34 / 112)


def test_lit_on_plan_is_30_to_34_of_160(with_power_reports):
    assert bounds(with_power_reports["lit_on_plan"]) == (30 / 160, 34 / 160)


def test_leased_of_racked_is_48_of_112(with_power_reports):
    assert bounds(with_power_reports["sold_of_racked"]) == (48 / 112, 48 / 112)


def test_parts_stand_beside_the_rate_as_whole_card_seconds(with_power_reports):
    lit = with_power_reports["lit_of_racked"]
    assert lit["numerator_lower"] == 30 * TRUTH.month_seconds
    assert lit["numerator_upper"] == 34 * TRUTH.month_seconds
    assert lit["denominator"] == 112 * TRUTH.month_seconds
    assert lit["coverage"] == 108 / 112


def test_one_corrupt_sample_changes_nothing_but_the_quarantine_count(
    racklight, with_power_reports, with_corrupt_sample
):
    assert with_corrupt_sample == with_power_reports
    assert racklight.query("select sum(rows_quarantined) from fct_file__intake") == [(1,)]


def test_building_again_publishes_the_same_version_and_the_same_figures(racklight, with_corrupt_sample):
    published = (racklight.data_dir / "published/all/marts.duckdb").resolve()
    racklight.run("build")
    assert (racklight.data_dir / "published/all/marts.duckdb").resolve() == published
    assert racklight.figures(*SEPTEMBER) == with_corrupt_sample


COMMON_PRACTICE = {
    "rack_positions_used": 1,
    "allocation_where_jobs": 48 / 64,
    "mean_of_leased_hosts": (4 * 0.6 + 2 * 0.125) / 6,
    "mean_of_leased_cards": (28 * 0.6 + 2) / 44,
    "host_mean_zeros_dropped": (4 * 0.6 + 2 * 1) / 14,
    "mean_with_rejected": (28 * 0.6 + 2) / 108 + IMPOSSIBLE_PCT / 100 / (108 * 43_200),
    "active_of_reporting_cards": 30 / 108,
    "mean_of_reporting_cards": (28 * 0.6 + 2) / 108,
    "mean_divided_twice": 0.6 / 8,
    "above_zero": 30 / 112,
    "at_1_pct": 30 / 112,
    "at_10_pct": 30 / 112,
    "at_20_pct": 30 / 112,
}
"""What each definition in common use answers, counted on paper. Its first ten are those the center is named after."""


def compared(racklight, *arguments: str) -> list[dict]:
    return json.loads(racklight.run("compare", *SEPTEMBER, "--format", "json", *arguments))


def test_common_practice_answers_the_ten_numbers(racklight, with_corrupt_sample):
    answers = {row["reading_id"]: row for row in compared(racklight)}
    assert list(answers) == list(COMMON_PRACTICE)
    for reading_id, expected in COMMON_PRACTICE.items():
        answer = answers[reading_id]
        # The impossible sample is one more beside the good ones of its minute, which moves the mean by 4e-7.
        assert answer["answer_lower"] == pytest.approx(expected, abs=1e-6), reading_id
        assert answer["answer_upper"] == pytest.approx(expected, abs=1e-6), reading_id
        assert (answer["our_lower"], answer["our_upper"]) == (30 / 112, 34 / 112)
    shown = [round(100 * row["answer_lower"], 1) for row in answers.values()]
    assert shown[:9] == [100.0, 75.0, 44.2, 42.7, 31.4, 190.7, 27.8, 17.4, 7.5]


def test_the_gap_of_every_answer_is_explained_to_the_last_unit(racklight, with_corrupt_sample):
    ours = Fraction(30, 112)
    for row in compared(racklight):
        causes = compared(racklight, "--reading", row["reading_id"])
        assert sum(cause["contribution"] for cause in causes) == pytest.approx(row["gap_lower"], abs=1e-12)
        if row["reading_id"] in ("mean_of_leased_hosts", "host_mean_zeros_dropped"):
            assert [cause["side"] for cause in causes].count("averaging") == 1
            continue
        exact = Fraction(0)
        for cause in causes:
            share = Fraction(cause["amount_change"], row["denominator"])
            exact += share if cause["side"] == "numerator" else -ours * share
        assert exact == Fraction(row["numerator_lower"], row["denominator"]) - ours


def test_the_causes_of_one_gap_are_those_counted_on_paper(racklight, with_corrupt_sample):
    causes = {
        (cause["class_id"], cause["side"]): cause["contribution"]
        for cause in compared(racklight, "--reading", "mean_of_reporting_cards")
    }
    # 28 lit cards count 0.6 instead of 1, and four silent cards are no longer in the denominator.
    assert causes == {
        ("lit_leased", "numerator"): pytest.approx(-28 * 0.4 / 108, abs=1e-12),
        ("unknown_leased", "denominator"): pytest.approx(30 / 112 * 4 / 108, abs=1e-12),
    }


@pytest.mark.browser
def test_the_screen_shows_the_truth_as_an_interval_with_its_coverage(racklight, with_corrupt_sample, serving, visitor):
    """Also the README's first picture, kept as build output."""
    with serving(racklight.data_dir) as address:
        page = visitor.open(f"{address}/racked_and_lit?lang=en&center={CENTER_ID}&month=2026-09", height=1050)
        visitor.keep(page, "ten_numbers")
        text = page.locator("[data-testid=stMain]").inner_text()
        page.context.close()
    for shown in ("70.0 %", "26.8–30.4 %", "18.8–21.3 %", "42.9 %", "96.4 %"):
        assert shown in text
