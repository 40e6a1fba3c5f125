"""One writer at a time: a lock that the operating system gives back when its holder dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class WriterBusyError(RuntimeError):
    """Another process is writing to the same data folder."""


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Hold the lock file for the length of the block.

    Raises:
        WriterBusyError: another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                f"Another racklight process is writing to {path.parent.parent}. Wait until it is done, then try again."
            )
            raise WriterBusyError(message) from error
        yield
