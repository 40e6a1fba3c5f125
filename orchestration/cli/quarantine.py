"""`racklight quarantine`: what was set aside, line by line, as CSV for the sender, and a second reading."""

from datetime import datetime
from pathlib import Path

import click

from orchestration.cli.terminal import (
    AS_OF_OPTION,
    FORMAT_OPTION,
    Instant,
    TaughtCommand,
    TaughtGroup,
    plain,
    print_frame,
    time_zone_name,
)
from orchestration.errors import RacklightError

_LANGUAGE = click.option(
    "--language", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True, help="Of the sentences."
)


@click.group(
    "quarantine",
    cls=TaughtGroup,
    short_help="What was set aside, and a second try.",
    examples=(
        "racklight quarantine list",
        "racklight quarantine show jobs.csv",
        "racklight quarantine export rows.csv",
        "racklight quarantine report registers.xlsx",
        "racklight quarantine retry --time-zone Asia/Shanghai jobs.csv",
    ),
)
def quarantine_command() -> None:
    """Look at rows and files that were set aside, give them back to the sender, and try them again.

    What the build set aside because of other files needs no retry: it counts in the first build after the reason is
    gone, once.

    FILE is a file's name as it was received, or the first characters of its sha256.
    """


@quarantine_command.command(
    "list",
    cls=TaughtCommand,
    examples=(
        "racklight quarantine list --format csv",
        "racklight quarantine list --as-of 2026-11-05",
        "racklight quarantine list --reason NOT_A_DATE --center yangzhou-01 --since 2026-09-01T00:00:00+08:00",
    ),
)
@click.option("--reason", "reason_codes", multiple=True, help="Only this reason code; may be given more than once.")
@click.option("--center", "center_id", help="Only files of this center.")
@click.option("--file", help="Only this file.")
@click.option("--since", type=Instant(), help="Only files received at or after this time.")
@AS_OF_OPTION
@_LANGUAGE
@FORMAT_OPTION
def list_command(
    reason_codes: tuple[str, ...],
    center_id: str | None,
    file: str | None,
    since: datetime | None,
    as_of: datetime | None,
    language: str,
    output_format: str,
) -> None:
    """Say how many rows of which file were set aside for which reason, and which files were refused.

    Stage `gate` is what a file itself gave reason for; stage `build` what only other files could judge, as published.
    """
    from ingest.paths import DataDir
    from ingest.reasons import REASONS
    from orchestration.set_aside import list_set_aside

    if unknown := sorted(set(reason_codes) - set(REASONS)):
        raise click.BadParameter(f"{', '.join(unknown)}: data/README.md lists the codes.", param_hint="--reason")
    try:
        rows = list_set_aside(
            DataDir.from_env(),
            reason_codes=reason_codes,
            center_id=center_id,
            file=file,
            since=since,
            known=_known(as_of),
        )
    except LookupError as error:
        raise RacklightError(str(error)) from error
    if output_format != "table":
        _print(rows, output_format)
        return
    if rows.is_empty():
        click.echo("Nothing was set aside.")
    for row in rows.to_dicts():
        count = f"{row['row_count']:,} rows" if row["row_count"] else "refused"
        place = f" ({row['center_id']})" if row["center_id"] else ""
        name = f"{plain(row['original_name'])}{plain(place)} {row['source_sha256'][:8]}"
        click.echo(f"{count:>14}  {row['stage']:5}  {row['standing']:11}  {row['reason_code']:24}  {name}")
        _say(row, language, " " * 16)


@quarantine_command.command("show", cls=TaughtCommand, examples=("racklight quarantine show jobs.csv",))
@click.argument("file")
@AS_OF_OPTION
@_LANGUAGE
@FORMAT_OPTION
def show_command(file: str, as_of: datetime | None, language: str, output_format: str) -> None:
    """Show the rows of one file that were set aside: where, what they said, why, and what they collide with."""
    rows = _rows(file, as_of)
    if output_format != "table":
        _print(rows, output_format)
        return
    if rows.is_empty():
        _say_why_there_is_none(file, language)
    for row in rows.to_dicts():
        place = f"{plain(row['sheet_name'])}, row" if row["sheet_name"] else "line"
        place = f"{row['row_count']:,} rows" if row["source_line"] is None else f"{place} {row['source_line']:,}"
        click.echo(f"{place}  {row['stage']}  {row['reason_code']}  {plain(row['detail'])}")
        click.echo(f"    {plain(row['raw_text'] or row['row_key'] or '')}")
        if row["other_source_line"] is not None:
            click.echo(f"    collides with {plain(row['other_original_name'])} line {row['other_source_line']:,}")
        _say(row, language, "    ")


@quarantine_command.command("export", cls=TaughtCommand, examples=("racklight quarantine export rows.csv",))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--file", help="Only the lines of this file.")
@AS_OF_OPTION
def export_command(target: Path, file: str | None, as_of: datetime | None) -> None:
    """Write the rows set aside as CSV with their reasons; no cell of it runs as a formula in a spreadsheet."""
    from ingest.quarantine import as_csv

    rows = _rows(file, as_of)
    target.write_text(as_csv(rows), encoding="utf-8-sig", newline="")
    click.echo(f"{rows.height:,} rows written to {target}")


