"""Messages in the forms of three office chats, signed where a robot asks for it; refusals stand in their answer.

DingTalk wants milliseconds and a signature in the address, Feishu seconds and a signature in the body, WeCom none.
"""

import base64
import hashlib
import hmac
import time
from urllib.parse import quote_plus

from orchestration.delivery.channels import Message, Refused, post
from orchestration.delivery.settings import Recipient


def send_chat(recipient: Recipient, message: Message, secret: str | None, now: float | None = None) -> None:
    """Post to a robot.

    Raises:
        Refused: the robot said no; the status alone is always 200.
    """
    now = time.time() if now is None else now
    text = f"{message.subject}\n{message.text}"
    if recipient.way == "dingtalk":
        address, content = dingtalk(recipient.address, text, secret, now)
    elif recipient.way == "feishu":
        address, content = recipient.address, feishu(text, secret, now)
    else:
        address, content = recipient.address, {"msgtype": "text", "text": {"content": text}}
    answer = post(address, content)
    code = answer.get("errcode", answer.get("code", answer.get("StatusCode", 0)))
    if code:
        reason = answer.get("errmsg") or answer.get("msg") or ""
        raise Refused(f"the robot of {recipient.way} answered {code} {reason}", may_retry=False)


def dingtalk(address: str, text: str, secret: str | None, now: float) -> tuple[str, dict]:
    """Address with timestamp and signature, and the body."""
    content = {"msgtype": "text", "text": {"content": text}}
    if secret is None:
        return address, content
    stamp = str(round(now * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    sign = quote_plus(base64.b64encode(digest))
    return f"{address}{'&' if '?' in address else '?'}timestamp={stamp}&sign={sign}", content


def feishu(text: str, secret: str | None, now: float) -> dict:
    """The body, with timestamp and signature where there is a secret: it is the key, and nothing is signed."""
    content: dict = {"msg_type": "text", "content": {"text": text}}
    if secret is not None:
        stamp = str(int(now))
        digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
        content |= {"timestamp": stamp, "sign": base64.b64encode(digest).decode()}
    return content
