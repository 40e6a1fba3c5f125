"""Audit packs that were made, for whoever may take them along: read from reports/audit/ and checked before they go."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.paths import DataDir

UNSIGNED = {"manifest.json", "manifest.sig"}
"""What a manifest cannot name."""


@dataclass(frozen=True)
class Pack:
    """One pack as its manifest describes it."""

    folder: Path
    manifest: dict

    @property
    def files(self) -> dict[str, Path]:
        """Every file that belongs to the pack, by its name inside it."""
        names = sorted(self.manifest["files"].keys() | UNSIGNED)
        return {name: self.folder / name for name in names}

    def is_whole(self) -> bool:
        """Whether every file is there and is what the manifest says."""
        known = self.manifest["files"]
        return all(
            path.is_file() and (name in UNSIGNED or hashlib.sha256(path.read_bytes()).hexdigest() == known[name])
            for name, path in self.files.items()
        )

    def archive(self) -> bytes:
        """The pack as one zip, the same bytes for the same pack."""
        made_at = datetime.fromisoformat(self.manifest["as_of_at"]).timetuple()[:6]
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
            for name, path in self.files.items():
                parts.writestr(zipfile.ZipInfo(f"{self.folder.name}/{name}", made_at), path.read_bytes())
        return target.getvalue()


def find(programme_id: str, version: str) -> Pack | None:
    """The pack of a subsidy made from a published version; a scope's own version stands for the one it was cut from."""
    whole_version = "-".join(version.split("-")[:2])
    folder = DataDir.from_env().reports / "audit" / f"{programme_id}-{whole_version}"
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return None
    return Pack(folder, json.loads(manifest.read_text(encoding="utf-8")))
