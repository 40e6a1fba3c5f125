"""What the workbook says about a field in both languages, from `words.yaml` and the record schemas."""

from functools import lru_cache
from pathlib import Path

import yaml

from ingest.records import Field, RecordKind

NOTE = "※"
"""Every cell of the row of explanations begins with it; the reader skips such a row."""

_ENGLISH_TYPES = {
    "text": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "date": "date",
    "instant": "time with offset",
    "money_cny": "yuan, up to two decimals",
    "quantity": "number, up to three decimals",
}
_EXAMPLES = {
    "boolean": "true",
    "date": "2026-03-31",
    "instant": "2026-03-31T08:00:00+08:00",
    "money_cny": "1234.56",
    "quantity": "720.5",
}


@lru_cache(maxsize=1)
def words() -> dict:
    """The data file beside this module."""
    return yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))


def title_zh(kind: RecordKind) -> str:
    """What a sheet is called in Chinese."""
    return words()["kinds"][kind.name]["title"]


def grain_zh(kind: RecordKind) -> str:
    """What a row of a sheet stands for, in Chinese."""
    return words()["kinds"][kind.name]["grain"]


def meaning_zh(kind: RecordKind, field: Field) -> str:
    """What a field means, in Chinese."""
    return words()["kinds"][kind.name]["fields"].get(field.name) or words()["common"][field.name]


def choice_zh(choice: str) -> str:
    """What a choice means, in Chinese."""
    return words()["choices"][choice]


def explanation(kind: RecordKind, field: Field) -> str:
    """The cell below a header: whether it must be filled, type and unit, meaning, an example; Chinese, then English."""
    unit_zh, unit_en = _unit(field)
    has_default = field.default is not None
    lines = [
        f"{NOTE} {'必填' if is_must(field) else '选填'} · {words()['types'][field.type]}{unit_zh}",
        meaning_zh(kind, field) + (f"留空为 {field.default}。" if has_default and field.name != "revision" else ""),
        f"{'Required' if is_must(field) else 'Optional'} · {_ENGLISH_TYPES[field.type]}{unit_en}",
        field.description + (f" Empty means {field.default}." if has_default and field.name != "revision" else ""),
    ]
    example = field.choices[0] if field.choices else _EXAMPLES.get(field.type)
    return "\n".join(lines + ([f"例 e.g. {example}"] if example else []))


def is_must(field: Field) -> bool:
    """Whether an empty cell is refused."""
    return field.required and field.default is None


def _unit(field: Field) -> tuple[str, str]:
    for suffix, (zh, en) in words()["units"].items():
        if field.name.endswith(suffix):
            return f"，{zh}", f", {en}"
    return "", ""
