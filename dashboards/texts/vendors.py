"""Words of the vendor scorecard."""

TEXTS: dict[str, tuple[str, str]] = {
    "vendors.title": ("厂商记分卡", "Vendor scorecard"),
    "vendors.question": (
        "哪些厂商兑现包销承诺？验收过后他们的用量还在吗？",
        "Which vendors keep their promises, and does their take outlive acceptance?",
    ),
    "vendors.periods": ("已结束各期的结果", "How closed periods ended"),
    "vendors.periods_caption": (
        "全部中心的包销承诺合计，按期计数：足额消纳、按期补足、逾期补足、未定、仍未付清。未定：取决于未被证明的消纳。",
        "Commitments of all centers together, counted by period: filled, paid in time, paid late, "
        "undetermined (it depends on take that is not proven), still not paid.",
    ),
    "vendors.filled": ("足额消纳", "Filled"),
    "vendors.in_time": ("按期补足", "Shortfall paid in time"),
    "vendors.late": ("逾期补足", "Paid late"),
    "vendors.undetermined": ("未定", "Undetermined"),
    "vendors.unpaid": ("未付清", "Not paid"),
    "vendors.table": ("各厂商", "Vendors"),
    "vendors.table_caption": (
        "兑现率 =（足额 + 按期补足）÷ 已结束期数，上限把未定的期数算作兑现。"
        "承诺按截至日状态分为守约、有风险、拖欠、失效、未定；终止与未开始的不计入。"
        "最后一列为与撑验收模式相符（强或较强）的中心数，属迹象而非结论。",
        "Kept = (filled + paid in time) / closed periods; its upper bound counts undetermined ones as kept. "
        "Commitments stand as kept, at risk, late, lapsed or undetermined at as-of; those terminated or not begun are "
        "none of these. The last column counts centers with a pattern consistent with acceptance padding (strong or "
        "probable): a question, no verdict.",
    ),
    "vendors.vendor": ("厂商", "Vendor"),
    "vendors.commitments": (
        "承诺：守约 / 有风险 / 拖欠 / 失效 / 未定",
        "Commitments: kept / at risk / late / lapsed / undetermined",
    ),
    "vendors.states": (
        "{kept} / {at_risk} / {late} / {lapsed} / {undetermined}",
        "{kept} / {at_risk} / {late} / {lapsed} / {undetermined}",
    ),
    "vendors.closed": ("已结束期数", "Closed periods"),
    "vendors.kept_rate": ("兑现率", "Kept"),
    "vendors.due": ("应补足", "True-up due"),
    "vendors.paid": ("已付", "Paid"),
    "vendors.outstanding": ("未付", "Outstanding"),
    "vendors.padding": ("撑验收迹象（中心数）", "Padding pattern (centers)"),
    "vendors.retained": ("验收之后还剩多少承诺在用", "Commitments still taken after acceptance"),
    "vendors.retained_caption": (
        "以验收期末前 90 天的日均消纳为基准，仍达到一半以上的承诺占比；n 为观察到该月的承诺数。"
        "样本很小时一条承诺就能改变曲线；曲线上升多因有承诺尚未观察到那么久。",
        "Share of commitments whose daily take is at least half of that in the 90 days before acceptance ended; n is "
        "how many were observed that long. Where few are, one of them moves the line; it rises where a lost one was "
        "not observed so long.",
    ),
    "vendors.retained_axis": ("仍在消纳的承诺占比", "Share of commitments retained"),
    "vendors.months_axis": ("验收期结束后的月数（每 30 天）", "Months since acceptance (30 days each)"),
    "vendors.at_risk": ("n={number}", "n={number}"),
    "vendors.all": ("全部厂商", "All vendors"),
    "offtake.changes": ("状态变化记录", "Changes of state"),
    "offtake.changes_caption": (
        "每次变化的日期、原因与依据：期号对应包销期登记，付款编号对应结算登记。规则版本 {version}。",
        "Each change with its day, what brought it about and what it rests on: periods by their row in the register of "
        "periods, payments by their row in the register of settlements. Rule version {version}.",
    ),
    "offtake.change_day": ("日期", "Day"),
    "offtake.change_from": ("此前", "Before"),
    "offtake.change_to": ("此后", "After"),
    "offtake.change_cause": ("原因", "Cause"),
    "offtake.change_rests_on": ("依据", "Rests on"),
    "offtake.change_period": ("第 {number} 期", "period {number}"),
    "state_cause.first_day": ("起始", "first day"),
    "state_cause.period_began": ("首期开始", "the first period began"),
    "state_cause.document": ("文件", "document"),
    "state_cause.payment": ("付款", "payment"),
    "state_cause.made_up": ("后期消纳补足缺口", "later take filled a shortfall"),
    "state_cause.cure_passed": ("宽限期已过", "cure time passed"),
    "state_cause.due_passed": ("付款期限已过", "due date passed"),
    "state_cause.period_closed": ("一期结束", "a period closed"),
    "state_cause.take": ("当期消纳速度", "rate of take in the open period"),
}
