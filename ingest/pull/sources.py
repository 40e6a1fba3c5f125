"""Whom to ask: the sources in `sources.toml` of the data folder, and what a source may say.

A secret is never written here, only the name of the environment variable that holds it.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

SOURCES_FILE = "sources.toml"
TOKEN_VARIABLE = "RACKLIGHT_PULL_TOKEN"
USER_VARIABLE = "RACKLIGHT_PULL_USER"
PASSWORD_VARIABLE = "RACKLIGHT_PULL_PASSWORD"

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_METRIC = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]{0,200}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SourceError(ValueError):
    """A source is not described well enough to ask it; the message says what, where, and what to do."""


@dataclass(frozen=True)
class Source:
    """One Prometheus-compatible server, or the part of it that one center is.

    Args:
        source_id: names the source's progress and its folder in the landing folder.
        url: the server's address with the path that stands before `/api/v1`.
        center_id: center that the samples belong to.
        selector: label matchers that single out the center on a shared server, such as `cluster="sz-01"`.
        since: aware instant from which on samples are asked for.
        metrics: names to ask for; without them the server is asked which mapped ones it has.
        ca_file: certificates to trust in place of the system's.
        token_env, user_env, password_env: names of environment variables.
    """

    source_id: str
    url: str
    center_id: str
    selector: str = ""
    since: datetime | None = None
    metrics: tuple[str, ...] = ()
    ca_file: str | None = None
    token_env: str | None = None
    user_env: str | None = None
    password_env: str | None = None

    def __post_init__(self) -> None:
        where = f"source {self.source_id!r}"
        if not _ID.fullmatch(self.source_id):
            raise SourceError(f"{where}: a name has lower-case letters, digits, - and _ only, 63 at most.")
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise SourceError(f"{where}: url must look like https://prometheus.example:9090, not {self.shown_url!r}.")
        if parts.username is not None:
            raise SourceError(
                f"{where}: the url holds a user name. Take it out; put it into {USER_VARIABLE} and {PASSWORD_VARIABLE}."
            )
        if not self.center_id:
            raise SourceError(f"{where}: center is missing: the center that its samples belong to.")
        if wrong := [name for name in self.metrics if not _METRIC.fullmatch(name)]:
            raise SourceError(f"{where}: {wrong[0]!r} is no name of a metric.")
        if self.since is not None and self.since.tzinfo is None:
            raise SourceError(f"{where}: since needs an offset, like 2026-09-01T00:00:00+08:00.")

    @property
    def shown_url(self) -> str:
        """The address without anything before an @, for messages and manifests."""
        return re.sub(r"//[^/@]*@", "//", self.url).rstrip("/")

    def authorization(self, environment: Mapping[str, str] = os.environ) -> str | None:
        """The value of the Authorization header, or None where no variable is set.

        Raises:
            SourceError: a variable that the source names is not set, or a secret would travel unencrypted.
        """
        for name in (self.token_env, self.user_env, self.password_env):
            if name and not environment.get(name):
                raise SourceError(f"source {self.source_id!r}: the environment variable {name} is not set.")
        token = environment.get(self.token_env or TOKEN_VARIABLE)
        user = environment.get(self.user_env or USER_VARIABLE)
        if not token and not user:
            return None
        parts = urlsplit(self.url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise SourceError(f"source {self.source_id!r}: a secret is not sent over plain http. Use an https address.")
        if token:
            return f"Bearer {token}"
        from urllib3.util import make_headers

        password = environment.get(self.password_env or PASSWORD_VARIABLE) or ""
        return make_headers(basic_auth=f"{user}:{password}")["authorization"]


def has_sources(path: Path) -> bool:
    """Whether a `sources.toml` names anything to ask; a damaged one does, so that the pull says what is wrong."""
    try:
        return any(tomllib.loads(path.read_text(encoding="utf-8")).values()) if path.is_file() else False
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return True


def read_sources(path: Path) -> list[Source]:
    """The sources of a `sources.toml`, in its order; none where the file is absent.

    Raises:
        SourceError: the file is not TOML, or a source has an unknown key or a wrong value.
    """
    if not path.is_file():
        return []
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: not valid TOML: {error}") from error
    if unknown := sorted(set(document) - {"sources", "netbox"}):
        raise SourceError(f"{path}: unknown key {', '.join(unknown)}. A source begins with [sources.NAME].")
    return [_source(name, values, path) for name, values in document.get("sources", {}).items()]


def _source(name: str, values: object, path: Path) -> Source:
    known = {"center" if item.name == "center_id" else item.name: item.name for item in fields(Source)}
    del known["source_id"]
    if not isinstance(values, dict):
        raise SourceError(f"{path}: a source begins with [sources.{name}].")
    if unknown := sorted(set(values) - set(known)):
        hint = " A secret belongs in an environment variable." if {"token", "password"} & set(unknown) else ""
        raise SourceError(f"{path}: [sources.{name}] has an unknown key {', '.join(unknown)}.{hint}")
    if missing := sorted({"url", "center"} - set(values)):
        raise SourceError(f"{path}: [sources.{name}] lacks {', '.join(missing)}.")
    given = {known[key]: value for key, value in values.items()}
    if "metrics" in given:
        given["metrics"] = tuple(given["metrics"])
    if not isinstance(given.get("since"), datetime | None):
        raise SourceError(f"{path}: [sources.{name}] since must be like 2026-09-01T00:00:00+08:00, without quotes.")
    return Source(source_id=name, **given)
