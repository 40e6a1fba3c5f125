"""`racklight audit-pack`: the signed pack of one subsidy for its authority, and the key that signs it."""

from datetime import datetime
from pathlib import Path

import click

from orchestration.cli.published import published_file
from orchestration.cli.terminal import AS_OF_OPTION, TaughtCommand, TaughtGroup

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
@click.option(
    "--key", "key_path", type=_KEY_PATH, help="Private key; audit-pack-key.pem of the data folder by default."
)
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
    from dashboards.reports.audit_pack.facts import NoSuchProgrammeError, UnexplainedFigureError
    from dashboards.reports.audit_pack.signing import KeyFileError, fingerprint, read_key
    from ingest.paths import DataDir
    from orchestration.audit_packs import AuditPackError, write_pack

    data_dir = DataDir.from_env()
    path = published_file(as_of)
    try:
        key = read_key(key_path or data_dir.audit_key_file)
        folder = write_pack(data_dir, path, programme_id, key, seed, out)
    except (KeyFileError, NoSuchProgrammeError, UnexplainedFigureError, AuditPackError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(folder)
    click.echo(f"key fingerprint {fingerprint(key)}")
    click.echo(f"verify: python -I {folder / 'verify.py'} {fingerprint(key)}")


@audit_pack_command.command(
    "keygen",
    cls=TaughtCommand,
    short_help="Make the key pair that signs packs.",
    examples=("racklight audit-pack keygen", "racklight audit-pack keygen --key /safe/place/key.pem"),
)
@click.option("--key", "key_path", type=_KEY_PATH, help="New file; audit-pack-key.pem of the data folder by default.")
def keygen_command(key_path: Path | None) -> None:
    """Make an Ed25519 key pair. The private key stays in one file that only its owner can read.

    The public key goes into every pack. Tell its fingerprint to those who verify, by another way than the pack.
    """
    from dashboards.reports.audit_pack.signing import KeyFileError, fingerprint, make_key
    from ingest.paths import DataDir

    target = key_path or DataDir.from_env().audit_key_file
    try:
        key = make_key(target)
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(target)
    click.echo(f"key fingerprint {fingerprint(key)}")
