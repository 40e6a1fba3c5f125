"""The report as one HTML file that loads nothing: charts are in it, and every text from files is escaped."""

import base64
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.reports.weekly.blocks import Document


def html(document: Document) -> bytes:
    """The bytes of the HTML file."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["as_address"] = _as_address
    return environment.get_template("report.html").render(document=document).encode()


def _as_address(svg: str) -> str:
    """An SVG as the address of an image: as an image it can run nothing and load nothing."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
