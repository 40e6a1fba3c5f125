"""One report as blocks of ready text: what PDF, HTML and the page lay out, each in its own way."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from dashboards import formatting
from dashboards.reports.weekly import pictures
from dashboards.reports.weekly.facts import WeekFacts
from dashboards.translations import Words

NOTICE_DAYS = 56
LONGEST_UID = 18
CARD_METRICS = ("racked_device_due_point", "racked_device_avg", "lit_of_available", "lit_of_racked")


@dataclass(frozen=True)
class Table:
    """Headers and rows of ready text; `numeric` are the columns to be set flush right."""

    headers: list[str]
    rows: list[list[str]]
    numeric: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One question with its answer in a sentence, its chart and its table."""

    question: str
    answer: str
    svg: str | None = None
    caption: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Card:
    """A headline figure with what must stand beside it."""

    label: str
    value: str
    notes: list[str]


@dataclass(frozen=True)
class Document:
    """The whole report in one language."""

    language: str
    title: str
    scope: str
    head: str
    stamps: list[str]
    cards: list[Card]
    trust: list[str]
    sections: list[Section]
    methods_title: str
    methods: list[str]


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
            first=formatting.day(facts.week_start_on),
            last=formatting.day(facts.week_end_on - timedelta(days=1)),
        ),
        stamps=[
            say("frame.as_of", instant=formatting.instant(facts.build["as_of_at"])),
            say("frame.data_through", day=formatting.day(facts.build["data_through_on"])),
            say("frame.version", version=facts.version),
        ],
        cards=_cards(facts, say),
        trust=trust(facts, say),
        sections=[
            Section(
                say("weekly.question.1"), answer_1(facts, say), pictures.ladder(facts, say), say("weekly.caption.1")
            ),
            Section(
                say("weekly.question.2"), answer_2(facts, say), pictures.changes(facts, say), say("weekly.caption.2")
            ),
            Section(
                say("weekly.question.3"), answer_3(facts, say), pictures.sold_and_lit(facts, say), "",
                idle_table(facts, say, 5),
            ),
            Section(
                say("weekly.question.4"), answer_4(facts, say), pictures.heat_map(facts, say), say("weekly.caption.4"),
                card_table(facts, say, 8),
            ),
            Section(say("weekly.question.5"), answer_5(facts, say), pictures.coverage(facts, say)),
            Section(
                say("weekly.question.6"), answer_6(facts, say), pictures.leases_and_sellable(facts, say, NOTICE_DAYS),
                say("weekly.caption.6"),
            ),
            Section(
                say("weekly.question.7"), answer_7(facts, say), pictures.energy(facts, say), say("weekly.caption.7")
            ),
            Section(say("weekly.question.8"), answer_8(facts, say), None, "", action_table(facts, say, 14)),
        ],
        methods_title=say("weekly.methods"),
        methods=_methods(facts, say),
    )  # fmt: skip


def answers(facts: WeekFacts, say: Words) -> list[str]:
    """The eight sentences."""
    makers = (answer_1, answer_2, answer_3, answer_4, answer_5, answer_6, answer_7, answer_8)
    return [make(facts, say) for make in makers]


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
    return Card(figure[say.column("name")], formatting.interval(figure["lower"], figure["upper"]), notes)


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


def answer_1(facts: WeekFacts, say: Words) -> str:
    """Where the capacity went."""
    row = facts.ladder
    before = row["lit_card_seconds_lower_before"]
    return say(
        "weekly.answer.1",
        planned=formatting.card_hours(row["planned_card_seconds"]),
        able=formatting.card_hours_interval(row["racked_card_seconds_lower"], row["racked_card_seconds_upper"]),
        sold=formatting.card_hours(row["sold_card_seconds"]),
        lit=formatting.card_hours_interval(row["lit_card_seconds_lower"], row["lit_card_seconds_upper"]),
        rate=formatting.interval(row["lit_rate_of_racked_lower"], row["lit_rate_of_racked_upper"]),
        unknown=formatting.card_hours(row["unknown_card_seconds"]),
        before=formatting.card_hours_interval(before, row["lit_card_seconds_upper_before"]),
    )


