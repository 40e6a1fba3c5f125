"""kube-state-metrics: which pods held whole cards, as spans from a pod's start to when it was last seen or completed.

A request is told for every pod, so it counts only for pods in phase Running, or for completed ones whose times are
told. A pod keeps its cards from its start to its end and never comes back under its uid; hence a pod that is seen
Running held its cards from its start to that instant. Its job id is its uid, and the revision is the instant it was
seen at, so a later sight lengthens the span and an older one that comes late changes nothing. Without
`kube_pod_start_time` one sight tells no span: such pods are counted in the notices.

Beside the spans every sight of a running pod is kept as it is, and so is the snapshot itself: how long a sight holds
is decided in SQL, and a cluster seen empty is not a cluster that nobody looked at.
"""

from dataclasses import replace
from pathlib import Path

import polars as pl

from ingest.occupancy.verdicts import Rule, as_reading, declared_center, hidden_rules, judge
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading
from ingest.records.occupancy import OCCUPANCY_JOBS, POD_ALLOCATIONS
from ingest.scheduling.kube_lines import METRICS, PHASES, REQUESTS, read_lines, recognizes
from ingest.scheduling.kube_pods import CARD_PART_RESOURCE, CARD_RESOURCE, pod_cards

FORMAT_NAME = "kube-state-metrics"
OTHER_METRICS = "rows of metrics that are not used"
OTHER_RESOURCES = "requests of resources that are no cards"
CARD_PARTS = "requests of slices or shares of cards"
NO_PHASE = "pods with cards whose phase is not told"
NOT_RUNNING = "pods with cards that are not running"
NO_START = "running pods with cards whose start is not told"

