"""The receiver's declarations: `feed.toml` beside or above the files it speaks for, and flags that go before it."""

import tomllib
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

from ingest.reading import Declaration, UnreadableFileError

DECLARATION_FILE = "feed.toml"


def declaration_for(path: Path, given: Declaration, root: Path) -> Declaration:
    """What holds for one file: flags first, then `feed.toml` from the file's folder up to the folder that was named.

    Raises:
        UnreadableFileError: a `feed.toml` has an unknown key or an instant without an offset, or there is no such zone.
    """
    declared = given
    for folder in (path.parent, *path.parent.parents):
        if (feed := folder / DECLARATION_FILE).is_file():
            declared = _fill(declared, _read(feed))
        if folder == root:
            break
    if declared.time_zone is not None and declared.time_zone not in available_timezones():
        sentence = f"{declared.time_zone!r} is no IANA time zone. Write it like Asia/Shanghai."
        raise UnreadableFileError("UNKNOWN_TIME_ZONE", sentence)
    return declared


def _fill(given: Declaration, fallback: Declaration) -> Declaration:
    missing = {item.name: getattr(fallback, item.name) for item in fields(given) if getattr(given, item.name) is None}
    return replace(given, **missing)


def _read(feed: Path) -> Declaration:
    try:
        values = tomllib.loads(feed.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableFileError("BAD_DECLARATION", f"{feed}: not valid TOML: {error}") from error
    known = {item.name for item in fields(Declaration)}
    if unknown := sorted(set(values) - known):
        sentence = f"{feed}: unknown key {', '.join(unknown)}. Known keys: {', '.join(sorted(known))}."
        raise UnreadableFileError("BAD_DECLARATION", sentence)
    for name in known:
        if name in values and name in ("observed_at", "received_at"):
            values[name] = _aware_instant(values[name], f"{feed}: {name}")
        elif name in values and not isinstance(values[name], str):
            raise UnreadableFileError("BAD_DECLARATION", f"{feed}: {name} must be a text in quotes.")
    return Declaration(**values)


def _aware_instant(value: object, where: str) -> datetime:
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise UnreadableFileError(
            "BAD_DECLARATION", f"{where} must be an instant with an offset, like 2026-03-31T08:00:00+08:00."
        )
    return instant
