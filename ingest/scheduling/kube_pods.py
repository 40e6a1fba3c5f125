"""From samples of kube-state-metrics to pods: the whole cards that each held at each instant it was seen."""

import polars as pl

from ingest.scheduling.kube_lines import COMPLETIONS, PHASES, REQUESTS, STARTS

POD_CARDS_SCHEMA: dict[str, pl.DataType] = {
    "observed_at": pl.Datetime("us", "UTC"),
    "namespace": pl.String(),
    "pod": pl.String(),
    "uid": pl.String(),
    "node": pl.String(),
    "phase": pl.String(),
    "card_count": pl.Int64(),
    "started_at": pl.Datetime("us", "UTC"),
    "completed_at": pl.Datetime("us", "UTC"),
    "source_line": pl.Int64(),
}
"""One row per instant and pod that asks for whole cards, in whatever phase; a pod of unknown phase has null there.

`card_count` adds up the pod's containers. `started_at` and `completed_at` are null where no sample tells them.
`source_line` is the first of the pod's request lines.
"""

CARD_RESOURCE = (
    r"(?i)^(?:nvidia_com_gpu|amd_com_gpu|huawei_com_ascend(?:_?\d+[a-z]?)?|cambricon_com_mlu(?:\d+)?|hygon_com_dcu|"
    r"metax_tech_com_gpu|mthreads_com_gpu|iluvatar_(?:ai|com)_gpu|kunlunxin_com_xpu|enflame_com_gcu)$"
)
"""Resource names, with anything but letters and digits turned into `_`, that stand for whole cards."""

CARD_PART_RESOURCE = (
    r"(?i)^(?:nvidia_com_mig_.+|nvidia_com_gpu_shared|nvidia_com_gpu(?:mem|cores).*|huawei_com_ascend.+_\d+c.*|"
    r".+_(?:vgpu|sgpu|vmemory|vcore|gcu_shared|mlu_share|mlu_mem).*)$"
)
"""Resource names that stand for slices or shares of cards."""

_POD = ["observed_at", "namespace", "pod", "uid"]


def pod_cards(samples: pl.DataFrame) -> pl.DataFrame:
    """Pods with whole cards, from samples as `read_lines` gives them with `observed_at`, as `POD_CARDS_SCHEMA` says.

    A container that is told twice at one instant counts once.
    """
    requests = (
        samples.filter(pl.col("metric") == REQUESTS, pl.col("resource").str.contains(CARD_RESOURCE))
        .unique([*_POD, "container", "resource"], keep="first", maintain_order=True)
        .group_by(_POD, maintain_order=True)
        .agg(
            pl.col("node").first().replace("", None),
            pl.col("value").sum().cast(pl.Int64).alias("card_count"),
            pl.col("source_line").min(),
        )
        .filter(pl.col("card_count") > 0)
    )
    phases = samples.filter(pl.col("metric") == PHASES, pl.col("value") == 1).unique(_POD, keep="first")
    joined = requests.join(phases.select(*_POD, "phase"), on=_POD, how="left", maintain_order="left")
    for metric, column in ((STARTS, "started_at"), (COMPLETIONS, "completed_at")):
        seconds = samples.filter(pl.col("metric") == metric).unique(_POD, keep="first")
        times = seconds.select(*_POD, _instant("value").alias(column))
        joined = joined.join(times, on=_POD, how="left", maintain_order="left")
    return joined.select(pl.col(name).cast(kind) for name, kind in POD_CARDS_SCHEMA.items())


def _instant(column: str) -> pl.Expr:
    seconds = pl.when(pl.col(column).is_between(1, 1e11)).then(pl.col(column)).cast(pl.Int64)
    return pl.from_epoch(seconds, "s").dt.cast_time_unit("us").dt.replace_time_zone("UTC")
