"""Restatements: late data, a correction, another lease purpose and another policy, taken apart to the last unit."""

import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner

from ingest.paths import DataDir
from ingest.state.register import Register
from ingest.state.store import StateStore
from orchestration.cli import main
from orchestration.errors import RacklightError
from orchestration.restating.causes import CAUSES
from orchestration.restating.log import restate
from orchestration.restating.milestones import restated_milestones
from orchestration.restating.parts import parts_of_figure
from orchestration.restating.published_log import publish_log

DAY = "business/ALL/day/2026-09-01"
MONTH = "business/ALL/month/2026-09-01"


@pytest.fixture(scope="module")
def all_at_once(new_world):
    """A world in which everything happened between two publications, the pair and its restated figures."""
    world = new_world()
    earlier = world.publish(world.project(5))
    world.receive_everything_else()
    project = world.project(10)
    return world, *world.restate(earlier, world.publish(project), project)


def parts_of(figures: dict, figure_id: str, measure: str) -> dict[str, Decimal]:
    said = figures[figure_id]["measures"][measure]
    return {name: Decimal(said.get(name, 0)) for name in ("before", "after", *CAUSES)}


def test_everything_at_once_is_taken_apart_to_the_second(all_at_once):
    _, pair, figures = all_at_once
    assert pair.summary["present"] == list(CAUSES)
    day = parts_of(figures, DAY, "numerator_lower")
    # 40 lit seconds; 10 below the new threshold; 10 more by the corrected row; 20 of the lease that is business now
    assert day == {
        "before": 40,
        "definition_change": -10,
        "late_data": 0,
        "correction": 10,
        "reclassification": 20,
        "after": 60,
    }
    month = parts_of(figures, MONTH, "numerator_lower")
    assert (month["late_data"], month["after"]) == (50, 110)
    assert parts_of(figures, MONTH, "denominator")["late_data"] == 100


def test_parts_of_every_measure_sum_to_its_change_exactly(all_at_once):
    world, _, figures = all_at_once
    assert figures
    for figure in figures.values():
        for said in figure["measures"].values():
            change = Decimal(said["after"]) - Decimal(said["before"])
            assert sum(Decimal(said.get(cause, 0)) for cause in CAUSES) == change
    with duckdb.connect(str(publish_log(world.data_dir)), read_only=True) as connection:
        rows, wrong = connection.execute(
            f"""
            select count(*), count(*) filter (change <> {" + ".join(CAUSES)} or change <> value_after - value_before)
            from fct_figure__restatement
            """
        ).fetchone()
    assert rows > 0
    assert wrong == 0


def test_what_brought_each_cause_is_named_and_a_row_may_bring_two(all_at_once):
    _, pair, figures = all_at_once
    brought = {(row["cause"], row["kind"], row["name"], row["detail"]) for row in pair.summary["brought_by"]}
    assert brought == {
        ("definition_change", "policy", "lit_threshold_pct", "5 > 10"),
        ("late_data", "as_of", "as_of", "2026-09-05T00:00:00Z > 2026-09-09T00:00:00Z"),
        ("late_data", "file", "later-days.csv", "device_days: 1"),
        ("correction", "file", "later-days.csv", "device_days: 1"),
        ("correction", "file", "later-leases.csv", "leases: 1"),
        ("reclassification", "file", "later-leases.csv", "leases: 1"),
    }
    assert figures[DAY]["definition_kinds"] == ["policy"]


def test_who_told_what_changed_a_figure_and_when_is_kept_with_the_file(all_at_once):
    world, pair, _ = all_at_once
    told = {row["name"]: row for row in pair.summary["brought_by"] if row["kind"] == "file"}
    assert {row["centers"] for row in told.values()} == {"yangzhou-01"}
    assert told["later-leases.csv"]["recorded_at"] == f"{world.SECOND_AT:%Y-%m-%dT%H:%M:%SZ}"
    files = StateStore(world.data_dir).files().select("original_name", "source_sha256").rows()
    assert told["later-days.csv"]["source_sha256"] == dict(files)["later-days.csv"]


