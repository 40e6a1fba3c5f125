"""How many cards a Slurm job held, from the text of its trackable resources (`AllocTRES`)."""

import polars as pl

CARD_RESOURCES = ("gpu", "npu", "dcu", "mlu", "gcu", "xpu")
"""Generic resources that are whole accelerator cards."""

_ENTRY = r"^gres/(?P<name>[^:=]+)(?::(?P<type>[^=]*))?=(?P<count>.*)$"
_SLICE_TYPE = r"\dg\.\d+gb"


def card_counts(tres_texts: pl.Series) -> pl.DataFrame:
    """Cards per distinct text of `AllocTRES`, such as `cpu=256,gres/gpu=16,gres/gpu:h20=16`, which are 16 cards.

    An entry without a type is the total of its typed ones, so types are added up only where there is no total.
    Slices of cards (types such as `1g.10gb`) are taken off: they are no cards.

    Returns:
        Columns `tres` (the text), `cards`, `slices` (both Int64, 0 where there are none), `has_bad_count` and
        `other_gres` (sorted names of generic resources that are no cards, joined by a comma; null where none).
    """
    texts = tres_texts.drop_nulls().unique().sort().alias("tres").to_frame()
    entries = (
        texts.with_columns(pl.col("tres").str.split(",").alias("entry"))
        .explode("entry")
        .with_columns(pl.col("entry").str.strip_chars().str.extract_groups(_ENTRY).struct.unnest())
        .filter(pl.col("name").is_not_null())
        .with_columns(
            pl.when(pl.col("count").str.contains(r"^\d{1,7}$")).then(pl.col("count").cast(pl.Int64, strict=False)),
            pl.col("name").is_in(CARD_RESOURCES).alias("is_card"),
            pl.col("type").str.to_lowercase().str.contains(_SLICE_TYPE).fill_null(False).alias("is_slice"),
        )
    )
    is_total = pl.col("type").is_null()
    totals = (
        entries.filter("is_card")
        .group_by("tres", "name")
        .agg(
            pl.col("count").filter(is_total).max().alias("total"),
            pl.col("count").filter(~is_total).sum().alias("typed"),
            pl.col("count").filter("is_slice").sum().alias("slices"),
            pl.col("count").is_null().any().alias("has_bad_count"),
        )
        .group_by("tres")
        .agg(
            (pl.coalesce("total", "typed") - pl.col("slices")).sum().alias("cards"),
            pl.col("slices").sum(),
            pl.col("has_bad_count").any(),
        )
    )
    others = (
        entries.filter(~pl.col("is_card"))
        .group_by("tres")
        .agg(pl.col("name").unique().sort().str.join(",").alias("other_gres"))
    )
    return (
        texts.join(totals, on="tres", how="left")
        .join(others, on="tres", how="left")
        .with_columns(pl.col("cards", "slices").fill_null(0).cast(pl.Int64), pl.col("has_bad_count").fill_null(False))
        .select("tres", "cards", "slices", "has_bad_count", "other_gres")
    )
