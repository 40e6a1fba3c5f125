"""Exporters that stamp each metric with its own time: memory and power join the utilization measured nearest to them.

Left alone, a power reading four seconds after a utilization reading would look like a sample without utilization and
end what the utilization said.
"""

import polars as pl

NEAREST_MS = 60_000
"""The slowest metric group of such an exporter is collected once a minute."""


def attach_side_readings(wide: pl.DataFrame, side_columns: tuple[str, ...]) -> pl.DataFrame:
    """Move rows without any utilization reading to the same device's nearest row that has one.

    Args:
        wide: one row per `device` and `sampled_at_ms`; `has_busy` marks rows with a utilization reading, known or not.
        side_columns: columns to move; a value that was measured at the nearest instant itself stays.

    Returns:
        The rows without `has_busy`; rows with nothing near stay as they are.
    """
    if wide["has_busy"].all():
        return wide.drop("has_busy")
    wide = wide.sort("sampled_at_ms")
    anchors = wide.filter("has_busy").drop("has_busy")
    strays = wide.filter(~pl.col("has_busy")).drop("has_busy")
    near = strays.join_asof(
        anchors.select("device", "sampled_at_ms", pl.col("sampled_at_ms").alias("anchor_ms")),
        on="sampled_at_ms",
        by="device",
        strategy="nearest",
        tolerance=NEAREST_MS,
        check_sortedness=False,
    )
    moved = (
        near.filter(pl.col("anchor_ms").is_not_null())
        .group_by("device", pl.col("anchor_ms").alias("sampled_at_ms"), maintain_order=True)
        .agg(pl.col(name).drop_nulls().last().alias(f"side:{name}") for name in side_columns)
    )
    joined = anchors.join(moved, on=["device", "sampled_at_ms"], how="left").with_columns(
        pl.coalesce(name, f"side:{name}").alias(name) for name in side_columns
    )
    return pl.concat([joined.select(anchors.columns), near.filter(pl.col("anchor_ms").is_null()).drop("anchor_ms")])
