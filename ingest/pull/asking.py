"""One question over HTTP, asked again with growing pauses while the server is busy, slow or cut off."""

import email.utils
import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import urllib3

from ingest.pull.sources import PASSWORD_VARIABLE, TOKEN_VARIABLE, USER_VARIABLE, Source

ATTEMPTS = 6
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_RETRY_AFTER_SECONDS = 600.0
LARGEST_ANSWER_BYTES = 1 << 30
_BUSY = (429, 500, 502, 503, 504)
_TIMEOUT = urllib3.Timeout(connect=10, read=60)
_STEP_BYTES = 1 << 16


class PullError(RuntimeError):
    """A source gave no answer; the message says what was asked, where, why it failed, and what to do."""


class TooManySamplesError(PullError):
    """The server refuses to load that many samples at once: ask for a shorter time."""


class _TryAgainError(Exception):
    """Something that may be over soon; `pause_seconds` is what the server asked for, if it did."""

    def __init__(self, reason: str, pause_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.pause_seconds = pause_seconds


class Asker:
    """Asks one source; certificates are verified, and a redirection is not followed, so that no secret strays."""

    def __init__(
        self,
        source: Source,
        pause: Callable[[float], None] = time.sleep,
        timeout: urllib3.Timeout = _TIMEOUT,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.source = source
        self._pause = pause
        self._jitter = random.Random()
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "racklight"}
        authorization = source.authorization() if environment is None else source.authorization(environment)
        if authorization:
            headers["Authorization"] = authorization
        self._pool = urllib3.PoolManager(
            headers=headers, timeout=timeout, retries=False, cert_reqs="CERT_REQUIRED", ca_certs=source.ca_file
        )

    def ask(self, path: str, parameters: list[tuple[str, str]]) -> bytes:
        """The answer's bytes, known to be a whole JSON document that reports success and no warning.

        Raises:
            PullError: the server said no, or was not reached in `ATTEMPTS` attempts.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._try(path, parameters)
            except _TryAgainError as error:
                wait = error.pause_seconds
                if wait is not None and wait > LONGEST_RETRY_AFTER_SECONDS:
                    raise self._error(parameters, f"{error}; it wants {wait:.0f} s of rest", "Pull later.") from error
                if attempt == ATTEMPTS:
                    advice = "Nothing that was answered is lost: pull again later."
                    raise self._error(parameters, f"{error}, {ATTEMPTS} times", advice) from error
                self._pause(self._pause_seconds(attempt) if wait is None else wait)
        raise AssertionError("the last attempt returns or raises")

    def _pause_seconds(self, attempt: int) -> float:
        """Twice as long each time, less up to half by chance, so that many pullers do not come back together."""
        return min(LONGEST_PAUSE_SECONDS, 2.0 ** (attempt - 1)) * self._jitter.uniform(0.5, 1)

    def _try(self, path: str, parameters: list[tuple[str, str]]) -> bytes:
        url = self.source.shown_url + path
        try:
            with self._pool.request("GET", url, fields=parameters, preload_content=False, redirect=False) as response:
                body = self._body(response, parameters)
                status, retry_after = response.status, response.headers.get("Retry-After")
        except urllib3.exceptions.SSLError as error:
            advice = "Trust its authority with ca_file in sources.toml; verification cannot be switched off."
            raise self._error(parameters, f"its certificate is not trusted ({error})", advice) from error
        except urllib3.exceptions.HTTPError as error:
            raise _TryAgainError(_in_words(error)) from error
        if status in _BUSY:
            raise _TryAgainError(f"it answered {status}", _seconds_of(retry_after))
        if status != 200:
            raise self._refusal(status, body, parameters)
        return self._checked(body)

    def _body(self, response: urllib3.BaseHTTPResponse, parameters: list[tuple[str, str]]) -> bytes:
        pieces, size = [], 0
        for piece in response.stream(_STEP_BYTES, decode_content=True):
            size += len(piece)
            if size > LARGEST_ANSWER_BYTES:
                advice = "Single out one center with selector in sources.toml."
                raise self._error(parameters, f"the answer is larger than {LARGEST_ANSWER_BYTES >> 20} MiB", advice)
            pieces.append(piece)
        return b"".join(pieces)

    def _checked(self, body: bytes) -> bytes:
        try:
            answer = json.loads(body)
        except ValueError as error:
            raise _TryAgainError(f"its answer is no whole JSON document ({error})") from error
        if not isinstance(answer, dict) or answer.get("status") != "success":
            raise _TryAgainError("its answer does not report success")
        if warnings := answer.get("warnings"):
            raise _TryAgainError(f"its answer is partial ({'; '.join(map(str, warnings))[:300]})")
        if answer.get("isPartial"):
            raise _TryAgainError("its answer is partial")
        return body

    def _refusal(self, status: int, body: bytes, parameters: list[tuple[str, str]]) -> PullError:
        said = _said(body)
        if status == 422 and "too many samples" in said:
            return TooManySamplesError(f"{self.source.shown_url}: {said}")
        if status in (401, 403):
            own = [name for name in (self.source.token_env, self.source.user_env, self.source.password_env) if name]
            names = ", ".join(own) or f"{TOKEN_VARIABLE}, or {USER_VARIABLE} and {PASSWORD_VARIABLE}"
            return self._error(parameters, f"it answered {status} {said}".strip(), f"Check {names}.")
        if 300 <= status < 400:
            return self._error(parameters, f"it redirects ({status})", "Write the address that it redirects to.")
        advice = "Check url and selector; the address ends before /api/v1."
        return self._error(parameters, f"it answered {status} {said}".strip(), advice)

    def _error(self, parameters: list[tuple[str, str]], reason: str, advice: str) -> PullError:
        query = next((value for name, value in parameters if name == "query"), "the names of metrics")
        at = next((f" at {_day(value)}" for name, value in parameters if name == "time"), "")
        source = self.source
        return PullError(f"{source.source_id}, {source.shown_url}, asked for {query}{at}: {reason}. {advice}")


def _in_words(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "it cannot be reached"
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "it did not answer in time"
    if isinstance(error, urllib3.exceptions.ProtocolError | urllib3.exceptions.DecodeError):
        return "the connection broke"
    return f"it was not reached ({type(error).__name__})"


def _said(body: bytes) -> str:
    """What the server itself says is wrong; a page of HTML is left out."""
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    return str(answer.get("error", ""))[:300] if isinstance(answer, dict) else ""


def _seconds_of(retry_after: str | None) -> float | None:
    """What `Retry-After` asks for, which is a number of seconds or a date; None for anything else."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _day(epoch_seconds: str) -> str:
    return datetime.fromtimestamp(float(epoch_seconds), UTC).isoformat(timespec="seconds")
