"""Writes `dbt_project/docs/metrics.md` from the metric registry, so that no page about a metric can differ from it."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

REGISTRY = Path(__file__).resolve().parents[1] / "dbt_project" / "seeds" / "reference" / "metrics.csv"
GLOSSARY = Path(__file__).resolve().parents[1] / "dbt_project" / "docs" / "glossary.md"

_HEAD = """# Metrics 指标

Written from `seeds/reference/metrics.csv` by `python -m orchestration.metrics_document`; edit the registry, not this.
`racklight figures --metric` lists the same, and the page "Definitions" shows it. What a definition leaves open to
dispute stands in `decisions.md`.
"""


def registry() -> list[dict[str, str]]:
    """All registered metrics in the registry's order."""
    with REGISTRY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_metrics(metrics: list[dict[str, str]], glossary: str) -> str:
    """The whole page; a metric that the glossary explains by hand gets a row here and no second text."""
    explained = set(re.findall(r"{% docs (\w+) %}", glossary))
    return "\n".join([_HEAD, *_table(metrics), "", *_texts(metrics, explained)])


def _table(metrics: list[dict[str, str]]) -> Iterator[str]:
    yield "| metric_id | basis | 名称 / name | unit | audience | version | valid from |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for metric in metrics:
        names = f"{metric['name_zh']} / {metric['name_en']}"
        yield (
            f"| `{metric['metric_id']}` | {metric['basis']} | {names} | {metric['unit']} | "
            f"{metric['default_audience']} | {metric['definition_version']} | {metric['valid_from']} |"
        )


def _texts(metrics: list[dict[str, str]], explained: set[str]) -> Iterator[str]:
    for metric in metrics:
        if metric["metric_id"] in explained:
            continue
        yield f"{{% docs {metric['metric_id']} %}}"
        yield f"**{metric['name_zh']} / {metric['name_en']}.** {metric['formula_zh']}。"
        yield f"{metric['formula_en'][0].upper()}{metric['formula_en'][1:]}."
        yield "{% enddocs %}"
        yield ""


if __name__ == "__main__":
    print(write_metrics(registry(), GLOSSARY.read_text(encoding="utf-8")), end="")
