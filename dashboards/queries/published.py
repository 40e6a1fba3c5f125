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


def published_path(as_of_at: datetime | None = None, scope: str = WHOLE_SCOPE, mark: str | None = None) -> Path | None:
    """The file that the symlink of the published marts points at, or None where nothing has been published.

    With an as-of the kept version with the latest as-of not after it, or None: never another one instead. A scope has
    files of its own; with the mark of a scope only such as were written for it as the policy has it now.
    """
    if as_of_at is not None:
        versions = published_versions(scope, mark)
        return next((version.path for version in versions if version.as_of_at <= as_of_at), None)
    link = _published_folder(scope) / "marts.duckdb"
    path = link.resolve()
    return path if link.exists() and _is_of(path, mark) else None


def published_versions(scope: str = WHOLE_SCOPE, mark: str | None = None) -> list[Version]:
    """Versions that are kept, the latest as-of first; of several with one as-of the one published last stands first."""
    found = []
    for path in _published_folder(scope).glob("marts-*.duckdb"):
        if not _is_of(path, mark):
            continue
        name = path.stem.removeprefix("marts-")
        as_of_at = datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        found.append((as_of_at, path.stat().st_mtime_ns, Version(path.resolve(), name, as_of_at)))
    return [version for _, _, version in sorted(found, key=lambda item: item[:2], reverse=True)]


def _is_of(path: Path, mark: str | None) -> bool:
    """Whether a file was written for the scope of a mark; its name is as-of, content, and mark of scope and rules."""
    return mark is None or path.stem.split("-")[-1].startswith(mark)


def _published_folder(scope: str) -> Path:
    return Path(os.environ.get("RACKLIGHT_DATA_DIR") or REPOSITORY / "data") / "published" / scope
