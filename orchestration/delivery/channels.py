"""The ways out: mail, a folder, a webhook. Each says for certain that it failed, or does not return an error.

`Refused` means that nothing arrived, so that trying again cannot make two. `Uncertain` means that the connection broke
after everything was handed over: it may have arrived, and only a person may send it again.
"""

import base64
import json
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

import urllib3

from dashboards.reports.weekly.forms import ReportFile
from orchestration.delivery.settings import MailServer, Recipient

TIMEOUT_SECONDS = 30


class Refused(Exception):  # noqa: N818 - not an error of the program
    """Nothing arrived; `may_retry` is false where the answer will not change."""

    def __init__(self, message: str, may_retry: bool = True) -> None:
        super().__init__(message)
        self.may_retry = may_retry


class Uncertain(Exception):  # noqa: N818 - not an error of the program
    """It may have arrived."""


@dataclass(frozen=True)
class Message:
    """What is delivered: a subject, words, and files. `key` is the same whenever the same thing is sent again."""

    key: str
    subject: str
    text: str
    sent_at: datetime
    files: Sequence[ReportFile] = ()


def send(recipient: Recipient, message: Message, mail: MailServer | None) -> None:
    """Deliver once.

    Raises:
        Refused: nothing arrived.
        Uncertain: it may have arrived.
    """
    if recipient.way == "mail":
        send_mail(recipient.address, message, mail)
    elif recipient.way == "folder":
        write_folder(Path(recipient.address), message)
    else:
        post(recipient.address, _as_json(message), {"Idempotency-Key": message.key})


def send_mail(address: str, message: Message, server: MailServer) -> None:
    """Hand a message to the mail server; its id is its key, so that a mail program that knows it shows it once."""
    letter = EmailMessage()
    letter["Subject"] = " ".join(message.subject.split())
    letter["From"] = server.sender
    letter["To"] = address
    letter["Date"] = format_datetime(message.sent_at)
    letter["Message-ID"] = f"<{message.key}@{server.sender.rpartition('@')[2]}>"
    letter.set_content(message.text)
    for file in message.files:
        main, sub = file.media_type.split("/")
        letter.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    try:
        connection = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(f"{server.host}:{server.port}: {error}", not _is_final(error)) from error
    try:
        _hand_over(connection, server.sender, address, letter.as_bytes())
    finally:
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.tls == "tls":
        context = ssl.create_default_context()
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
        if server.tls == "starttls":
            connection.starttls(context=ssl.create_default_context())
    if server.user is not None:
        connection.login(server.user, server.password or "")
    return connection


def _hand_over(connection: smtplib.SMTP, sender: str, address: str, content: bytes) -> None:
    try:
        connection.ehlo_or_helo_if_needed()
        for step, argument in ((connection.mail, sender), (connection.rcpt, address)):
            code, answer = step(argument)
            if code not in (250, 251):
                raise Refused(f"{code} {answer.decode(errors='replace')}", 400 <= code < 500)
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(str(error)) from error
    try:
        code, answer = connection.data(content)
    except smtplib.SMTPDataError as error:
        raise Refused(str(error), 400 <= error.smtp_code < 500) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(f"the connection broke while the message was handed over: {error}") from error
    if code != 250:
        raise Refused(f"{code} {answer.decode(errors='replace')}", 400 <= code < 500)


def _is_final(error: Exception) -> bool:
    """Whether an error will be the same at the next try: a wrong password, a certificate that nobody vouches for."""
    return isinstance(error, smtplib.SMTPAuthenticationError | ssl.SSLCertVerificationError)


def write_folder(folder: Path, message: Message) -> None:
    """Write the files into a folder, each under a temporary name first: a reader finds all of one or nothing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in message.files:
            temporary = folder / f".{file.name}.next"
            temporary.write_bytes(file.content)
            temporary.replace(folder / file.name)
    except OSError as error:
        raise Refused(str(error)) from error


def post(address: str, content: dict, headers: dict[str, str] | None = None) -> dict:
    """Post JSON once, without following anyone elsewhere, and hand back the answer where it is an object."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise Refused(f"{address} is no http or https address", may_retry=False)
    body = json.dumps(content, ensure_ascii=False).encode()
    pool = urllib3.PoolManager(retries=False, timeout=TIMEOUT_SECONDS)
    try:
        answer = pool.request(
            "POST", address, body=body, headers={"Content-Type": "application/json", **(headers or {})}, redirect=False
        )
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
        raise Refused(_without_query(address, error)) from error
    except urllib3.exceptions.HTTPError as error:
        raise Uncertain(_without_query(address, error)) from error
    if answer.status >= 300:
        raise Refused(f"{_host(address)} answered {answer.status}", answer.status >= 500 or answer.status == 429)
    try:
        found = json.loads(answer.data or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _host(address: str) -> str:
    return urlsplit(address).hostname or "the server"


def _without_query(address: str, error: Exception) -> str:
    """What went wrong, without the secret that stands in the address of many webhooks."""
    return f"{_host(address)}: {type(error).__name__}"


def _as_json(message: Message) -> dict:
    return {
        "key": message.key,
        "subject": message.subject,
        "text": message.text,
        "files": [
            {
                "name": file.name,
                "media_type": file.media_type,
                "content_base64": base64.b64encode(file.content).decode(),
            }
            for file in message.files
        ],
    }
