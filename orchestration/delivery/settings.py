"""Who receives what and how: `delivery.toml` of the data folder, the one file in which deliveries are configured.

Passwords and secrets stand in the environment; the file names the variables.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dashboards.reports.weekly.forms import FORMATS
from dashboards.translations import LANGUAGES
from orchestration.errors import RacklightError

EXAMPLE = """\
[mail]
host = "smtp.example.com"
port = 587
tls = "starttls"            # starttls, tls or none
sender = "racklight@example.com"
user_variable = "RACKLIGHT_SMTP_USER"
password_variable = "RACKLIGHT_SMTP_PASSWORD"

[[weekly]]
scope = "ALL"               # a center, or ALL
languages = ["zh", "en"]
formats = ["pdf", "xlsx"]
to = ["mail:operations@example.com", "folder:/srv/reports", "webhook:https://hooks.example.com/weekly"]

[alerts]
language = "zh"
quiet_hours = "22:00-07:30" # of Asia/Shanghai: what opens then is told when they end
escalate_after_hours = 24
to = ["mail:duty@example.com", "dingtalk:https://oapi.example.com/robot/send?access_token=..."]
escalate_to = ["mail:head@example.com"]
secret_variable = "RACKLIGHT_ALERT_SECRET"
"""
WAYS = ("mail", "folder", "webhook")
CHATS = ("dingtalk", "feishu", "wecom")
ALERT_WAYS = ("mail", "webhook", *CHATS)


class SettingsError(RacklightError):
    """The settings file cannot be used; the text says which line of it and how it should look."""


@dataclass(frozen=True)
class MailServer:
    """How mail leaves the house."""

    host: str
    port: int
    tls: str
    sender: str
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True)
class Recipient:
    """One place to deliver to: a way and an address, written "mail:name@example.com"."""

    way: str
    address: str

    def __str__(self) -> str:
        return f"{self.way}:{self.address}"


@dataclass(frozen=True)
class WeeklyDelivery:
    """Which weekly report goes to whom."""

    scope: str
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    to: tuple[Recipient, ...]


@dataclass(frozen=True)
class AlertDelivery:
    """How alerts are told."""

    language: str
    to: tuple[Recipient, ...]
    escalate_to: tuple[Recipient, ...]
    escalate_after_hours: float
    quiet_hours: tuple[str, str] | None
    secret: str | None


@dataclass(frozen=True)
class Settings:
    """All of the file; an empty one delivers nothing."""

    mail: MailServer | None = None
    weekly: tuple[WeeklyDelivery, ...] = ()
    alerts: AlertDelivery | None = None


def read_settings(path: Path) -> Settings:
    """The settings of a data folder; no file delivers nothing.

    Raises:
        SettingsError: names the entry that cannot be used.
    """
    if not path.exists():
        return Settings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}") from error
    unknown = content.keys() - {"mail", "weekly", "alerts"}
    if unknown:
        raise SettingsError(
            f"{path}: there is no section {', '.join(sorted(unknown))}; known are mail, weekly, alerts."
        )
    mail = _mail(content["mail"], path) if "mail" in content else None
    settings = Settings(
        mail=mail,
        weekly=tuple(_weekly(entry, path) for entry in content.get("weekly", [])),
        alerts=_alerts(content["alerts"], path) if "alerts" in content else None,
    )
    ways = {to.way for entry in settings.weekly for to in entry.to}
    if settings.alerts:
        ways |= {to.way for to in (*settings.alerts.to, *settings.alerts.escalate_to)}
    if "mail" in ways and mail is None:
        raise SettingsError(f"{path}: there are mail recipients but no [mail] section.")
    return settings


def _mail(entry: dict, path: Path) -> MailServer:
    tls = entry.get("tls", "starttls")
    if tls not in ("starttls", "tls", "none"):
        raise SettingsError(f"{path}, [mail]: tls must be starttls, tls or none, not {tls!r}.")
    for name in ("host", "port", "sender"):
        if name not in entry:
            raise SettingsError(f"{path}, [mail]: {name} is missing.")
    return MailServer(
        host=entry["host"],
        port=int(entry["port"]),
        tls=tls,
        sender=entry["sender"],
        user=_secret(entry, "user_variable", path),
        password=_secret(entry, "password_variable", path),
    )


def _secret(entry: dict, name: str, path: Path) -> str | None:
    variable = entry.get(name)
    if variable is None:
        return None
    if variable not in os.environ:
        raise SettingsError(f"{path}: {name} names {variable}, which is not set in the environment.")
    return os.environ[variable]


def _weekly(entry: dict, path: Path) -> WeeklyDelivery:
    languages, formats = tuple(entry.get("languages", ("zh",))), tuple(entry.get("formats", ("pdf",)))
    _only(languages, tuple(LANGUAGES), "languages", path)
    _only(formats, tuple(FORMATS), "formats", path)
    return WeeklyDelivery(
        entry.get("scope", "ALL"), languages, formats, _recipients(entry.get("to", []), WAYS, "weekly", path)
    )


def _alerts(entry: dict, path: Path) -> AlertDelivery:
    language = entry.get("language", "zh")
    _only((language,), tuple(LANGUAGES), "language", path)
    quiet = entry.get("quiet_hours")
    if quiet is not None and not _is_span(quiet):
        raise SettingsError(f'{path}, [alerts]: quiet_hours must look like "22:00-07:30", not {quiet!r}.')
    return AlertDelivery(
        language=language,
        to=_recipients(entry.get("to", []), ALERT_WAYS, "alerts", path),
        escalate_to=_recipients(entry.get("escalate_to", []), ALERT_WAYS, "alerts", path),
        escalate_after_hours=float(entry.get("escalate_after_hours", 24)),
        quiet_hours=tuple(quiet.split("-")) if quiet else None,
        secret=_secret(entry, "secret_variable", path),
    )


def _is_span(text: str) -> bool:
    from datetime import time

    try:
        start, end = text.split("-")
        return time.fromisoformat(start) != time.fromisoformat(end)
    except ValueError:
        return False


def _recipients(entries: list[str], ways: tuple[str, ...], section: str, path: Path) -> tuple[Recipient, ...]:
    found = []
    for entry in entries:
        way, _, address = entry.partition(":")
        if way not in ways or not address or any(sign in address for sign in "\r\n"):
            raise SettingsError(
                f"{path}, [{section}]: {entry!r} must be one of {', '.join(ways)}, a colon, an address."
            )
        found.append(Recipient(way, address))
    return tuple(found)


def _only(given: tuple[str, ...], known: tuple[str, ...], name: str, path: Path) -> None:
    wrong = [value for value in given if value not in known]
    if wrong:
        raise SettingsError(f"{path}: {name} knows {', '.join(known)}, not {', '.join(map(str, wrong))}.")
