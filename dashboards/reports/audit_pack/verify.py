"""Verify this audit pack with Python alone: `python -I verify.py [FINGERPRINT]`. Ends with 1 if anything is wrong.

Every file must be the one that was signed, none added, and the headline figures must follow from the tables. Give the
FINGERPRINT that the issuer told you by another way: without it a pack that somebody else signed anew looks alike.
"""

import base64
import collections
import csv
import hashlib
import json
import math
import sys
from pathlib import Path

PACK = Path(__file__).resolve().parent
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def _add(a, b):
    k = D * a[0] * b[0] * a[1] * b[1] % P
    x, y = a[0] * b[1] + a[1] * b[0], a[1] * b[1] + a[0] * b[0]
    return x * pow(1 + k, -1, P) % P, y * pow(1 - k, -1, P) % P


def _times(n, point):
    return (0, 1) if not n else _add(_times(n >> 1, _add(point, point)), point if n & 1 else (0, 1))


def _point(data):
    y, odd = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        raise ValueError("not a point of the curve")
    return (P - x if x & 1 != odd else x), y


def is_signed(message, signature, public):
    """Whether it is the Ed25519 signature (RFC 8032) of the public key over the message."""
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or len(public) != 32 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    base = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    return _times(s, base) == _add(_point(signature[:32]), _times(k, _point(public)))


def _rows(name):
    with (PACK / "tables" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _headline():
    found, sums = collections.Counter(), collections.defaultdict(collections.Counter)
    for row in _rows("accounts.csv"):
        found["net_paid_cny_fen"] += int(row["net_paid_cny_fen"])
        for bound in ("lower", "upper"):
            found["earned_cny_fen_" + bound] += int(row["earned_cny_fen_" + bound])
            owed = int(row["net_paid_cny_fen"]) - int(row["earned_cny_fen_" + bound]) - int(row["open_cny_fen"])
            found["clawback_cny_fen_if_" + bound] += max(owed, 0)
    for row in _rows("rate_parts.csv"):
        sums[row["figure_id"]][row["part"]] += int(row["amount"])
    bounds = [(name, parts, bound) for name, parts in sums.items() for bound in ("lower", "upper")]
    return found | {f"{n} {b}": p["numerator_" + b] / p["denominator"] for n, p, b in bounds if p["denominator"]}


def check(told=None):
    """What is wrong with the pack, one sentence each."""
    text, signature = (PACK / "manifest.json").read_bytes(), (PACK / "manifest.sig").read_bytes()
    public = base64.b64decode("".join((PACK / "public_key.pem").read_text().split("-----")[2].split()))[-32:]
    print("key", hashlib.sha256(public).hexdigest())
    faults = [] if is_signed(text, signature, public) else ["manifest.sig does not sign manifest.json"]
    faults += ["the key is not the one told"] * (told not in (None, hashlib.sha256(public).hexdigest()))
    manifest = json.loads(text)
    here = {p.relative_to(PACK).as_posix(): p for p in PACK.rglob("*") if p.is_symlink() or not p.is_dir()}
    signed = manifest["files"] | dict.fromkeys(("manifest.json", "manifest.sig"))
    faults += [name + " is missing or was added" for name in signed.keys() ^ here.keys()]
    for name in manifest["files"].keys() & here.keys():
        if here[name].is_symlink() or hashlib.sha256(here[name].read_bytes()).hexdigest() != manifest["files"][name]:
            faults.append(name + " was changed")
    derived = {} if faults else _headline()
    for key, said in [] if faults else sorted(manifest["headline"].items()):
        print(key, derived.get(key))
        if said is not None and not math.isclose(derived.get(key, math.nan), said, rel_tol=1e-12):
            faults.append(f"{key}: the tables say {derived.get(key)}, the manifest {said}")
    return sorted(faults)


if __name__ == "__main__":
    try:
        FOUND = check(*sys.argv[1:2])
    except Exception as error:
        FOUND = [f"the pack cannot be read: {type(error).__name__} {error}"]
    print("\n".join(FOUND) or "Nothing was changed; the headline figures follow from the tables.")
    sys.exit(1 if FOUND else 0)
