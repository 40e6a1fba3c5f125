"""One report as blocks of ready text: what PDF, HTML and the page lay out, each in its own way."""

from datetime import timedelta

from dashboards import formatting
from dashboards.reports.weekly import pictures, sentences, tables
from dashboards.reports.weekly.blocks import Card, Document, Section
from dashboards.reports.weekly.facts import WeekFacts
from dashboards.translations import Words

CAPTIONED = (1, 2, 4, 6, 7)
"""Questions whose chart needs words of its own."""

CARD_METRICS = ("racked_device_due_point", "racked_device_avg", "lit_of_available", "lit_of_racked")


def scope_name(facts: WeekFacts, say: Words) -> str:
    """The center by its name, or all of them."""
    if facts.scope_id in facts.center_names:
        return facts.center_names[facts.scope_id][say.column("center_name")]
    return say("word.portfolio")


def compose(facts: WeekFacts, say: Words) -> Document:
    """The report in one language: the switch changes words, never numbers."""
    return Document(
        language=say.language,
        title=say("weekly.title"),
        scope=scope_name(facts, say),
        head=say(
            "weekly.head",
            week=facts.week_label,
            first=formatting.weekday_day(facts.week_start_on, say.language),
            last=formatting.weekday_day(facts.week_end_on - timedelta(days=1), say.language),
        ),
        stamps=[
            say("frame.as_of", instant=formatting.instant(facts.build["as_of_at"])),
            say("frame.data_through", day=formatting.day(facts.build["data_through_on"])),
            say("frame.version", version=facts.version),
        ],
        cards=_cards(facts, say),
        trust=trust(facts, say),
        sections=_sections(facts, say),
        methods_title=say("weekly.methods"),
        methods=_methods(facts, say),
    )


def _sections(facts: WeekFacts, say: Words) -> list[Section]:
    charts = {
        1: pictures.ladder(facts, say),
        2: pictures.changes(facts, say),
        3: pictures.sold_and_lit(facts, say),
        4: pictures.heat_map(facts, say),
        5: pictures.coverage(facts, say),
        6: pictures.leases_and_sellable(facts, say, sentences.NOTICE_DAYS),
        7: pictures.energy(facts, say),
    }
    captions = {number: say(f"weekly.caption.{number}") for number in CAPTIONED}
    below = {
        3: tables.idle_table(facts, say, 5),
        4: tables.card_table(facts, say, 8),
        8: tables.action_table(facts, say, 14),
    }
    return [
        Section(
            say(f"weekly.question.{number}"),
            answer,
            charts.get(number),
            captions.get(number, ""),
            below.get(number),
        )
        for number, answer in enumerate(sentences.answers(facts, say), start=1)
    ]


def _cards(facts: WeekFacts, say: Words) -> list[Card]:
    figures = {figure["metric_id"]: figure for figure in facts.figures}
    return [_card(figures[metric], say) for metric in CARD_METRICS if metric in figures]


def _card(figure: dict, say: Words) -> Card:
    notes = []
    if figure["coverage"] is not None:
        notes.append(say("figure.coverage", coverage=formatting.percent(figure["coverage"])))
    if figure["withheld_reason"] is not None:
        notes.append(say("figure.withheld", reason=say.code("withheld", figure["withheld_reason"])))
    notes.append(say("figure.tag", basis=say.code("basis", figure["basis"])))
    return Card(
        figure[say.column("name")], formatting.interval(figure["lower"], figure["upper"]), notes, figure["metric_id"]
    )


def trust(facts: WeekFacts, say: Words) -> list[str]:
    """What stands in front of all figures: coverage, what is missing, registration and restatements."""
    lines = [
        say("weekly.coverage_sentence", coverage=formatting.percent(facts.ladder["coverage_of_racked"])),
    ]
    through = facts.build["data_through_on"]
    if through < facts.week_end_on - timedelta(days=1):
        lines.append(say("weekly.missing_days", day=formatting.day(through)))
    source = facts.provenance
    if source.publication_no is None:
        lines.append(say("weekly.not_registered"))
    else:
        lines.append(
            say(
                "weekly.registered",
                number=source.publication_no,
                figures=formatting.count(source.figure_count),
                day=formatting.day(source.recorded_on),
            )
        )
    if source.restatements is None:
        lines.append(say("weekly.restated_unknown"))
    elif not source.restatements:
        lines.append(say("weekly.restated_none"))
    else:
        names = "; ".join(row["figure_id"] for row in source.restatements[:3])
        lines.append(say("weekly.restated_some", count=len(source.restatements), figures=names))
    return lines


def _methods(facts: WeekFacts, say: Words) -> list[str]:
    lines = [say("weekly.method.time"), say("weekly.method.weight"), say("weekly.method.as_of")]
    for figure in facts.figures:
        words = say(
            "weekly.method.figure",
            name=figure[say.column("name")],
            formula=figure[say.column("formula")],
            basis=say.code("basis", figure["basis"]),
        )
        lines.append(f"{words} [{figure['figure_id']} · v{figure['definition_version']}]")
    head = facts.provenance.head
    lines.append(say("weekly.method.register", head=head) if head else say("weekly.method.no_register"))
    return lines
