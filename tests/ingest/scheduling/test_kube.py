"""kube-state-metrics: only pods that are known to have held whole cards, and only for a span that is known."""

from datetime import UTC, datetime, timedelta, timezone

import polars as pl
import pytest

from ingest.reading import QUARANTINE_SCHEMA, Declaration, UnreadableFileError
from ingest.records.occupancy import OCCUPANCY_JOBS, POD_ALLOCATIONS
from ingest.scheduling import kube
from ingest.scheduling.kube import read
from ingest.scheduling.kube_lines import read_lines, recognizes
from ingest.scheduling.kube_pods import POD_CARDS_SCHEMA, pod_cards

NOON = datetime(2025, 9, 1, 12, tzinfo=UTC)
SEEN_AT_NOON = Declaration(center_id="sz-01", observed_at=NOON)
EIGHT = datetime(2025, 9, 1, 8, tzinfo=UTC)


def request(pod="p", count="8", resource="nvidia_com_gpu", container="c0", time=""):
    labels = f'namespace="a",pod="{pod}",uid="u-{pod}",container="{container}",node="n",resource="{resource}"'
    return f'kube_pod_container_resource_requests{{{labels},unit="integer"}} {count}{time}\n'


def phase(pod="p", name="Running", value=1, time=""):
    return f'kube_pod_status_phase{{namespace="a",pod="{pod}",uid="u-{pod}",phase="{name}"}} {value}{time}\n'


def instant(metric, at, pod="p", time=""):
    return f'kube_pod_{metric}_time{{namespace="a",pod="{pod}",uid="u-{pod}"}} {at.timestamp():.9e}{time}\n'


RUNNING = request() + phase() + instant("start", EIGHT)


def jobs_of(reading):
    return reading.records["occupancy_jobs"]


def test_the_sample_tells_no_start_so_no_span_is_made_up(sample):
    path = sample("generated/kube_state_metrics_gpu.prom")
    assert recognizes(path.read_bytes())
    reading = read(path, SEEN_AT_NOON, "sha")
    assert (reading.rows_in, reading.rows_accepted, reading.quarantined.height) == (7, 7, 0)
    assert jobs_of(reading).is_empty()
    assert reading.notices == {kube.NO_START: 1, kube.NO_PHASE: 1, kube.NOT_RUNNING: 1, kube.OTHER_METRICS: 2}


def test_the_sample_tells_the_cards_of_every_pod_and_the_phase_of_most(sample):
    pods = pod_cards(read_lines(sample("generated/kube_state_metrics_gpu.prom"), SEEN_AT_NOON))
    assert pods.schema == pl.Schema(POD_CARDS_SCHEMA)
    assert pods.select("pod", "node", "phase", "card_count", "observed_at").rows() == [
        ("qwen-72b-0", "sz-gpu-0007", "Running", 2, NOON),
        ("train-0", "sz-npu-0001", None, 8, NOON),
        ("done-job-1", "sz-gpu-0008", "Succeeded", 8, NOON),
    ]


def test_a_running_pod_held_its_cards_from_its_start_until_it_was_seen(landed):
    reading = read(landed(RUNNING), SEEN_AT_NOON, "sha")
    jobs = jobs_of(reading)
    assert jobs.schema == pl.Schema(OCCUPANCY_JOBS.lake_schema)
    assert reading.quarantined.schema == pl.Schema(QUARANTINE_SCHEMA)
    assert jobs.row(0, named=True) == {
        "center_id": "sz-01",
        "job_id": f"u-p@{EIGHT.timestamp():.0f}",
        "queue": "a",
        "started_at": EIGHT,
        "ended_at": NOON,
        "card_count": 8,
        "is_start_ambiguous": False,
        "revision": int(NOON.timestamp()),
        "source_sha256": "sha",
        "source_line": 1,
    }


