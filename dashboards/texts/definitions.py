"""Words of the page of definitions."""

TEXTS: dict[str, tuple[str, str]] = {
    "definitions.title": ("指标定义", "Definitions"),
    "definitions.question": ("每个数字到底是什么意思？", "What exactly does each number mean?"),
    "definitions.metrics": ("指标", "Metrics"),
    "definitions.metric": ("指标", "Metric"),
    "definitions.formula": ("公式", "Formula"),
    "definitions.benchmarks": ("参考值", "Reference values"),
    "definitions.benchmark": ("参考值", "Reference"),
    "definitions.range": ("数值", "Value"),
    "definitions.kind": ("性质", "Kind"),
    "definitions.kind_published": ("已公布", "published"),
    "definitions.kind_assumption": ("假设", "assumption"),
    "definitions.source": ("来源", "Source"),
    "definitions.source_date": ("日期", "Date"),
    "definitions.rules": (
        "比率都是合计之比，从不对比率取平均。未知既不算零也不算点亮：下限不计入，上限全计入。",
        "Every rate is a ratio of sums, never a mean of rates. Unknown is neither zero nor lit: "
        "the lower bound leaves it out, the upper bound counts all of it.",
    ),
}
