"""The key pair of an audit pack: made once, kept by its owner alone, and the detached signature it gives."""

import hashlib
import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class KeyFileError(ValueError):
    """A key file that is not there, not a key, or open to others; the text says what to do."""


def make_key(path: Path) -> Ed25519PrivateKey:
    """Make a key pair and keep the private key in a new file that only its owner can read.

    Raises:
        KeyFileError: the file exists; a key is never overwritten, for packs signed with it would lose their owner.
    """
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileError(f"{path} exists; a key is never overwritten.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    return key


def read_key(path: Path) -> Ed25519PrivateKey:
    """The private key of a file.

    Raises:
        KeyFileError: there is none, it holds another kind of key, or others than its owner may read it.
    """
    if not path.exists():
        raise KeyFileError(f"There is no key {path}. `racklight audit-pack keygen` makes one.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyFileError(f"Others than its owner may read {path}. Make it private: chmod 600 {path}")
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path} holds no Ed25519 private key without a password.")
    return key


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The public key, 32 bytes."""
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def fingerprint(key: Ed25519PrivateKey) -> str:
    """sha256 of the public key, by which a reader who was told it knows whose signature it is."""
    return hashlib.sha256(public_bytes(key)).hexdigest()
