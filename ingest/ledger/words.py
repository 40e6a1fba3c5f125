"""The words of inventories, read once from `words.yaml`."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_HALF_WIDTH = str.maketrans("（）：／", "():/")


@dataclass(frozen=True)
class Dialect:
    """How one kind of inventory names its columns and states.

    `fields` maps a normal label to a field, `states` a status word in upper case to a device state; `no_date` are
    texts in date columns that say there is no date; `true_later_too` are statuses that stay true of a machine that
    got further.
    """

    name: str
    recognized_by: frozenset[str]
    fields: dict[str, str]
    states: dict[str, str]
    no_date: tuple[str, ...]
    true_later_too: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """All dialects by name and what they have in common; `netbox_states` maps statuses of the REST API."""

    dialects: dict[str, Dialect]
    netbox_states: dict[str, str]
    not_yet: tuple[str, ...]
    not_yet_powered: tuple[str, ...]
    subtotals: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Words:
    """The data file beside this module."""
    document = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return Words(
        dialects={name: _dialect(name, facts) for name, facts in document["dialects"].items()},
        netbox_states=document["netbox_statuses"],
        not_yet=tuple(document["not_yet"]),
        not_yet_powered=tuple(document["not_yet_powered"]),
        subtotals=tuple(document["subtotals"]),
    )


def normal_label(text: str | None) -> str:
    """A label as `words.yaml` writes it: upper case, no white space, half-width punctuation."""
    return "".join((text or "").split()).translate(_HALF_WIDTH).upper()


def _dialect(name: str, facts: dict) -> Dialect:
    return Dialect(
        name=name,
        recognized_by=frozenset(facts["recognized_by"]),
        fields={label: field for field, labels in facts["columns"].items() for label in labels},
        states={word.upper(): state for state, names in facts["statuses"].items() for word in names},
        no_date=tuple(facts["no_date"]),
        true_later_too=tuple(facts.get("true_later_too", ())),
    )
