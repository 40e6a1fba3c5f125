"""Questions 6 to 8 of the summary: what is owed back, what is in doubt, and how a reader verifies it alone."""

import re
from collections import Counter

from dashboards import formatting, subsidy_audit_texts
from dashboards.reports.audit_pack.facts import PackFacts
from dashboards.reports.audit_pack.shapes import Bar, Bars, Section, Table, table
from dashboards.translations import Words


def owed(facts: PackFacts, say: Words) -> Section:
    """Earned against paid, and the claims."""
    row = facts.settlement
    answer = say(
        "pack.owed_answer",
        verdict=say(f"audit_verdict.{row['verdict']}"),
        paid=formatting.money(row["net_paid_cny_fen"], say.language),
        earned=_money(row["earned_cny_fen_lower"], row["earned_cny_fen_upper"], say),
        owed=_money(row["clawback_cny_fen_if_upper"], row["clawback_cny_fen_if_lower"], say),
        interest=_money(row["interest_cny_fen_if_upper"], row["interest_cny_fen_if_lower"], say),
        document=row["scheme_id"] or formatting.NOTHING,
    )
    claims = facts.rows("claims")
    verdicts = Counter(claim["verdict"] for claim in claims)
    claimed = say(
        "pack.claims_answer",
        count=len(claims),
        passed=verdicts["pass"],
        failed=verdicts["fail"],
        undetermined=verdicts["undetermined"],
    )
    granted = row["granted_cny_fen"] or 1
    bar = Bar(
        say("audit.earned"),
        row["earned_cny_fen_lower"] / granted,
        row["earned_cny_fen_upper"] / granted,
        _money(row["earned_cny_fen_lower"], row["earned_cny_fen_upper"], say),
        [min(row["net_paid_cny_fen"] / granted, 1.0)],
    )
    tables = table(subsidy_audit_texts.claims(claims, say), [1.6, 3, 2, 2.6, 2, 1.8])
    return Section(say("pack.owed"), [answer, claimed], Bars([bar], say("pack.owed_caption")), tables)


def doubt(facts: PackFacts, say: Words) -> Section:
    """Restatements, exceptions, questions, and months without readings."""
    restated = facts.tables["restatement_log"]
    kinds = Counter(row["exception"] for row in facts.rows("exceptions_register"))
    answers = [
        say("pack.restated_answer", count=restated["figure_id"].n_unique(), compared=facts.compared_count)
        if facts.compared_count
        else say("pack.restated_unknown"),
        say(
            "pack.exceptions_answer",
            count=sum(kinds.values()),
            kinds=", ".join(say(f"pack.exception_{kind}", count=count) for kind, count in sorted(kinds.items())),
        ),
        say("pack.findings_answer", count=facts.tables["findings"].height),
    ]
    months = [row for row in facts.rows("months") if row["metric_id"] == "coverage_of_racked"]
    bars = [
        Bar(formatting.month(row["period_start"]), row["lower"], 1.0, formatting.percent(row["lower"]))
        for row in months
        if row["lower"] is not None
    ]
    return Section(say("pack.doubt"), answers, Bars(bars, say("pack.months_caption")))


def proof(facts: PackFacts, say: Words) -> Section:
    """The verifier, the inspection, and three figures followed to lines of files."""
    answers = [say("pack.verify_answer")]
    plan = facts.rows("sampling_plan")
    if plan and plan[0]["drawn_card_count"]:
        answers.append(
            say(
                "pack.inspection_answer",
                drawn=plan[0]["drawn_card_count"],
                installed=plan[0]["installed_card_count"],
            )
        )
        is_all = plan[0]["drawn_card_count"] == plan[0]["installed_card_count"]
        answers.append(
            say("pack.inspection_all")
            if is_all
            else say(
                "pack.inspection_bound",
                confidence=formatting.percent(plan[0]["confidence_ratio"], 0),
                missing=formatting.percent(plan[0]["missing_ratio"], 0),
                chance=formatting.percent(plan[0]["chance_of_none_missing"], 2),
            )
        )
    else:
        answers.append(say("pack.inspection_none"))
    rows = []
    for figure in facts.rows("drill_down_figures"):
        for part in ("numerator_lower", "numerator_upper", "denominator"):
            rows += _traced(facts, figure, part, say)
    headers = [say(f"pack.{name}") for name in ("figure", "value", "part", "largest_row", "amount", "lines")]
    return Section(
        say("pack.verify"), answers, tables=[Table(headers, rows, [3, 1.7, 1.5, 2.6, 1.6, 3.4])] if rows else []
    )


def _traced(facts: PackFacts, figure: dict, part: str, say: Words) -> list[list[str]]:
    """The largest row of one part and the first line of a file behind it."""
    own = [
        row for row in facts.rows("drill_down_rows") if (row["figure_id"], row["part"]) == (figure["figure_id"], part)
    ]
    if not own:
        return []
    lines = [
        row for row in facts.rows("drill_down_lines") if (row["figure_id"], row["part"]) == (figure["figure_id"], part)
    ]
    line = f"{lines[0]['original_name']} : {lines[0]['first_line']}–{lines[0]['last_line']}" if lines else ""
    value = f"{figure['lower']:.6g}–{figure['upper']:.6g}"
    return [
        [
            _breakable(figure["figure_id"]),
            value,
            say(f"pack.part_{part}"),
            _breakable(f"{own[0]['subject_id']} {own[0]['first_day_on']}"),
            f"{int(own[0]['amount']):,}",
            _breakable(line) or say("pack.no_lines"),
        ]
    ]


def _breakable(text: str) -> str:
    """A long name that may break after its separators."""
    return re.sub(r"([/_.:-])", "\\1\u200b", text)


def _money(low: int, high: int, say: Words) -> str:
    first, last = formatting.money(low, say.language), formatting.money(high, say.language)
    return first if first == last else f"{first} – {last}"
