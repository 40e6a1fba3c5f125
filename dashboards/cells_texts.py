"""Named cells of card time and money as ready texts for a table. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def named_cells(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per row of `queries.money.reconciliation` that holds any time or money."""
    return [
        {
            say("cells.cell"): formatting.as_markdown_text(row[say.column("name")]),
            say("lit.card_hours"): formatting.card_hours_of_milliseconds(row["card_milliseconds"]),
            say("cells.share"): formatting.percent(row["share_of_racked"]),
            say("cells.money"): formatting.whole_yuan(row["amount_cny_fen"], say.language),
        }
        for row in rows
        if row["card_milliseconds"] or row["amount_cny_fen"]
    ]