@quarantine_command.command(
    "report",
    cls=TaughtCommand,
    examples=(
        "racklight quarantine report registers.xlsx",
        "racklight quarantine report 3f9c2a71 --output to-the-sender.xlsx",
    ),
)
@click.argument("file")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file that is not there yet.")
def report_command(file: str, output: Path | None) -> None:
    """Write a copy of a received workbook with the cells at fault marked and explained in both languages.

    A sheet of the copy lists them. Nothing in the copy runs, and the workbook as received stays as it was. Without
    --output the copy goes below the folder of reports.
    """
    from ingest.error_reports import write_error_report
    from ingest.paths import DataDir
    from ingest.reading import UnreadableFileError

    if output is not None and output.exists():
        raise RacklightError(f"{output} exists and is left as it is: name another file.")
    try:
        report = write_error_report(DataDir.from_env(), file, output)
    except (LookupError, UnreadableFileError) as error:
        raise RacklightError(str(error)) from error
    click.echo(f"{report.fault_count:,} rows set aside, {report.marked_cell_count:,} cells marked in {report.path}")


@quarantine_command.command(
    "retry",
    cls=TaughtCommand,
    examples=(
        "racklight quarantine retry",
        "racklight quarantine retry --time-zone Asia/Shanghai jobs.csv",
        "racklight quarantine retry --center yangzhou-01 sent-to-the-wrong-center.prom",
    ),
)
@click.argument("file", required=False)
@click.option("--center", "center_id", help="Center the rows belong to, in place of what was declared.")
@click.option("--time-zone", callback=time_zone_name, help="IANA zone, in place of what was declared.")
@click.option("--observed-at", type=Instant(), help="When a snapshot without times was taken.")
@click.option("--server", "server_id", help="Server that a controller's answer speaks for.")
@click.option("--cabinet", "cabinet_id", help="Cabinet that a power meter feeds.")
def retry_command(
    file: str | None,
    center_id: str | None,
    time_zone: str | None,
    observed_at: datetime | None,
    server_id: str | None,
    cabinet_id: str | None,
) -> None:
    """Read kept files again with today's readers; a file's rows are replaced if more of them can be used now.

    They are also replaced if as many can be used and the options say otherwise than was declared, as when a file was
    taken in whole under the wrong center. Without FILE all files that were refused or have lines set aside are tried.
    A second retry changes nothing.
    """
    from ingest.paths import DataDir
    from ingest.quarantine import retry
    from ingest.reading import Declaration

    override = Declaration(center_id, time_zone, observed_at, server_id=server_id, cabinet_id=cabinet_id)
    if file is None and override != Declaration():
        raise click.UsageError("What is declared anew, such as --center, speaks for one file: name it.")
    try:
        outcomes = retry(DataDir.from_env(), file, override, on_progress=lambda outcome: click.echo(_line(outcome)))
    except LookupError as error:
        raise RacklightError(str(error)) from error
    let_in = sum(outcome.status == "let_in" for outcome in outcomes)
    click.echo(f"{len(outcomes)} files read again, {let_in} put in place of the earlier reading.")


def _known(as_of: datetime | None) -> object:
    """Both stages at an instant, or None for the current ones."""
    from orchestration.cli.published import published_file
    from orchestration.set_aside import AsOf

    return None if as_of is None else AsOf(as_of, published_file(as_of))


def _rows(file: str | None, as_of: datetime | None) -> object:
    from ingest.paths import DataDir
    from orchestration.set_aside import rows_set_aside

    try:
        return rows_set_aside(DataDir.from_env(), file, _known(as_of))
    except LookupError as error:
        raise RacklightError(str(error)) from error


def _print(rows: object, output_format: str) -> None:
    from ingest.quarantine import as_csv

    if output_format == "csv":
        click.echo(as_csv(rows), nl=False)
    else:
        print_frame(rows, output_format)


def _line(outcome: object) -> str:
    words = {"let_in": "let in", "unchanged": "unchanged", "refused": "refused"}
    numbers = f"{outcome.rows_in:>11,}{outcome.rows_accepted:>11,}{outcome.rows_quarantined:>11,}"
    message = outcome.message.removeprefix(f"{outcome.name}: ")
    return f"{words[outcome.status]:12}{numbers}  {plain(outcome.name)}: {plain(message)}"


def _say_why_there_is_none(file: str, language: str) -> None:
    """A file without rows set aside was taken in whole, or refused whole."""
    from ingest.paths import DataDir
    from ingest.quarantine import find_file
    from ingest.reasons import REASONS
    from ingest.state.store import StateStore

    entry = find_file(StateStore(DataDir.from_env()), file)
    if entry.refusal_code is None:
        click.echo("No row of this file was set aside.")
        return
    click.echo(f"refused whole  gate  {entry.refusal_code}  {plain(entry.refusal_message)}")
    reason = REASONS[entry.refusal_code]
    _say({"sentence_zh": reason.zh, "sentence_en": reason.en}, language, "    ")


def _say(row: dict, language: str, indent: str) -> None:
    for name in ("zh", "en"):
        if language in (name, "both"):
            click.echo(f"{indent}{row[f'sentence_{name}']}")
