"""Words of the page on stress."""

TEXTS: dict[str, tuple[str, str]] = {
    "stress.title": ("压力测试", "Stress"),
    "stress.question": (
        "什么最能拖慢回本？大租户走了会怎样？",
        "What moves payback most, and what if the largest tenants leave?",
    ),
    "stress.answer": (
        "今天的速度下回本需 **{today}**；第一大租户按合同最早日期离开后为 **{one}**，前三大都离开后为 **{three}**。",
        "At today's run-rate the money is back after **{today}**; if the largest tenant leaves as early as its terms "
        "allow, after **{one}**; if the three largest do, after **{three}**.",
    ),
    "stress.never": ("期限内回不来", "never within the horizon"),
    "stress.scenario_as_today": ("维持今天", "As today"),
    "stress.scenario_top_1_leaves": ("第一大租户离开", "Largest tenant leaves"),
    "stress.scenario_top_3_leave": ("前三大租户离开", "Three largest leave"),
    "stress.cash_24": ("今后 24 个月净现金 {amount}", "Net cash of the next 24 months {amount}"),
    "stress.leaving": (
        "月计费 {amount} 离开，最早在 {months} 个月后",
        "{amount} a month leaves, the first after {months} months",
    ),
    "stress.nobody": ("无人离开", "nobody leaves"),
    "stress.basis": ("口径：项目，不含补贴，近 12 个月速度", "Basis: project, without subsidy, run-rate of 12 months"),
    "stress.curve": ("尚未收回的投资", "Capex not yet recovered"),
    "stress.curve_caption": (
        "不可退的租约付到签约到期日；可退的付完通知期，另按合同付违约金；之后空置，再以较低价出租。各项假设见政策表。",
        "A firm lease is paid to its signed end, others for their notice, with a penalty where agreed; then the cards "
        "stand empty and are let again for less. The assumptions are rows of the policy.",
    ),
    "stress.month_axis": ("自首笔支出起的月数", "Months after the first spending"),
    "stress.tornado": ("单项变动对回本的影响", "What one change does to payback"),
    "stress.tornado_caption": (
        "各项分别变动 {step}，其余不变；条形为回本月数的增减。未画出的一侧在期限内回不来。",
        "Each driver changed by {step}, all else equal; bars are months added to or taken from payback. A side without "
        "a bar is never paid back within the horizon.",
    ),
    "stress.tornado_axis": ("回本月数增减", "Months added to payback"),
    "stress.tornado_none": (
        "以今天的速度期限内回不来，因此无从增减。",
        "At today's run-rate the money is never back within the horizon, so there is nothing to add to.",
    ),
    "stress.driver_price": ("价格", "Price"),
    "stress.driver_sold": ("销量", "Quantity sold"),
    "stress.driver_tariff": ("电价", "Tariff"),
    "stress.driver_fixed_cost": ("固定成本", "Fixed cost"),
    "stress.driver_capex": ("建设投资", "Capex"),
    "stress.change_up": ("上升", "up"),
    "stress.change_down": ("下降", "down"),
    "stress.none": (
        "经营未满十二个月，没有可供检验的速度。",
        "There are not twelve months of operation yet, so there is no run-rate to stress.",
    ),
}
