"""Words of the page on restated figures."""

TEXTS: dict[str, tuple[str, str]] = {
    "restatements.title": ("重述", "Restatements"),
    "restatements.question": (
        "哪些已发布的数字变了，为什么变？",
        "Which published figures are not what they were, and why?",
    ),
    "restatements.none": (
        "到这一版为止还没有可比较的前后两次发布。",
        "Up to this version there are no two publications to compare.",
    ),
    "restatements.none_of_month": (
        "该中心本月没有被重述的比率。",
        "No rate of this center and month was restated.",
    ),
    "restatements.elsewhere": ("有被重述的比率：{places}。", "Restated rates: {places}."),
    "restatements.choose": ("前后两次发布", "Two publications"),
    "restatements.pair": ("第 {earlier} → 第 {later}", "No. {earlier} → No. {later}"),
    "restatements.counts": (
        "全部中心共 **{restated_count}** 个数字被重述，其中 {restated_open_count} 个属于当时尚未结束的周期；"
        "新增 {added_count} 个，撤回 {withdrawn_count} 个。",
        "Of all centers **{restated_count}** figures were restated, {restated_open_count} of them of periods that had "
        "not ended; {added_count} were added and {withdrawn_count} withdrawn.",
    ),
    "restatements.counts_of_scope": (
        "在您可查看的中心里共 **{restated_count}** 个数字被重述，其中 {restated_open_count} 个属于当时尚未结束的周期。"
        "下方只列只涉及这些中心的文件。",
        "Of the centers you may see **{restated_count}** figures were restated, {restated_open_count} of them of "
        "periods that had not ended. Files are listed below that concern these centers alone.",
    ),
    "restatements.bound": ("区间的哪一端", "Which bound"),
    "restatements.lower": ("下限", "Lower"),
    "restatements.upper": ("上限", "Upper"),
    "restatements.chart": ("每种原因各改变了多少", "What each cause changed"),
    "restatements.chart_caption": (
        "本月变化最大的 {shown} 个比率，单位为百分点；零线右侧为增加，左侧为减少，各段之和恰为总变化。",
        "The {shown} rates of the month that changed most, in percentage points; what a cause adds lies right of zero, "
        "what it takes left, and the pieces sum to the change exactly.",
    ),
    "restatements.axis": ("变化（百分点）", "Change (percentage points)"),
    "restatements.figures": ("重述前后", "Before and after"),
    "restatements.figures_caption": (
        "前值 + 四项之和 = 后值。完整清单见 `racklight restatements --format csv`。",
        "Before + the four parts = after. `racklight restatements --format csv` has the whole list.",
    ),
    "restatements.figure": ("指标", "Figure"),
    "restatements.before": ("前值", "Before"),
    "restatements.after": ("后值", "After"),
    "restatements.brought": ("原因由什么带来", "What brought the causes"),
    "restatements.cause": ("原因", "Cause"),
    "restatements.kind": ("种类", "Kind"),
    "restatements.kind.file": ("文件", "File"),
    "restatements.kind.as_of": ("截至时点", "As-of"),
    "restatements.kind.policy": ("政策参数", "Policy"),
    "restatements.kind.catalog": ("目录数据", "Catalog"),
    "restatements.kind.code": ("计算代码", "Code"),
    "restatements.what": ("名称", "What"),
    "restatements.detail": ("说明", "Detail"),
    "restatements.told_by": ("中心", "Center"),
    "restatements.received": ("收到于", "Received"),
    "restatements.milestones": ("补贴里程碑受到的影响", "What it does to conditions of subsidies"),
    "restatements.milestones_caption": (
        "前后两次发布对同一里程碑的判断、达成值与应得金额；不按原因拆分。",
        "Verdict, what was reached and what it earns, in both publications; not split by cause.",
    ),
    "restatements.milestones_same": (
        "前后两次发布对所有里程碑的判断与金额相同。",
        "Both publications judge all conditions alike, with the same amounts.",
    ),
    "restatements.milestones_not_compared": (
        "其中一次发布的文件已不再保留，无法比较里程碑。",
        "One of the two published files is not kept any more, so that conditions cannot be compared.",
    ),
    "restatements.earned": ("应得 {amount}", "earns {amount}"),
    "restatements.order": (
        "拆分顺序固定：先用新口径重算旧数据，再加入迟到数据，再加入更正，最后加入改类；每一项是该步带来的增量。",
        "Always in this order: the new definitions over the old data, then late data, then corrections, then "
        "reclassified rows; each part is what its step adds.",
    ),
    "cause.definition_change": ("口径变更", "Definition change"),
    "cause.late_data": ("迟到数据", "Late data"),
    "cause.correction": ("更正", "Correction"),
    "cause.reclassification": ("改类", "Reclassification"),
}
