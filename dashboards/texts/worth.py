"""Words of the page on what dark card time costs and what the cards are worth."""

TEXTS: dict[str, tuple[str, str]] = {
    "worth.title": ("闲置成本与资产价值", "Cost and worth of cards"),
    "worth.question": (
        "每天因为没点亮、没卖掉、没上架损失多少钱？这些卡现在卖掉还是继续出租更值？",
        "What is lost each day to cards that are idle, unsold or not there? And are the cards worth more sold or let?",
    ),
    "worth.basis": ("价格口径", "Price basis"),
    "worth.basis_billed_here": ("本中心计费价", "Billed at this center"),
    "worth.basis_market": ("市场租价", "Market lease price"),
    "worth.basis_note_billed_here": (
        "口径：各型号近十二个计费月的每卡时计费，不含税",
        "Basis: billed per sold card-hour and model, last twelve billed months, net of tax",
    ),
    "worth.basis_note_market": (
        "口径：各型号现行租赁报价的最低者，不含税",
        "Basis: lowest lease quotation in force per model, net of tax",
    ),
    "worth.answer": (
        "{month} 规划卡时按此价格值 **{plan}**，其中每天损失 **{lost}**（{share}）；另有 {paid} 的时间未证实点亮，"
        "但按时间计费、由租户付钱。",
        "At this price the planned card time of {month} is worth **{plan}**. **{lost}** is lost a day ({share}); a "
        "further {paid} was not proven lit but is billed by time, so that tenants pay for it.",
    ),
    "worth.no_price": ("没有可用的价格，因此不给出金额。", "No price is known, so no amount is given."),
    "worth.part_without_price": (
        "另有 {hours} 规划卡时的型号没有价格，未计入。",
        "{hours} planned card-hours of models without a price are not in it.",
    ),
    "worth.plan_value": ("规划卡时的价值", "Value of planned card time"),
    "worth.lost_per_day": ("每天损失", "Lost a day"),
    "worth.working": ("已售且点亮", "Sold and lit"),
    "worth.share_of_plan": ("占规划价值 {share}", "{share} of the plan's value"),
    "worth.interval_note": (
        "下限：确定无人付钱；上限：再加按用量计费而不知是否点亮的时间",
        "Lower: nobody pays for it; upper: with time billed by use that nobody saw",
    ),
    "worth.network": ("未赚回的 InfiniBand 溢价，每天至少", "InfiniBand surcharge not earned a day, at least"),
    "worth.network_note": (
        "溢价 {premium}，按五年分摊每天 {daily}；暗着的卡与只占一台服务器的租约用不到它（{share}）",
        "Surcharge {premium}, {daily} a day over its life; dark cards and leases of one server cannot use it ({share})",
    ),
    "worth.network_none": (
        "组网成本未达 InfiniBand 的水平",
        "What the network cost is below the level of InfiniBand",
    ),
    "worth.causes": ("每天的价值去了哪里", "Where each day's value goes"),
    "worth.causes_caption": (
        "每一规划卡秒只有一个原因，各项之和恰为规划价值（精确到分）。斜线为未知：不知是否点亮。",
        "Every planned card-second has exactly one cause, and the causes sum to the value of the plan to the fen. "
        "Hatched: nobody knows whether it was lit.",
    ),
    "worth.per_day_axis": ("元／天", "CNY a day"),
    "worth.yuan_axis": ("元", "CNY"),
    "worth.days": ("逐日", "Day by day"),
    "worth.days_caption": (
        "与上图相同的原因，逐日堆叠；整条为当天规划价值。",
        "The same causes day by day; a whole bar is the value of that day's plan.",
    ),
    "worth.iron": ("卡值多少：账面、市场、变现与出租", "What the cards are worth: book, market, sale and lease"),
    "worth.iron_caption": (
        "账面：直线折旧五年、残值 5 %；市场：有二手报价用报价，否则每年折 30 %（标 *）；变现：市场价扣除处置成本；"
        "出租：至寿命结束的租金减电费与残值的现值，年率 {rate}。含税的购置成本，不含税的租金。",
        "Book: straight line over five years to 5 %. Market: quotations for used cards, else 30 % a year off "
        "(marked *). Sale: market less the cost of selling. Lease: present value of rent less energy "
        "until the end of life and of the residual, at {rate} a year. Cost with tax, rent net of it.",
    ),
    "worth.value_book": ("账面", "Book"),
    "worth.value_market": ("市场", "Market"),
    "worth.value_liquidation": ("变现", "Sale"),
    "worth.value_lease": ("继续出租", "Let on"),
    "worth.model": ("型号", "Model"),
    "worth.cards": ("卡数", "Cards"),
    "worth.age": ("平均月龄", "Mean age, months"),
    "worth.margin": ("每月租金减电费", "Rent less energy a month"),
    "worth.better": ("更值", "Worth more"),
    "worth.better_lease": ("出租", "let on"),
    "worth.better_sell": ("卖掉", "sold"),
    "worth.iron_table": ("按型号", "By model"),
    "worth.implied": ("每 P 每年的收入", "What a PFLOPS brings in a year"),
    "worth.implied_caption": (
        "近十二个计费月的计费（不含税）÷ 同期 P·年。申报的 P 若为稠密的两倍，即按稀疏口径申报，每 P 收入看起来减半。",
        "Billing of the last twelve billed months, net of tax, over PFLOPS-years of the same months. Where "
        "the declared PFLOPS are twice the dense ones they are sparse, and a PFLOPS seems to bring half as much.",
    ),
    "worth.pflops_basis": ("P 的口径", "PFLOPS"),
    "worth.pflops_racked_dense": ("可运行，稠密 FP16", "Racked, dense FP16"),
    "worth.pflops_planned_dense": ("规划，稠密 FP16", "Planned, dense FP16"),
    "worth.pflops_planned_as_declared": ("规划，按申报", "Planned, as declared"),
    "worth.pflops_flag": ("实为", "Is"),
    "worth.flag_dense": ("稠密", "dense"),
    "worth.flag_sparse": ("稀疏（稠密的两倍）", "sparse (twice dense)"),
    "worth.flag_other": ("其他（稠密的 {ratio} 倍）", "other ({ratio} times dense)"),
    "worth.flag_not_declared": ("未申报", "not declared"),
    "worth.pflops_years": ("P·年", "PFLOPS-years"),
    "worth.per_pflops_year": ("每 P 每年", "Per PFLOPS and year"),
    "reason.no_server_capex": ("没有服务器投资记录", "no spending on servers is recorded"),
    "reason.cost_by_model_unknown": ("成本无法分到型号", "cost cannot be told by model"),
}
