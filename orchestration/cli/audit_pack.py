"""`racklight audit-pack`: the signed pack of one subsidy for its authority, and the key that signs it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestration.cli.published import published_file
from orchestration.cli.terminal import AS_OF_OPTION, TaughtCommand, TaughtGroup

if TYPE_CHECKING:
    from dashboards.reports.audit_pack.pack import Registered
    from ingest.paths import DataDir

KEY_NAME = "audit-pack-key.pem"
_KEY_PATH = click.Path(dir_okay=False, path_type=Path)


@click.group(
    "audit-pack",
    cls=TaughtGroup,
    invoke_without_command=True,
    short_help="Signed audit pack of one subsidy, and its key.",
    examples=(
        "racklight audit-pack keygen",
        "racklight audit-pack --programme yangzhou-01-s-voucher --as-of 2026-11-02",
        "python -I PACK/verify.py FINGERPRINT",
    ),
)
@click.option("--programme", "programme_id", metavar="ID", help="The subsidy.")
@AS_OF_OPTION
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; reports/audit/ID-VERSION.")
@click.option("--key", "key_path", type=_KEY_PATH, help=f"Private key; {KEY_NAME} of the data folder by default.")
@click.option("--seed", metavar="TEXT", help="Draws the samples; by default the register's entry of the publication.")
@click.pass_context
def audit_pack_command(
    ctx: click.Context,
    programme_id: str | None,
    as_of: datetime | None,
    out: Path | None,
    key_path: Path | None,
    seed: str | None,
) -> None:
    """Write the audit pack of one subsidy: summary, tables, evidence, manifest, signature, and a verifier.

    All numbers come from the published file; the same version, seed and key give the same bytes. Every received file
    is hashed before anything is signed. Whoever verifies the pack needs Python alone, and the fingerprint of the key,
    told by another way than the pack.
    """
    if ctx.invoked_subcommand is not None:
        return
    if programme_id is None:
        raise click.UsageError("Which subsidy? Give --programme ID.")
    from dashboards.reports.audit_pack.facts import NoSuchProgrammeError, UnexplainedFigureError, gather
    from dashboards.reports.audit_pack.pack import pack_files
    from dashboards.reports.audit_pack.signing import KeyFileError, fingerprint, read_key
    from ingest.paths import DataDir

    data_dir = DataDir.from_env()
    path = published_file(as_of)
    try:
        key = read_key(key_path or data_dir.root / KEY_NAME)
        registered = _registered(data_dir, path)
        facts = gather(path, programme_id, seed or registered.register_head)
    except (KeyFileError, NoSuchProgrammeError, UnexplainedFigureError) as error:
        raise click.ClickException(str(error)) from error
    _refuse_changed_files(data_dir, facts.rows("raw_files"))
    folder = out or data_dir.reports / "audit" / f"{programme_id}-{registered.version}"
    _write(folder, pack_files(facts, registered, key))
    click.echo(folder)
    click.echo(f"key fingerprint {fingerprint(key)}")
    click.echo(f"verify: python -I {folder / 'verify.py'} {fingerprint(key)}")


@audit_pack_command.command(
    "keygen",
    cls=TaughtCommand,
    short_help="Make the key pair that signs packs.",
    examples=("racklight audit-pack keygen", "racklight audit-pack keygen --key /safe/place/key.pem"),
)
@click.option("--key", "key_path", type=_KEY_PATH, help=f"New file; {KEY_NAME} of the data folder by default.")
def keygen_command(key_path: Path | None) -> None:
    """Make an Ed25519 key pair. The private key stays in one file that only its owner can read.

    The public key goes into every pack. Tell its fingerprint to those who verify, by another way than the pack.
    """
    from dashboards.reports.audit_pack.signing import KeyFileError, fingerprint, make_key
    from ingest.paths import DataDir

    target = key_path or DataDir.from_env().root / KEY_NAME
    try:
        key = make_key(target)
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(target)
    click.echo(f"key fingerprint {fingerprint(key)}")


def _registered(data_dir: "DataDir", path: Path) -> "Registered":
    """What the register says of a published file; a file that it does not know is not signed."""
    from dashboards.reports.audit_pack.pack import Registered
    from ingest.state.register import Register, canonical_json, sha256_of
    from ingest.state.store import StateStore

    register = Register(StateStore(data_dir))
    version = path.stem.removeprefix("marts-")
    entry = register.find(version=version)
    if entry is None:
        raise click.ClickException(f"The register does not know version {version}. Run `racklight publish`.")
    if faults := register.faults():
        raise click.ClickException(f"The register is not what was registered: {faults[0]}")
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


def _refuse_changed_files(data_dir: "DataDir", raw_files: list[dict]) -> None:
    import polars as pl

    from ingest.raw_checks import file_faults
    from ingest.state.store import StateStore

    named = [row["source_sha256"] for row in raw_files]
    files = StateStore(data_dir).files().filter(pl.col("source_sha256").is_in(named))
    faults = file_faults(files, data_dir.raw_store, is_thorough=True)
    if faults.height:
        first = faults.row(0, named=True)
        raise click.ClickException(
            f"{faults.height} received files are not as they were received; {first['source_sha256']} is "
            f"{first['fault']}. `racklight findings files` lists them. Nothing was signed."
        )


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """All files of the pack; a folder with anything else in it is left alone."""
    present = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()}
    if present - files.keys():
        raise click.ClickException(f"{folder} holds other files; give --out a folder that is empty or new.")
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
