"""`racklight status`: what is in, how fresh it is, what was set aside, and what readers see."""

from datetime import UTC, datetime

import click

from orchestration.cli.terminal import AS_OF_OPTION, FORMAT_OPTION, TaughtCommand, plain, print_frame


@click.command(
    "status",
    cls=TaughtCommand,
    short_help="What is in, how fresh, what was set aside.",
    examples=("racklight status", "racklight status --format json", "racklight status --as-of 2026-11-05"),
)
@AS_OF_OPTION
@FORMAT_OPTION
def status_command(as_of: datetime | None, output_format: str) -> None:
    """Say what was taken in, how fresh it is, what was set aside and why, and what is published.

    JSON holds all of it as one object; CSV holds the received formats alone, one row per format and center. With
    --as-of, what was received by then and the last publication that is as of then or earlier.
    """
    import json

    from ingest.paths import DataDir

    data_dir = DataDir.from_env()
    status = collect_status(data_dir, as_of)
    if output_format == "csv":
        print_frame(status["received"], "csv")
    elif output_format == "json":
        parts = {name: part.to_dicts() if hasattr(part, "to_dicts") else part for name, part in status.items()}
        click.echo(json.dumps(parts, ensure_ascii=False, indent=2, default=_as_text))
    else:
        _print_status(status)


def collect_status(data_dir: object, as_of: datetime | None = None) -> dict:
    """What the manifest and the published folder say, of all there is or of what was received by an aware instant.

    Returns:
        `data_dir`; `received`: frame with one row per format and center; `quarantined`: one row per reason and format;
        `refused`: one row per refused file; `missing`: one row per run of delivery numbers that senders' manifests
        skip; `published`: version, as-of and times, or None; `register`: the last entry of the register of
        publications, or None. All times are UTC.
    """
    import polars as pl

    from ingest.sequences import missing_deliveries
    from ingest.state.register import Register
    from ingest.state.store import StateStore
    from orchestration.as_of import StateStoreAsOf

    store = StateStore(data_dir) if as_of is None else StateStoreAsOf(data_dir, as_of)
    files = store.files()
    accepted = files.filter(pl.col("refusal_code").is_null())
    received = (
        accepted.group_by("format_name", "center_id")
        .agg(
            pl.len().alias("file_count"),
            pl.col("rows_in").sum(),
            pl.col("rows_accepted").sum(),
            pl.col("rows_quarantined").sum(),
            pl.col("recorded_at").max().alias("last_received_at"),
        )
        .sort("format_name", "center_id", nulls_last=False)
    )
    quarantined = (
        store.quarantine()
        .join(files.select("source_sha256", "format_name"), on="source_sha256", how="left")
        .group_by("reason_code", "format_name")
        .agg(
            pl.len().alias("row_count"),
            pl.col("source_sha256").n_unique().alias("file_count"),
            pl.col("recorded_at").max().alias("last_recorded_at"),
        )
        .sort("row_count", "reason_code", "format_name", descending=[True, False, False])
    )
    register = Register(store)
    head = register.head() if as_of is None else register.latest_by(as_of)
    registered = head and {
        "publication_no": head.publication_no,
        "figure_count": head.figure_count,
        "recorded_at": head.recorded_at,
        "head": head.entry_hash,
    }
    return {
        "data_dir": str(data_dir.root),
        "received": received,
        "quarantined": quarantined,
        "refused": store.refusals(),
        "missing": missing_deliveries(files),
        "published": _published(data_dir, as_of),
        "register": registered or None,
    }


def _published(data_dir: object, as_of: datetime | None) -> dict | None:
    """The current publication, or the kept one that stands for an instant."""
    from dashboards.queries.published import published_versions
    from orchestration.publish import published_version

    if as_of is None:
        current = published_version(data_dir)
        return current and {
            "version": current.version,
            "path": str(current.path),
            "as_of_at": current.as_of_at,
            "published_at": current.published_at,
        }
    kept = next((version for version in published_versions() if version.as_of_at <= as_of), None)
    return kept and {
        "version": kept.name,
        "path": str(kept.path),
        "as_of_at": kept.as_of_at,
        "published_at": datetime.fromtimestamp(kept.path.stat().st_mtime, UTC),
    }


def _print_status(status: dict) -> None:
    import polars as pl

    from ingest.sequences import in_words

    received, quarantined = status["received"], status["quarantined"]
    click.echo(f"Data folder: {status['data_dir']}")
    if received.is_empty() and status["refused"].is_empty():
        click.echo("Nothing was taken in yet. Run `racklight ingest PATH`, or `racklight demo` for a made world.")
        return
    click.echo(f"\nReceived: {received.get_column('file_count').sum():,} files")
    print_table(received.with_columns(pl.col("center_id").fill_null("")))
    click.echo(f"\nSet aside: {quarantined.get_column('row_count').sum():,} rows")
    if quarantined.height:
        print_table(quarantined)
    if status["refused"].height:
        click.echo(f"\nRefused: {status['refused'].height} files; mend them and send them again")
        for name, _, message in status["refused"].rows():
            click.echo(f"  {plain(name)}: {plain(message.removeprefix(f'{name}: '))}")
    if status["missing"].height:
        click.echo(f"\nMissing: {status['missing']['missing_count'].sum():,} deliveries, by their senders' own numbers")
        for gap in status["missing"].iter_rows(named=True):
            click.echo(f"  {in_words(gap)}; noticed {gap['noticed_at']:%Y-%m-%d %H:%M} UTC")
    published = status["published"]
    if published is None:
        click.echo("\nNothing is published yet. Run `racklight build`.")
        return
    age_hours = (datetime.now(UTC) - published["published_at"]).total_seconds() / 3600
    click.echo(f"\nPublished: version {published['version']}, {age_hours:,.1f} hours ago")
    click.echo(f"  as of {published['as_of_at']:%Y-%m-%d %H:%M:%S} UTC, {published['path']}")
    if registered := status["register"]:
        click.echo(f"Register: {registered['publication_no']} publications, head {registered['head']}")


def print_table(frame: object) -> None:
    """Print a frame as a table; instants are UTC."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, kind in frame.schema.items():
        table.add_column(name, justify="right" if kind.is_integer() else "left", no_wrap=True)
    for row in frame.rows():
        table.add_row(*(_cell(value) for value in row))
    console = Console() if Console().is_terminal else Console(width=200)
    console.print(table)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)


def _as_text(value: object) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else str(value)
