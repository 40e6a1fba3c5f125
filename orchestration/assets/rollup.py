"""Samples reduced to device-hours, by local day and for all centers in one run."""

from datetime import date

import dagster as dg

from ingest.remake import remake_lake
from ingest.rollups import roll_up_dirty_days
from orchestration.partitions import LOCAL_DAYS
from orchestration.resources import Data, Reporter


@dg.asset(
    group_name="lake_telemetry",
    kinds={"polars", "parquet"},
    deps=["telemetry_samples", "registers"],
    partitions_def=LOCAL_DAYS,
    # one run for a whole range: a run per center and day would cost more in starting than in computing
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def device_hours(
    context: dg.AssetExecutionContext, data: Data, report: dg.ResourceParam[Reporter]
) -> dg.MaterializeResult:
    """Seconds each card was observed, by how busy it was, per clock hour and local day; sums only, no rate.

    A run over partitions looks at those days, a run without looks at every day; either way only days are made again
    whose samples, or whose center's calendar, are not what they were made from. Before that, whatever is gone from the
    lake or has the columns of an earlier schema is made again from the raw store.
    """
    remade = remake_lake(data.data_dir, lambda done, total, name: report(f"lake files of {name}", done, total))
    only = None
    if context.has_partition_key_range:
        only = tuple(date.fromisoformat(key) for key in context.partition_key_range)
    rollup = roll_up_dirty_days(
        data.data_dir,
        only=only,
        on_progress=lambda done, total, day: report(f"device-hours of {day.center_id} on {day.local_day}", done, total),
    )
    if only is None:
        for local_day in sorted({local_day for _, local_day in rollup.rolled_up}):
            # a run without a range still shows in Dagster which days it made
            context.log_event(dg.AssetMaterialization("device_hours", partition=local_day.isoformat()))
    for center_id in rollup.waiting_centers:
        context.log.warning(f"Telemetry of {center_id} waits: no register of centers names it.")
    return dg.MaterializeResult(
        metadata={
            "remade_file_count": len(remade),
            "rolled_up_center_day_count": len(rollup.rolled_up),
            "waiting_centers": list(rollup.waiting_centers),
        }
    )
