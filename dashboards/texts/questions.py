"""Words of the pages that answer each reader's questions, and of the sentences."""

TEXTS: dict[str, tuple[str, str]] = {
    "investor_questions.title": ("投资人八问", "Eight questions"),
    "investor_questions.question": (
        "钱能不能回来，何时回来，什么会打断它？",
        "Does the money come back, when, and what would break it?",
    ),
    "government_questions.title": ("审计八问", "Eight questions of an audit"),
    "government_questions.question": (
        "交付了吗，谁在用，有没有要退的，我能自己核对吗？",
        "Was it delivered, who used it, is anything owed back, and can I check it myself?",
    ),
    "asked.see": ("看图：[{page}]({address})", "See the chart: [{page}]({address})"),
    "asked.no_programme": (
        "{center}没有补贴，因此没有补贴可审。",
        "{center} has no subsidy, so there is none to audit.",
    ),
    "asked.programme": ("补贴", "Subsidy"),
    "asked.investors.money_back": ("1 钱能回来吗，何时？", "1 Is the money coming back, and when?"),
    "asked.investors.above_break_even": ("2 过盈亏平衡点了吗？", "2 Are we above break-even?"),
    "asked.investors.real_use": ("3 用得真吗？", "3 Is the use real?"),
    "asked.investors.revenue_quality": ("4 收入质量如何？", "4 How good is the revenue?"),
    "asked.investors.concentration": ("5 有多集中，多容易退租？", "5 How concentrated, how cancellable?"),
    "asked.investors.vendors_word": ("6 厂商守约吗？", "6 Are the vendors keeping their word?"),
    "asked.investors.moves_payback": ("7 什么最影响回本？", "7 What moves payback most?"),
    "asked.investors.iron": ("8 这些铁值多少？", "8 What is the iron worth?"),
    "asked.government.delivered": ("1 承诺的交付了吗？", "1 Was what was promised delivered?"),
    "asked.government.milestones": ("2 按下限，里程碑达到了吗？", "2 Are milestones met, at the lower bound?"),
    "asked.government.users": ("3 谁在用？", "3 Who used it?"),
    "asked.government.cost": ("4 一个P时的真实使用花了多少补贴？", "4 What did a PFLOPS-hour of real use cost?"),
    "asked.government.survived": ("5 验收之后还在用吗？", "5 Did use survive the acceptance window?"),
    "asked.government.owed_back": ("6 有没有要退的？", "6 Is anything owed back?"),
    "asked.government.undetermined": (
        "7 哪些数字更正过，哪些无法判定？",
        "7 Which figures were restated or are undetermined?",
    ),
    "asked.government.verify": ("8 我能自己核对一个数吗？", "8 Can I verify one number myself?"),
    "asked.no_capex": (
        "没有投资记录，因此算不出回本与平衡点。",
        "No capital spending is on record, so neither payback nor break-even can be given.",
    ),
    "asked.money_back": (
        "口径：项目，不含补贴。投资 {capex}，开始花钱 {elapsed}以来收回 **{recovered}**。回本期：按近十二个月速度 "
        "**{payback}**；只算已签合同 **{contracted}**。",
        "Project view, without subsidy: **{recovered}** of {capex} is back, {elapsed} after the first spending. At the "
        "run-rate of twelve months payback is **{payback}**; by signed contracts alone, **{contracted}**.",
    ),
    "asked.money_back_band": (
        "{draws} 种随机未来中，{never} 回不来，最快的一成在 {early} 内回本。",
        " Of {draws} drawn futures {never} never bring it back; the fastest tenth does within {early}.",
    ),
    "asked.money_back_never": (
        "{draws} 种随机未来中，九成以上回不来（{never}）。",
        " Of {draws} drawn futures more than nine tenths never bring it back ({never}).",
    ),
    "asked.real_use": ("{month} 点亮时间中：{shares}。", "Of the lit time of {month}: {shares}."),
    "asked.real_use_not_judged": (
        "尚未判定是否为合成负载。",
        " Whether some of it is synthetic has not been judged yet.",
    ),
    "asked.nothing_lit": ("{month} 没有已证实的点亮。", "In {month} nothing is proven to have been lit."),
    "asked.revenue_quality": (
        "{month} 开票 {billed}（不含税）：到账 **{collected}**，质量调整后 **{quality}**（{note}）。",
        "For {month}, {billed} is billed net of tax: **{collected}** of it is collected, **{quality}** remains after "
        "adjustment for quality ({note}).",
    ),
    "asked.no_revenue": ("没有开票记录。", "No invoice is on record."),
    "asked.no_leases": ("没有有效租约。", "No lease is in force."),
    "asked.no_commitment": ("没有包销承诺。", "There is no offtake commitment."),
    "asked.vendor_kept": ("到最近一个结束的周期累计履约 {rate}", "{rate} kept in all up to the last closed period"),
    "asked.vendor_no_period": ("还没有结束的周期", "no period has closed yet"),
    "asked.vendors_word": (
        "{vendor}：**{state}**，{kept}，未付 {outstanding}。",
        "{vendor}: **{state}**; {kept}; {outstanding} outstanding.",
    ),
    "asked.driver": (
        "变动最大的是{driver}：{step} 使回本由 {base} 变为 **{payback}**。",
        "{driver} moves it most: {step} takes payback from {base} to **{payback}**.",
    ),
    "asked.driver_of_value": (
        "今天的速度下回不了本；对净值影响最大的是{driver}：{step} 变动 **{value}**。",
        "At today's run-rate there is no payback. {driver} moves the net value most: {step} changes it by **{value}**.",
    ),
    "asked.driver_none": (
        "各项变动的影响算不出来。",
        "What a change of one driver would do cannot be given.",
    ),
    "asked.iron": (
        "{model} × {cards}：账面 {book}，市价 {market}，出租现值 {lease}；划算的是：**{better}**。",
        "{model} × {cards}: book {book}, market {market}, value of letting on {lease}; worth more: **{better}**.",
    ),
    "asked.no_iron": ("没有可估值的卡。", "There are no cards to value."),
    "asked.nothing_promised": ("没有登记承诺的算力。", "No promised capacity is on record."),
    "asked.delivered": (
        "截至 {day}，按稠密 FP16 交付了承诺的 **{rate}**：{models}。",
        "By {day}, **{rate}** of the promised dense FP16 capacity was delivered: {models}.",
    ),
    "asked.delivered_model": (
        "{model} 承诺 {promised} 张、交付 {delivered} 张",
        "{model}: {delivered} of {promised} cards",
    ),
    "asked.no_milestone_due": ("没有到期的里程碑。", "No milestone is due."),
    "asked.milestones": (
        "{count} 个到期里程碑：{parts}；达到以下限为准。",
        "{count} milestones are due: {parts}. Met means met at the lower bound.",
    ),
    "asked.local_unknown": ("本地使用占比无法给出。", "The local share of use cannot be given."),
    "asked.local": ("本地使用占 **{rate}**（口径：{basis}）。", "**{rate}** of the use is local (by {basis})."),
    "asked.local_first": (
        "共 {users} 个用户，最多的是{name}（区划 {area}）：{hours} 卡时。",
        " Of {users} users, {name} (area {area}) used most: {hours} card-hours.",
    ),
    "asked.nothing_paid": ("这项补贴还没有拨付。", "Nothing of this subsidy has been paid."),
    "asked.cost_unknown": ("单位成本无法给出：{reason}。", "The cost of an hour cannot be given: {reason}."),
    "asked.cost": (
        "已拨 {paid}，每{kind}P时 **{price} 元**；同期市价 {market} 元。",
        "{paid} was paid: **CNY {price}** per PFLOPS-hour ({kind}); the market asks CNY {market}.",
    ),
    "asked.no_acceptance": ("没有验收窗口可比。", "There is no acceptance window to compare."),
    "asked.survived_unknown": (
        "验收窗口止于 {day}。**{verdict}**：{reason}。",
        "Acceptance ended {day}. **{verdict}**: {reason}.",
    ),
    "asked.survived": (
        "验收止于 {day}：此前上架点亮率 **{before}**，此后 **{after}**。{verdict}。",
        "Acceptance ended {day}: **{before}** of racked was lit before, **{after}** after. {verdict}.",
    ),
    "asked.owed_back": (
        "结论：**{verdict}**。已得 {earned}，已拨 {paid}，应退 **{back}**。",
        "Verdict: **{verdict}**. {earned} earned, {paid} paid, **{back}** to be paid back.",
    ),
    "asked.undetermined": (
        "{due_milestones} 个到期里程碑中 **{undetermined_milestones}** 个、{claims} 项申报中 "
        "**{undetermined_claims}** 项无法判定；{month} 覆盖率 {coverage}。更正见“重述”页。",
        "**{undetermined_milestones}** of {due_milestones} due milestones and **{undetermined_claims}** of {claims} "
        "claims are undetermined; coverage in {month} was {coverage}. What was restated stands on its own page.",
    ),
    "asked.verify": (
        "能：本中心 **{figures}** 个登记数字，每个都能追到 {files} 个文件的行。",
        "Yes: each of the **{figures}** registered figures of this center leads to lines of the {files} files.",
    ),
    "asked.inspect": (
        "现场抽查 {cards} 张中的 {sample} 张：若缺 {missing}，有 {confidence} 的把握至少发现一张。",
        " A visit to {sample} of {cards} cards would find at least one missing with {confidence} confidence if "
        "{missing} were.",
    ),
}
