"""The questions of each reader answered in a sentence, from rows of the marts; pages with charts say the same."""

from dashboards.questions import government, investors

__all__ = ["government", "investors"]
