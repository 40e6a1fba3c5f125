"""From a figure to lines of files, as ready texts. No streamlit, no numbers of its own."""

from decimal import Decimal

from dashboards import formatting
from dashboards.reports.explanation import Part
from dashboards.translations import Words


def answer(figure: dict, say: Words) -> str:
    """One sentence: the figure, its basis and as-of."""
    lower, upper = figure["lower"], figure["upper"]
    if lower is None:
        value = say.code("withheld", figure["withheld_reason"])
    elif figure["unit"] == "ratio":
        value = formatting.interval(lower, upper)
    else:
        value = f"{lower:,.2f}" if lower == upper else f"{lower:,.2f}–{upper:,.2f}"
    return say(
        "trail.answer",
        value=formatting.as_markdown_text(value),
        basis=formatting.as_markdown_text(say.code("basis", figure["basis"])),
        as_of=formatting.instant(figure["as_of_at"]),
    )


def parts(found: list[Part], say: Words) -> list[dict[str, str]]:
    """One row of texts per part: what was published, what its rows add up to, and whether the two agree."""
    return [
        {
            say("trail.part"): say(f"trail.{part.name}"),
            say("trail.published"): _whole(part.published),
            say("trail.measures"): ", ".join(f"`{measure}`" for measure in part.measures) or formatting.NOTHING,
            say("trail.row_count"): formatting.count(part.row_count) if part.kind else formatting.NOTHING,
            say("trail.sum"): _whole(part.computed) if part.kind else formatting.NOTHING,
            say("trail.verdict"): _verdict(part, say),
        }
        for part in found
    ]


def rows(part: Part, say: Words) -> list[dict[str, object]]:
    """One row per contribution to a part, largest first."""
    return [
        {
            say("trail.subject"): row["subject_id"],
            say("word.center"): row["center_id"],
            say("trail.days"): _days(row),
            say("trail.amount"): int(row["amount"]),
        }
        for row in part.rows.to_dicts()
    ]


def about(row: dict, say: Words) -> str:
    """Which row the files are about."""
    return say("trail.about", subject=formatting.as_markdown_text(row["subject_id"]), days=_days(row))


def sources(found: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per file: its kind, name, lines and sha256."""
    return [
        {
            say("trail.kind"): formatting.as_markdown_text(source["record_kind"]),
            say("trail.file"): formatting.as_markdown_text(source["original_name"]),
            say("trail.lines"): lines(source, say),
            "sha256": f"`{source['source_sha256']}`",
        }
        for source in found
    ]


def _verdict(part: Part, say: Words) -> str:
    if part.kind is None:
        return say("trail.no_map")
    return say("trail.agrees" if part.agrees else "trail.disagrees")


def _whole(amount: Decimal | int | None) -> str:
    return formatting.NOTHING if amount is None else f"{int(amount):,}"


def _days(row: dict) -> str:
    first, last = formatting.day(row["first_day_on"]), formatting.day(row["last_day_on"])
    return first if first == last else f"{first} – {last}"


def lines(source: dict, say: Words) -> str:
    """Lines of a file that speak of something."""
    if source["first_line"] == source["last_line"]:
        return str(source["first_line"])
    return say(
        "trail.line_span",
        first=source["first_line"],
        last=source["last_line"],
        count=formatting.count(source["row_count"]),
    )
