"""Pulls what a source has and was not asked for yet: hour by hour, each hour one landing file of whole answers.

An answer is kept below `pulling/` until every metric of its hour was answered. Then the hour's file appears in the
landing folder in one step, and only then the state store says that the hour was taken: a crash before that asks again
and lands the same bytes, which intake knows.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from ingest.declarations import DECLARATION_FILE
from ingest.locks import writer_lock
from ingest.paths import DataDir
from ingest.power.series import power_metrics
from ingest.pull.asking import Asker, PullError, TooManySamplesError
from ingest.pull.chunks import HOUR_MS, Chunk, chunks_left, time_to_ask
from ingest.pull.sources import Source
from ingest.state.store import StateStore
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.prometheus_api import envelope

SHORTEST_CHUNK_MS = 60_000


@dataclass(frozen=True)
class Pulled:
    """What a pull did: files that landed, questions asked, and questions left out because they were answered before."""

    source_id: str
    landed: tuple[Path, ...]
    asked_count: int
    known_count: int
    value_count: int


def pull_source(
    source: Source,
    data_dir: DataDir,
    since: datetime | None = None,
    until: datetime | None = None,
    again: bool = False,
    asker: Asker | None = None,
    on_progress: Callable[[str], None] = lambda sentence: None,
) -> Pulled:
    """Pull one source into the landing folder.

    Args:
        source: whom to ask; its own `since` holds where none is given.
        data_dir: where answers land and progress is kept.
        since: aware instant, taken back to the start of its hour. Without any, the last 24 hours.
        until: aware instant; without it, the end of the last hour that is over.
        again: ask also for what was answered before.
        asker: asks in place of one made from the source.
        on_progress: told about each hour.

    Raises:
        PullError: a question was not answered; hours that landed stay, answers of the open hour are kept.
        ingest.pull.sources.SourceError: a secret is missing.
        ingest.locks.WriterBusyError: the same source is being pulled.
    """
    data_dir.create()
    now = datetime.now(UTC)
    start = since or source.since or datetime.fromtimestamp(now.timestamp() - 86_400, UTC)
    start_ms, end_ms = time_to_ask(start, until, now)
    with writer_lock(data_dir.pulling / source.source_id / "pull.lock"):
        pull = _Pull(source, data_dir, asker or Asker(source), again)
        if start_ms < end_ms:
            pull.run(start_ms, end_ms, on_progress)
        return Pulled(source.source_id, tuple(pull.landed), pull.asked_count, pull.known_count, pull.value_count)


class _Pull:
    def __init__(self, source: Source, data_dir: DataDir, asker: Asker, again: bool) -> None:
        self.source, self.asker, self.again = source, asker, again
        self.store = StateStore(data_dir)
        self.kept = data_dir.pulling / source.source_id
        self.landing = data_dir.landing / "pulled" / source.source_id
        self.landed: list[Path] = []
        self.asked_count = self.known_count = self.value_count = 0

    def run(self, start_ms: int, end_ms: int, on_progress: Callable[[str], None]) -> None:
        metrics = list(self.source.metrics) or self._metrics_of_source(start_ms, end_ms)
        taken = {} if self.again else self.store.pulled_until(self.source.source_id)
        hour_count = -(-(end_ms - start_ms) // HOUR_MS)
        left = list(chunks_left(metrics, start_ms, end_ms, taken))
        self.known_count = hour_count * len(metrics) - sum(map(len, left))
        for number, chunks in enumerate(left, start=1):
            self._take_hour(chunks)
            hour = datetime.fromtimestamp(chunks[0].hour_ms / 1_000, UTC).strftime("%Y-%m-%dT%H:%MZ")
            on_progress(f"{self.source.source_id}: hour {hour} taken, {number} of {len(left)}")

    def _metrics_of_source(self, start_ms: int, end_ms: int) -> list[str]:
        """Mapped metrics that the source has, as it spells them."""
        parameters = [("start", f"{start_ms // 1_000}"), ("end", f"{-(-end_ms // 1_000)}")]
        if self.source.selector:
            parameters.append(("match[]", f"{{{self.source.selector}}}"))
        names = json.loads(self.asker.ask("/api/v1/label/__name__/values", parameters))["data"]
        mapped = {*vendor_mapping().metrics["metric"], *power_metrics()}
        found = sorted(name for name in names if name.lower() in mapped)
        if not found:
            raise PullError(
                f"{self.source.source_id}, {self.source.shown_url}: of its {len(names)} metrics none is one of a known "
                "accelerator exporter. Check selector and since, or name the metrics in sources.toml."
            )
        return found

    def _take_hour(self, chunks: list[Chunk]) -> None:
        kept = [self._kept_answers(chunk) for chunk in chunks]
        lines = [line for path in kept for line in path.read_bytes().splitlines(keepends=True)]
        hour_ms = chunks[0].hour_ms
        if lines:
            self._land(lines, hour_ms)
        self.store.commit_pulled(self.source.source_id, [(chunk.metric, hour_ms, chunk.end_ms) for chunk in chunks])
        shutil.rmtree(self.kept / f"{hour_ms}")

    def _kept_answers(self, chunk: Chunk) -> Path:
        """The file of a chunk's answers, asked for unless an earlier pull got that far."""
        path = self.kept / f"{chunk.hour_ms}" / f"{chunk.metric}.{chunk.start_ms}-{chunk.end_ms}.jsonl"
        if path.exists() and not self.again:
            self.known_count += 1
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        with _appearing(path) as file:
            for line in self._answers(chunk):
                file.write(line)
        return path

    def _answers(self, chunk: Chunk) -> list[bytes]:
        """The answer as a line, or those of its halves where it is too large for the server; none where it is empty."""
        parameters = chunk.parameters(self.source.selector)
        self.asked_count += 1
        try:
            answer = self.asker.ask("/api/v1/query", parameters)
        except TooManySamplesError:
            if chunk.end_ms - chunk.start_ms <= SHORTEST_CHUNK_MS:
                raise
            return [line for half in chunk.halves() for line in self._answers(half)]
        result = json.loads(answer)["data"]["result"]
        if not result:
            return []
        self.value_count += sum(len(series.get("values", ())) for series in result)
        asked = {
            "source": self.source.source_id,
            "url": self.source.shown_url,
            "query": parameters[0][1],
            "time": parameters[1][1],
            "start_ms": chunk.start_ms,
            "end_ms": chunk.end_ms,
        }
        return [envelope(asked, answer)]

    def _land(self, lines: list[bytes], hour_ms: int) -> None:
        """One landing file of an hour, beside the declaration of its center; both appear whole.

        Its name holds a hash of its content, so that the same answers land as the same file.
        """
        self.landing.mkdir(parents=True, exist_ok=True)
        declaration = f"center_id = {json.dumps(self.source.center_id, ensure_ascii=False)}\n"
        feed = self.landing / DECLARATION_FILE
        if not feed.exists() or feed.read_text(encoding="utf-8") != declaration:
            with _appearing(feed) as file:
                file.write(declaration.encode())
        content = b"".join(lines)
        hour = datetime.fromtimestamp(hour_ms / 1_000, UTC).strftime("%Y%m%dT%H")
        path = self.landing / f"{hour}-{hashlib.sha256(content).hexdigest()[:16]}.jsonl"
        with _appearing(path) as file:
            file.write(content)
        self.landed.append(path)


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is whole and on disk, or never."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
