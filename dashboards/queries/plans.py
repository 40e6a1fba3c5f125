"""Rows of what plans state about their PFLOPS, held against the catalogue."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def plan_basis(path: Path, center_id: str, model_id: str | None = None) -> pl.DataFrame:
    """One row per plan line of one center that states PFLOPS: declared, catalogue, their ratio, what would explain it.

    `inflation_ratio` is what the maker advertises for the model over its dense FP16.
    """
    return read_rows(
        path,
        """select checks.plan_line_id, checks.model_id, coalesce(models.display_name, checks.model_id) as display_name,
            checks.planned_card_count, checks.declared_pflops, checks.catalogue_pflops,
            checks.declared_ratio_of_catalogue, checks.candidate_basis, checks.is_mismatch, models.inflation_ratio
        from fct_plan_line__basis_check as checks
        left join dim_accelerator_model as models on models.model_id = checks.model_id
        where checks.center_id = $1 and ($2 is null or checks.model_id = $2)
        order by checks.is_mismatch desc, checks.declared_ratio_of_catalogue desc, checks.plan_line_id""",
        center_id,
        model_id,
    )
