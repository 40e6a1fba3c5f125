"""The command line. Commands import what is heavy when they run, so that `racklight --help` answers at once."""

import click

from orchestration.cli.access import access_command
from orchestration.cli.alerts import alerts_command
from orchestration.cli.audit_pack import audit_pack_command
from orchestration.cli.build import build_command, publish_command
from orchestration.cli.compare import compare_command
from orchestration.cli.demo import demo_command
from orchestration.cli.explain import explain_command
from orchestration.cli.export import export_group
from orchestration.cli.figures import figures_command
from orchestration.cli.findings import findings_group
from orchestration.cli.ingest import ingest_command
from orchestration.cli.match import match_command
from orchestration.cli.metrics import metrics_command
from orchestration.cli.netbox import pull_netbox_command
from orchestration.cli.pull import pull_command
from orchestration.cli.quarantine import quarantine_command
from orchestration.cli.recompute import recompute_command
from orchestration.cli.register import register_command
from orchestration.cli.report import report_command
from orchestration.cli.restatements import restatements_command
from orchestration.cli.sample import sample_command
from orchestration.cli.servers import dev_command, serve_command
from orchestration.cli.status import status_command
from orchestration.cli.template import template_command
from orchestration.cli.terminal import TaughtCommand
from orchestration.errors import RacklightError


class _Commands(TaughtCommand, click.Group):
    """A group whose commands end with a sentence instead of a traceback when a person can mend what was wrong."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command and turn errors for people into click's own."""
        from ingest.locks import WriterBusyError

        try:
            return super().invoke(ctx)
        except (RacklightError, WriterBusyError) as error:
            raise click.ClickException(str(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of work, not of the alphabet."""
        return list(self.commands)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    examples=(
        "racklight demo               everything below over a made world",
        "racklight ingest exports/    take in what a center sent",
        "racklight build              compute and publish",
        "racklight figures            print the figures",
        "racklight serve              look at them in a browser",
    ),
)
@click.version_option(package_name="racklight", message="%(prog)s %(version)s")
def main() -> None:
    """How much of an AI computing center is racked, lit, paid back and taken up.

    Everything produced goes below data/, or below the folder that RACKLIGHT_DATA_DIR names. Every command has an
    example in its own help: racklight build --help.
    """


for _command in (
    template_command,
    ingest_command,
    pull_command,
    pull_netbox_command,
    build_command,
    publish_command,
    figures_command,
    metrics_command,
    compare_command,
    export_group,
    match_command,
    explain_command,
    recompute_command,
    restatements_command,
    findings_group,
    status_command,
    register_command,
    report_command,
    audit_pack_command,
    quarantine_command,
    serve_command,
    access_command,
    alerts_command,
    sample_command,
    demo_command,
    dev_command,
):
    main.add_command(_command)
