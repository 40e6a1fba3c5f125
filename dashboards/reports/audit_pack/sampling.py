"""Lots drawn so that anyone can draw them again: things are ranked by a hash of the seed and their name."""

import hashlib
from collections.abc import Iterable


def drawn(names: Iterable[str], count: int, seed: str) -> list[str]:
    """`count` of the names, those with the smallest sha256 of `seed/name`, in that order."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).hexdigest())[:count]


def stratified(strata: dict[str, list[str]], count: int, seed: str) -> dict[str, list[str]]:
    """Names drawn from every stratum in proportion to its size, by largest remainders."""
    total = sum(map(len, strata.values()))
    wanted = min(count, total)
    shares = {name: divmod(wanted * len(members), total) for name, members in strata.items() if members}
    missing = wanted - sum(whole for whole, _ in shares.values())
    more = set(sorted(shares, key=lambda name: (-shares[name][1], name))[:missing])
    return {name: drawn(strata[name], whole + (name in more), seed) for name, (whole, _) in sorted(shares.items())}
