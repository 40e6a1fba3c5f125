"""Words of reasons why a figure is not given."""

TEXTS: dict[str, tuple[str, str]] = {
    "reason.no_plan": ("没有规划", "there is no plan"),
    "reason.no_power_terms": ("没有用电条款", "the power terms are not known"),
    "reason.no_receipts": ("没有实收", "nothing was collected"),
    "reason.price_below_energy": ("价格低于电费，卖得越多亏得越多", "the price is below energy: each sale loses more"),
    "reason.not_reachable_at_this_price": (
        "按此价格达不到：全部售出也不够",
        "not reachable at this price: selling all is not enough",
    ),
    "reason.not_billed_yet": ("尚未计费", "not billed yet"),
    "reason.firmness_not_known": ("牢靠程度未知", "firmness not known"),
    "reason.no_capex": ("没有建设投资", "there is no capex"),
    "reason.not_enough_months": ("经营月数不足", "too few months of operation"),
    "reason.never_at_this_run_rate": (
        "按此速度永不回本：期限内收不回",
        "never at this run-rate: not back within the horizon",
    ),
    "reason.no_sign_change": ("现金流未变号", "flows never change sign"),
    "reason.several_roots": ("有多个解", "several solutions"),
    "reason.not_within_contracts": (
        "今日租约到期前收不回",
        "not before the leases of today end",
    ),
    "reason.never_in_most_draws": ("九成以上推演永不回本", "never in more than nine tenths of the futures"),
    "reason.never_in_half_the_draws": ("半数以上推演永不回本", "never in more than half of the futures"),
    "reason.never_in_a_tenth_of_draws": ("一成以上推演永不回本", "never in more than a tenth of the futures"),
    "reason.not_reached": ("期限内未回本", "not reached within the horizon"),
}
