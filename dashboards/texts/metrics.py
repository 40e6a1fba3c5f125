"""Words of what stands in the registry of metrics, for tooltips and the command line."""

TEXTS: dict[str, tuple[str, str]] = {
    "metric.formula": ("公式：{formula}", "Formula: {formula}"),
    "metric.numerator": ("分子：{numerator}", "Numerator: {numerator}"),
    "metric.denominator": ("分母：{denominator}", "Denominator: {denominator}"),
    "metric.basis": ("口径：{basis}；单位：{unit}", "Basis: {basis}; unit: {unit}"),
    "metric.definition": (
        "{metric_id}，定义第 {version} 版，自 {since} 起；默认读者：{audience}",
        "{metric_id}, definition {version}, since {since}; default of: {audience}",
    ),
    "audience.operator": ("运营方", "operators"),
    "audience.investor": ("投资方", "investors"),
    "audience.auditor": ("审计", "auditors"),
}
