"""A text file a block of whole lines at a time, so that memory does not grow with the file.

A line ends with a line feed, as it does for Polars; a carriage return before it is no part of the line.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.reading import UnreadableFileError

BLOCK_BYTES = 4 << 20
"""What is made of a block should stay in the processor's cache; smaller blocks cost more calls than they spare."""

_BOM = b"\xef\xbb\xbf"
_LINE_FEED, _CARRIAGE_RETURN, _SPACE = b"\n\r "
_LAST_ASCII = 127
_STRETCH = 1 << 18


class LineBlock(NamedTuple):
    """Bytes of whole lines: line `i`, number `first_line + i` of the file, is `data[starts[i]:ends[i]]`.

    `last_blanks` and `last_blanks_but_one` are where spaces or control characters stand last in each line, or before
    its start where there are none. The bytes are overwritten when the next block is read: what must last longer is to
    be copied.
    """

    data: np.ndarray
    first_line: int
    starts: np.ndarray
    ends: np.ndarray
    last_blanks: np.ndarray
    last_blanks_but_one: np.ndarray

    def numbers(self, rows: np.ndarray) -> np.ndarray:
        """Numbers in the file, from one, of some lines of the block."""
        return rows + self.first_line

    def texts(self, rows: np.ndarray) -> pl.Series:
        """Some lines as text."""
        lines = [self.data[self.starts[row] : self.ends[row]].tobytes().decode() for row in rows]
        return pl.Series(lines, dtype=pl.String)

    def rows_with(self, byte: int) -> np.ndarray:
        """The lines in which a byte stands, each as often as it does."""
        return np.searchsorted(self.ends, _positions(self.data, np.equal, byte))


def line_blocks(path: Path) -> Iterator[LineBlock]:
    """The lines of a UTF-8 file.

    Raises:
        UnreadableFileError: the file is not UTF-8.
    """
    buffer, filled, first_line = bytearray(BLOCK_BYTES), 0, 1
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(memoryview(buffer)[filled:]):
            filled += count
            end = buffer.rfind(b"\n", 0, filled) + 1
            if end:
                block = _block(buffer, end, first_line, path)
                yield block
                first_line += len(block.ends)
                buffer[: filled - end] = buffer[end:filled]
                filled -= end
            if filled == len(buffer):
                buffer = buffer + bytes(len(buffer))
    if filled:
        buffer[filled] = _LINE_FEED
        yield _block(buffer, filled + 1, first_line, path)


def _block(buffer: bytearray, end: int, first_line: int, path: Path) -> LineBlock:
    data = np.frombuffer(buffer, dtype=np.uint8, count=end)
    if data.max() > _LAST_ASCII:
        try:
            data.tobytes().decode()
        except UnicodeDecodeError as error:
            sentence = f"{path.name}: not UTF-8 text from line {first_line} on. Save the file as UTF-8."
            raise UnreadableFileError("NOT_UTF8", sentence) from error
    blanks = _positions(data, np.less_equal, _SPACE)
    feeds = np.flatnonzero(data[blanks] == _LINE_FEED)
    ends, blanks = blanks[feeds], np.append([-1, -1], blanks)
    starts, has_return = np.append(0, ends[:-1] + 1), data[ends - 1] == _CARRIAGE_RETURN
    last = feeds + 1 - has_return
    return LineBlock(data, first_line, starts, ends - has_return, blanks[last], blanks[last - 1])


def _positions(data: np.ndarray, compare: np.ufunc, byte: int) -> np.ndarray:
    """Where bytes compare so with another, found a stretch at a time, since fresh memory costs more than the search."""
    mask, found = np.empty(_STRETCH, dtype=bool), []
    for begin in range(0, len(data), _STRETCH):
        part = data[begin : begin + _STRETCH]
        found.append(np.flatnonzero(compare(part, byte, out=mask[: len(part)])) + begin)
    return np.concatenate(found)


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
