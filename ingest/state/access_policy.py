"""Who may see what: one YAML file that people write, read by what publishes scopes and by what admits readers."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

ROLES = ("investor", "government", "operator", "public")
WHOLE_SCOPE = "all"
"""Name of the scope that everything is published to first; no reader of a policy is given it."""

EXAMPLE = """\
version: 1
groups_claim: groups            # claim of the identity token that lists a reader's groups
scopes:
  portfolio-investors:
    role: investor              # investor, government, operator, public
    portfolio: true             # every center, and the sums over all of them
    groups: [investors]
  jiangsu-government:
    role: government
    provinces: [320000]         # codes of provinces
    groups: [gov-jiangsu]
  yangzhou-operators:
    role: operator
    centers: [yangzhou-01]
    groups: [ops-yangzhou]
  public:
    role: public
    portfolio: true
    groups: [public]
"""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")


class PolicyError(RuntimeError):
    """The policy cannot be used; the text names the entry and how it should look. Nobody is admitted meanwhile."""


@dataclass(frozen=True)
class Scope:
    """One set of rows and columns, and the groups that see it."""

    name: str
    role: str
    groups: tuple[str, ...]
    is_portfolio: bool = False
    provinces: tuple[int, ...] = ()
    centers: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Stands in the names of files written for this scope; those of before the policy changed it are not served."""
        seen = (self.name, self.role, self.is_portfolio, self.provinces, self.centers)
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class AccessPolicy:
    """All scopes, in the order of the file: a reader in several groups is given the first that fits."""

    groups_claim: str
    scopes: tuple[Scope, ...]

    def scope_of(self, claims: dict) -> Scope | None:
        """The scope of a reader by the claims of its token; None where no group of it is named."""
        groups = claims.get(self.groups_claim)
        own = {groups} if isinstance(groups, str) else set(groups or ())
        return next((scope for scope in self.scopes if own & set(scope.groups)), None)


def read_policy(path: Path) -> AccessPolicy:
    """The policy of a file.

    Raises:
        PolicyError: the file is missing, is no YAML, or says something that has no meaning.
    """
    if not path.exists():
        raise PolicyError(f"There is no {path}. `racklight access example` prints one to start from.")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise PolicyError(f"{path} is not YAML: {error}") from error
    _only_keys(content, {"version", "groups_claim", "scopes"}, f"{path}")
    if content.get("version") != 1:
        raise PolicyError(f"{path}: version must be 1, not {content.get('version')!r}.")
    entries = content.get("scopes")
    if not isinstance(entries, dict) or not entries:
        raise PolicyError(f"{path}: scopes must name at least one scope.")
    scopes = tuple(_scope(name, entry, f"{path}, scope {name}") for name, entry in entries.items())
    return AccessPolicy(str(content.get("groups_claim", "groups")), scopes)


def _scope(name: object, entry: object, where: str) -> Scope:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name == WHOLE_SCOPE:
        raise PolicyError(f"{where}: a name has small letters, digits and dashes, and is not {WHOLE_SCOPE!r}.")
    _only_keys(entry, {"role", "groups", "portfolio", "provinces", "centers"}, where)
    if entry.get("role") not in ROLES:
        raise PolicyError(f"{where}: role must be one of {', '.join(ROLES)}, not {entry.get('role')!r}.")
    groups = _texts(entry, "groups", where)
    if not groups:
        raise PolicyError(f"{where}: groups must name at least one group.")
    given = [key for key in ("portfolio", "provinces", "centers") if entry.get(key)]
    if len(given) != 1:
        raise PolicyError(
            f"{where}: give exactly one of portfolio: true, provinces, centers; it has {given or 'none'}."
        )
    provinces = entry.get("provinces", [])
    if not isinstance(provinces, list) or not all(type(code) is int for code in provinces):
        raise PolicyError(f"{where}: provinces must be a list of codes like 320000, not {provinces!r}.")
    return Scope(
        name,
        entry["role"],
        groups,
        entry.get("portfolio") is True,
        tuple(provinces),
        _texts(entry, "centers", where),
    )


def _texts(entry: dict, key: str, where: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise PolicyError(f"{where}: {key} must be a list of names, not {values!r}.")
    return tuple(values)


def _only_keys(entry: object, known: set[str], where: str) -> None:
    if not isinstance(entry, dict):
        raise PolicyError(f"{where}: must have keys {', '.join(sorted(known))}, not be {entry!r}.")
    unknown = [str(key) for key in entry if key not in known]
    if unknown:
        raise PolicyError(f"{where}: there is no {', '.join(unknown)}; known are {', '.join(sorted(known))}.")
