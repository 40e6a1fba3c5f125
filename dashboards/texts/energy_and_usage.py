"""Words of the page on energy and usage."""

TEXTS: dict[str, tuple[str, str]] = {
    "energy_and_usage.title": ("能耗与用量", "Energy and usage"),
    "energy_and_usage.question": (
        "中心用了多少电、算了什么：按电费账单、机柜与服务器电表、卡的自报，以及网关和集群日志。各种计量互不相加。",
        "What the center drew and did, by its bills, meters of cabinets and servers, what cards report of themselves, "
        "and the logs of gateway and cluster. Ways of measuring are never added to each other.",
    ),
    "energy.kwh": ("千瓦时", "kWh"),
    "energy.known": ("已知时段占比", "Share of time known"),
    "energy.layer_facility": ("全中心用电", "Whole center"),
    "energy.layer_machine": ("设备用电（服务器或配电单元）", "Machines (servers or outlet strips)"),
    "energy.layer_device": ("加速卡自报用电", "Cards, as they report"),
    "energy.scope_bill": ("电费账单", "Electricity bill"),
    "energy.scope_site": ("总表", "Site meter"),
    "energy.scope_pdu": ("配电单元（PDU）", "Outlet strips (PDU)"),
    "energy.scope_cabinet": ("机柜电表", "Cabinet meters"),
    "energy.scope_server": ("服务器控制器", "Server controllers"),
    "energy.scope_device": ("卡自报", "Cards' own reports"),
    "energy.by": ("依据：{scope}；已知 {known}", "By: {scope}; {known} known"),
    "energy.pue": ("PUE", "PUE"),
    "energy.pue_upper": ("PUE 上限", "PUE, upper bound"),
    "energy.pue_note": (
        "全中心用电 ÷ 设备用电；设备用电已知 {known}，其余使真值更低。",
        "Whole center / machines; {known} of the machines' time is known, and the rest makes the true value lower.",
    ),
    "energy.pue_whole": (
        "全中心用电 ÷ 设备用电；设备用电已知 {known}。",
        "Whole center / machines; {known} of the machines' time is known.",
    ),
    "energy.pue_impossible": (
        "低于 1：账单少于设备用电，至少一块电表有误。",
        "Below 1: the center is billed less than its machines drew, so one of the meters is wrong.",
    ),
    "energy.bill": ("电费", "Electricity bill"),
    "energy.with_tax": ("含税", "Tax included"),
    "energy.without_tax": ("不含税", "Tax excluded"),
    "energy.per_lit_hour": ("每点亮卡时 {price} 元", "CNY {price} per lit card-hour"),
    "energy.bill_note": ("账单按天平均分摊到月。", "A bill is spread evenly over its days."),
    "energy.months": ("各月用电与 PUE", "Energy and PUE by month"),
    "energy.months_caption": (
        "由外到内：全中心、设备、加速卡。空心点为 PUE 上限：部分设备用电未知。",
        "From the grid inward: whole center, machines, cards. A hollow mark is an upper bound of PUE: part of what the "
        "machines drew is not known.",
    ),
    "energy.tariffs": ("账单电量按时段", "Billed energy by tariff period"),
    "energy.tariffs_caption": (
        "账单所列各时段电量；未列时段的账单不在图中。",
        "Energy of each tariff period as the bills list it; a bill that lists none is not in the chart.",
    ),
    "energy.tariff_sharp": ("尖峰", "Sharp peak"),
    "energy.tariff_peak": ("高峰", "Peak"),
    "energy.tariff_flat": ("平段", "Flat"),
    "energy.tariff_valley": ("低谷", "Valley"),
    "energy.tariff_deep_valley": ("深谷", "Deep valley"),
    "energy.days": ("每日用电", "Energy by day"),
    "energy.days_caption": (
        "每条线是一种计量；下方为该计量已知的时段占比。没有读数的时段未知，不按零计。",
        "Each line is one way of measuring; below it the share of its time that is known. Time without a reading is "
        "unknown and never zero.",
    ),
    "energy.tokens": ("词元", "Tokens"),
    "energy.token_days": ("每日词元（输入与输出）", "Tokens by day (prompts and answers)"),
    "energy.token_caption": (
        "按网关所记的租户。同一请求重复上报只计一次；内容不一致的，下限取最少，斜线部分为争议差额。",
        "By tenant as the gateway names them. A request told twice counts once; one told differently counts with the "
        "least that is said, and the hatched part is what is disputed.",
    ),
    "energy.no_tenant": ("未注明租户", "No tenant named"),
    "energy.disputed": ("有争议", "Disputed"),
    "energy.pod_days": ("集群分配的卡时", "Card-hours allocated in the cluster"),
    "energy.pod_caption": (
        "容器组已知占有的卡时为下限：集群未被观测的时段未知。",
        "What pods are known to have held is a lower bound: while nobody looked at the cluster it is unknown.",
    ),
    "energy.racked_cards": ("可运行（上限）", "Able to run (upper bound)"),
    "energy.lease_cards": ("按租约交付", "Handed over under leases"),
    "energy.pod_cards": ("容器组占有", "Held by pods"),
    "energy.seen": ("当日观测占比", "Share of the day observed"),
    "energy.power": ("电费（按小时计）", "Power, priced hour by hour"),
    "energy.net_with_demand": ("不含税，含需量电费", "Net of tax, demand charge included"),
    "energy.basis_metered": ("设备用电按电表", "Energy of the machines by their meters"),
    "energy.basis_modelled": (
        "设备用电按空载与满载功率推算",
        "Energy of the machines from their draw at rest and at full load",
    ),
    "energy.basis_mixed": (
        "有电表的月份按电表，其余按空载与满载功率推算。",
        "By meters in the months that have them, else from the draw at rest and at full load.",
    ),
    "energy.per_card_hour": ("每点亮卡时电费（元）", "Power per lit card-hour, CNY"),
    "energy.per_pflops_hour": ("每点亮 P 时电费（元）", "Power per lit PFLOPS-hour, CNY"),
    "energy.per_lit_note": (
        "区间来自未知时段；P 为稠密 FP16",
        "The interval is what unknown time leaves open; dense FP16",
    ),
    "energy.cost": ("电费按时段", "Energy charge by tariff period"),
    "energy.cost_caption": (
        "每小时用电 × PUE × 当时电价，不含税，不含需量电费；未知时段按不点亮计（下限）。",
        "Energy of each hour x PUE x the price of that hour, net of tax, without the demand charge; unknown time "
        "as not lit (lower bound).",
    ),
    "energy.explained": ("电量最多能解释多少点亮", "How much use the electricity can explain"),
    "energy.explained_caption": (
        "橙柱为遥测点亮卡时，斜纹为未知。点线：空载以上的电量若全按满载，相当于多少卡时；虚线：按算作点亮的最低功率，"
        "最多能解释多少。柱高于虚线即遥测与电表矛盾。",
        "Orange: card-hours lit by telemetry, hatched: unknown. Dotted: the energy above rest as card-hours at full "
        "load. Dashed: the most it can explain at the least draw that counts as lit. A bar above the dashed line means "
        "that telemetry and meters contradict each other.",
    ),
    "energy.explained_lit": ("遥测点亮", "Lit by telemetry"),
    "energy.explained_full": ("相当于满载", "As full load"),
    "energy.explained_most": ("最多能解释", "Explained at most"),
    "energy.explained_axis": ("卡时", "Card-hours"),
}
