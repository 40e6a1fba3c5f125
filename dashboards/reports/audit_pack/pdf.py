"""The summary as PDF: typst lays it out, and the same document gives the same bytes."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typst

from dashboards.reports.audit_pack.shapes import Document
from dashboards.reports.weekly.pdf import MissingFontError

TEMPLATE = Path(__file__).parent / "summary.typ"


def pdf(document: Document, as_of_at: datetime) -> bytes:
    """The bytes of the PDF, stamped with the as-of instead of the clock.

    Raises:
        MissingFontError: the system has no font for Chinese.
    """
    files = {
        "main": TEMPLATE.read_bytes(),
        "data.json": json.dumps(asdict(document), ensure_ascii=False, sort_keys=True).encode(),
    }
    data, warnings = typst.compile_with_warnings(files, format="pdf", timestamp=int(as_of_at.timestamp()))
    if any("unknown font" in str(warning) for warning in warnings):
        raise MissingFontError(
            "The font Noto Sans CJK SC is not installed. On Debian and Ubuntu: apt-get install fonts-noto-cjk"
        )
    return data
