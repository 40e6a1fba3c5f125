"""`racklight match`: who can serve a buyer's request for cards, and why each other one cannot."""

from datetime import datetime

import click

from orchestration.cli.terminal import FORMAT_OPTION, TaughtCommand


@click.command(
    "match",
    cls=TaughtCommand,
    short_help="Rank who can serve a buyer's request, and why others cannot.",
    examples=(
        "racklight match --cards 8 --training --network infiniband --network roce",
        "racklight match --cards 4 --ceiling 6.5 --area 320000 --lang zh",
        "racklight match --cards 16 --longitude 121.47 --latitude 31.23 --max-km 500 --format json",
    ),
)
@click.option("--cards", required=True, type=click.IntRange(1), help="Number of cards.")
@click.option("--training", is_flag=True, help="All of them in one cluster; else scattered cards will do.")
@click.option("--model", "models", multiple=True, help="Model id; may be given several times.")
@click.option("--min-tflops", type=float, help="Least dense FP16 of a card.")
@click.option(
    "--network",
    "networks",
    multiple=True,
    type=click.Choice(["infiniband", "roce", "vendor_fabric", "ethernet"]),
    help="Network between servers; may be given several times.",
)
@click.option("--rack-kw", type=float, help="Least power of a rack in kW.")
@click.option("--ceiling", type=float, help="Most per card-hour in yuan, tax included.")
@click.option("--start-by", type=click.DateTime(["%Y-%m-%d"]), help="Latest start; without it three months on.")
@click.option("--area", type=int, help="GB/T 2260 code of the buyer's place, e.g. 320000.")
@click.option("--longitude", type=float, help="Of the buyer, degrees east.")
@click.option("--latitude", type=float, help="Of the buyer, degrees north.")
@click.option("--max-km", type=float, help="Farthest distance.")
@click.option("--max-ms", type=float, help="Longest round trip.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="en", show_default=True, help="Language of the answers."
)
@FORMAT_OPTION
def match_command(
    cards: int,
    training: bool,
    models: tuple[str, ...],
    min_tflops: float | None,
    networks: tuple[str, ...],
    rack_kw: float | None,
    ceiling: float | None,
    start_by: datetime | None,
    area: int | None,
    longitude: float | None,
    latitude: float | None,
    max_km: float | None,
    max_ms: float | None,
    lang: str,
    output_format: str,
) -> None:
    """Rank who can serve a buyer's request, and say of each other one why it cannot.

    The page on idle capacity asks the same function. Without --training a request is filled from all free cards of a
    model in a center.
    """
    import polars as pl

    from dashboards import queries
    from dashboards.queries.published import published_path
    from dashboards.reports.matching import Request, match
    from dashboards.reports.offers import answer_records, answer_rows
    from dashboards.translations import Words
    from orchestration.cli.terminal import print_frame

    path = published_path()
    if path is None:
        raise click.ClickException("Nothing is published yet. Run `racklight build` first.")
    offers = queries.offers.offers(path).to_dicts()
    if not offers:
        raise click.ClickException("There is nothing to sell.")
    request = Request(
        card_count=cards,
        start_by=start_by.date() if start_by else queries.offers.terms(path)["start_by_on"][0],
        is_training=training,
        model_ids=models,
        least_gflops=None if min_tflops is None else round(min_tflops * 1000),
        interconnects=networks,
        least_rack_kw=rack_kw,
        ceiling_fen=None if ceiling is None else round(ceiling * 100),
        longitude=longitude,
        latitude=latitude,
        area_code=area,
        most_km=max_km,
        most_ms=max_ms,
    )
    answers, say = match(request, offers), Words(lang)
    is_table = output_format == "table"
    print_frame(pl.DataFrame(answer_rows(answers, say)) if is_table else answer_records(answers, say), output_format)
