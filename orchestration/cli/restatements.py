"""`racklight restatements`: what a publication says otherwise than an earlier one, split into causes."""

from typing import TYPE_CHECKING

import click

from orchestration.cli.terminal import FORMAT_OPTION, TaughtCommand, print_frame, progress_bar

if TYPE_CHECKING:
    import polars as pl

    from ingest.state.register import Entry, Register
    from ingest.state.restatements import LoggedPair

TABLE_ROWS = 40


@click.command(
    "restatements",
    cls=TaughtCommand,
    short_help="What was restated since, split into causes.",
    examples=(
        "racklight restatements",
        "racklight restatements --from 1 --to 3 --center yangzhou-01 --period 2026-09",
        "racklight restatements --metric lit_of_racked --format json",
    ),
)
@click.option("--from", "from_no", type=click.IntRange(1), help="Earlier publication; default: the one before --to.")
@click.option("--to", "to_no", type=click.IntRange(1), help="Later publication; default: the latest.")
@click.option("--metric", help="Metric id, such as lit_of_racked.")
@click.option("--center", help='Center id, or "ALL" for all centers together.')
@click.option("--period", help='"2026-09", "2026-09-30", or one of day, month, as_of.')
@click.option(
    "--with-open", is_flag=True, help="Also figures of periods that had not ended at the earlier publication."
)
@FORMAT_OPTION
def restatements_command(
    from_no: int | None,
    to_no: int | None,
    metric: str | None,
    center: str | None,
    period: str | None,
    with_open: bool,
    output_format: str,
) -> None:
    """Show which figures changed between two publications, and what each cause changed.

    A change is taken apart step by step, always in this order: definition_change (today's definitions over the files
    of then), late_data (facts nobody had told), correction (other values for told facts), reclassification (the same
    facts under another head: a lease's purpose, a kind of payment). The parts of every bound, numerator and
    denominator sum to its change exactly. Publications are numbered by `racklight register list`.

    A pair is split once and kept; each cause but the last takes a build of the figures (half a minute on the sample
    world). JSON and CSV hold all measures, the table the two bounds.
    """
    from ingest.paths import DataDir
    from ingest.state.register import Register
    from ingest.state.store import StateStore
    from orchestration.access.restatements import publish_scope_logs
    from orchestration.restating.log import restate
    from orchestration.restating.published_log import measure_rows, publish_log

    data_dir = DataDir.from_env()
    earlier, later = _publications(Register(StateStore(data_dir)), from_no, to_no)
    with progress_bar("restatements") as on_progress:
        pair = restate(data_dir, earlier, later, on_progress)
    publish_log(data_dir)
    publish_scope_logs(data_dir)
    rows = _chosen(measure_rows(data_dir, pair), metric, center, period, with_open)
    if output_format != "table":
        print_frame(rows, output_format)
        return
    _tell_pair(earlier, later, pair)
    _tell_figures(rows)


def _publications(register: "Register", from_no: int | None, to_no: int | None) -> "tuple[Entry, Entry]":
    from orchestration.restating.log import publication_before

    later = register.head() if to_no is None else register.find(publication_no=to_no)
    if later is None:
        raise click.ClickException(
            "Nothing is registered yet. Run `racklight build`." if to_no is None else _unknown(to_no)
        )
    earlier = publication_before(register, later) if from_no is None else register.find(publication_no=from_no)
    if earlier is None:
        raise click.ClickException(
            f"Publication {later.publication_no} is the first: nothing could be restated since."
            if from_no is None
            else _unknown(from_no)
        )
    if earlier.publication_no >= later.publication_no or earlier.scope != later.scope:
        raise click.ClickException(f"Publication {earlier.publication_no} is not before {later.publication_no}.")
    return earlier, later


def _unknown(number: int) -> str:
    return f"There is no publication {number}; see `racklight register list`."


