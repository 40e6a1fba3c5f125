"""Words of the page that compares definitions."""

TEXTS: dict[str, tuple[str, str]] = {
    "compare.title": ("口径对比", "Other definitions"),
    "compare.question": (
        "同一个中心，为什么别人给出的数字不一样？",
        "Why do others give another number for the same center?",
    ),
    "compare.answers": ("同样的事实，各种口径的回答", "The same facts, answered by other definitions"),
    "compare.answers_caption": (
        "橙色带为本产品的点亮率（占可运行）区间。按日汇总的数据只有分段，用到平均利用率的口径只能给出区间（斜线）。",
        "The orange band is our lit rate of racked, as an interval. Daily rows tell bins only, so that readings of "
        "mean utilization lie between two ends there (hatched).",
    ),
    "compare.answer": ("该口径的回答", "Its answer"),
    "compare.between": ("仅知分段", "Known in bins only"),
    "compare.ours": ("本产品 {interval}", "Ours {interval}"),
    "compare.our_lower": ("本产品（下限）", "Ours (lower bound)"),
    "compare.reading": ("口径", "Definition"),
    "compare.sentence": (
        "{how}：**{answer}**；本产品 **{ours}**；与下限相差 **{gap}**（百分点）。",
        "{how}: **{answer}**; ours **{ours}**; **{gap}** (percentage points) from our lower bound.",
    ),
    "compare.waterfall": ("差距从何而来", "Where the gap comes from"),
    "compare.waterfall_caption": (
        "从本产品的下限逐项走到该口径；各项与先后次序无关，合计恰为差距。",
        "From our lower bound to the other answer, cause by cause; the order does not matter, and the causes add up to "
        "the gap exactly.",
    ),
    "compare.axis": ("使用率", "Used"),
}
