"""Who is reading: the login decides which published file is opened, and every step of a session is checked again.

Without a configured login there is one local user, on this machine only, and the screen says so.
"""

import ipaddress
import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboards import returning
from dashboards.queries.published import REPOSITORY
from dashboards.translations import Words
from ingest.paths import DataDir
from ingest.state.access_log import AccessLog
from ingest.state.access_policy import PolicyError, read_policy
from ingest.state.alerts import AlertBook
from ingest.state.store import StateStore

LOCAL = "local"


@dataclass(frozen=True)
class Reader:
    """One admitted reader; the local one has no name and sees everything. `mark` is that of the scope as it is now."""

    name: str
    role: str
    scope: str
    mark: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether there is no login."""
        return self.role == LOCAL


def admit(say: Words) -> Reader:
    """The reader of this session; stops the page for one who is not, not yet, or not any more admitted."""
    if not login_is_configured():
        if not is_loopback(st.get_option("server.address")):
            st.error(say("access.not_on_loopback"))
            st.stop()
        return _remember(Reader("", LOCAL, "all"))
    if not st.user.is_logged_in:
        st.title(say("access.title"))
        st.markdown(say("access.please"))
        st.button(say("access.login"), on_click=_log_in, type="primary")
        st.stop()
    claims = st.user.to_dict()
    name = str(claims.get("email") or claims.get("sub") or "")
    if not name or not is_for_us(claims) or _is_expired(claims) or access_log(_data_root()).is_revoked(name):
        _end(say, "access.ended")
    try:
        scope = read_policy(Path(_data_root()) / "access.yaml").scope_of(claims)
    except PolicyError:
        _end(say, "access.no_policy")
    if scope is None:
        _end(say, "access.no_scope")
    return _remember(Reader(name, scope.role, scope.name, scope.mark))


def _log_in() -> None:
    """To the provider of the login; the page and its query are found again afterwards."""
    returning.remember()
    st.login()


def take_up(pages: Collection[str]) -> str | None:
    """In the first run after a login: put the query back, and say which page was asked for."""
    if "came_back" in st.session_state or not login_is_configured() or not st.user.is_logged_in:
        return None
    st.session_state["came_back"] = True
    return returning.take_up(pages)


def current() -> Reader | None:
    """The reader admitted in this run."""
    return st.session_state.get("reader")


def note(action: str, subject: str, version: str) -> None:
    """Write into the access log what the reader has before them, once as long as it stays the same."""
    reader = current()
    if reader is None or reader.is_local:
        return
    seen = (action, subject, version)
    if st.session_state.get(f"noted_{action}") != seen:
        access_log(_data_root()).record(reader.name, reader.role, reader.scope, action, subject, version)
        st.session_state[f"noted_{action}"] = seen


def login_is_configured() -> bool:
    """Whether the secrets of the server have a section for the login."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def is_loopback(address: str | None) -> bool:
    """Whether an address is only reached from this machine; none given means every network of it."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def draw(say: Words, reader: Reader) -> None:
    """Say in the sidebar who reads, and let a reader who logged in leave."""
    if reader.is_local:
        st.caption(say("access.local"))
        return
    st.caption(say("access.reader", name=reader.name, role=say.code("role", reader.role), scope=reader.scope))
    st.button(say("access.logout"), on_click=st.logout)


@st.cache_resource(max_entries=4)
def access_log(root: str) -> AccessLog:
    """The log of one data folder, its tables brought up to date once."""
    return AccessLog(StateStore(DataDir(Path(root))))


def alert_book() -> AlertBook:
    """Thresholds and alerts of the data folder."""
    return _alert_book(_data_root())


@st.cache_resource(max_entries=4)
def _alert_book(root: str) -> AlertBook:
    return AlertBook(StateStore(DataDir(Path(root))))


def _data_root() -> str:
    return str(Path(os.environ.get("RACKLIGHT_DATA_DIR") or REPOSITORY / "data").resolve())


def is_for_us(claims: dict) -> bool:
    """Whether the token of the login names this application among those it was issued for.

    Streamlit's login takes a token of another application's audience where it names this one as the authorized party.
    """
    audience = claims.get("aud")
    audiences = {audience} if isinstance(audience, str) else set(audience or ())
    return _client_id() in audiences


def _client_id() -> str:
    """How this application is known to the provider, by the secrets of the server."""
    auth = st.secrets["auth"]
    return str(auth.get("client_id") or auth.get("default", {}).get("client_id") or "")


def _is_expired(claims: dict) -> bool:
    """Whether the token of the login says that it has ended; one that says nothing ends with its cookie."""
    expires_at = claims.get("exp")
    return expires_at is not None and float(expires_at) <= time.time()


def _end(say: Words, key: str) -> None:
    st.session_state.pop("reader", None)
    st.error(say(key))
    st.button(say("access.logout"), on_click=st.logout)
    st.stop()


def _remember(reader: Reader) -> Reader:
    st.session_state["reader"] = reader
    return reader
