"""Words of the page on break-even."""

TEXTS: dict[str, tuple[str, str]] = {
    "break_even.title": ("盈亏平衡", "Break-even"),
    "break_even.question": (
        "要上架并售出多少才够成本？现在到了吗？",
        "How much must be racked and sold to earn the cost, and is the center there?",
    ),
    "break_even.answer_above": (
        "按实收价 {price}/卡时，规划卡时售出 **{threshold}** 即可覆盖固定成本与折旧；"
        "近十二个月售出 **{today}**，已达到。",
        "At the {price} per card-hour collected, selling **{threshold}** of the planned card-time covers fixed cost "
        "and depreciation; **{today}** was sold in the last twelve months: above.",
    ),
    "break_even.answer_below": (
        "按实收价 {price}/卡时，须售出规划卡时的 **{threshold}** 才能覆盖固定成本与折旧；近十二个月只售出 **{today}**。"
        "以此销量需 {needed}/卡时。",
        "At the {price} per card-hour collected, **{threshold}** of the planned card-time must be sold to cover fixed "
        "cost and depreciation; **{today}** was sold in the last twelve months. At these sales it takes {needed}.",
    ),
    "break_even.answer_unreachable": (
        "按实收价 {price}/卡时，全部售出也不够：覆盖固定成本与折旧须售出 **{threshold}**；近十二个月售出 **{today}**，"
        "以此销量需 {needed}/卡时。",
        "At the {price} per card-hour collected, even selling everything is not enough: covering fixed cost and "
        "depreciation takes **{threshold}**. **{today}** was sold in the last twelve months; at these sales it takes "
        "{needed}.",
    ),
    "break_even.answer_none": (
        "不给出盈亏平衡点：{reason}。近十二个月售出规划卡时的 {today}。",
        "No break-even is given: {reason}. {today} of the planned card-time was sold in the last twelve months.",
    ),
    "break_even.threshold_cash": ("现金盈亏平衡", "Cash break-even"),
    "break_even.threshold_accounting": ("会计盈亏平衡（含折旧）", "Accounting break-even (with depreciation)"),
    "break_even.threshold_payback_in_life": ("寿命期内回本", "Payback within service life"),
    "break_even.threshold_full_cost": ("全成本（含资金成本）", "Full cost (with cost of capital)"),
    "break_even.not_given": ("不给出", "Not given"),
    "break_even.basis": ("口径：上架 × 售出，占规划卡时", "Basis: racked x sold, of planned card-time"),
    "break_even.period": ("实收：{first} 至 {last}", "Receipts of {first} to {last}"),
    "break_even.is_above": ("已达到：今 {today}", "Reached: {today} today"),
    "break_even.is_below": ("未达到：今 {today}", "Not reached: {today} today"),
    "break_even.frontier": ("盈亏平衡曲线", "Break-even frontiers"),
    "break_even.frontier_caption": (
        "曲线上方即高于该成本线；横须为上架率的未知部分。没有画出的成本线在此价格下全部售出也达不到。"
        "各中心成本与价格不同，灰点仅供对照位置。",
        "Above a curve the cost it stands for is earned; whiskers are the unknown part of racked. A cost without a "
        "curve is not earned at this price even if all is sold. Other centers have other costs and prices: grey points "
        "only show where they stand.",
    ),
    "break_even.other_centers": ("其他中心", "Other centers"),
    "break_even.this_center": ("本中心", "This center"),
    "break_even.racked_axis": ("上架率（占规划，近十二个月）", "Racked of plan, last twelve months"),
    "break_even.sold_axis": ("售出率（占可运行）", "Sold of racked"),
    "break_even.point": ("上架 {racked}，售出 {sold}", "racked {racked}, sold {sold}"),
    "break_even.prices": ("以今日销量，需要什么价格", "The price that today's sales would need"),
    "break_even.prices_caption": (
        "元/卡时，不含增值税。价格为近十二个月实收除以售出卡时，不是标价。",
        "CNY per card-hour, net of value added tax. Today's price is receipts of twelve months over card-hours sold, "
        "not a list price.",
    ),
    "break_even.price_needed": ("需要的价格", "Price needed"),
    "break_even.price_today": ("今日实收 {price}", "Collected today {price}"),
    "break_even.price_axis": ("元/卡时（不含税）", "CNY per card-hour, net of tax"),
    "break_even.grid": ("价格与销量：一年的现金", "Price against sales: the cash of a year"),
    "break_even.grid_caption": (
        "一年净现金 = 售出卡时 ×（价格 − 电费）− 固定成本；未计资本成本与所得税。",
        "Net cash of a year = card-hours sold x (price - energy) - fixed cost, before capital and income tax.",
    ),
    "break_even.share_today": ("今日 {share}", "Today {share}"),
    "break_even.share_axis": ("上架 × 售出（占规划卡时）", "Racked x sold, of planned card-time"),
    "break_even.price_share_axis": ("价格（今日实收 = 100 %）", "Price (collected today = 100 %)"),
    "break_even.parts": ("由什么算出", "What it is made of"),
    "break_even.capex_paid": (
        "建设投资：已付，含税（此处与回本所用）",
        "Capex paid so far, tax included (what this and payback count)",
    ),
    "break_even.capex_contracted": (
        "建设投资：按合同，含税（见中心经济账）",
        "Capex as contracted, tax included (see Center economics)",
    ),
    "break_even.tariff_agreed": ("每千瓦时：约定均价（此处所用）", "Per kWh, agreed average (what this counts)"),
    "break_even.tariff_hourly": (
        "每千瓦时：逐小时计价，近十二个月，不含税（见能耗）",
        "Per kWh, priced hour by hour in twelve months, net of tax (see Energy)",
    ),
    "break_even.parts_caption": (
        "盈亏平衡点 =（固定成本 ＋ 资本成本）÷ 全部规划卡时能挣到的钱。常被引用的 70–75 % 只对它自己的价格与成本成立，"
        "见“回本”页的参考线。",
        "Break-even = (fixed cost + capital charge) / what all planned card-hours could earn. The often-quoted 70-75 % "
        "holds only for its own price and cost: see the reference on the Payback page.",
    ),
    "break_even.part": ("部分", "Part"),
    "break_even.amount": ("金额", "Amount"),
    "break_even.fixed_opex": ("人员、场地、维护等（一年）", "Staff, rent, maintenance and the like, a year"),
    "break_even.demand_charge": ("需量电费（一年）", "Demand charge, a year"),
    "break_even.idle_energy": ("待机电费（一年）", "Energy at rest, a year"),
    "break_even.capital_accounting": (
        "折旧（{years} 年，残值 {residual}）",
        "Depreciation ({years} years, residual {residual})",
    ),
    "break_even.capital_payback_in_life": ("建设投资摊于 {years} 年", "Capex over {years} years"),
    "break_even.capital_full_cost": (
        "年金（{rate}，{years} 年，残值 {residual}）",
        "Annuity ({rate}, {years} years, residual {residual})",
    ),
    "break_even.receipts": ("实收（不含税，十二个月）", "Receipts net of tax, twelve months"),
    "break_even.sold_hours": ("售出卡时（十二个月）", "Card-hours sold, twelve months"),
    "break_even.price": ("实收价，每卡时", "Price collected per card-hour"),
    "break_even.energy": ("每售出卡时的电费", "Energy per sold card-hour"),
    "break_even.capacity": (
        "全部规划卡时能挣到（扣电费，一年）",
        "What all planned card-hours could earn above energy",
    ),
}