def answer_2(facts: WeekFacts, say: Words) -> str:
    """What changed, and who caused it."""
    tenant, cause = (rows[0] if rows else None for rows in (facts.by_tenant, facts.by_cause))
    if cause is None or not cause["compared_day_count"]:
        return say("weekly.answer.2_none")
    return say(
        "weekly.answer.2",
        days=cause["compared_day_count"],
        change=formatting.pflops_hours(cause["scope_lit_gflops_seconds_change"]),
        tenant=pictures.subject_name(tenant, "tenant", say) if tenant else formatting.NOTHING,
        tenant_change=formatting.pflops_hours(tenant["lit_gflops_seconds_change"]) if tenant else formatting.NOTHING,
        cause=pictures.subject_name(cause, "cause", say),
        cause_change=formatting.pflops_hours(cause["lit_gflops_seconds_change"]),
    )


def answer_3(facts: WeekFacts, say: Words) -> str:
    """Sold and idle, unsold and busy."""
    cells = {(row["is_sold"], row["lit_status"]): row for row in facts.sold_lit}
    if not facts.mismatches:
        return say("weekly.answer.3_none")
    worst = facts.mismatches[0]
    return say(
        "weekly.answer.3",
        idle=formatting.percent(_share(cells, True, "idle")),
        busy=formatting.percent(_share(cells, False, "lit")),
        server=worst["server_id"],
        tenant=_tenant(worst, say),
        share=formatting.percent(worst["idle_share_of_sold"]),
    )


def _share(cells: dict, is_sold: bool, lit_status: str) -> float:
    """Share of able time in one cell; classes fill the able time, so a cell without a row is empty."""
    return cells[is_sold, lit_status]["share_of_able"] if (is_sold, lit_status) in cells else 0.0


def _tenant(row: dict, say: Words) -> str:
    none = row["tenant_party_id"] == "none"
    return say("weekly.subject.tenant.none") if none else row[say.column("tenant_name")]


def answer_4(facts: WeekFacts, say: Words) -> str:
    """Which machines need hands."""
    if not facts.out_of_service:
        return say("weekly.answer.4_none")
    counts = Counter(row["condition"] for row in facts.out_of_service)
    parts = [f"{count} {say.code('condition', name)}" for name, count in sorted(counts.items())]
    oldest = facts.out_of_service[0]
    return say(
        "weekly.answer.4",
        count=len(facts.out_of_service),
        parts=("、" if say.language == "zh" else ", ").join(parts),
        age=oldest["age_days"],
        server=oldest["server_id"],
    )


def answer_5(facts: WeekFacts, say: Words) -> str:
    """Whether the numbers can be trusted."""
    known = [row for row in facts.place_coverage if row["known_rate_of_able"] is not None]
    worst = known[0] if known else None
    return say(
        "weekly.answer.5",
        coverage=formatting.percent(facts.ladder["coverage_of_racked"]),
        place=pictures.place_name(worst["place_id"], facts, say) if worst else formatting.NOTHING,
        known=formatting.percent(worst["known_rate_of_able"] if worst else None),
        word=say("weekly.answer.5_solid"),
    )


def answer_6(facts: WeekFacts, say: Words) -> str:
    """What ends, and what is free."""
    ending = [row for row in facts.leases if row["remaining_days"] <= NOTICE_DAYS]
    if not facts.leases:
        words = say("weekly.ending_nothing")
    else:
        first = (ending or facts.leases)[0]
        words = say(
            "weekly.ending_some" if ending else "weekly.ending_none",
            count=len(ending),
            lease=first["lease_id"],
            day=formatting.day(first["ends_on"]),
        )
    if not facts.sellable:
        return say("weekly.answer.6_sold_out", ending=words)
    most = facts.sellable[0]
    model = most["display_name"]
    if facts.scope_id == "ALL":
        model = f"{model} ({pictures.place_name(most['center_id'], facts, say)})"
    return say(
        "weekly.answer.6",
        ending=words,
        model=model,
        cards=formatting.whole(most["unsold_cards"]),
        pflops=formatting.one_decimal(most["unsold_pflops"]),
    )


def answer_7(facts: WeekFacts, say: Words) -> str:
    """What power cost."""
    by_meter = {row["meter_scope"]: row for row in facts.energy}
    meter = next((name for name in ("site", "bill", "pdu", "server", "device") if name in by_meter), None)
    if meter is None:
        return say("weekly.answer.7_none")
    bill = say("weekly.answer.7_no_bill")
    priced = [row for row in facts.bills if row["bill_cny_per_lit_card_hour_upper"] is not None]
    if facts.bills and facts.scope_id != "ALL":
        bill = _bill(facts.bills[0], facts, say, "weekly.answer.7_bill")
    elif priced:
        dearest = max(priced, key=lambda row: row["bill_cny_per_lit_card_hour_upper"])
        bill = _bill(dearest, facts, say, "weekly.answer.7_bill_of")
    return say(
        "weekly.answer.7",
        meter=say(f"weekly.meter.{meter}"),
        kwh=formatting.kwh(by_meter[meter]["energy_wh"]),
        known=formatting.percent(by_meter[meter]["known_rate_of_expected"]),
        bill=bill,
    )


