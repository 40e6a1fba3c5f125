"""Words of the page on leases."""

TEXTS: dict[str, tuple[str, str]] = {
    "leases.title": ("租约", "Leases"),
    "leases.question": (
        "钱靠谁？有多牢靠？什么时候到期？",
        "Who does the money depend on, how firm is it, and what ends when?",
    ),
    "leases.answer": (
        "最大租户 **{tenant}** 占近十二个计费月的 **{share}**；月计费 {monthly} 中，**{ending}** 将在 180 天内到期。"
        "在手订单按牢靠程度折算后剩 **{quality}**。",
        "The largest tenant, **{tenant}**, makes **{share}** of the last twelve billed months; of {monthly} billed "
        "a month, **{ending}** ends within 180 days. Weighted by firmness, **{quality}** of the backlog remains.",
    ),
    "leases.answer_nothing_billed": (
        "有 {count} 份租约有效，但还没有计费记录。",
        "{count} leases are in force, but nothing has been billed yet.",
    ),
    "leases.monthly": ("月计费（最近计费月）", "Billed a month (last billed month)"),
    "leases.net_of_tax": ("口径：计费，不含税，现仍有效的租约", "Basis: billed, net of tax, leases still in force"),
    "leases.cancellable": ("其中可随时退租 {amount}", "Of it cancellable at will {amount}"),
    "leases.cliff": ("90 天内到期（月计费）", "Ending within 90 days (billed a month)"),
    "leases.ending": ("{days} 天内 {amount}", "within {days} days {amount}"),
    "leases.retention": ("净留存率（同比）", "Net retention (year on year)"),
    "leases.retention_note": ("一年前的租户，今天计费 ÷ 当时计费", "Tenants of a year ago: billed now / billed then"),
    "leases.retention_gross": ("毛留存率 {gross}（{month}）", "Gross retention {gross} ({month})"),
    "leases.concentration": ("租户集中度（HHI）", "Tenant concentration (HHI)"),
    "leases.hhi_note": ("各租户份额平方和，1 为单一租户", "Sum of squared shares; 1 is a single tenant"),
    "leases.top": ("第一大 {one}，前三大 {three}", "Largest {one}, three largest {three}"),
    "leases.backlog": ("在手订单", "Backlog"),
    "leases.backlog_note": (
        "剩余天数 × 近三个计费月的日均计费",
        "Days left x billing a day of the last three billed months",
    ),
    "leases.backlog_unknown": ("{count} 份租约金额未知，未计入", "{count} leases of unknown amount are not in it"),
    "leases.backlog_weighted": ("在手订单（按牢靠程度折算）", "Backlog weighted by firmness"),
    "leases.quality": ("为折算前的 {quality}", "{quality} of the plain backlog"),
    "leases.terms": ("租期", "Terms"),
    "leases.terms_caption": (
        "每条为一份租约，从生效到签约的到期日；颜色为牢靠程度，虚线为截至日。",
        "One bar per lease from its start to its signed end; the color is its firmness, the dashed line is as-of.",
    ),
    "leases.as_of": ("截至日", "As of"),
    "leases.movements": ("计费的增减", "What moved the billing"),
    "leases.movements_caption": (
        "上为增，下为减，折线为当月计费（不含税）；各项之和恰为与上月之差。尚未开票的月份不画。",
        "Gains up, losses down, the line is what was billed (net of tax); the parts sum exactly to the change from the "
        "month before. Months not yet billed are not drawn.",
    ),
    "leases.movement_new": ("新签", "New"),
    "leases.movement_renewed": ("续租", "Renewed"),
    "leases.movement_expanded": ("增加", "Expanded"),
    "leases.movement_reduced": ("减少", "Reduced"),
    "leases.movement_cancelled": ("退租", "Cancelled"),
    "leases.movement_expired": ("到期", "Expired"),
    "leases.closing": ("当月计费", "Billed in the month"),
    "leases.tenants": ("租户", "Tenants"),
    "leases.tenants_caption": (
        "面积为近十二个计费月的计费；绿色为不可随时退租，蓝色为退租须付违约金，橙色为可随时退租或框架协议，"
        "灰色为已无有效租约。",
        "The area is the billing of the last twelve billed months. Green: firm; blue: cancellable at a penalty; "
        "orange: cancellable at will or a framework; grey: no lease in force.",
    ),
    "leases.gone": ("已无租约", "no lease left"),
    "leases.until": ("至 {day}", "until {day}"),
    "leases.table": ("有效租约", "Leases in force"),
    "leases.tenant": ("租户", "Tenant"),
    "leases.kind": ("方式", "Sold as"),
    "leases.firmness": ("牢靠程度", "Firmness"),
    "leases.ends": ("到期", "Ends"),
    "leases.price": ("计费价，每卡时（不含税）", "Billed per card-hour, net of tax"),
    "leases.last_month": ("最近计费月", "Last billed month"),
    "lease_kind.whole_machine": ("整机", "Whole machine"),
    "lease_kind.card_hour": ("卡时", "Card-hours"),
    "lease_kind.token": ("Token", "Tokens"),
    "firmness.firm_prepaid": ("不可退，已预付", "Firm, prepaid"),
    "firmness.firm": ("不可退", "Firm"),
    "firmness.cancellable_penalty": ("可退，付违约金", "Cancellable at a penalty"),
    "firmness.cancellable": ("可随时退租", "Cancellable at will"),
    "firmness.framework": ("框架协议", "Framework"),
}
