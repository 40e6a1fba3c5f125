"""Words on the screens, Chinese and English side by side; numbers never come from here."""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from dashboards import texts

LANGUAGES = {"zh": "中文", "en": "English"}


def _all_texts() -> dict[str, tuple[str, str]]:
    """Texts of every module of the package; a key that stands in two modules is an error."""
    found: dict[str, tuple[str, str]] = {}
    for module in sorted(iter_modules(texts.__path__), key=lambda module: module.name):
        more = import_module(f"{texts.__name__}.{module.name}").TEXTS
        if twice := found.keys() & more.keys():
            raise ValueError(f"dashboards/texts/{module.name}.py says again what another module says: {sorted(twice)}")
        found |= more
    return found


TEXTS = _all_texts()


@dataclass(frozen=True)
class Words:
    """The texts in one language, called with a key: `say("word.unknown")`."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with its placeholders filled."""
        chinese, english = TEXTS[key]
        return (chinese if self.language == "zh" else english).format(**values)

    def code(self, group: str, code: str | None) -> str:
        """Words for a code of the marts; a code without words is shown as it is, for hiding it would be worse."""
        if code is None:
            return ""
        return self(f"{group}.{code}") if f"{group}.{code}" in TEXTS else code

    def column(self, stem: str) -> str:
        """Name of the mart column that holds a text in this language."""
        return f"{stem}_{self.language}"
