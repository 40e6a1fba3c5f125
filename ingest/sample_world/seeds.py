"""Independent streams of chance: one per purpose, so that a change in one part of the world leaves the others alone."""

from zlib import crc32

import numpy as np


def generator(seed: int, purpose: str) -> np.random.Generator:
    """A generator for one purpose of one seed."""
    return np.random.default_rng([seed, crc32(purpose.encode())])
