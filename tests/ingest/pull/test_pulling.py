"""What is pulled lands once and goes in once, whatever happens on the way."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.pull.asking import PullError
from ingest.pull.pulling import pull_source
from ingest.state.store import StateStore

START = datetime(2024, 3, 11, 8, tzinfo=UTC)
END = START + timedelta(hours=2)
UTIL = "DCGM_FI_DEV_GPU_UTIL"


@pytest.fixture
def data_dir(tmp_path):
    return DataDir(tmp_path / "data")


@pytest.fixture
def pull(data_dir, source, asker):
    def run(**options):
        return pull_source(source, data_dir, **({"asker": asker, "until": END} | options))

    return run


def taken_in(data_dir):
    """Samples that count after taking in the landing folder, one row per sample, in order of time."""
    ingest_paths([data_dir.landing], data_dir)
    files = StateStore(data_dir).sample_files()["path"].to_list()
    if not files:
        return pl.DataFrame(schema={"sampled_at_ms": pl.Int64})
    return pl.concat(pl.read_parquet(path) for path in files).sort("sampled_at_ms")


def minutes_of(samples):
    return ((samples["sampled_at_ms"] - int(START.timestamp() * 1_000)) // 60_000).to_list()


@pytest.mark.parametrize("holds_left_end", [False, True], ids=["since Prometheus 3.0", "before Prometheus 3.0"])
def test_no_sample_is_doubled_or_lost_where_two_hours_meet(two_hours, pull, data_dir, holds_left_end):
    two_hours.holds_left_end = holds_left_end
    one_ms_before_the_hour = int(START.timestamp() * 1_000) + 3_599_999
    two_hours.series[UTIL][0][1].append((one_ms_before_the_hour, "40"))
    pulled = pull()
    samples = taken_in(data_dir)
    assert samples["sampled_at_ms"].is_unique().all()
    assert sorted(set(minutes_of(samples))) == list(range(120))
    assert one_ms_before_the_hour in samples["sampled_at_ms"]
    assert (len(pulled.landed), samples.height) == (2, 121)


def test_power_that_is_asked_for_apart_reaches_the_utilization_it_belongs_to(two_hours, pull, data_dir):
    pull()
    samples = taken_in(data_dir)
    assert samples["power_w"].to_list() == [300.0] * 120
    assert samples["utilization_pct"].to_list() == [40.0] * 120


def test_raw_samples_are_asked_for_and_never_resampled_ones(two_hours, pull):
    pull()
    assert {path for path, _ in two_hours.asked} == {"/api/v1/label/__name__/values", "/api/v1/query"}
    assert two_hours.questions()[0] == f"{UTIL}[3600000ms]"


def test_only_mapped_metrics_are_asked_for(two_hours, pull):
    pull()
    assert {question.partition("[")[0] for question in two_hours.questions()} == {UTIL, "DCGM_FI_DEV_POWER_USAGE"}


def test_a_selector_singles_out_a_center_of_a_shared_server(two_hours, source, data_dir, asker):
    from dataclasses import replace

    shared = replace(source, selector='cluster="sz-01"')
    asker.source = shared
    pull_source(shared, data_dir, until=END, asker=asker)
    assert two_hours.questions()[0] == UTIL + '{cluster="sz-01"}[3600000ms]'
    assert two_hours.asked[0][1]["match[]"] == ['{cluster="sz-01"}']


def test_a_finished_hour_is_never_asked_for_again_unless_told_to(two_hours, pull, data_dir):
    first = pull()
    second = pull()
    assert (first.asked_count, second.asked_count, second.known_count, second.landed) == (4, 0, 4, ())
    before = taken_in(data_dir)
    again = pull(again=True)
    assert again.asked_count == 4
    assert [outcome.status for outcome in ingest_paths([data_dir.landing], data_dir)] == ["already_known"] * 2
    assert taken_in(data_dir).equals(before)


def test_a_pull_that_broke_off_goes_on_where_it_was(two_hours, pull, data_dir):
    """The third question fails for good: the first hour has landed, the second goes on with what it lacks."""
    two_hours.failures = [None, None, None, (400, {}, b'{"status":"error","error":"bad_data"}')]
    with pytest.raises(PullError):
        pull()
    assert len(list(data_dir.landing.rglob("*.jsonl"))) == 1
    two_hours.failures = [None, None, (400, {}, b'{"status":"error","error":"bad_data"}')]
    with pytest.raises(PullError):
        pull()
    asked_before = len(two_hours.questions())
    last = pull()
    assert [question.partition("[")[0] for question in two_hours.questions()[asked_before:]] == [
        "DCGM_FI_DEV_POWER_USAGE"
    ]
    assert (last.asked_count, len(last.landed)) == (1, 1)
    assert sorted(set(minutes_of(taken_in(data_dir)))) == list(range(120))


def test_a_crash_between_landing_and_progress_changes_nothing(two_hours, pull, data_dir, monkeypatch):
    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(StateStore, "commit_pulled", crash)
        with pytest.raises(KeyboardInterrupt):
            pull()
    landed = sorted(path.name for path in data_dir.landing.rglob("*.jsonl"))
    pull()
    assert landed[0] in {path.name for path in data_dir.landing.rglob("*.jsonl")}
    samples = taken_in(data_dir)
    assert (samples.height, samples["sampled_at_ms"].is_unique().all()) == (120, True)


def test_an_hour_that_is_not_over_is_not_marked_finished_and_goes_on_without_doubling(two_hours, pull, data_dir):
    half = pull(until=START + timedelta(minutes=30))
    assert half.value_count == 60
    assert sorted(set(minutes_of(taken_in(data_dir)))) == list(range(30))
    pull()
    samples = taken_in(data_dir)
    assert sorted(minutes_of(samples)) == list(range(120))


def test_without_an_end_only_hours_that_are_over_are_asked_for(two_hours, source, data_dir, asker):
    now = datetime.now(UTC)
    pull_source(source, data_dir, since=now - timedelta(hours=3), asker=asker)
    last_hour_ms = int(now.timestamp()) // 3_600 * 3_600_000
    asked = [float(parameters["time"][0]) for path, parameters in two_hours.asked if path == "/api/v1/query"]
    assert asked
    assert max(asked) * 1_000 < last_hour_ms


def test_a_question_too_large_for_the_server_is_asked_in_halves(two_hours, pull, data_dir):
    two_hours.most_samples = 20
    pull()
    assert sorted(minutes_of(taken_in(data_dir))) == list(range(120))
    assert f"{UTIL}[900000ms]" in two_hours.questions()


def test_an_hour_without_any_sample_lands_nothing_and_is_finished(two_hours, pull, data_dir):
    two_hours.series = {UTIL: []}
    assert pull().landed == ()
    assert pull().asked_count == 0
    assert not list(data_dir.landing.rglob("*.jsonl"))


def test_a_server_without_accelerator_metrics_is_said_so(prometheus, pull):
    prometheus.series = {"node_cpu_seconds_total": []}
    with pytest.raises(PullError, match="none is one of a known accelerator exporter"):
        pull()


def test_landed_answers_name_what_was_asked_and_no_secret(two_hours, source, data_dir):
    from ingest.pull.asking import Asker

    secret = Asker(source, environment={"RACKLIGHT_PULL_TOKEN": "s3cr3t"})
    pulled = pull_source(source, data_dir, until=END, asker=secret)
    assert {headers.get("Authorization") for headers in two_hours.headers} == {"Bearer s3cr3t"}
    text = pulled.landed[0].read_text()
    assert f'"query":"{UTIL}[3600000ms]"' in text
    kept = [path for path in data_dir.root.rglob("*") if path.is_file() and b"s3cr3t" in path.read_bytes()]
    assert kept == []


def test_the_declared_center_stands_beside_what_landed(two_hours, pull, data_dir):
    pull()
    ingest_paths([data_dir.landing], data_dir)
    files = StateStore(data_dir).files()
    assert files["center_id"].unique().to_list() == ["sz-01"]
    assert files["format_name"].unique().to_list() == ["prometheus pull"]
    assert (files["rows_in"].sum(), files["rows_quarantined"].sum()) == (240, 0)
