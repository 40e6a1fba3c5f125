"""Files, lines and hashes as the command line shows them: the last step from anything told to what was received."""

import click


def print_source_lines(found: object) -> None:
    """Print a frame of record_kind, original_name, source_sha256, first_line, last_line, row_count; record_id if any.

    A file without lines is meant as a whole; one without a name was sent by another center.
    """
    if found.is_empty():
        click.echo("   none")
    for source in found.iter_rows(named=True):
        name = source["original_name"] or "a file of another center"
        about = f" of {source['record_id']}" if "record_id" in found.columns else ""
        click.echo(f"   {source['record_kind']:16} {name}, {_lines(source)}{about}")
        click.echo(f"   {'':16} sha256 {source['source_sha256']}")


def _lines(source: dict) -> str:
    if source["first_line"] is None:
        return "the whole file"
    if source["last_line"] == source["first_line"]:
        return f"line {source['first_line']}"
    return f"lines {source['first_line']} to {source['last_line']} ({source['row_count']:,} of them)"
