"""What a metric is, in words of the registry: the same lines on every page's tooltip and on the command line."""

from dashboards.translations import Words


def metric_lines(metric: dict, say: Words) -> list[str]:
    """Formula, parts, basis, unit, whose default it is, version: plain text; `metric` is a row of the registry."""
    in_language = {name: metric[say.column(name)] for name in ("formula", "numerator", "denominator")}
    return [
        say("metric.formula", formula=in_language["formula"]),
        say("metric.numerator", numerator=in_language["numerator"]),
        say("metric.denominator", denominator=in_language["denominator"]),
        say("metric.basis", basis=say.code("basis", metric["basis"]), unit=say.code("unit", metric["unit"])),
        say(
            "metric.definition",
            metric_id=metric["metric_id"],
            version=metric["definition_version"],
            since=f"{metric['valid_from']}",
            audience=say.code("audience", metric["default_audience"]),
        ),
    ]
