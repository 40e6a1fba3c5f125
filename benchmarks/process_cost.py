"""What this process and those that it started have cost so far: CPU seconds of all threads, and peak memory.

Children count while they run, since the virtual machine under Spark is one and ends only with its parent.
"""

import os
import resource
from pathlib import Path

_PROCESSES = Path("/proc")
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_seconds() -> float:
    """User and system time of this process and its running children; theirs is known to a hundredth."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ticks = sum(int(ticks) for child in _children() for ticks in _stat(child)[11:13])
    return own.ru_utime + own.ru_stime + ticks / _TICKS_PER_SECOND


def peak_mib() -> float:
    """Peak resident memory since each began; `ru_maxrss` would include the parent's."""
    return sum(_peak_mib(process) for process in (_PROCESSES / "self", *_children()))


def _peak_mib(process: Path) -> float:
    status = (process / "status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _children() -> list[Path]:
    parent = str(os.getpid())
    return [process for process in _PROCESSES.glob("[0-9]*") if _stat(process)[1:2] == [parent]]


def _stat(process: Path) -> list[str]:
    """What the system counts of a process, from its state on; nothing when it has ended."""
    try:
        # The name stands in brackets and may hold anything.
        return (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
