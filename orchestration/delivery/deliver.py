"""Delivering once: claim in the log, send with retries that wait longer each time, write down how it ended."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ingest.state.deliveries import FAILED, SENT, DeliveryLog, delivery_key
from orchestration.delivery.channels import Message, Refused, Uncertain, send
from orchestration.delivery.chats import send_chat
from orchestration.delivery.settings import CHATS, MailServer, Recipient

WAITS_SECONDS = (2, 10, 60)
"""How long to wait after each refusal; one more try than waits."""


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery: sent, failed, already, or uncertain."""

    recipient: str
    result: str
    detail: str = ""


def deliver(
    log: DeliveryLog,
    report: str,
    as_of_at: datetime,
    recipient: Recipient,
    message: Message,
    mail: MailServer | None,
    sleep: Callable[[float], None] = time.sleep,
    secret: str | None = None,
) -> Outcome:
    """Deliver one report of one as-of to one recipient, unless it was before."""
    content_hash = hashlib.sha256(b"".join(file.content for file in message.files) or message.text.encode()).hexdigest()
    key = log.claim(report, as_of_at, str(recipient), content_hash)
    if key is None:
        known = log.find(delivery_key(report, as_of_at, str(recipient)))
        if known is not None and known.status == SENT:
            return Outcome(str(recipient), "already")
        return Outcome(str(recipient), "uncertain", "a delivery began and did not end; it may have arrived")
    try:
        _send_patiently(recipient, message, mail, sleep, secret)
    except Refused as error:
        log.end(key, FAILED, str(error))
        return Outcome(str(recipient), "failed", str(error))
    except Uncertain as error:
        return Outcome(str(recipient), "uncertain", str(error))
    log.end(key, SENT)
    return Outcome(str(recipient), "sent")


def _send_patiently(
    recipient: Recipient,
    message: Message,
    mail: MailServer | None,
    sleep: Callable[[float], None],
    secret: str | None,
) -> None:
    for wait in WAITS_SECONDS:
        try:
            return _send(recipient, message, mail, secret)
        except Refused as error:
            if not error.may_retry:
                raise
            sleep(wait)
    return _send(recipient, message, mail, secret)


def _send(recipient: Recipient, message: Message, mail: MailServer | None, secret: str | None) -> None:
    if recipient.way in CHATS:
        return send_chat(recipient, message, secret)
    return send(recipient, message, mail)
