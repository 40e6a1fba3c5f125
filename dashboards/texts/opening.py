"""Words of the sentences that pages open with."""

TEXTS: dict[str, tuple[str, str]] = {
    "opening.overview": (
        "{month} 全部中心：计划卡时中上架 **{racked}**（按卡、期间平均），上架时间中点亮 **{lit}**（技术点亮），"
        "占计划 **{on_plan}**。",
        "In {month}, over all centers, **{racked}** of the planned card time was racked (by device, period average), "
        "**{lit}** of what was racked was technically lit, and so was **{on_plan}** of the plan.",
    ),
    "opening.overview_of_province": (
        "{month} 该省：计划卡时中上架 **{racked}**（按卡、期间平均），上架时间中点亮 **{lit}**（技术点亮），"
        "占计划 **{on_plan}**。",
        "In {month}, in this province, **{racked}** of the planned card time was racked (by device, period average), "
        "**{lit}** of what was racked was technically lit, and so was **{on_plan}** of the plan.",
    ),
    "opening.overview_ends": (
        "图中点亮率最高：{most}；最低：{least}。",
        " Of the centers shown, most of what is racked is lit at {most}, least at {least}.",
    ),
    "opening.racked_and_lit": (
        "{month}：计划卡时中上架 **{racked}**（按卡、期间平均），上架时间中点亮 **{lit}**（技术点亮，"
        "覆盖率 {coverage}），"
        "占计划 **{on_plan}**。",
        "In {month}, **{racked}** of the planned card time was racked (by device, period average); **{lit}** of what "
        "was "
        "racked was technically lit (coverage {coverage}), and so was **{on_plan}** of the plan.",
    ),
    "opening.nothing_planned": ("{month} 没有生效的计划。", "No plan was in force in {month}."),
    "opening.class_share": ("{name} **{share}**", "{name} **{share}**"),
    "opening.planned_time": (
        "{month} 计划 {hours} 卡时，去向最多的是：{shares}。",
        "Of {hours} planned card-hours of {month}, most went to: {shares}.",
    ),
    "opening.sold_lit_paid": (
        "{month}：上架时间中售出 **{sold_of_racked}**；售出时间中空闲 **{idle_of_sold}**，已收款 **{paid_of_sold}**；"
        "上架时间中售出、点亮且已收款 **{sold_lit_paid_of_racked}**。",
        "In {month}, **{sold_of_racked}** of the racked time was sold. Of what was sold, **{idle_of_sold}** was idle "
        "and "
        "**{paid_of_sold}** is paid for; **{sold_lit_paid_of_racked}** of the racked time was sold, lit and paid for.",
    ),
    "opening.nothing_metered": (
        "{month} 没有电表读数。",
        "Nothing was metered in {month}.",
    ),
    "opening.energy_of_machines": (
        "{month} 设备用电 **{machines}**（{machine_meter}）；全中心用电没有计量，因此没有 PUE。",
        "In {month} the machines drew **{machines}** ({machine_meter}); the whole center is not metered, so there is "
        "no "
        "PUE.",
    ),
    "opening.energy": (
        "{month} 全中心用电 **{facility}**（{facility_meter}），其中设备 **{machines}**（{machine_meter}）；"
        "PUE **{pue}**。",
        "In {month} the center drew **{facility}** ({facility_meter}), its machines **{machines}** of it "
        "({machine_meter}); the PUE is **{pue}**.",
    ),
    "opening.portfolio": (
        "图中有投资记录的 {centers} 个中心里，**{above}** 个高于会计盈亏平衡点，**{below}** 个低于，"
        "{unknown} 个无法判定。",
        "Of {centers} centers shown that have capital spending on record, **{above}** are above their accounting "
        "break-even, "
        "**{below}** below it, and {unknown} cannot be judged.",
    ),
    "opening.portfolio_none": (
        "按近十二个月速度，没有一个能回本。",
        " At the run-rate of twelve months none gets its money back.",
    ),
    "opening.portfolio_first": (
        "按近十二个月速度，{count} 个能回本，最早是{center}：**{months}**。",
        " At the run-rate of twelve months {count} get their money back, first of all {center}, **{months}** after the "
        "first spending.",
    ),
    "opening.state_count": ("{state} {count}", "{state} {count}"),
    "opening.vendors": ("共 {count} 份包销承诺：{states}。", "Of {count} commitments: {states}."),
    "opening.vendors_none": ("没有逾期未付的补足款。", " No true-up payment is outstanding."),
    "opening.vendors_most": (
        "未付最多：{vendor}（{commitment}），**{amount}**。",
        " Most is outstanding from {vendor} ({commitment}): **{amount}**.",
    ),
    "opening.findings_none": (
        "{of} 条规则在 {centers} 个中心都没有发现严重形态。",
        "None of {of} rules finds a serious pattern in any of {centers} centers.",
    ),
    "opening.findings": (
        "{centers} 个中心中 **{holding}** 个有严重形态，来自 {of} 条规则中的 {rules} 条；"
        "最常见的是 {rule}，见于 {count} 个中心。",
        "Serious patterns are found in **{holding}** of {centers} centers, by {rules} of {of} rules; most often "
        "{rule}, in {count}.",
    ),
}
