"""Errors a person can act on: their text says what was wrong, where, and what to do, and needs no traceback."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestration.dbt_runner import NodeResult


class RacklightError(RuntimeError):
    """Base of all errors that the command line prints as a sentence."""


class BuildError(RacklightError):
    """The warehouse was not built; `nodes` says what became of each dbt node that was reached."""

    def __init__(self, message: str, nodes: "list[NodeResult] | None" = None) -> None:
        super().__init__(message)
        self.nodes = nodes or []

    @property
    def failures(self) -> dict[str, str]:
        """Names of the failing nodes with their messages."""
        return {node.name: node.message or node.status for node in self.nodes if node.is_failure}


class PublishError(RacklightError):
    """The marts were not published; what was published before still is."""
