"""Where everything produced lives. One environment variable, `RACKLIGHT_DATA_DIR`, moves all of it."""

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class DataDir:
    """The folders below one root; nothing is created until `create` is called."""

    root: Path

    @classmethod
    def from_env(cls) -> "DataDir":
        """The folder named by `RACKLIGHT_DATA_DIR`, or `data/` of the checkout."""
        return cls(Path(os.environ.get("RACKLIGHT_DATA_DIR") or REPOSITORY_ROOT / "data").resolve())

    @property
    def landing(self) -> Path:
        """Files wait here to be taken in."""
        return self.root / "landing"

    @property
    def pulling(self) -> Path:
        """Answers of hours that are not complete yet, and what holds two pulls of one source apart."""
        return self.root / "pulling"

    @property
    def sources_file(self) -> Path:
        """Whom to pull from."""
        return self.root / "sources.toml"

    @property
    def delivery_file(self) -> Path:
        """Who receives reports and alerts, and how."""
        return self.root / "delivery.toml"

    @property
    def access_file(self) -> Path:
        """Who may see what."""
        return self.root / "access.yaml"

    @property
    def secrets_file(self) -> Path:
        """How readers log in; without it nobody does, and only this machine is served."""
        return self.root / "secrets.toml"

    @property
    def audit_key_file(self) -> Path:
        """The private key that signs audit packs; only its owner may read it."""
        return self.root / "audit-pack-key.pem"

    @property
    def raw_store(self) -> Path:
        """Every file as received, named by its sha256, read-only."""
        return self.root / "raw"

    @property
    def lake(self) -> Path:
        """Typed Parquet, made from the raw store and re-made from it at will."""
        return self.root / "lake"

    @property
    def state(self) -> Path:
        """The state store's folder."""
        return self.root / "state"

    @property
    def warehouse(self) -> Path:
        """Warehouse files, one per build."""
        return self.root / "warehouse"

    @property
    def published(self) -> Path:
        """Versioned read-only files, one folder per scope."""
        return self.root / "published"

    @property
    def reports(self) -> Path:
        """Reports as files."""
        return self.root / "reports"

    def create(self) -> "DataDir":
        """Make every folder that is missing, and return self."""
        for folder in (
            self.landing,
            self.raw_store,
            self.lake,
            self.state,
            self.warehouse,
            self.published,
            self.reports,
        ):
            folder.mkdir(parents=True, exist_ok=True)
        return self
