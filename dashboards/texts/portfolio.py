"""Words of the page on the return of all centers."""

TEXTS: dict[str, tuple[str, str]] = {
    "portfolio.title": ("投资组合", "Portfolio"),
    "portfolio.question": (
        "各中心的钱回来了多少、何时回完、离盈亏平衡还有多远？",
        "How much of the money is back, center by center, when will it be, and how far is each from break-even?",
    ),
    "portfolio.basis": (
        "口径：现金，含增值税，税费作支出；回本按近 12 个月月均净现金推算；"
        "盈亏平衡为会计口径（含折旧），实收价不含税。",
        "Basis: cash, value added tax included and tax paid as an outflow; payback at the mean net cash of the last "
        "twelve months; break-even is accounting (with depreciation) at the collected price, net of tax.",
    ),
    "portfolio.capex": ("建设投资", "Capex"),
    "portfolio.recovered": ("已收回", "Recovered"),
    "portfolio.payback": ("何时回本", "When the money is back"),
    "portfolio.payback_caption": (
        "菱形为按近 12 个月推算；色条为随机推演的 10–90 分位，延伸到 240 个月即有一成以上"
        "推演永不回本；叉为推算无法回本。自首笔支出起计。",
        "Diamonds: at the run-rate of twelve months. Bars: P10 to P90 of random futures; one that runs to 240 months "
        "is never back in more than a tenth of them. Crosses: never at the run-rate. Months from the first spending.",
    ),
    "portfolio.run_rate": ("按近 12 个月推算", "At the run-rate of twelve months"),
    "portfolio.never": ("无法回本", "Not back"),
    "portfolio.never_share": ("{reason}；推演中 {never} 永不回本", "{reason}; {never} of the futures never pay back"),
    "portfolio.range": ("P10 {first}<br>P90 {last}<br>永不回本 {never}", "P10 {first}<br>P90 {last}<br>never {never}"),
    "portfolio.beyond": ("超出期限", "beyond the horizon"),
    "portfolio.months_axis": ("自首笔支出起的月数", "Months from the first spending"),
    "portfolio.money": ("投进去的与收回的", "Money put in and money back"),
    "portfolio.money_caption": (
        "外条为建设投资，内条为至今收回的净现金；在零左侧为至今净流出。",
        "The outer bar is capex, the inner one net cash so far; left of zero more has gone out than come in.",
    ),
    "portfolio.break_even": ("离盈亏平衡多远", "How far from break-even"),
    "portfolio.break_even_caption": (
        "条为近十二个月售出占规划卡时，绿色为已达到；竖线为会计盈亏平衡所需，超过 100 % 即按此价格全部售出也达不到。",
        "Bars: sold of planned card-time in the last twelve months, green where it is enough. Marks: what accounting "
        "break-even takes; beyond 100 % it is not reachable at this price even if all is sold.",
    ),
    "portfolio.sold": ("今日售出（占规划卡时）", "Sold today, of planned card-time"),
    "portfolio.threshold": ("会计盈亏平衡所需", "Needed for accounting break-even"),
    "portfolio.needs": ("需 {share}", "takes {share}"),
    "portfolio.needs_too_much": ("需 {share}：达不到", "takes {share}: not reachable"),
    "portfolio.share_axis": ("占规划卡时", "Of planned card-time"),
    "portfolio.returns": ("各中心的回报", "Return of each center"),
    "portfolio.returns_caption": (
        "净现值与收益率按政策的服务器寿命与折现率，不计残值；没有解的说明原因。",
        "Present value and rate of return over the policy's life of servers at its discount rate, without residual "
        "value; where there is none, the reason.",
    ),
    "portfolio.discounted": ("动态回收期", "Discounted payback"),
    "portfolio.price": ("每卡时实收价 → 以今日销量需要的价格", "Price of a card-hour: collected → needed"),
}
