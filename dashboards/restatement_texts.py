"""What two publications tell of each other, as ready texts; no numbers of its own."""

import re
from datetime import datetime
from urllib.parse import urlencode

from dashboards import formatting
from dashboards.subsidy_audit_texts import achieved, verdict
from dashboards.translations import Words

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


def readable(detail: str | None) -> str:
    """A detail of the log with its instants as the screen writes them, or a dash."""
    if not detail:
        return formatting.NOTHING
    words = _STAMP.sub(lambda found: formatting.instant(datetime.fromisoformat(found[0])), detail)
    return formatting.as_markdown_text(words.replace(" > ", " → "))


def elsewhere(rows: list[dict], pair: str, say: Words) -> str:
    """Centers whose rates were restated, with a link for each month and how many rates of it were."""
    links: dict[str, list[str]] = {}
    for row in rows:
        month = formatting.month(row["month_start_on"])
        wanted = {"lang": say.language, "center": row["center_id"], "month": month, "pair": pair}
        link = f"[{month}](restatements?{urlencode(wanted)}) ({row['rate_count']})"
        links.setdefault(formatting.as_markdown_text(row[say.column("center_name")]), []).append(link)
    comma, semicolon = ("、", "；") if say.language == "zh" else (", ", "; ")
    places = semicolon.join(f"{name} {comma.join(months)}" for name, months in links.items())
    return say("restatements.elsewhere", places=places)


def milestones(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per condition that is not what it was."""
    return [
        {
            say("word.center"): formatting.as_markdown_text(row["center_id"]),
            say("subsidy.milestone"): say(f"milestone_metric.{row['metric']}")
            + f" ({formatting.as_markdown_text(row['milestone_id'].removeprefix(row['center_id'] + '-'))})",
            **{
                say(f"restatements.{when}"): "  \n".join(
                    (
                        verdict(row[f"{when}_verdict"], say),
                        achieved(row[f"{when}_achieved_lower"], row[f"{when}_achieved_upper"], row["target_unit"], say),
                        _earned(row, when, say),
                    )
                )
                for when in ("before", "after")
            },
        }
        for row in rows
    ]


def _earned(row: dict, when: str, say: Words) -> str:
    low, high = (row[f"{when}_earned_cny_fen_{bound}"] for bound in ("lower", "upper"))
    return say("restatements.earned", amount=formatting.money_interval(low, high, say.language))
