"""What the accelerator catalog says a card has: memory and thermal design power, for checking what feeds say."""

from functools import lru_cache

import polars as pl

from ingest.ledger.models import model_id_of
from ingest.paths import REPOSITORY_ROOT

_TRUSTED = ("A", "B")
"""Only what a published source vouches for is reason enough to set a reading aside."""

_SEED = REPOSITORY_ROOT / "dbt_project" / "seeds" / "reference" / "accelerators.csv"


@lru_cache(maxsize=1)
def _limits() -> pl.DataFrame:
    """Per model of trusted figures `model_id`, `model_tdp_w`, `model_memory_bytes`; null where not published."""
    seed = pl.read_csv(_SEED, infer_schema=False).filter(pl.col("confidence").is_in(_TRUSTED))
    return seed.select(
        "model_id",
        pl.col("tdp_w").cast(pl.Float64, strict=False).alias("model_tdp_w"),
        (pl.col("memory_gb").cast(pl.Float64, strict=False) * (1 << 30)).alias("model_memory_bytes"),
    )


def limits_of_models(names: pl.Series) -> pl.DataFrame:
    """Per distinct name as a feed writes it: `model`, and what the catalog knows; unknown models are absent."""
    named = names.drop_nulls().unique().to_frame("model")
    return named.with_columns(model_id_of("model").alias("model_id")).join(_limits(), on="model_id", how="inner")
