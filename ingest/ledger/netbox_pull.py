"""Asks a NetBox for its devices and for what changed since the last time, and lands the answers as one file.

The file holds whole answers, one after the other, in the form that the reader of NetBox files takes: devices first,
since the change log names them by number alone. Nothing is landed unless every page of both came. The next question
begins before the last known change, so that one that NetBox wrote late is not missed; a change told twice is one event.
"""

import hashlib
import json
import os
import random
import time
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

from ingest import json_text
from ingest.lake import folder_name

TOKEN_VARIABLE = "RACKLIGHT_NETBOX_TOKEN"
PAGE_SIZE = 200

_MOST_ATTEMPTS, _TIMEOUT_SECONDS, _LONGEST_WAIT_SECONDS = 5, 60, 120
_MOST_PAGES, _MOST_BYTES = 10_000, 64 * 1024 * 1024
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_OVERLAP = timedelta(hours=1)
_TRY_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_DEVICES = "/api/dcim/devices/"
_CHANGES = ("/api/core/object-changes/", "/api/extras/object-changes/")
"""Where the change log is: NetBox from 4.1 on, and before."""


class PullError(RuntimeError):
    """A source could not be asked: the message says what, where, and what to do; `status` is the answer's, if any."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class NetboxSource:
    """One NetBox and what is wanted of it; `site` narrows the devices to one site's slug."""

    url: str
    token: str
    center_id: str
    time_zone: str
    site: str | None = None


@dataclass(frozen=True)
class Pulled:
    """What came: the landed file, None where nothing differs from the last one, and how much it holds."""

    path: Path | None
    device_count: int
    change_count: int


def read_netboxes(path: Path) -> list[NetboxSource]:
    """The sources under `[netbox.NAME]` of a `sources.toml`, in its order; none where the file is absent.

    Each has `url`, `center` and `time_zone`, and may have `site` and `token_env`, the name of the variable with its
    token; without that the token is in RACKLIGHT_NETBOX_TOKEN.

    Raises:
        PullError: the file is not TOML, a key is unknown or missing, or the variable is not set.
    """
    if not path.is_file():
        return []
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PullError(f"{path}: not valid TOML: {error}") from error
    return [_configured(name, values, path) for name, values in document.get("netbox", {}).items()]


