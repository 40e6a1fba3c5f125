"""The report as PDF: typst lays it out, charts are vectors, and the same report gives the same bytes."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typst

from dashboards.reports.weekly.blocks import Document

TEMPLATE = Path(__file__).parent / "report.typ"


class MissingFontError(RuntimeError):
    """No Chinese font: the text would be printed as empty boxes."""


def pdf(document: Document, as_of_at: datetime) -> bytes:
    """The bytes of the PDF, stamped with the as-of instead of the clock.

    Raises:
        MissingFontError: the system has no font for Chinese.
    """
    charts = {
        f"chart-{number}.svg": section.svg.encode()
        for number, section in enumerate(document.sections)
        if section.svg is not None
    }
    values = asdict(document)
    for section in values["sections"]:
        section["has_chart"] = section.pop("svg") is not None
    files = {
        "main": TEMPLATE.read_bytes(),
        "data.json": json.dumps(values, ensure_ascii=False, sort_keys=True).encode(),
        **charts,
    }
    data, warnings = typst.compile_with_warnings(files, format="pdf", timestamp=int(as_of_at.timestamp()))
    unknown = [str(warning) for warning in warnings if "unknown font" in str(warning)]
    if unknown:
        raise MissingFontError(
            "The font Noto Sans CJK SC is not installed. On Debian and Ubuntu: apt-get install fonts-noto-cjk"
        )
    return data
