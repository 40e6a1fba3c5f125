"""Words of the filters in the sidebar, and of which part of a page each of them narrows."""

TEXTS: dict[str, tuple[str, str]] = {
    "filters.more": ("更多筛选", "More filters"),
    "filters.province": ("省份", "Province"),
    "filters.vendor_id": ("承诺厂商", "Promising vendor"),
    "filters.model": ("型号", "Card model"),
    "filters.tenant": ("租户", "Tenant"),
    "filters.center": ("中心", "Center"),
    "filters.month": ("月份", "Month"),
    "filters.any_province": ("全部省份", "All provinces"),
    "filters.any_vendor_id": ("全部厂商", "All vendors"),
    "filters.any_model": ("全部型号", "All models"),
    "filters.any_tenant": ("全部租户", "All tenants"),
    "filters.held": ("筛选：{names}。{what}", "Filtered by {names}. {what}"),
    "filters.not_here": (
        "未按 {names} 筛选：本页没有按它分列的数字，所示为不分者。",
        "Not filtered by {names}: no figures by it exist here, and what is shown counts all of them.",
    ),
    "filters.no_rows": ("所选条件下没有这项数据。", "Nothing here meets the filters."),
    "filters.no_rate": ("没有这个省份的这项数字", "There is no such rate of this province"),
    "filters.not_registered": ("分省数字未逐个登记", "Rates of provinces are not registered one by one"),
    "filters.not_held": (
        "地址中要的“{wanted}”（{what}）不在您可查看的数据里，因此不显示任何数字。",
        "The address asks for “{wanted}” ({what}), which the data you may see do not hold; so no figures are shown.",
    ),
    "filters.without": ("改看没有此项的页面（{what}）", "Show the page without it ({what})"),
    "narrowed.overview": (
        "上方四个数字为该省；地图、图表与列表只列该省的中心。",
        "The four figures are of this province; map, chart and table hold its centers alone.",
    ),
    "narrowed.portfolio": ("只列该省的中心。", "Only centers of this province stand here."),
    "narrowed.across": (
        "按省份、型号或租户比较时只列所选者；按中心比较时只列该省的中心。",
        "By province, model or tenant only the chosen one stands here; by center only those of the province.",
    ),
    "narrowed.sold_lit_paid": (
        "第一张图为所选；其下各卡片与对照表是整个中心的。",
        "The first chart is of what is chosen; figures and matrix below it are of the whole center.",
    ),
    "narrowed.break_even": (
        "图中并列的其他中心只取该省；其余均为本中心。",
        "Other centers beside this one are those of the province; all else is of this center.",
    ),
    "narrowed.leases": (
        "厂商与租户筛选租约与订单，租户另筛选集中度图，型号筛选单价与回报；首句、卡片与逐月变动是整个中心的。"
        "厂商筛选保留租给该厂商或计入其承诺的租约。",
        "Vendor and tenant narrow leases and orders, the tenant also concentration, the model prices and returns; "
        "first sentence, cards and monthly movements are of the whole center. A vendor keeps leases let to it or "
        "billed under its promise.",
    ),
    "narrowed.worth": (
        "设备价值只列该型号；熄灯损失与单价是整个中心的。",
        "What the iron is worth is of this model; the cost of dark time and prices are of the whole center.",
    ),
    "narrowed.offtake": ("只列该厂商的承诺。", "Only promises of this vendor stand here."),
    "narrowed.vendors": ("只列该厂商。", "Only this vendor stands here."),
    "narrowed.organic_use": (
        "厂商筛选验收前后各厂商的一份与付款往来，租户筛选付款往来；其余是整个中心的。",
        "The vendor narrows its part around acceptance and the payments, the tenant the payments; all else is of the "
        "whole center.",
    ),
    "narrowed.racked_and_lit": (
        "型号列表只列所选；其余是整个中心的。",
        "The table of models holds the chosen one; all else is of the whole center.",
    ),
    "narrowed.planned_time": (
        "“按…筛选”的图在选同一类时只列所选；型号另筛选折算权重与规划口径；其余是整个中心的。",
        "Charts under a filter hold the chosen one where they are by the same kind; the model also narrows weights and "
        "the basis of plans; all else is of the whole center.",
    ),
    "narrowed.idle_capacity": (
        "只列该省的中心或该型号，求购也只在其中匹配。",
        "Only the province's centers or the model stand here, and a request is matched among them alone.",
    ),
    "narrowed.findings": (
        "上方总图只列该省的中心；其下为所选中心。",
        "The map holds the province's centers; below it stands the chosen center.",
    ),
    "narrowed.data_quality": (
        "“全部中心”各表只列该省的中心；入口检查仍为全部。",
        "Tables over all centers hold those of the province; expectations of the gate remain those of all.",
    ),
    "narrowed.alerts": ("只列该省中心的预警与界线。", "Only alerts and lines of the province's centers stand here."),
}
