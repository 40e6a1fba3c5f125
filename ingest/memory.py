"""Memory that was given back stays with the process, since asking the system for it again costs more than most sums.

Each page of 4 KiB that comes fresh from the system is first emptied by it, which takes as long as adding up its numbers
several times over; on a virtual machine, much longer. Work goes block after block through arrays of the same sizes, so
what a process holds is what it needs at its peak, and no more than that.
"""

import ctypes
import os

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # names of options in malloc.h
_HIGHEST = (1 << 31) - 1
_LARGEST_KEPT_BYTES = 1 << 25
"""The most that every version of the GNU C library takes; larger arrays always come fresh."""


def keep_freed_memory() -> None:
    """Let NumPy and Polars use their memory again.

    Polars looks only when it is first imported: in this process if that is yet to come, and in every process it starts.
    """
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:-1,muzzy_decay_ms:-1")
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, _LARGEST_KEPT_BYTES)
        library.mallopt(_TRIM_THRESHOLD, _HIGHEST)
