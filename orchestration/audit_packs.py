"""Audit packs of a data folder: made from a published file that the register knows, and kept below reports/audit/."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.queries import audit_pack as queries
from dashboards.reports.audit_pack.facts import gather
from dashboards.reports.audit_pack.pack import Registered, pack_files
from dashboards.reports.audit_pack.signing import read_key
from ingest.paths import DataDir
from ingest.raw_checks import file_faults
from ingest.state.register import Register, canonical_json, sha256_of
from ingest.state.store import StateStore
from orchestration.errors import RacklightError
from orchestration.publish import published_version

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class AuditPackError(RacklightError):
    """No pack is made; the text says why not."""


def write_packs(data_dir: DataDir) -> Iterator[Path]:
    """A pack of every subsidy of the current publication; hands back each folder once it stands."""
    publication = published_version(data_dir)
    if publication is None:
        raise AuditPackError("Nothing is published yet. Run `racklight build` first.")
    key = read_key(data_dir.audit_key_file)
    for programme_id in queries.programme_ids(publication.path):
        yield write_pack(data_dir, publication.path, programme_id, key)


def write_pack(
    data_dir: DataDir,
    path: Path,
    programme_id: str,
    key: "Ed25519PrivateKey",
    seed: str | None = None,
    folder: Path | None = None,
) -> Path:
    """Write the pack of one subsidy of a published file; its raw files are hashed before anything is signed.

    Raises:
        AuditPackError: the register does not know the file, files changed, or the folder holds other things.
        dashboards.reports.audit_pack.facts.NoSuchProgrammeError: no such subsidy is published.
    """
    entry = registered(data_dir, path)
    facts = gather(path, programme_id, seed or entry.register_head)
    _refuse_changed_files(data_dir, facts.rows("raw_files"))
    target = folder or data_dir.reports / "audit" / f"{programme_id}-{entry.version}"
    _write(target, pack_files(facts, entry, key))
    return target


def registered(data_dir: DataDir, path: Path) -> Registered:
    """What the register says of a published file; a file that it does not know is not signed."""
    register = Register(StateStore(data_dir))
    version = path.stem.removeprefix("marts-")
    entry = register.find(version=version)
    if entry is None:
        raise AuditPackError(f"The register does not know version {version}. Run `racklight publish`.")
    if faults := register.faults():
        raise AuditPackError(f"The register is not what was registered: {faults[0]}")
    definitions = register.definitions(entry)
    catalog = {name: value for name, value in definitions["nodes"].items() if name == "accelerators"}
    return Registered(
        version,
        entry.publication_no,
        entry.definition_hash,
        sha256_of(canonical_json(catalog)),
        sha256_of(canonical_json(definitions["policy"])),
        entry.input_hash,
        entry.figures_hash,
        entry.entry_hash,
    )


def _refuse_changed_files(data_dir: DataDir, raw_files: list[dict]) -> None:
    import polars as pl

    named = [row["source_sha256"] for row in raw_files]
    files = StateStore(data_dir).files().filter(pl.col("source_sha256").is_in(named))
    faults = file_faults(files, data_dir.raw_store, is_thorough=True)
    if faults.height:
        first = faults.row(0, named=True)
        raise AuditPackError(
            f"{faults.height} received files are not as they were received; {first['source_sha256']} is "
            f"{first['fault']}. `racklight findings files` lists them. Nothing was signed."
        )


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """All files of the pack; a folder with anything else in it is left alone."""
    present = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()}
    if present - files.keys():
        raise AuditPackError(f"{folder} holds other files; give --out a folder that is empty or new.")
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
