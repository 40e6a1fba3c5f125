"""Weekly reports of a data folder: made from the published file, kept below reports/, delivered as configured."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from dashboards.reports.weekly.facts import NoSuchWeekError, Provenance, WeekFacts, gather
from dashboards.reports.weekly.forms import FORMATS, report_files
from dashboards.reports.weekly.letter import letter
from dashboards.translations import LANGUAGES, Words
from ingest.paths import DataDir
from ingest.state.deliveries import DeliveryLog, delivery_key
from ingest.state.register import Entry, Register
from ingest.state.restatements import RestatementLog
from ingest.state.store import StateStore
from orchestration.delivery.channels import Message
from orchestration.delivery.deliver import Outcome, deliver
from orchestration.delivery.settings import WeeklyDelivery, read_settings
from orchestration.errors import RacklightError
from orchestration.publish import published_version
from orchestration.restating.log import publication_before


class ReportError(RacklightError):
    """There is no such report to make; the text says which there are."""


def week_facts(data_dir: DataDir, scope: str = "ALL", week_start_on: date | None = None) -> WeekFacts:
    """The rows of one report, with what the register says of the file they stand in.

    Raises:
        ReportError: nothing is published, or not of that week and scope.
    """
    publication = published_version(data_dir)
    if publication is None:
        raise ReportError("Nothing is published yet. Run `racklight build` first.")
    try:
        return gather(publication.path, scope, week_start_on, provenance(data_dir, publication.version))
    except NoSuchWeekError as error:
        raise ReportError(str(error)) from error


def provenance(data_dir: DataDir, version: str) -> Provenance:
    """What the register says of a published version."""
    store = StateStore(data_dir)
    entry = Register(store).find(version=version)
    if entry is None:
        return Provenance()
    return Provenance(
        entry.publication_no,
        entry.recorded_at.date(),
        entry.figure_count,
        entry.entry_hash,
        restatements(store, entry),
    )


def restatements(store: StateStore, entry: Entry) -> list[dict] | None:
    """Figures that a publication says otherwise than the one before it; None where nobody split the two."""
    earlier = publication_before(Register(store), entry)
    if earlier is None:
        return []
    log = RestatementLog(store)
    pair = log.pair(earlier.publication_no, entry.publication_no)
    if pair is None:
        return None
    return [{"figure_id": figure_id, **figure} for figure_id, figure in log.figures(pair).items()]


def write_reports(
    data_dir: DataDir,
    scope: str = "ALL",
    week_start_on: date | None = None,
    languages: tuple[str, ...] = tuple(LANGUAGES),
    formats: tuple[str, ...] = tuple(FORMATS),
    folder: Path | None = None,
) -> Iterator[Path]:
    """Make one report in the languages and formats asked for and hand back each file once it stands."""
    facts = week_facts(data_dir, scope, week_start_on)
    target = folder or data_dir.reports / "weekly" / facts.week_label
    target.mkdir(parents=True, exist_ok=True)
    for file in report_files(facts, languages, formats):
        path = target / file.name
        temporary = path.with_name(f".{file.name}.next")
        temporary.write_bytes(file.content)
        temporary.replace(path)
        yield path


def deliver_reports(
    data_dir: DataDir, week_start_on: date | None = None, sleep: Callable[[float], None] = time.sleep
) -> list[Outcome]:
    """Deliver every configured weekly report that was not delivered of this as-of."""
    settings = read_settings(data_dir.delivery_file)
    log, outcomes = DeliveryLog(StateStore(data_dir)), []
    for entry in settings.weekly:
        facts = week_facts(data_dir, entry.scope, week_start_on)
        report, as_of_at = report_name(facts, entry), facts.build["as_of_at"]
        files = list(report_files(facts, entry.languages, entry.formats))
        for recipient in entry.to:
            key = delivery_key(report, as_of_at, str(recipient))
            message = Message(key, *letter(facts, Words(entry.languages[0])), as_of_at, files)
            outcomes.append(deliver(log, report, as_of_at, recipient, message, settings.mail, sleep))
    return outcomes


def report_name(facts: WeekFacts, entry: WeeklyDelivery) -> str:
    """What a delivered report is called in the log: what it is, of whom and when, in which forms."""
    return f"weekly/{facts.scope_id}/{facts.week_label}/{'+'.join(entry.languages)}/{'+'.join(entry.formats)}"