def test_a_later_sight_of_a_pod_has_the_same_id_and_a_higher_revision(landed):
    earlier = jobs_of(read(landed(RUNNING), SEEN_AT_NOON, "sha"))
    later_at = Declaration("sz-01", observed_at=NOON + timedelta(hours=1))
    later = jobs_of(read(landed(RUNNING), later_at, "sha"))
    assert later["job_id"].equals(earlier["job_id"])
    assert later["revision"][0] - earlier["revision"][0] == 3600
    assert later["ended_at"][0] - earlier["ended_at"][0] == timedelta(hours=1)


def test_a_completed_pod_ends_at_its_completion(landed):
    done = RUNNING.replace("Running", "Succeeded") + instant("completion", datetime(2025, 9, 1, 10, tzinfo=UTC))
    assert jobs_of(read(landed(done), SEEN_AT_NOON, "sha"))["ended_at"][0].hour == 10


@pytest.mark.parametrize("name", ["Pending", "Succeeded", "Failed", "Unknown"])
def test_a_request_of_a_pod_that_does_not_run_holds_nothing(landed, name):
    reading = read(landed(RUNNING.replace("Running", name)), SEEN_AT_NOON, "sha")
    assert jobs_of(reading).is_empty()
    assert reading.notices == {kube.NOT_RUNNING: 1}


def test_only_the_phase_with_value_one_is_the_phase(landed):
    phases = phase(name="Pending", value=0) + phase(name="Running") + phase(name="Failed", value=0)
    reading = read(landed(request() + phases + instant("start", EIGHT)), SEEN_AT_NOON, "sha")
    assert jobs_of(reading).height == 1


def test_a_pod_of_several_containers_holds_the_sum_and_a_repeated_line_counts_once(landed):
    text = request(count="2") + request(count="3", container="c1") + request(count="2") + phase()
    reading = read(landed(text + instant("start", EIGHT)), SEEN_AT_NOON, "sha")
    assert jobs_of(reading)["card_count"].to_list() == [5]
    assert (reading.rows_in, reading.rows_accepted) == (5, 5)


@pytest.mark.parametrize(
    "resource",
    ["nvidia_com_gpu", "huawei_com_Ascend910", "huawei_com_Ascend310P", "cambricon_com_mlu", "hygon_com_dcu"],
)
def test_cards_of_any_vendor_are_cards(landed, resource):
    reading = read(landed(RUNNING.replace("nvidia_com_gpu", resource)), SEEN_AT_NOON, "sha")
    assert jobs_of(reading)["card_count"].to_list() == [8]


@pytest.mark.parametrize(
    ("resource", "notice"),
    [
        ("nvidia_com_mig_1g_10gb", kube.CARD_PARTS),
        ("nvidia_com_gpu_shared", kube.CARD_PARTS),
        ("huawei_com_Ascend910_2c", kube.CARD_PARTS),
        ("mthreads_com_vgpu", kube.CARD_PARTS),
        ("cpu", kube.OTHER_RESOURCES),
        ("memory", kube.OTHER_RESOURCES),
        ("rdma_hca", kube.OTHER_RESOURCES),
    ],
)
def test_parts_of_cards_and_other_resources_are_counted_and_hold_no_card(landed, resource, notice):
    reading = read(landed(RUNNING.replace("nvidia_com_gpu", resource)), SEEN_AT_NOON, "sha")
    assert jobs_of(reading).is_empty()
    assert reading.notices == {notice: 1}


def test_lines_with_times_of_their_own_need_no_declaration_and_the_last_sight_counts(landed):
    first, last = f" {int(EIGHT.timestamp() + 60) * 1000}", f" {int(NOON.timestamp()) * 1000}"
    text = "".join(request(time=t) + phase(time=t) + instant("start", EIGHT, time=t) for t in (first, last))
    reading = read(landed(text), Declaration(center_id="sz-01"), "sha")
    assert jobs_of(reading).select("ended_at", "source_line").rows() == [(NOON, 4)]


def test_openmetrics_times_are_seconds(landed):
    seconds = f" {NOON.timestamp():.3f}"
    text = request(time=seconds) + phase(time=seconds) + instant("start", EIGHT, time=seconds) + "# EOF\n"
    assert jobs_of(read(landed(text), Declaration(center_id="sz-01"), "sha"))["ended_at"].to_list() == [NOON]


