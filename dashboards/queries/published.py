"""Where the published files lie: immutable versions, and the link to the one that is current."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
WHOLE_SCOPE = "all"
"""Scope of everything; readers with a login are given another one by the policy."""


@dataclass(frozen=True)
class Version:
    """One published version that is kept: an immutable file, and the instant it is as of (UTC, whole seconds)."""

    path: Path
    name: str
    as_of_at: datetime


def published_path(as_of_at: datetime | None = None, scope: str = WHOLE_SCOPE) -> Path | None:
    """The file that the symlink of the published marts points at, or None where nothing has been published.

    With an as-of the kept version with the latest as-of not after it, or None: never another one instead. A scope has a
    file of its own.
    """
    if as_of_at is not None:
        return next((version.path for version in published_versions(scope) if version.as_of_at <= as_of_at), None)
    link = _published_folder(scope) / "marts.duckdb"
    return link.resolve() if link.exists() else None


def published_versions(scope: str = WHOLE_SCOPE) -> list[Version]:
    """Versions that are kept, the latest as-of first; of several with one as-of the one published last stands first."""
    found = []
    for path in _published_folder(scope).glob("marts-*.duckdb"):
        name = path.stem.removeprefix("marts-")
        as_of_at = datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        found.append((as_of_at, path.stat().st_mtime_ns, Version(path.resolve(), name, as_of_at)))
    return [version for _, _, version in sorted(found, key=lambda item: item[:2], reverse=True)]


def _published_folder(scope: str) -> Path:
    return Path(os.environ.get("RACKLIGHT_DATA_DIR") or REPOSITORY / "data") / "published" / scope
