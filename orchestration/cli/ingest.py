"""`racklight ingest`: files in, one line for each, and an exit code that says whether all were taken."""

from datetime import datetime
from pathlib import Path

import click

from orchestration.cli.terminal import Instant, TaughtCommand, plain, time_zone_name


@click.command(
    "ingest",
    cls=TaughtCommand,
    short_help="Take in files of any supported format.",
    examples=(
        "racklight ingest exports/2026-09/",
        "racklight ingest --center philly --time-zone America/Los_Angeles cluster_jobs.csv",
        "racklight ingest --center yangzhou-01 --observed-at 2026-09-30T08:00:00+08:00 scrape.prom",
        "racklight ingest --center yangzhou-01 --server yangzhou-01-s01 redfish/metric-report.json",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--center", "center_id", help="Center the rows belong to, where they do not name one.")
@click.option("--time-zone", callback=time_zone_name, help="IANA zone of times that are written without an offset.")
@click.option("--observed-at", type=Instant(), help="When a snapshot without times was taken.")
@click.option("--received-at", type=Instant(), help="When the files were received, if that was not now.")
@click.option(
    "--server",
    "server_id",
    help="Server that a file speaks for, where it names none.",
)
@click.option("--cabinet", "cabinet_id", help="Cabinet that a power meter feeds, where its file names none.")
def ingest_command(
    paths: tuple[Path, ...],
    center_id: str | None,
    time_zone: str | None,
    observed_at: datetime | None,
    received_at: datetime | None,
    server_id: str | None,
    cabinet_id: str | None,
) -> None:
    """Take in files, or all files below folders, in any supported format.

    A file is recognized by its content, kept as received, and read into the lake. A row that cannot be used is set
    aside with its line and the reason; a file received before changes nothing. A file named feed.toml speaks for the
    files beside and below it and holds the same declarations as the options.

    Ends with 1 if a file was refused; the other files are taken in all the same.
    """
    from ingest.paths import DataDir
    from ingest.reading import Declaration

    declaration = Declaration(
        center_id=center_id,
        time_zone=time_zone,
        observed_at=observed_at,
        received_at=received_at,
        server_id=server_id,
        cabinet_id=cabinet_id,
    )
    outcomes = ingest_and_tell(paths, DataDir.from_env(), declaration)
    if any(outcome.status == "refused" for outcome in outcomes):
        raise SystemExit(1)


def ingest_and_tell(paths: tuple[Path, ...], data_dir: object, declaration: object = None) -> list:
    """Take in paths, print one line per file and the totals, and return what became of each."""
    from ingest.intake import ingest_paths

    click.echo(f"{'':12}{'rows in':>11}{'accepted':>11}{'set aside':>11}  file")
    outcomes = ingest_paths(list(paths), data_dir, declaration, on_progress=lambda outcome: click.echo(_line(outcome)))
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in _WORDS}
    totals = [
        sum(getattr(outcome, name) for outcome in outcomes) for name in ("rows_in", "rows_accepted", "rows_quarantined")
    ]
    click.echo(f"{'total':12}" + "".join(f"{total:>11,}" for total in totals) + f"  {len(outcomes)} files")
    click.echo(", ".join(f"{count} {_WORDS[status]}" for status, count in counts.items()))
    if not outcomes:
        click.echo("There is no file to take in: what is hidden, unfinished (.part, .tmp) or no file is left alone.")
    _give_workbooks_back(outcomes, data_dir)
    return outcomes


def _give_workbooks_back(outcomes: list, data_dir: object) -> None:
    """Write a marked copy of each workbook with something wrong in it, and say where."""
    from ingest.error_reports import is_workbook, write_error_report
    from ingest.reading import UnreadableFileError

    for outcome in outcomes:
        is_wrong = outcome.status == "refused" or outcome.rows_quarantined
        if not is_wrong or not outcome.source_sha256 or not is_workbook(data_dir, outcome.source_sha256):
            continue
        try:
            report = write_error_report(data_dir, outcome.source_sha256)
        except UnreadableFileError:
            # What must not be opened gets no copy; why it was refused is said above.
            continue
        count = report.marked_cell_count
        marked = f"{count:,} cells are marked and explained" if count else "the reason is explained"
        click.echo(f"{plain(outcome.name)}: {marked} in {report.path}")


_WORDS = {"accepted": "accepted", "already_known": "known already", "refused": "refused"}


def _line(outcome: object) -> str:
    word = _WORDS[outcome.status]
    name, message = plain(outcome.name), plain(outcome.message.removeprefix(f"{outcome.name}: "))
    remark = f": {message}" if message else ""
    if outcome.status != "accepted":
        return f"{word:12}{'':33}  {name}{remark}"
    numbers = f"{outcome.rows_in:>11,}{outcome.rows_accepted:>11,}{outcome.rows_quarantined:>11,}"
    return f"{word:12}{numbers}  {name} ({outcome.format_name}){remark}"
