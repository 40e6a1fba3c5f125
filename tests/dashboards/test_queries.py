"""Each query answers over a published file, and the app follows the symlink to the next version."""

import shutil
from datetime import timedelta
from itertools import pairwise

import pytest

from dashboards import queries
from dashboards.cached import Published
from dashboards.reports import figures as figure_report

FIGURE_COLUMNS = [
    "figure_id",
    "metric",
    "basis",
    "center_id",
    "period_start",
    "period_end",
    "lower",
    "upper",
    "observed",
    "reason",
    "coverage",
    "numerator_lower",
    "numerator_upper",
    "denominator",
    "unit",
    "as_of",
    "definition_version",
]


@pytest.fixture
def center_id(sql) -> str:
    return sql("select min(center_id) as first from dim_center")[0]["first"]


def test_every_query_answers_with_rows_for_what_is_there(marts, sql, center_id, last_full_month):
    cells = queries.money.reconciliation(marts, center_id, last_full_month)
    assert cells.height == sql("select count(distinct cell_id) as n from fct_center_month__reconciliation")[0]["n"]
    assert sum(cells["card_milliseconds"]) == cells["racked_card_milliseconds"][0] > 0
    center_months = queries.utilization.center_months(marts, last_full_month)
    assert center_months.height == sql("select count(*) as n from dim_center")[0]["n"]
    assert queries.core.provinces(marts).height == 34
    assert queries.utilization.center_days(marts, center_id).height > 27
    assert queries.quality.data_quality_days(marts, center_id).height > 27
    assert queries.utilization.center_month_series(marts, center_id).height > 0
    assert queries.quality.files(marts).height > 0
    next_month = (last_full_month + timedelta(days=32)).replace(day=1)
    assert queries.utilization.center_models(marts, center_id, last_full_month, next_month)["local_day"].n_unique() == 1


def test_runs_of_states_follow_each_other_without_a_gap(marts, sql):
    for commitment in sql("select commitment_id from dim_commitment"):
        runs = queries.promises.commitment_states(marts, commitment["commitment_id"])
        days = sql(
            "select count(*) as n from fct_commitment_day__offtake_state where commitment_id = $1",
            commitment["commitment_id"],
        )
        lengths = (runs["day_after_last_on"] - runs["first_day_on"]).dt.total_days()
        assert lengths.sum() == days[0]["n"]
        assert (runs["first_day_on"][1:] == runs["day_after_last_on"][:-1]).all()
        states = runs.select("state", "state_at_lower", "state_at_upper").rows()
        assert all(state != before for before, state in pairwise(states))


def test_take_of_a_period_falls_apart_into_its_kinds(marts, sql):
    for commitment in sql("select commitment_id from dim_commitment"):
        periods = queries.promises.commitment_periods(marts, commitment["commitment_id"]).drop_nulls(
            "gross_quantity_milli"
        )
        parts = ("unrelated_counted", "refused_sublet", "related_counted", "related_not_counted")
        total = sum(periods[f"{part}_quantity_milli"] for part in parts)
        assert (total == periods["gross_quantity_milli"]).all()


def test_an_unknown_center_has_no_rows_and_is_no_error(marts):
    assert queries.utilization.center_days(marts, "x' or 1=1 --").is_empty()


def test_figures_have_the_columns_of_the_contract_in_its_order(marts):
    assert figure_report.figures(marts).columns == FIGURE_COLUMNS


def test_figures_are_found_by_metric_center_and_period(marts, center_id, last_full_month):
    month = last_full_month.strftime("%Y-%m")
    (row,) = figure_report.figures(marts, "lit_of_racked", center_id, month).to_dicts()
    assert (row["metric"], row["center_id"], row["period_start"]) == ("lit_of_racked", center_id, last_full_month)
    assert float(row["numerator_lower"] / row["denominator"]) == pytest.approx(row["lower"])
    portfolio = figure_report.figures(marts, "lit_of_racked", "ALL", month)
    assert portfolio["center_id"].to_list() == [None]
    assert set(figure_report.figures(marts, period="month")["period_start"].dt.day()) == {1}


def test_a_new_version_behind_the_symlink_is_another_published_file(marts, tmp_path, monkeypatch):
    folder = tmp_path / "published" / "all"
    folder.mkdir(parents=True)
    seen = []
    for version in ("one", "two"):
        shutil.copy(marts, folder / f"marts-{version}.duckdb")
        (folder / "next").symlink_to(f"marts-{version}.duckdb")
        (folder / "next").replace(folder / "marts.duckdb")
        monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(tmp_path))
        seen.append(Published(str(queries.published.published_path()), 0).version)
    assert seen == ["one", "two"]
