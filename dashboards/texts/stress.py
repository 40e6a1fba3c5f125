"""Words of the page on stress."""

TEXTS: dict[str, tuple[str, str]] = {
    "stress.title": ("压力测试", "Stress"),
    "stress.question": (
        "什么最能拖慢回本？大租户走了会怎样？",
        "What moves payback most, and what if the largest tenants leave?",
    ),
    "stress.answer": (
        "期限内的回本：按今天的速度 **{today}**；第一大租户按合同最早日期离开后 **{one}**；前三大都离开后 "
        "**{three}**。",
        "Payback within the horizon: **{today}** at today's run-rate, **{one}** once the largest tenant leaves as "
        "early as its terms allow, **{three}** once the three largest do.",
    ),
    "stress.never": ("回不来", "never"),
    "stress.scenario_as_today": ("维持今天", "As today"),
    "stress.scenario_top_1_leaves": ("第一大租户离开", "Largest tenant leaves"),
    "stress.scenario_top_3_leave": ("前三大租户离开", "Three largest leave"),
    "stress.scenario_vendor_leaves": ("厂商及其关联方离开", "Vendor and related parties leave"),
    "stress.scenario_tariff_up": ("电价上涨", "Tariff up"),
    "stress.scenario_subsidy_kept": ("计入已收补贴", "With subsidies received"),
    "stress.scenario_subsidy_clawed_back": ("补贴全部退回", "Subsidies taken back"),
    "stress.repaid": ("退回补贴与利息 {amount}", "{amount} of subsidies and interest paid back"),
    "stress.cash_24": ("今后 24 个月净现金 {amount}", "Net cash of the next 24 months {amount}"),
    "stress.leaving": (
        "月计费 {amount} 离开，最早在 {months} 个月后",
        "{amount} a month leaves, the first after {months} months",
    ),
    "stress.nobody": ("无人离开", "nobody leaves"),
    "stress.change_vendor_leaves": (
        "没有厂商一方的租约；补差款停止",
        "no lease is on the vendor's side; true-ups stop",
    ),
    "stress.change_tariff_up": ("电费单价上涨，租户不变", "energy costs more; tenants stay"),
    "stress.change_subsidy_kept": ("已收补贴计入", "subsidies received are counted"),
    "stress.change_subsidy_clawed_back": ("没有可退的补贴", "no subsidy was received that could be taken back"),
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
        "各项分别变动 {step}，其余不变；条形为回本月数的增减。未画出的一侧在期限内回不来，或不可能"
        "（上架超过规划、售出超过上架、PUE 低于 1）；残值不影响回本。",
        "Each driver changed by {step}, all else equal; bars are months added to or taken from payback. A side without "
        "a bar is never paid back within the horizon, or cannot be (more racked than planned, more sold than racked, "
        "PUE below 1). The residual does not move payback.",
    ),
    "stress.tornado_axis": ("回本月数增减", "Months added to payback"),
    "stress.tornado_none": (
        "以今天的速度期限内回不来，因此无从增减。",
        "At today's run-rate the money is never back within the horizon, so there is nothing to add to.",
    ),
    "stress.driver_price": ("价格", "Price"),
    "stress.driver_sold": ("销售率", "Sold of racked"),
    "stress.driver_tariff": ("电价", "Tariff"),
    "stress.driver_racked": ("上架率", "Racked"),
    "stress.driver_collection": ("回款率", "Collection"),
    "stress.driver_pue": ("PUE", "PUE"),
    "stress.driver_residual": ("残值", "Residual value"),
    "stress.driver_fixed_cost": ("固定成本", "Fixed cost"),
    "stress.driver_capex": ("建设投资", "Capex"),
    "stress.change_up": ("上升", "up"),
    "stress.change_down": ("下降", "down"),
    "stress.none": (
        "经营未满十二个月，没有可供检验的速度。",
        "There are not twelve months of operation yet, so there is no run-rate to stress.",
    ),
    "stress.value": ("单项变动对今后价值的影响", "What one change does to the value ahead"),
    "stress.value_caption": (
        "今后价值：至寿命结束的净现金与残值的现值，减尚未收回的投资。各项变动同上。",
        "Value ahead: present value of net cash and residual until the end of life, less capex not yet recovered. "
        "Changes as above.",
    ),
    "stress.grid": ("价格与销售率：回本", "Price and sales: payback"),
    "stress.grid_caption": (
        "价格与销售率（占可运行）相对今天的变动；其余不变，口径同上。“无余量”：售出将超过可运行。",
        "Changes of price and of sold of racked from today; all else equal, basis as above. None left: more would be "
        "sold than is racked.",
    ),
    "stress.grid_unit": ("月", "Months"),
    "stress.grid_sold": ("销售率变动", "Change of sold of racked"),
    "stress.grid_price": ("价格变动", "Change of price"),
    "payback_cell.never_at_this_run_rate": ("回不来", "never"),
    "payback_cell.more_sold_than_racked": ("无余量", "none left"),
    "payback_cell.already_paid_back": ("已收回", "back"),
    "stress.exits": ("最早何时可以离开", "Who can leave when"),
    "stress.exit_paid": ("还须付（月）", "Months still paid"),
    "stress.exit_penalty": ("违约金", "Penalty"),
    "stress.exit_vendor": ("厂商一方", "Vendor's side"),
    "stress.yes": ("是", "yes"),
}
