"""JSON whose texts can be written down: an escape may hold half a character, which no file and no table takes."""

import json
from typing import Any


def parse(text: str | bytes, **options: Any) -> Any:
    """What `json.loads` gives.

    Raises:
        ValueError: the text is no JSON, or a text in it holds half a character.
    """
    parsed = json.loads(text, **options)
    if (b"\\u" if isinstance(text, bytes) else "\\u") in text:
        json.dumps(parsed, ensure_ascii=False).encode()
    return parsed
