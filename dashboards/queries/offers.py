"""Rows of what can be sold: free cards by server and span, and by cluster."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def offers(path: Path, model_id: str | None = None, province: int | None = None) -> pl.DataFrame:
    """One row per server, model and span in which cards of it are free."""
    return read_rows(
        path,
        """select * from fct_server__offer
        where ($1 is null or model_id = $1) and ($2 is null or province_code = $2)
        order by center_id, cluster_id, server_id, model_id, free_from, free_until nulls last""",
        model_id,
        province,
    )


def clusters(path: Path, model_id: str | None = None, province: int | None = None) -> pl.DataFrame:
    """One row per cluster and model: how many are free, and the largest block of them."""
    return read_rows(
        path,
        """select * from fct_cluster__offer
        where ($1 is null or model_id = $1)
            and ($2 is null or center_id in (select center_id from dim_center where province_code = $2))
        order by free_card_count desc, asking_price_cny_fen nulls last, cluster_id""",
        model_id,
        province,
    )


def terms(path: Path) -> pl.DataFrame:
    """One row: the day the offers are of, and the same day three months later, which is the usual latest start."""
    return read_rows(
        path,
        """select max(as_of_on) as as_of_on, cast(max(as_of_on) + interval 3 month as date) as start_by_on
        from fct_server__offer""",
    )


def places(path: Path) -> pl.DataFrame:
    """One row per province, as a buyer's place."""
    return read_rows(
        path, "select province_code, province_name_zh, province_name_en from dim_province order by province_code"
    )
