"""What became of conditions of subsidies between two publications, as ready texts; no numbers of its own."""

from dashboards import formatting
from dashboards.subsidy_audit_texts import achieved, verdict
from dashboards.translations import Words


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