def _configured(name: str, values: object, path: Path) -> NetboxSource:
    where = f"{path}: [netbox.{name}]"
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise PullError(f"{where} holds texts only.")
    if unknown := sorted(set(values) - {"url", "center", "time_zone", "site", "token_env"}):
        hint = " A secret belongs in an environment variable." if "token" in unknown else ""
        raise PullError(f"{where} has an unknown key {', '.join(unknown)}.{hint}")
    if missing := sorted({"url", "center", "time_zone"} - set(values)):
        raise PullError(f"{where} lacks {', '.join(missing)}.")
    variable = values.get("token_env", TOKEN_VARIABLE)
    if not os.environ.get(variable):
        raise PullError(f"{where}: the environment variable {variable} is not set.")
    return NetboxSource(values["url"], os.environ[variable], values["center"], values["time_zone"], values.get("site"))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could carry the token to another host, so none is followed."""

    def redirect_request(self, *_: object) -> None:
        return None


class _Asker:
    """Asks one host, again where asking again may help, with growing pauses."""

    def __init__(self, source: NetboxSource, sleep: Callable[[float], None]) -> None:
        parts = urllib.parse.urlsplit(source.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise PullError(f"{source.url!r} is no address like https://netbox.example; the token is not part of it.")
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise PullError(f"{source.url!r}: a token is not sent over plain http. Use an https address.")
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._prefix = parts.path.rstrip("/")
        kind = "Bearer" if source.token.startswith("nbt_") else "Token"
        self._headers = {"Authorization": f"{kind} {source.token}", "Accept": "application/json"}
        self._open = urllib.request.build_opener(_NoRedirect).open
        self._sleep = sleep

    def pages(self, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
        """Every page of a listing; its objects are those the last page counts, or the listing is asked for again."""
        for _ in range(_MOST_ATTEMPTS):
            pages, ids = self._listing(path, query)
            if len(set(ids)) == len(ids) == pages[-1]["count"]:
                return pages
        raise PullError(f"{self._origin}{path} changed while its pages were read, {_MOST_ATTEMPTS} times. Try later.")

    def _listing(self, path: str, query: dict[str, str]) -> tuple[list[dict[str, Any]], list[object]]:
        pages, ids = [], []
        address = f"{self._prefix}{path}?{urllib.parse.urlencode(query | {'limit': str(PAGE_SIZE)})}"
        while address:
            page = self._answer(address)
            pages.append(page)
            ids += [item.get("id") for item in page["results"]]
            if len(pages) > _MOST_PAGES:
                raise PullError(f"{self._origin}{path} has no end: more than {_MOST_PAGES:,} pages.")
            address = self._following(page.get("next"))
        return pages, ids

    def _following(self, address: object) -> str | None:
        """The next page on the host that was named, whatever host the answer calls itself by."""
        if not address:
            return None
        parts = urllib.parse.urlsplit(str(address))
        return urllib.parse.urlunsplit(("", "", parts.path, parts.query, ""))

    def _answer(self, address: str) -> dict[str, Any]:
        problem = ""
        for attempt in range(_MOST_ATTEMPTS):
            wait = min(2**attempt, _LONGEST_WAIT_SECONDS) * (0.5 + random.random() / 2)
            try:
                request = urllib.request.Request(f"{self._origin}{address}", headers=self._headers)
                with self._open(request, timeout=_TIMEOUT_SECONDS) as answer:
                    body = answer.read(_MOST_BYTES + 1)
                if len(body) > _MOST_BYTES:
                    raise PullError(f"{self._origin}{address}: the answer is larger than {_MOST_BYTES >> 20} MiB.")
                page = json_text.parse(body)
                if isinstance(page, dict) and isinstance(page.get("results"), list):
                    return page
                problem = "the answer is no listing of NetBox"
            except urllib.error.HTTPError as error:
                if error.code not in _TRY_AGAIN:
                    raise self._refusal(error, address) from error
                problem = f"status {error.code}"
                wait = _asked_wait(error.headers.get("Retry-After"), wait)
            except (OSError, HTTPException, ValueError) as error:
                problem = f"{type(error).__name__}: {error}"
            if attempt < _MOST_ATTEMPTS - 1:
                self._sleep(wait)
        raise PullError(f"{self._origin}{address} failed {_MOST_ATTEMPTS} times, at last with {problem}. Try later.")

    def _refusal(self, error: urllib.error.HTTPError, address: str) -> PullError:
        if error.code in (401, 403):
            text = f"{self._origin} refuses the token ({error.code}): set {TOKEN_VARIABLE} to one that may read."
            return PullError(text, error.code)
        return PullError(f"{self._origin}{address}: status {error.code}. Check the address.", error.code)


def _asked_wait(retry_after: str | None, otherwise: float) -> float:
    if retry_after is not None and retry_after.strip().isdigit():
        return min(float(retry_after), _LONGEST_WAIT_SECONDS)
    return otherwise


def pull_netbox(
    source: NetboxSource,
    landing: Path,
    state: Path,
    now: datetime | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Pulled:
    """Land all devices and the changes since the last pull below `landing`, and remember how far they reach.

    Args:
        source: whom to ask, and whose devices they are.
        landing: folder of files that wait to be taken in.
        state: folder that remembers the instant of the last known change of each source.
        now: aware instant that names the file; the clock by default.
        sleep: how to wait between attempts.

    Raises:
        PullError: it cannot be asked, refuses, or never answers whole.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC)
    asker = _Asker(source, sleep)
    narrowed = {"site": source.site} if source.site else {}
    devices = asker.pages(_DEVICES, {"ordering": "id"} | narrowed)
    cursor = state / f"netbox-{folder_name(' '.join((source.center_id, source.url, source.site or '')))}.json"
    known_until = _known_until(cursor)
    query = {"ordering": "id", "changed_object_type": "dcim.device"}
    if known_until is not None:
        query["time_after"] = (known_until - _OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")
    changes = _changes(asker, query)
    pages = [page for page in [*devices, *changes] if page["results"]] or devices[:1]
    text = "\n".join(json.dumps(page, ensure_ascii=False, indent=1) for page in pages) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    path = None
    if digest != _remembered(cursor).get("landed_sha256"):
        folder = landing / "netbox" / folder_name(source.center_id)
        path = folder / f"netbox-{now:%Y%m%dT%H%M%SZ}.json"
        _write_whole(folder / "feed.toml", _feed(source))
        _write_whole(path, text)
    # Only now that the answers lie on disk is it true that the changes up to here are known.
    times = [datetime.fromisoformat(item["time"]) for page in changes for item in page["results"] if item.get("time")]
    latest = max([*times, *([known_until] if known_until else [])], default=None)
    remembered = {"known_until": latest and latest.isoformat(), "landed_sha256": digest}
    _write_whole(cursor, json.dumps(remembered) + "\n")
    return Pulled(path, _object_count(devices), _object_count(changes))


def _changes(asker: _Asker, query: dict[str, str]) -> list[dict[str, Any]]:
    try:
        return asker.pages(_CHANGES[0], query)
    except PullError as error:
        if error.status != 404:
            raise
        return asker.pages(_CHANGES[1], query)


def _object_count(pages: list[dict[str, Any]]) -> int:
    return sum(len(page["results"]) for page in pages)


def _remembered(cursor: Path) -> dict[str, str]:
    """What the last pull left; nothing where there was none or its file was damaged."""
    try:
        left = json.loads(cursor.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return left if isinstance(left, dict) else {}


def _known_until(cursor: Path) -> datetime | None:
    """The last known change, or None, upon which the whole change log is asked for."""
    try:
        known = datetime.fromisoformat(_remembered(cursor)["known_until"])
    except (KeyError, TypeError, ValueError):
        return None
    return known.astimezone(UTC) if known.tzinfo else None


def _feed(source: NetboxSource) -> str:
    return f"center_id = {json.dumps(source.center_id)}\ntime_zone = {json.dumps(source.time_zone)}\n"


def _write_whole(path: Path, text: str) -> None:
    """Write under another name first: a file that carries its name is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
