"""Words of the page on payback."""

TEXTS: dict[str, tuple[str, str]] = {
    "payback.title": ("回本", "Payback"),
    "payback.question": (
        "投进去的钱回来了多少，何时回完？",
        "How much of the money is back, and when will all of it be?",
    ),
    "payback.view": ("视角", "View"),
    "payback.view_project": ("项目", "Project"),
    "payback.view_owner": ("业主", "Owner"),
    "payback.flow": ("推算依据", "Run-rate"),
    "payback.flow_run_rate_t12m": ("近 12 个月", "Last 12 months"),
    "payback.flow_run_rate_t3m": ("近 3 个月", "Last 3 months"),
    "payback.flow_realised": ("已实现", "Realized"),
    "payback.capex": ("建设投资", "Capex"),
    "payback.recovered": ("已收回（{subsidy}）", "Recovered ({subsidy})"),
    "payback.months": ("静态回收期（{subsidy}）", "Simple payback ({subsidy})"),
    "payback.subsidy_with": ("含补贴", "with subsidy"),
    "payback.subsidy_without": ("不含补贴", "without subsidy"),
    "payback.amount": ("金额 {amount}", "Amount {amount}"),
    "payback.capex_paid_project": ("口径：已付，含税", "Basis: as paid, tax included"),
    "payback.capex_paid_owner": ("口径：已付，含税，扣除他方出资", "Basis: as paid, tax included, less contributions"),
    "payback.capex_contracted": ("项目按合同含税 {amount}", "Project as contracted, with tax: {amount}"),
    "payback.elapsed": ("已历时 {months}", "{months} elapsed"),
    "payback.trailing": ("月均净现金", "Net cash a month"),
    "payback.counted": ("自首笔支出起计", "Counted from the first spending"),
    "payback.no_months": ("不给出", "Not given"),
    "payback.curve": ("累计净现金（建设投资已扣除）", "Cumulative net cash, capex deducted"),
    "payback.curve_caption": (
        "实线为已实现；虚线为以后：合同是今日租约按签约到期日收到期满，近 12 个月与近 3 个月按该期间的月均净现金。"
        "色带为随机推演的 10–90 分位，细线为中位。曲线到达零线即回本。",
        "Solid is realized, dashed is what follows: contracted is today's leases to their signed ends, the run-rates "
        "repeat the mean net cash of those months. The shaded band holds eight of ten random futures, its thin line "
        "half of them. The money is back where a curve meets zero.",
    ),
    "payback.curve_basis": ("口径：{view}，{subsidy}，现金。", "Basis: {view}, {subsidy}, cash."),
    "payback.tax_basis": (
        "口径：现金收付，含增值税，税费作支出；收回按所选视角与补贴口径。合同口径按今日租约，费用取近 12 个月均值。",
        "Basis: cash as booked, value added tax included and tax paid as an outflow; view and subsidy as chosen. "
        "Contracted is today's leases less the mean cost of twelve months.",
    ),
    "payback.flow_contracted": ("合同", "Contracted"),
    "payback.realised": ("已实现", "Realized"),
    "payback.band": ("随机推演 10–90 分位", "Random futures, P10 to P90"),
    "payback.band_middle": ("随机推演中位", "Random futures, median"),
    "payback.band_hover": (
        "{month}<br>P10 {low}<br>P50 {middle}<br>P90 {high}",
        "{month}<br>P10 {low}<br>P50 {middle}<br>P90 {high}",
    ),
    "payback.band_p10": ("乐观（P10）", "Early (P10)"),
    "payback.band_p50": ("中位（P50）", "Median (P50)"),
    "payback.band_p90": ("保守（P90）", "Late (P90)"),
    "payback.band_never": ("永不回本的推演", "Futures that never pay back"),
    "payback.band_horizon": ("自首笔支出 {months} 内", "Within {months} of the first spending"),
    "payback.band_basis": (
        "随机推演 {draws} 次，种子 {seed}：可退租的租户随机离开，全行业冲击使多家同月离开；价格随机走低；"
        "空置后按市价重租；收现率取实际 {collected}。参数见政策表 outlook_*。",
        "{draws} random futures from seed {seed}: tenants that may leave do so at random, and many together in a shock "
        "common to all centers; the market price wanders down; empty cards are let again at it; {collected} of what is "
        "billed comes in, as it did. Parameters: policy outlook_*.",
    ),
    "payback.band_none": (
        "经营不足 12 个月或没有建设投资，因此不作随机推演。",
        "With less than twelve months of operation, or no capex, no futures are drawn.",
    ),
    "payback.from_commissioning": ("自首卡验收起 {months}", "{months} from the first card's commissioning"),
    "payback.commissioning": ("自验收起", "From commissioning"),
    "payback.zero": ("投资收回", "Capex recovered"),
    "payback.breakeven": ("上架率与盈亏平衡参考", "Racked rate against the break-even reference"),
    "payback.breakeven_band": ("盈亏平衡参考 {range}", "Break-even reference {range}"),
    "payback.breakeven_caption": (
        "参考区间 {range}，口径：{basis}，来源：{source}（{as_of}）。仅与同一口径的上架率同图。",
        "Reference {range}, basis: {basis}, source: {source} ({as_of}). Drawn only against the same basis.",
    ),
    "payback.breakeven_none": (
        "没有同一口径的盈亏平衡参考值，因此不画参考线。",
        "There is no break-even reference on this basis, so none is drawn.",
    ),
    "payback.racked": ("上架率（设备，期均）", "Racked rate (devices, average)"),
    "payback.variants": ("全部口径", "All bases"),
    "payback.subsidy": ("补贴", "Subsidy"),
    "payback.basis": ("依据", "Basis"),
    "payback.simple": ("静态回收期", "Simple payback"),
    "payback.discounted": ("动态回收期（{rate}）", "Discounted payback ({rate})"),
    "payback.npv": ("净现值", "NPV"),
    "payback.irr": ("内部收益率（年）", "IRR (yearly)"),
    "payback.recovered_share": ("已收回占投资", "Recovered of capex"),
}