def _bill(row: dict, facts: WeekFacts, say: Words, key: str) -> str:
    hour = formatting.yuan_interval(row["bill_cny_per_lit_card_hour_lower"], row["bill_cny_per_lit_card_hour_upper"])
    return say(
        key,
        month=formatting.month(row["month_start_on"]),
        center=pictures.place_name(row["center_id"], facts, say),
        amount=formatting.whole_yuan(row["bill_with_tax_fen"], say.language),
        hour=hour,
        pue=formatting.pue(row["pue"]),
    )


def answer_8(facts: WeekFacts, say: Words) -> str:
    """What to do by Friday."""
    valued = [row for row in facts.actions if row["value_at_stake_cny_fen"] is not None]
    if not facts.actions:
        return say("weekly.answer.8_none")
    if not valued:
        return say("weekly.answer.8_plain", count=len(facts.actions))
    first = valued[0]
    return say(
        "weekly.answer.8",
        count=len(facts.actions),
        valued=len(valued),
        subject=action_subject(first, facts, say),
        kind=say.code("action", first["action_kind"]),
        amount=formatting.whole_yuan(first["value_at_stake_cny_fen"], say.language),
        age=first["age_days"],
    )


def action_subject(row: dict, facts: WeekFacts, say: Words) -> str:
    """What an action is about; a center by its name."""
    if row["subject_id"] in facts.center_names:
        return pictures.place_name(row["subject_id"], facts, say)
    return row[say.column("subject")]


def idle_table(facts: WeekFacts, say: Words, limit: int | None = None) -> Table | None:
    """Servers with sold cards idle or unsold cards busy."""
    heads = ("server", "tenant", "cards", "sold_idle", "unsold_lit", "idle_share")
    rows = [
        [
            row["server_id"],
            _tenant(row, say),
            formatting.count(row["card_count"]),
            formatting.card_hours(row["sold_idle_card_seconds"]),
            formatting.card_hours(row["unsold_lit_card_seconds"]),
            formatting.percent(row["idle_share_of_sold"]),
        ]
        for row in facts.mismatches
    ]
    return _table(heads, rows, (2, 3, 4, 5), limit, say)


def card_table(facts: WeekFacts, say: Words, limit: int | None = None) -> Table | None:
    """Cards that need hands."""
    heads = ("device", "server", "place", "condition", "since", "age", "excused")
    rows = [
        [
            _short(row["device_uid"]),
            row["server_id"],
            row["place_id"],
            say.code("condition", row["condition"]),
            formatting.day(row["since_on"]),
            formatting.count(row["age_days"]),
            say("weekly.yes" if row["is_excused"] else "weekly.no"),
        ]
        for row in facts.out_of_service
    ]
    return _table(heads, rows, (5,), limit, say)


def _short(device_uid: str) -> str:
    """A card's id as far as it fits; the workbook has all of it."""
    return device_uid if len(device_uid) <= LONGEST_UID else f"{device_uid[: LONGEST_UID - 1]}…"


def action_table(facts: WeekFacts, say: Words, limit: int | None = None) -> Table | None:
    """Open actions with owner, value at stake and age."""
    heads = ("action", "subject", "center", "owner", "value", "basis", "age", "due")
    rows = [
        [
            say.code("action", row["action_kind"]),
            action_subject(row, facts, say),
            pictures.place_name(row["center_id"], facts, say) if row["center_id"] != "none" else formatting.NOTHING,
            say.code("owner", row["owner_role"]),
            formatting.whole_yuan(row["value_at_stake_cny_fen"], say.language),
            say.code("value_basis", row["value_basis"]),
            formatting.count(row["age_days"]),
            formatting.day(row["due_on"]),
        ]
        for row in facts.actions
    ]
    return _table(heads, rows, (4, 6), limit, say)


def _table(
    heads: tuple[str, ...], rows: list[list[str]], numeric: tuple[int, ...], limit: int | None, say: Words
) -> Table | None:
    if not rows:
        return None
    rest = 0 if limit is None else max(len(rows) - limit, 0)
    note = say("weekly.more_rows", count=rest) if rest else ""
    return Table([say(f"weekly.column.{head}") for head in heads], rows[:limit], numeric, note)


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
