"""The page about input is written from the schemas."""

from ingest.paths import REPOSITORY_ROOT
from ingest.records.document import document


def test_the_page_about_input_says_what_the_schemas_say():
    page = (REPOSITORY_ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert page == document(), "Write it anew: .venv/bin/python -m ingest.records.document > data/README.md"
