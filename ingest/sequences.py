"""Numbers of deliveries that a sender counted and nobody received: what its manifests say by what they skip.

Who sends is the declared center, and the name in the manifest where a center has several senders. Numbers before the
first and after the last one received cannot be missed.
"""

import polars as pl

MISSING_SCHEMA: dict[str, pl.DataType] = {
    "center_id": pl.String(),
    "sender": pl.String(),
    "missing_from": pl.Int64(),
    "missing_to": pl.Int64(),
    "missing_count": pl.Int64(),
    "refused_count": pl.Int64(),
    "noticed_at": pl.Datetime("us", "UTC"),
}
"""One row per sender and unbroken run of missing numbers, both ends included.

`center_id` is empty where none was declared, `sender` where a center's only one has no name.
Of `missing_count`, `refused_count` came and were refused; `noticed_at` is when the first number beyond the run came, or
a refused one of the run.
"""

_WHO = ["center_id", "sender"]


def missing_deliveries(files: pl.DataFrame) -> pl.DataFrame:
    """What is missing by the manifest's rows of all files received, as `MISSING_SCHEMA`.

    A number that came and was refused is missing until a file with it counts.
    """
    numbered = files.filter(pl.col("sender_sequence").is_not_null()).select(
        pl.col(_WHO).fill_null(""), pl.col("sender_sequence").alias("number"), "recorded_at", "refusal_code"
    )
    counting = numbered.filter(pl.col("refusal_code").is_null())
    refused = numbered.filter(pl.col("refusal_code").is_not_null()).join(counting, on=[*_WHO, "number"], how="anti")
    ends = numbered.group_by(_WHO).agg(
        (pl.col("number").min() - 1).alias("low"), (pl.col("number").max() + 1).alias("high")
    )
    there = pl.concat(
        [counting.select(*_WHO, "number"), ends.select(*_WHO, number="low"), ends.select(*_WHO, number="high")]
    )
    there = there.unique().sort(*_WHO, "number")
    gaps = there.select(
        *_WHO,
        (pl.col("number") + 1).alias("missing_from"),
        (pl.col("number").shift(-1).over(_WHO) - 1).alias("missing_to"),
    ).filter(pl.col("missing_to") >= pl.col("missing_from"))
    return (
        gaps.join_where(
            numbered.rename({name: f"{name}_of_file" for name in _WHO}),
            *(pl.col(name) == pl.col(f"{name}_of_file") for name in _WHO),
            pl.col("number") >= pl.col("missing_from"),
        )
        .group_by(*_WHO, "missing_from", "missing_to")
        .agg(pl.col("recorded_at").min().alias("noticed_at"))
        .join(_refused_within(gaps, refused), on=[*_WHO, "missing_from"], how="left")
        .with_columns(
            (pl.col("missing_to") - pl.col("missing_from") + 1).alias("missing_count"),
            pl.col("refused_count").fill_null(0),
        )
        .select(pl.col(name).cast(kind) for name, kind in MISSING_SCHEMA.items())
        .sort(*_WHO, "missing_from")
    )


def in_words(gap: dict) -> str:
    """A row of `MISSING_SCHEMA` in one English sentence."""
    who = " / ".join(gap[name] for name in _WHO if gap[name]) or "no center declared"
    numbers = str(gap["missing_from"]) if gap["missing_count"] == 1 else f"{gap['missing_from']} to {gap['missing_to']}"
    refused = f", of which {gap['refused_count']:,} came and were refused" if gap["refused_count"] else ""
    return f"{who}: {numbers}{refused}"


def _refused_within(gaps: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """How many numbers of each gap came and were refused."""
    found = refused.select(*_WHO, "number").unique().sort("number")
    found = found.join_asof(
        gaps.sort("missing_from"),
        left_on="number",
        right_on="missing_from",
        by=_WHO,
        strategy="backward",
        check_sortedness=False,
    )
    return found.group_by(*_WHO, "missing_from").agg(pl.len().alias("refused_count"))
