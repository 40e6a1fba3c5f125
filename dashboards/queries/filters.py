"""What views can be narrowed to: provinces, vendors, models and tenants of one published file, as `id` and names."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def filter_provinces(path: Path) -> pl.DataFrame:
    """One row per province with a center."""
    return read_rows(
        path,
        """select province_code as id, min(province_name_zh) as name_zh, min(province_name_en) as name_en
        from dim_center where province_code is not null group by province_code order by province_code""",
    )


def filter_vendors(path: Path) -> pl.DataFrame:
    """One row per vendor that promised to take up capacity, or whose part in use or revenue was judged."""
    return read_rows(
        path,
        """with vendors as (
            select vendor_party_id, vendor_name_zh, vendor_name_en from dim_commitment
            union all
            select vendor_party_id, vendor_name_zh, vendor_name_en from fct_vendor__scorecard
            union all
            select vendor_party_id, vendor_name_zh, vendor_name_en from fct_center_vendor__padding
            union all
            select vendor_party_id, vendor_name_zh, vendor_name_en from fct_party_pair__bought_revenue
        )

        select vendor_party_id as id, max(vendor_name_zh) as name_zh, max(vendor_name_en) as name_en
        from vendors where vendor_party_id <> 'ALL' group by vendor_party_id order by vendor_party_id""",
    )


def filter_models(path: Path) -> pl.DataFrame:
    """One row per model of which a center plans or holds cards."""
    return read_rows(
        path,
        """with held as (
            select model_id from fct_center_model__weight
            union
            select model_id from fct_cluster__offer
        )

        select held.model_id as id, coalesce(models.display_name, held.model_id) as name_zh,
            coalesce(models.display_name, held.model_id) as name_en
        from held
        left join dim_accelerator_model as models on held.model_id = models.model_id
        where held.model_id is not null order by held.model_id""",
    )


def filter_tenants(path: Path) -> pl.DataFrame:
    """One row per tenant with a lease, a bill, or a rate of its own."""
    return read_rows(
        path,
        """with tenants as (
            select tenant_party_id, tenant_name_zh, tenant_name_en from fct_lease__backlog
            union all
            select tenant_party_id, tenant_name_zh, tenant_name_en from fct_lease__deal
            union all
            select tenant_party_id, tenant_name_zh, tenant_name_en from fct_center_tenant__concentration
            union all
            select party_id, party_name_zh, party_name_en from dim_party
            where party_id in (
                select scope_id from fct_scope_period__rate
                where scope_kind = 'tenant' and period_grain = 'month' and metric_id = 'lit_of_sold'
            )
        )

        select tenant_party_id as id, max(tenant_name_zh) as name_zh, max(tenant_name_en) as name_en
        from tenants where tenant_party_id is not null group by tenant_party_id order by tenant_party_id""",
    )