def test_a_condition_of_a_subsidy_that_is_judged_otherwise_is_told_with_both_verdicts(tmp_path):
    data_dir = DataDir(tmp_path).create()
    folder = data_dir.published / "all"
    folder.mkdir(parents=True)
    entries = [SimpleNamespace(scope="all", version=version) for version in ("one", "two", "gone")]
    for version, verdict, achieved in (("one", "met", 0.9), ("two", "not_met", 0.5)):
        with duckdb.connect(str(folder / f"marts-{version}.duckdb")) as connection:
            connection.execute(
                f"""create table fct_milestone__earned as
                select 'm1' as milestone_id, 'c1' as center_id, 'lit_on_plan' as metric, 'share' as target_unit,
                    '{verdict}' as verdict, {achieved} as achieved_lower, {achieved} as achieved_upper,
                    1.0 as credit_lower, 1.0 as credit_upper,
                    100 as earned_cny_fen_lower, 100 as earned_cny_fen_upper
                union all
                select 'm2', 'c1', 'investment', 'million_cny', 'met', 1, 1, 1, 1, 5, 5"""
            )
    (row,) = restated_milestones(data_dir, *entries[:2])
    assert (row["milestone_id"], row["before_verdict"], row["after_verdict"]) == ("m1", "met", "not_met")
    assert (float(row["before_achieved_lower"]), float(row["after_achieved_lower"])) == (0.9, 0.5)
    assert restated_milestones(data_dir, entries[1], entries[1]) == []
    assert restated_milestones(data_dir, *entries[1:]) is None


def test_figures_of_ended_periods_and_of_open_ones_are_told_apart(all_at_once):
    _, _, figures = all_at_once
    assert {name: figure["was_open"] for name, figure in figures.items()} == {DAY: False, MONTH: True}


def test_a_pair_is_split_once_and_the_command_tells_the_same(all_at_once, monkeypatch):
    world, _, _ = all_at_once
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(world.data_dir.root))
    monkeypatch.setattr("orchestration.restating.log.build", None)
    table = CliRunner().invoke(main, ["restatements"])
    assert "definition_change: lit_threshold_pct (5 > 10)" in table.stdout
    assert DAY in table.stdout
    assert MONTH not in table.stdout
    printed = CliRunner().invoke(main, ["restatements", "--with-open", "--period", "2026-09", "--format", "json"])
    rows = {row["measure"]: row for row in json.loads(printed.stdout)}
    assert rows["numerator_lower"]["change"] == 70
    assert rows["denominator"]["late_data"] == 100


def test_one_cause_takes_no_build_and_changed_code_is_named_by_its_model(new_world, monkeypatch):
    world, earlier = (made := new_world()), made.publish(made.project())
    model = world.project() / "models" / "int_figures__business.sql"
    model.write_text(model.read_text().replace("days.util_80_100_seconds\n", "days.util_80_100_seconds + 1\n"))
    later = world.publish(model.parents[1])
    monkeypatch.setattr("orchestration.restating.log.build", None)
    pair, figures = world.restate(earlier, later, model.parents[1])
    assert pair.summary["brought_by"] == [
        {"cause": "definition_change", "kind": "code", "name": "int_figures__business", "detail": ""}
    ]
    assert parts_of(figures, DAY, "numerator_upper")["definition_change"] == 1


def test_what_cannot_be_split_is_said_with_its_reason(all_at_once):
    world, _, _ = all_at_once
    store = StateStore(world.data_dir)
    earlier, later = Register(store).entries()
    with pytest.raises(RacklightError, match="Publication 1 knows less than publication 2"):
        restate(world.data_dir, later, earlier, project_dir=Path("/nowhere"))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("delete from restatement_logs")
    with pytest.raises(RacklightError, match=r"other definitions than those that stand here \(policy\)"):
        restate(world.data_dir, earlier, later, project_dir=world.project(20))


def test_a_number_that_comes_or_goes_has_a_cause_and_no_part():
    said = [{"lower": None}, None, {"lower": 0.25}, {"lower": 0.5}]
    parts = parts_of_figure(said, ["definition_change", "late_data", "correction"])
    assert parts["causes"] == ["late_data", "correction"]
    assert parts["measures"] == {"lower": {"before": None, "after": Decimal("0.5")}}


def test_a_step_without_a_number_changes_nothing():
    said = [{"lower": 0.1}, None, {"lower": 0.3}]
    parts = parts_of_figure(said, ["definition_change", "late_data"])
    assert parts["measures"]["lower"] == {
        "before": Decimal("0.1"),
        "after": Decimal("0.3"),
        "late_data": Decimal("0.2"),
    }