def _chosen(
    rows: "pl.DataFrame", metric: str | None, center: str | None, period: str | None, with_open: bool
) -> "pl.DataFrame":
    import polars as pl

    start = pl.col("period_start").dt
    wanted = [pl.lit(True)]
    if metric:
        wanted.append(pl.col("metric_id") == metric)
    if center:
        wanted.append(pl.col("center_id").fill_null("ALL") == center)
    if period:
        grain = pl.col("period_grain")
        wanted.append(
            (grain == period)
            | ((grain == "month") & (start.strftime("%Y-%m") == period))
            | ((grain == "day") & (start.strftime("%Y-%m-%d") == period))
        )
    if not with_open:
        wanted.append(~pl.col("was_open"))
    return rows.filter(*wanted)


def _tell_pair(earlier: "Entry", later: "Entry", pair: "LoggedPair") -> None:
    for word, entry in (("From", earlier), ("To", later)):
        click.echo(
            f"{word:5} publication {entry.publication_no}, as of {entry.as_of_at:%Y-%m-%d %H:%M:%S} UTC, "
            f"registered {entry.recorded_at:%Y-%m-%d %H:%M} UTC"
        )
    for cause in pair.summary["present"]:
        brought = [row for row in pair.summary["brought_by"] if row["cause"] == cause]
        shown = [_told(row) for row in brought[:6]]
        more = [f"and {len(brought) - 6} more"] if len(brought) > 6 else []
        click.echo(f"{cause}: {'; '.join(shown + more)}")
    click.echo(
        f"{pair.summary['restated_count']:,} figures restated, {pair.summary['added_count']:,} new, "
        f"{pair.summary['withdrawn_count']:,} withdrawn"
    )

    _tell_milestones(pair)


def _told(row: dict) -> str:
    """What brought a cause: `days_2.csv (device_days: 88; yangzhou-01; received 2026-11-09T00:00:00Z)`."""
    received = f"received {row['recorded_at']}" if row.get("recorded_at") else ""
    details = [text for text in (row["detail"], row.get("centers"), received) if text]
    return f"{row['name']} ({'; '.join(details)})" if details else row["name"]


def _tell_milestones(pair: "LoggedPair") -> None:
    milestones = pair.summary.get("milestones")
    if milestones is None:
        click.echo("Conditions of subsidies were not compared: one of the two published files is not kept any more.")
        return
    click.echo(f"{len(milestones):,} conditions of subsidies are not what they were")
    for row in milestones:
        earned = [
            f"{row[f'{when}_earned_cny_fen_lower'] / 100:,.2f} to {row[f'{when}_earned_cny_fen_upper'] / 100:,.2f}"
            if row[f"{when}_earned_cny_fen_lower"] is not None and row[f"{when}_earned_cny_fen_upper"] is not None
            else "-"
            for when in ("before", "after")
        ]
        click.echo(
            f"  {row['milestone_id']}: {row['before_verdict']} > {row['after_verdict']}, earned yuan "
            f"{earned[0]} > {earned[1]}"
        )


def _tell_figures(rows: "pl.DataFrame") -> None:
    import polars as pl

    from orchestration.cli.status import print_table
    from orchestration.restating.causes import CAUSES

    bounds = rows.filter(pl.col("measure").is_in(["lower", "upper"])).sort(
        pl.col("period_grain") == "day", "figure_id", "measure", maintain_order=True
    )
    if bounds.is_empty():
        click.echo("No bound of a chosen figure changed; --with-open shows periods that had not ended.")
        return
    numbers = ["value_before", "value_after", "change", *CAUSES]
    # text because a table of the terminal rounds nothing and aligns digits
    shown = bounds.head(TABLE_ROWS).select(
        "figure_id", "measure", *(pl.col(name).cast(pl.Float64).round(6).cast(pl.String) for name in numbers)
    )
    print_table(shown.rename({"value_before": "before", "value_after": "after"}))
    if bounds.height > TABLE_ROWS:
        click.echo(f"{bounds.height - TABLE_ROWS:,} more rows; narrow them, or take --format csv.")
