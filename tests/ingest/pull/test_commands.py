"""The same through `racklight pull` and through Dagster."""

import time
from datetime import UTC, datetime

import dagster as dg
import pytest
from click.testing import CliRunner

from ingest.paths import DataDir
from ingest.state.store import StateStore
from orchestration.automation import every_hour
from orchestration.cli import main
from orchestration.pulling import pull_sources
from orchestration.resources import Data

SINCE, UNTIL = "2024-03-11T08:00:00+00:00", "2024-03-11T10:00:00+00:00"


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(tmp_path / "data"))
    return DataDir(tmp_path / "data").create()


@pytest.fixture
def racklight():
    return lambda *arguments: CliRunner().invoke(main, ["pull", *arguments])


def describe(data_dir, **urls):
    sources = [f'[sources.{name}]\nurl = "{url}"\ncenter = "{name}"\nsince = {SINCE}\n' for name, url in urls.items()]
    data_dir.sources_file.write_text("\n".join(sources))


def test_one_command_pulls_and_takes_in(two_hours, data_dir, racklight):
    options = ("--url", two_hours.url, "--center", "sz-01", "--since", SINCE, "--until", UNTIL)
    first = racklight(*options)
    assert first.exit_code == 0, first.output
    assert "4 questions, 0 answered before, 240 values, 2 files landed" in first.output
    assert StateStore(data_dir).files()["rows_accepted"].sum() == 240
    second = racklight(*options)
    assert "0 questions, 4 answered before, 0 values, 0 files landed" in second.output


def test_configured_sources_are_pulled_and_one_that_fails_does_not_hold_up_the_others(two_hours, data_dir, racklight):
    two_hours.failures = [(401, {}, b"")]
    describe(data_dir, first=two_hours.url, second=two_hours.url)
    done = racklight("--until", UNTIL)
    assert done.exit_code == 1
    assert "Error: first, " in done.output
    assert "second: 4 questions" in done.output
    assert StateStore(data_dir).files()["center_id"].unique().to_list() == ["second"]
    assert racklight("--source", "first", "--until", UNTIL).exit_code == 0


def test_without_a_source_the_command_says_where_to_describe_one(data_dir, racklight):
    outcome = racklight()
    assert outcome.exit_code == 2
    assert "sources.toml names no source. Describe one there, or give --url and --center." in " ".join(
        outcome.output.split()
    )
    assert "--url needs --center" in racklight("--url", "http://127.0.0.1:9").output


def test_a_secret_cannot_be_given_on_the_command_line(racklight):
    shown = racklight("--help").output
    assert "--token" not in shown
    assert "--password" not in shown
    assert "RACKLIGHT_PULL_TOKEN" in shown


def test_the_hourly_schedule_is_off_until_a_source_is_configured(data_dir):
    context = dg.build_schedule_context(
        resources={"data": Data(root=str(data_dir.root))}, scheduled_execution_time=datetime(2024, 3, 11, tzinfo=UTC)
    )
    assert isinstance(every_hour(context), dg.SkipReason)
    describe(data_dir, first="https://prometheus.example")
    assert isinstance(every_hour(context), dg.RunRequest)


def test_the_job_lands_what_every_source_has_and_fails_if_one_gave_no_answer(prometheus, data_dir):
    """Without a beginning, a source is asked for its last 24 hours."""
    ninety_minutes_ago_ms = int(time.time()) * 1_000 - 5_400_000
    prometheus.series = {"DCGM_FI_DEV_GPU_UTIL": [({"UUID": "GPU-1"}, [(ninety_minutes_ago_ms, "40")])]}
    prometheus.failures = [(401, {}, b"")]
    describe(data_dir, first=prometheus.url, second=prometheus.url)
    data_dir.sources_file.write_text(data_dir.sources_file.read_text().replace(f"since = {SINCE}\n", ""))
    outcome = pull_sources.execute_in_process(
        resources={"data": Data(root=str(data_dir.root))}, raise_on_error=False, instance=dg.DagsterInstance.ephemeral()
    )
    assert not outcome.success
    assert not (data_dir.landing / "pulled" / "first").exists()
    assert len(list((data_dir.landing / "pulled" / "second").glob("*.jsonl"))) == 1
    assert 24 <= len(prometheus.questions()) <= 25