def test_without_any_time_the_lines_are_set_aside(landed):
    reading = read(landed(RUNNING), Declaration(center_id="sz-01"), "sha")
    assert reading.quarantined["reason_code"].to_list() == ["NO_TIMESTAMP"] * 3
    assert (reading.rows_in, reading.rows_accepted) == (3, 0)


@pytest.mark.parametrize(
    ("line", "reason_code"),
    [
        ('kube_pod_status_phase{pod="p" 1', "MALFORMED_LINE"),
        ('kube_pod_status_phase{pod="p"} one', "MALFORMED_LINE"),
        ('kube_pod_status_phase{pod="p"} 1 soon', "MALFORMED_LINE"),
        ('kube_pod_status_phase{pod="p"} 1 99999999999999999', "MALFORMED_LINE"),
        ('kube_pod_status_phase{namespace="a",phase="Running"} 1', "MISSING_VALUE"),
        ('kube_pod_status_phase{pod="p",phase="Running"} 2', "NOT_A_NUMBER"),
        (request(count="0.5").strip(), "NOT_AN_INTEGER"),
        (request(count="-1").strip(), "OUT_OF_RANGE"),
        (request(count="NaN").strip(), "OUT_OF_RANGE"),
        (request(count="+Inf").strip(), "OUT_OF_RANGE"),
    ],
)
def test_a_line_that_breaks_a_rule_is_set_aside_with_its_text_and_the_reason(landed, line, reason_code):
    reading = read(landed(RUNNING + line + "\n"), SEEN_AT_NOON, "sha")
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(4, line, reason_code)]
    assert (reading.rows_in, reading.rows_accepted) == (4, 3)


def test_a_pod_cannot_be_seen_after_its_file_was_received(landed):
    declared = Declaration("sz-01", observed_at=NOON, received_at=EIGHT)
    assert read(landed(RUNNING), declared, "sha").quarantined["reason_code"].to_list() == ["TIME_IN_FUTURE"] * 3


def test_a_declared_time_with_another_offset_is_the_same_instant(landed):
    in_shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    reading = read(landed(RUNNING), Declaration("sz-01", observed_at=in_shanghai), "sha")
    assert jobs_of(reading)["ended_at"].to_list() == [NOON]


def test_without_a_center_the_file_is_refused(landed):
    with pytest.raises(UnreadableFileError) as error:
        read(landed(RUNNING), Declaration(observed_at=NOON), "sha")
    assert error.value.code == "NO_CENTER"


@pytest.mark.parametrize("head", [b"", b"DCGM_FI_DEV_GPU_UTIL{} 1\n", b'{"metric": "kube_pod_status_phase"}', b"a,b\n"])
def test_other_content_is_not_claimed(head):
    assert not recognizes(head)


def sights_of(reading):
    return (
        reading.records["pod_allocations"].select("pod_id", "seen_at", "started_at", "node_name", "card_count").rows()
    )


def test_every_sight_of_a_running_pod_is_kept_and_so_is_the_snapshot(landed):
    reading = read(landed(RUNNING), SEEN_AT_NOON, "sha")
    assert reading.records["pod_allocations"].schema == pl.Schema(POD_ALLOCATIONS.lake_schema)
    assert sights_of(reading) == [("u-p", NOON, EIGHT, "n", 8), ("*", NOON, None, None, 0)]


def test_a_running_pod_without_a_start_is_still_a_sight_of_its_cards(sample):
    reading = read(sample("generated/kube_state_metrics_gpu.prom"), SEEN_AT_NOON, "sha")
    pod = "b7b9b6de-be64-48be-1acc-06565212a97d"
    assert sights_of(reading) == [(pod, NOON, None, "sz-gpu-0007", 2), ("*", NOON, None, None, 0)]


def test_a_cluster_seen_without_pods_on_cards_was_seen_all_the_same(landed):
    reading = read(landed(request(resource="cpu") + phase()), SEEN_AT_NOON, "sha")
    assert sights_of(reading) == [("*", NOON, None, None, 0)]
