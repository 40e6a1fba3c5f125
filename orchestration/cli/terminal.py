"""How commands speak: results on stdout, progress and remarks on stderr, and values a person typed read strictly."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

if TYPE_CHECKING:
    from orchestration.dbt_runner import Progress

LOCAL_TIME_ZONE = "Asia/Shanghai"

FORMAT_OPTION = click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="json and csv are for programs; their columns are a public contract.",
)


class TaughtCommand(click.Command):
    """A command whose help ends with commands that can be copied and run."""

    def __init__(self, *args: object, examples: tuple[str, ...] = (), **settings: object) -> None:
        super().__init__(*args, **settings)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below everything else."""
        with formatter.section("Examples"):
            for example in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")


class TaughtGroup(TaughtCommand, click.Group):
    """A group whose help ends with examples."""


class Instant(click.ParamType):
    """An instant with an offset, or, if `takes_days`, a day: its last second in China."""

    name = "instant"

    def __init__(self, takes_days: bool = False) -> None:
        self.takes_days = takes_days

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read what was typed, or say how it should look."""
        if isinstance(value, datetime):
            return value
        try:
            if self.takes_days and len(value) == len("2026-03-31"):
                last_second = time(23, 59, 59, tzinfo=ZoneInfo(LOCAL_TIME_ZONE))
                return datetime.combine(date.fromisoformat(value), last_second)
            instant = datetime.fromisoformat(value)
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None:
            also = " or a day like 2026-03-31" if self.takes_days else ""
            self.fail(f"{value!r} must be an instant with an offset like 2026-03-31T08:00:00+08:00{also}.", param, ctx)
        return instant


AS_OF_OPTION = click.option(
    "--as-of",
    type=Instant(takes_days=True),
    metavar="INSTANT|DATE",
    help="Only what was received by then; a day stands for its last second in China.",
)


def time_zone_name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """An IANA time zone that this machine knows."""
    if value is not None:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise click.BadParameter(
                f"{value!r} is not an IANA time zone such as Asia/Shanghai.", ctx=ctx, param=param
            ) from None
    return value


@contextmanager
def progress_bar(title: str) -> Iterator["Progress"]:
    """A bar on a terminal; elsewhere one line per tenth of the work, so that logs stay short."""
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        yield from _live_bar(console, title)
        return
    told: dict[str, int] = {}

    def tell(what: str, done_count: int, total_count: int) -> None:
        phase = what.split(" ", 1)[0]
        tenth = 10 * done_count // total_count if total_count else 0
        if told.get(phase) != tenth:
            told[phase] = tenth
            click.echo(
                f"{title}: {phase} {done_count} of {total_count}" if total_count else f"{title}: {what}", err=True
            )

    yield tell


def _live_bar(console: object, title: str) -> Iterator["Progress"]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None, what="starting")

        def tell(what: str, done_count: int, total_count: int) -> None:
            bar.update(task, completed=done_count, total=total_count or None, what=what)

        yield tell


def print_frame(frame: object, output_format: str) -> None:
    """Print a Polars frame as JSON records or CSV; instants are ISO 8601 in UTC, dates ISO, nulls null or empty."""
    import polars as pl

    instants = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime)]
    text = frame.with_columns(
        *(pl.col(name).dt.convert_time_zone("UTC").dt.strftime("%Y-%m-%dT%H:%M:%SZ") for name in instants)
    )
    click.echo(text.write_csv() if output_format == "csv" else _records(text), nl=output_format != "csv")


def _records(frame: object) -> str:
    import json

    return json.dumps(frame.to_dicts(), ensure_ascii=False, indent=2, default=_json_value)


def _json_value(value: object) -> int | float | str:
    """A decimal as the number it is, whole ones without loss; everything else as text."""
    from decimal import Decimal

    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def plain(text: str) -> str:
    """A sender's text on one line, without characters that steer a terminal."""
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)[:500]
