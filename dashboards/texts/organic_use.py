"""Words of the page on whether the use is real."""

TEXTS: dict[str, tuple[str, str]] = {
    "organic_use.title": ("使用是真的吗？", "Is the use real?"),
    "organic_use.question": (
        "点亮的算力是谁在用、谁付的钱，验收一过还在不在？",
        "Whose is the lit time, who paid for it, and did it stay when acceptance was over?",
    ),
    "use.wording": (
        "本页只说“与某种模式相符的迹象”，从不说欺诈；每项旁边写明可能的正当原因。",
        "This page speaks of patterns consistent with something, never of fraud; what could honestly cause it stands "
        "beside each.",
    ),
    "use.area": ("点亮卡时归谁", "Whose the lit card time was"),
    "use.area_caption": (
        "每天的可运行卡时占比，按用途分层；灰色斜线为没有读数的时间。"
        "“外部”指登记册未见关联、也未见厂商付款——看不见不等于没有。",
        "Share of able card time, day by day, by whose use it was; hatched grey is time without a reading. External "
        "means that no link is registered and no payment of a vendor is visible, which is not to say there is none.",
    ),
    "use.axis": ("占可运行卡时", "of able card time"),
    "use.month": ("{month} 用途构成", "Use in {month}"),
    "use.class": ("用途", "Use"),
    "use.card_hours": ("卡时", "Card-hours"),
    "use.pflops_hours": ("P时（稠密FP16）", "PFLOPS-hours (dense FP16)"),
    "use.share": ("占点亮", "Of lit"),
    "use.at_most": ("≤ {hours}", "≤ {hours}"),
    "use.up_to": ("{hours}（另有至多 {more} 疑似合成）", "{hours} (and up to {more} that may be synthetic)"),
    "use.not_judged": ("未判定", "not judged yet"),
    "use.month_caption": (
        "外部使用中有 {hours} 卡时的租户与厂商或运营方共用地址、电话等，尚未核实。"
        "疑似合成为发现规则 F05、F06 给出的上限，已从外部、关联与自用中扣除，故这三类为下限；"
        "只有采集了负载特征的 {judged} 卡时点亮可供判定，其余未判定，不等于零。",
        "{hours} card-hours of the external use are of tenants that share an address, phone or the like with a vendor "
        "or the operator, which nobody confirmed. Suspected synthetic is the most that findings F05 and F06 leave "
        "open; it is taken out of external, related and own use, which are lower bounds. Only {judged} lit card-hours "
        "were sampled closely enough to be judged; the rest is not judged, which is not zero.",
    ),
    "use_class.external_unrelated": ("外部、无已知关联", "External, no known link"),
    "use_class.vendor_funded": ("厂商出资", "Vendor-funded"),
    "use_class.related": ("关联方", "Related"),
    "use_class.own": ("运营方自用", "Operator's own"),
    "use_class.test": ("测试", "Test"),
    "use_class.suspect_synthetic": ("疑似合成", "Suspected synthetic"),
    "use_class.unknown": ("归属不明", "Not attributed"),
    "use_class.not_known_lit": ("是否点亮未知", "Not known to be lit"),
    "padding.heading": ("验收一过，使用还在吗？", "Did use stay when acceptance was over?"),
    "padding.basis": ("口径", "Basis"),
    "padding_basis.business": ("业务点亮（付费租户与自有产品）", "business (paying tenants and own products)"),
    "padding_basis.technical": ("技术点亮（全部）", "technical (all lit time)"),
    "padding.chart": ("验收期结束前后的点亮率", "Lit of able around the end of acceptance"),
    "padding.chart_caption": (
        "阴影为验收期；斜线为没有读数、可能点亮的部分；虚线为最能把序列分成两段的一天。"
        "空心点的日子覆盖率不足 90 %，不参与检验。",
        "Shaded: the acceptance window. Hatched: no reading, may have been lit. Dashed: the day that best parts the "
        "series in two levels. Days with open dots are covered below 90 % and not tested.",
    ),
    "padding.lit": ("点亮率（下限）", "Lit of able, proven"),
    "padding.vendor": ("其中厂商、其关联方及其出资的租户", "of it, vendors, whom they are tied to or paid for"),
    "padding.break": ("断点", "Break"),
    "padding.window": ("验收期", "Acceptance window"),
    "padding.verdict": ("结论", "Verdict"),
    "padding_verdict.strong": ("与撑验收模式相符：强", "Pattern consistent with acceptance padding: strong"),
    "padding_verdict.probable": ("与撑验收模式相符：较强", "Pattern consistent with acceptance padding: probable"),
    "padding_verdict.weak": ("与撑验收模式相符：弱", "Pattern consistent with acceptance padding: weak"),
    "padding_verdict.none": ("未见此模式", "No such pattern"),
    "padding_verdict.undetermined": ("未定：取决于没有读数的时间", "Undetermined: depends on time without readings"),
    "padding_verdict.insufficient_data": ("数据不足", "Insufficient data"),
    "padding.rule": ("条件", "Rule"),
    "padding.certain": ("确定的跌幅", "Certain drop"),
    "padding.possible": ("可能的跌幅", "Possible drop"),
    "padding.before_after": ("点亮率：前 → 后", "Lit of able: before → after"),
    "padding.effect": ("跌幅 ≥ 20 个百分点且 ≥ 40 %", "Drop at least 20 points and 40 %"),
    "padding.significance": ("整周置换 p ≤ 1 %", "Order of whole weeks by chance, p at most 1 %"),
    "padding.timing": ("断点距验收期末 ≤ 14 天", "Break within 14 days of the end"),
    "padding.attribution": ("归因于厂商 ≥ 60 %", "At least 60 % attributable"),
    "padding.explained": ("没有别的解释", "Not explained otherwise"),
    "padding.case_verdict": ("该口径下的结论", "Verdict in this case"),
    "padding.yes": ("{value} ✓", "{value} ✓"),
    "padding.no": ("{value} ✗", "{value} ✗"),
    "padding.explanation_none": ("无", "none found"),
    "padding.is_fault_explained": ("故障", "faults"),
    "padding.is_maintenance_explained": ("计划维护", "maintenance"),
    "padding.is_contract_end_explained": ("早已登记的合同到期", "disclosed end of a contract"),
    "padding.is_peer_alike": ("本中心其他使用同样下跌", "other use here fell alike"),
    "padding.is_elsewhere_alike": ("该厂商在别处同样下跌", "the vendor's use elsewhere fell alike"),
    "padding.false_positives": (
        "可能的正当原因：试点合同到期、春节等假期、停机、季节性业务、租户搬迁。"
        "“确定的跌幅”取期末前下限、期末后上限，“可能的跌幅”相反；两者都成立的才算数。规则版本 {version}。",
        "Honest causes: the end of a pilot, holidays, an outage, seasonal work, a tenant that moved. The certain drop "
        "takes the lower bound before and the upper one after, the possible drop the other way round; only what holds "
        "in both counts. Rule version {version}.",
    ),
    "padding.days": (
        "有效日：期末前 {before} 天、期末后 {after} 天（各需至少 42 天）",
        "Valid days: {before} before, {after} after (at least 42 each)",
    ),
    "padding_reason.window_not_over": ("期末之后的观察期尚未结束", "the days after the window are not over yet"),
    "padding_reason.too_few_valid_days": ("有效日太少", "too few valid days"),
    "padding_reason.too_few_valid_days_in_a_block": ("某一周有效日太少", "too few valid days in one of the weeks"),
    "padding.all_vendors": ("全部厂商合计", "all vendors together"),
    "padding.part": ("占跌幅", "Part of the drop"),
    "padding.vendor_column": ("厂商", "Vendor"),
    "padding.none": ("该中心没有登记验收期。", "No acceptance window of this center is registered."),
    "bought.heading": ("收入是不是被买来的？", "Was revenue bought?"),
    "bought.chart": ("每月收入及其中厂商先付过钱的部分", "Revenue by month, and what a vendor had paid for"),
    "bought.chart_caption": (
        "先付后收：厂商付给客户的每一元，在其后 180 天内只抵一次客户付给中心的钱。"
        "斜线为看不见客户从谁处收款的收入——看不见不等于没有。",
        "In order of time: each yuan a vendor paid a consumer covers, once, what that consumer pays a center within "
        "180 days. Hatched: revenue of whose payers nothing is visible, which is not to say that nothing was paid.",
    ),
    "bought.purchased": ("厂商先付过钱的收入", "Vendor had paid for it"),
    "bought.clean": ("付款可见、未见被买", "Payer visible, not bought"),
    "bought.not_visible": ("不可见", "Not visible"),
    "bought.table": ("厂商与客户", "Vendors and consumers"),
    "bought.table_caption": (
        "只列出有可见付款或有登记关联的；另有 {count} 对付款不可见，未知而非没有。"
        "可能的正当原因：真实的双向交易，请查收货单。",
        "Pairs with a visible payment or a known link; of {count} more no payment is visible: unknown, not absent. "
        "Honest cause: genuine two-way trade; ask for the goods receipt.",
    ),
    "bought.vendor": ("厂商", "Vendor"),
    "bought.consumer": ("客户", "Consumer"),
    "bought.relation": ("关系", "Relation"),
    "bought.paid": ("厂商付客户", "Vendor paid"),
    "bought.received": ("客户付中心", "Consumer paid"),
    "bought.bought": ("被买", "Bought"),
    "bought.ratio": ("每买一元付出", "Paid per yuan bought"),
    "bought.rests_on": ("依据", "Rests on"),
    "relation.related": ("关联", "related"),
    "relation.soft": ("待核实", "soft, not confirmed"),
    "relation.none_known": ("未知有关联", "none known"),
    "visibility.bank_statement": ("银行流水", "bank statement"),
    "visibility.cash_book": ("现金账", "cash book"),
    "visibility.contract": ("合同", "contract"),
    "visibility.declared": ("申报", "declaration"),
    "visibility.not_visible": ("不可见", "not visible"),
    "trip.heading": ("资金回流", "Round trips"),
    "trip.caption": (
        "与资金回流模式相符：2 至 4 笔按时间先后、金额相差 20 % 以内、180 天内回到起点的付款，且不是为已交付的货物。"
        "可能的正当原因：互相租用与服务。",
        "Pattern consistent with a round trip: two to four payments in order of time, within 20 % of each other, back "
        "within 180 days, for no goods delivered. Honest cause: firms that rent from and serve each other.",
    ),
    "trip.none": (
        "在可见的付款中没有发现回流；第三方之间的付款多半不可见，因此不能说没有。",
        "None among the payments that are visible; most payments between third parties are not, so this does not say "
        "that there is none.",
    ),
    "trip.parties": ("各方", "Parties"),
    "trip.from_to": ("起止", "From – to"),
    "trip.amounts": ("金额", "Amounts"),
}
