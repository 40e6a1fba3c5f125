"""The files of one audit pack: tables, summaries, manifest, signature, and the program that verifies them.

The same published version, seed and key give the same bytes.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dashboards.reports.audit_pack.document import compose
from dashboards.reports.audit_pack.facts import PackFacts
from dashboards.reports.audit_pack.pdf import pdf
from dashboards.reports.audit_pack.signing import fingerprint
from dashboards.reports.cells import harmless_texts
from dashboards.reports.exports import Shown, export_bytes
from dashboards.translations import LANGUAGES, Words

VERIFIER = Path(__file__).parent / "verify.py"


@dataclass(frozen=True)
class Registered:
    """What the register says of the published version: its entry is the head of the hash chain at that moment."""

    version: str
    publication_no: int
    definition_hash: str
    catalog_hash: str
    policy_hash: str
    input_hash: str
    figures_hash: str
    register_head: str


def pack_files(facts: PackFacts, registered: Registered, key: Ed25519PrivateKey) -> dict[str, bytes]:
    """Every file of the pack by its path inside it."""
    as_of_at = facts.build["as_of_at"].astimezone(UTC)
    files = {f"tables/{name}.csv": _csv(frame) for name, frame in facts.tables.items()}
    about = {
        "programme_id": facts.programme_id,
        "as_of_at": as_of_at.isoformat(),
        "version": registered.version,
        "seed": facts.seed,
        "key_fingerprint": fingerprint(key),
    }
    shown = [Shown(name, frame) for name, frame in facts.tables.items()]
    files["tables.xlsx"] = export_bytes("xlsx", shown, about, as_of_at)
    for language in LANGUAGES:
        document = compose(facts, registered.version, fingerprint(key), Words(language))
        files[f"summary-{language}.pdf"] = pdf(document, as_of_at)
    files["verify.py"] = VERIFIER.read_bytes()
    files["public_key.pem"] = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    manifest = about | {
        "center_id": facts.center["center_id"],
        "period_from": str(facts.settlement["valid_from"]),
        "period_to": str(facts.settlement["covered_to"]),
        "code_version": facts.build["code_version"],
        "policy_version": facts.build["policy_version"],
        "registered": asdict(registered),
        "headline": facts.headline,
        "row_counts": {name: frame.height for name, frame in facts.tables.items()},
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        "raw_files": {row["source_sha256"]: row["original_name"] for row in facts.rows("raw_files")},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    return dict(sorted((files | {"manifest.json": text, "manifest.sig": key.sign(text)}).items()))


def _csv(frame: object) -> bytes:
    # The mark at the start lets a spreadsheet read Chinese.
    return b"\xef\xbb\xbf" + harmless_texts(frame).write_csv(line_terminator="\r\n").encode()
