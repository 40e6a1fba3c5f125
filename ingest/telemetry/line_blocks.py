"""A text file a block of whole lines at a time, so that memory does not grow with the file.

A line ends with a line feed, as it does for Polars; a carriage return before it is part of the line.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.reading import UnreadableFileError

BLOCK_BYTES = 16 << 20
_BOM = b"\xef\xbb\xbf"
_LINE_FEED = 10
_LAST_ASCII = 127
_STRETCH = 1 << 18


class LineBlock(NamedTuple):
    """Bytes of whole lines: line `i`, number `first_line + i` of the file, is `data[starts[i]:ends[i]]`.

    The bytes are overwritten when the next block is read: what must last longer is to be copied.
    """

    data: np.ndarray
    first_line: int
    starts: np.ndarray
    ends: np.ndarray

    def numbers(self, rows: np.ndarray) -> np.ndarray:
        """Numbers in the file, from one, of some lines of the block."""
        return rows + self.first_line

    def texts(self, rows: np.ndarray) -> pl.Series:
        """Some lines as text."""
        lines = [self.data[self.starts[row] : self.ends[row]].tobytes().decode() for row in rows]
        return pl.Series(lines, dtype=pl.String)

    def positions(self, byte: int) -> np.ndarray:
        """Where a byte stands in the block."""
        return _positions(self.data, byte)


def line_blocks(path: Path) -> Iterator[LineBlock]:
    """The lines of a UTF-8 file.

    Raises:
        UnreadableFileError: the file is not UTF-8.
    """
    buffer, filled, first_line = np.empty(BLOCK_BYTES, dtype=np.uint8), 0, 1
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer[filled:]):
            filled += count
            feeds = _positions(buffer[:filled], _LINE_FEED)
            if len(feeds):
                end = int(feeds[-1]) + 1
                yield _block(buffer[:end], feeds, first_line, path)
                first_line += len(feeds)
                buffer[: filled - end] = buffer[end:filled].copy()
                filled -= end
            if filled == len(buffer):
                buffer = np.concatenate([buffer, np.empty_like(buffer)])
    if filled:
        yield _block(buffer[:filled], np.array([filled]), first_line, path)


def _positions(data: np.ndarray, byte: int) -> np.ndarray:
    """Where a byte stands, found a stretch at a time, since fresh memory costs more than the search."""
    mask, found = np.empty(_STRETCH, dtype=bool), []
    for begin in range(0, len(data), _STRETCH):
        part = data[begin : begin + _STRETCH]
        found.append(np.flatnonzero(np.equal(part, byte, out=mask[: len(part)])) + begin)
    return np.concatenate(found) if found else np.array([], dtype=np.intp)


def _block(data: np.ndarray, ends: np.ndarray, first_line: int, path: Path) -> LineBlock:
    if data.max() > _LAST_ASCII:
        try:
            data.tobytes().decode()
        except UnicodeDecodeError as error:
            sentence = f"{path.name}: not UTF-8 text from line {first_line} on. Save the file as UTF-8."
            raise UnreadableFileError("NOT_UTF8", sentence) from error
    return LineBlock(data, first_line, np.concatenate(([0], ends[:-1] + 1)), ends)


def texts_of(path: Path, numbers: Sequence[int] | np.ndarray) -> pl.DataFrame:
    """`source_line` and `text` of some lines of a file, which is read once more for them."""
    wanted, found = np.unique(np.asarray(numbers, dtype=np.int64)), []
    for block in line_blocks(path) if len(wanted) else ():
        rows = wanted[(wanted >= block.first_line) & (wanted < block.first_line + len(block.starts))]
        texts = block.texts(rows - block.first_line)
        found.append(pl.DataFrame({"source_line": rows, "text": texts}))
    return pl.concat([pl.DataFrame(schema={"source_line": pl.Int64, "text": pl.String}), *found])


def last_line(path: Path) -> bytes:
    """The last line that is not blank, without the space around it."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        length = 4_096
        while True:
            file.seek(max(size - length, 0))
            tail = file.read().strip()
            if b"\n" in tail or length >= size:
                return tail.rpartition(b"\n")[2].strip().removeprefix(_BOM)
            length *= 16