_LARGEST_REQUEST = 10_000


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read exposition text of kube-state-metrics into `occupancy_jobs` and `pod_allocations`.

    The first has one row per pod that held whole cards for a known span, the second one per snapshot and pod. Lines
    without a time were taken at `declaration.observed_at`; without that they are set aside. `queue` is the namespace.
    Lines count as rows; that a pod is made of several of them is not a loss.

    Raises:
        UnreadableFileError: the file is not UTF-8, or no center is declared.
    """
    center_id = declared_center(declaration, path)
    lines = judge(read_lines(path, declaration), _rules(declaration))
    good = lines.filter(pl.col("reason_code").is_null())
    pods = pod_cards(good)
    spans, notices = _spans(pods)
    reading = as_reading(FORMAT_NAME, OCCUPANCY_JOBS, spans, center_id, source_sha256)
    jobs = reading.records[OCCUPANCY_JOBS.name].with_columns(spans["seen_epoch_seconds"].alias("revision"))
    quarantined = lines.filter(pl.col("reason_code").is_not_null())
    is_request = pl.col("metric") == REQUESTS
    is_card, is_part = (pl.col("resource").str.contains(pattern) for pattern in (CARD_RESOURCE, CARD_PART_RESOURCE))
    notices |= {
        OTHER_METRICS: good.filter(~pl.col("metric").is_in(METRICS)).height,
        CARD_PARTS: good.filter(is_request & ~is_card & is_part).height,
        OTHER_RESOURCES: good.filter(is_request & ~is_card & ~is_part).height,
    }
    return replace(
        reading,
        rows_in=lines.height,
        rows_accepted=good.height,
        records={OCCUPANCY_JOBS.name: jobs, POD_ALLOCATIONS.name: _sights(good, pods, center_id, source_sha256)},
        quarantined=quarantined.select(pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items()),
        notices={name: count for name, count in notices.items() if count},
    )


def _rules(declaration: Declaration) -> list[Rule]:
    is_used = pl.col("metric").is_in(METRICS)
    is_request = (pl.col("metric") == REQUESTS) & pl.col("resource").str.contains(CARD_RESOURCE)
    value = pl.format("value {}", "value")
    rules = [
        Rule("MALFORMED_LINE", pl.col("metric").is_null(), pl.lit("not name{labels} value [time]")),
        *hidden_rules(("pod", "namespace", "node", "uid")),
        Rule("NO_TIMESTAMP", is_used & pl.col("observed_at").is_null(), pl.lit("declare observed_at")),
        Rule("MISSING_VALUE", is_used & (pl.col("pod") == ""), pl.lit("label pod")),
        Rule("NOT_AN_INTEGER", is_request & (pl.col("value") != pl.col("value").floor()), value),
        Rule("OUT_OF_RANGE", is_request & ~pl.col("value").is_between(0, _LARGEST_REQUEST), value),
        Rule("NOT_A_NUMBER", (pl.col("metric") == PHASES) & ~pl.col("value").is_in([0.0, 1.0]), value),
    ]
    if declaration.received_at is not None:
        latest = pl.lit(declaration.received_at).dt.offset_by("5m")
        rules.append(
            Rule("TIME_IN_FUTURE", is_used & (pl.col("observed_at") > latest), pl.col("observed_at").cast(pl.String))
        )
    return rules


def _sights(lines: pl.DataFrame, pods: pl.DataFrame, center_id: str, source_sha256: str) -> pl.DataFrame:
    """Running pods at each instant they were seen, and each instant itself as pod `*`, with the columns of the lake."""
    told = lines.filter(pl.col("metric").is_in([REQUESTS, PHASES]))
    snapshots = told.group_by("observed_at").agg(pl.col("source_line").min()).sort("observed_at")
    running = pods.filter(pl.col("phase") == "Running").with_columns(_pod_id().alias("pod_id"))
    running = running.unique(["pod_id", "observed_at"], keep="first", maintain_order=True)
    rows = pl.concat(
        [
            running.with_columns(pl.col("namespace").replace("", None), pl.col("pod").alias("pod_name")),
            snapshots.with_columns(pl.lit("*").alias("pod_id"), pl.lit(0, pl.Int64()).alias("card_count")),
        ],
        how="diagonal",
    ).with_columns(
        pl.lit(center_id).alias("center_id"),
        pl.col("observed_at").alias("seen_at"),
        pl.col("node").alias("node_name"),
        pl.lit(1, pl.Int64()).alias("revision"),
        pl.lit(source_sha256).alias("source_sha256"),
    )
    return rows.select(pl.col(name).cast(kind) for name, kind in POD_ALLOCATIONS.lake_schema.items())


def _pod_id() -> pl.Expr:
    return pl.col("uid").replace("", None).fill_null(pl.format("{}/{}", "namespace", "pod"))


def _spans(pods: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """One row per pod with its longest known span, as fields of `occupancy_jobs`, and the pods that give none."""
    is_running = pl.col("phase") == "Running"
    is_completed = pl.col("phase").is_in(["Succeeded", "Failed"]) & pl.col("completed_at").is_not_null()
    ended = pl.when(is_completed).then("completed_at").when(is_running).then("observed_at")
    told = pods.with_columns(
        _pod_id().alias("pod_id"),
        ended.alias("ended_at"),
    )
    has_span = (pl.col("ended_at") > pl.col("started_at")).fill_null(False)
    spans = (
        told.filter(has_span)
        .sort("observed_at", maintain_order=True)
        .unique(["pod_id", "started_at"], keep="last", maintain_order=True)
        .sort("source_line")
    )
    without = told.filter(~has_span).unique("pod_id", keep="last").join(spans, on="pod_id", how="anti")
    notices = {
        NO_PHASE: without.filter(pl.col("phase").is_null()).height,
        NO_START: without.filter(is_running).height,
        NOT_RUNNING: without.filter(pl.col("phase").is_not_null() & ~is_running).height,
    }
    none = pl.lit(None, pl.String())
    fields = spans.with_columns(
        pl.format("{}@{}", "pod_id", pl.col("started_at").dt.epoch("s")).alias("job_id"),
        pl.col("namespace").replace("", None).alias("queue"),
        pl.lit(False).alias("is_start_ambiguous"),
        pl.col("observed_at").dt.epoch("s").alias("seen_epoch_seconds"),
        none.alias("raw_text"),
        none.alias("reason_code"),
        none.alias("detail"),
    )
    return fields, notices


KUBE_READER = Reader(FORMAT_NAME, recognizes, read)
