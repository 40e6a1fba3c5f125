"""Rows of the register of publications and of what each restated, from the file that lies beside the published marts.

`path` is a published version; restatements up to it are given, so that an earlier version tells nothing of later ones.
"""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read

FILE_NAME = "restatements.duckdb"


def _beside(path: Path | str) -> Path:
    return Path(path).with_name(FILE_NAME)


def is_kept(path: Path | str) -> bool:
    """Whether a register lies beside the published file."""
    return _beside(path).exists()


def pairs(path: Path | str, stamp: int) -> pl.DataFrame:
    """One row per pair of publications, the latest first; `stamp` only tells one state of the log from another."""
    del stamp
    return read(
        _beside(path),
        """select pairs.from_publication_no, pairs.to_publication_no, pairs.restated_count, pairs.restated_open_count,
            pairs.restated_milestone_count,
            pairs.added_count, pairs.withdrawn_count, earlier.as_of_at as from_as_of_at, later.as_of_at as to_as_of_at,
            later.recorded_at as to_recorded_at
        from fct_publication_pair as pairs
        inner join dim_publication as earlier on pairs.from_publication_no = earlier.publication_no
        inner join dim_publication as later on pairs.to_publication_no = later.publication_no
        where later.publication_no <= (select publication_no from dim_publication where version = $version)
        order by pairs.to_publication_no desc, pairs.from_publication_no desc""",
        {"version": Path(path).stem.removeprefix("marts-")},
    )


def publication(path: Path | str, stamp: int) -> pl.DataFrame:
    """One row: what the register says of this version, and whether it was compared with the one before it."""
    del stamp
    return read(
        _beside(path),
        """select own.publication_no, cast(own.recorded_at as date) as recorded_on, own.figure_count,
            own.entry_hash as head,
            not exists (select 1 from dim_publication as earlier where earlier.publication_no < own.publication_no)
            or exists (
                select 1 from fct_publication_pair as pairs where pairs.to_publication_no = own.publication_no
            ) as is_compared
        from dim_publication as own where own.version = $version""",
        {"version": Path(path).stem.removeprefix("marts-")},
    )


def restated_by(path: Path | str, stamp: int) -> pl.DataFrame:
    """Figures that this version says otherwise than the publication before it."""
    del stamp
    return read(
        _beside(path),
        """select distinct figure_id from fct_figure__restatement
        where to_publication_no = (select publication_no from dim_publication where version = $version)
            and from_publication_no = (
                select max(from_publication_no) from fct_publication_pair
                where to_publication_no = (select publication_no from dim_publication where version = $version)
            )
        order by figure_id""",
        {"version": Path(path).stem.removeprefix("marts-")},
    )


def brought_by(path: Path | str, stamp: int, from_no: int, to_no: int) -> pl.DataFrame:
    """What brought each cause between two publications: files, policies, catalogs, models, the as-of."""
    del stamp
    return read(
        _beside(path),
        """select cause, kind, name, detail, centers, recorded_at, source_sha256 from fct_publication_pair__cause
        where from_publication_no = $from_no and to_publication_no = $to_no
        order by cause_no, kind, name, detail""",
        {"from_no": from_no, "to_no": to_no},
    )


def milestones(path: Path | str, stamp: int, from_no: int, to_no: int) -> pl.DataFrame:
    """Conditions of subsidies that the later publication judges otherwise: verdict, bounds, credit, earned."""
    del stamp
    return read(
        _beside(path),
        """select * from fct_milestone__restatement
        where from_publication_no = $from_no and to_publication_no = $to_no order by center_id, milestone_id""",
        {"from_no": from_no, "to_no": to_no},
    )


def figures(path: Path | str, stamp: int, from_no: int, to_no: int, center_id: str, measure: str) -> pl.DataFrame:
    """Restated rates of one center and measure by month, with the part of each cause; months that had ended only.

    Names come from the registry of the published version; the largest changes stand first.
    """
    del stamp
    found = read(
        _beside(path),
        """select figure_id, metric_id, basis, period_start,
            cast(value_before as double) as value_before, cast(value_after as double) as value_after,
            cast(change as double) as change, cast(definition_change as double) as definition_change,
            cast(late_data as double) as late_data, cast(correction as double) as correction,
            cast(reclassification as double) as reclassification
        from fct_figure__restatement
        where from_publication_no = $from_no and to_publication_no = $to_no
            and center_id = $center_id and period_grain = 'month' and measure = $measure and unit = 'ratio'
            and not was_open and change is not null
        order by period_start desc, abs(change) desc, figure_id""",
        {"from_no": from_no, "to_no": to_no, "center_id": center_id, "measure": measure},
    )
    names = read(path, "select metric_id, name_zh, name_en from dim_metric", {})
    return found.join(names, on="metric_id", how="left", maintain_order="left")


def restated_centers(path: Path | str, stamp: int, from_no: int, to_no: int, measure: str) -> pl.DataFrame:
    """Centers and months with restated rates, as `figures` gives them; the latest month and most rates first."""
    del stamp
    found = read(
        _beside(path),
        """select center_id, period_start as month_start_on, count(*) as rate_count
        from fct_figure__restatement
        where from_publication_no = $from_no and to_publication_no = $to_no and center_id is not null
            and period_grain = 'month' and measure = $measure and unit = 'ratio'
            and not was_open and change is not null
        group by center_id, period_start
        order by period_start desc, rate_count desc, center_id""",
        {"from_no": from_no, "to_no": to_no, "measure": measure},
    )
    names = read(path, "select center_id, center_name_zh, center_name_en from dim_center", {})
    return found.join(names, on="center_id", how="inner", maintain_order="left")


def stamp(path: Path | str) -> int:
    """Changes when the log is written anew."""
    return _beside(path).stat().st_mtime_ns
