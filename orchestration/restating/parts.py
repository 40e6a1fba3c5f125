"""Taking the change of figures apart: the differences from step to step, in whole numbers, so that they sum exactly."""

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal

MEASURES = ("lower", "upper", "numerator_lower", "numerator_upper", "denominator")
DECIMAL_PLACES = 12
"""Bounds are taken to so many decimals before anything is subtracted; parts are then exact, and so is their sum."""

_UNIT = Decimal(1).scaleb(-DECIMAL_PLACES)
_WIDE = Context(prec=60)

Figures = Mapping[str, Mapping[str, object]]


def number(value: object) -> Decimal | None:
    """A measure as a decimal of twelve places; None stays None. Takes floats, decimals and their texts."""
    if value is None:
        return None
    return Decimal(str(value)).quantize(_UNIT, context=_WIDE)


def parts_of_figure(said: Sequence[Mapping[str, object] | None], causes: Sequence[str]) -> dict | None:
    """What each cause changed in one figure, or None if nothing did.

    Args:
        said: the figure before, after each cause, and so after the last one; a step that does not know the figure, or
            gives it no number, leaves what the step before it said.
        causes: one fewer than `said`.

    Returns:
        `measures`: measure -> `before`, `after` and, where both are numbers, the part of each cause; `causes`: causes
        at which anything changed, a number that came or went among them.
    """
    measures: dict[str, dict[str, Decimal | None]] = {}
    moved: set[str] = set()
    for measure in MEASURES:
        values = [number((figure or {}).get(measure)) for figure in said]
        before, after = values[0], values[-1]
        at = _walked(values)
        steps = list(zip(causes, at, at[1:], strict=False))
        changed = [cause for cause, earlier, later in steps if earlier != later]
        if not changed:
            continue
        moved.update(changed)
        measures[measure] = {"before": before, "after": after}
        if before is not None and after is not None:
            measures[measure] |= {cause: later - earlier for cause, earlier, later in steps if later != earlier}
    if not measures:
        return None
    return {"measures": measures, "causes": [cause for cause in causes if cause in moved]}


def _walked(values: list[Decimal | None]) -> list[Decimal | None]:
    """Values from step to step; between the two ends a missing one is what stood before it."""
    walked = values[:1]
    for value in values[1:-1]:
        walked.append(walked[-1] if value is None else value)
    return walked + values[-1:]
