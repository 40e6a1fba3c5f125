"""Words of the page on planned time."""

TEXTS: dict[str, tuple[str, str]] = {
    "planned_time.title": ("规划卡时去向", "Where planned time goes"),
    "planned_time.question": (
        "每一规划卡时归入且只归入一类；各类之和等于规划。超出规划的卡单列，不抬高任何比率。",
        "Every planned card-hour is in exactly one class, and the classes add up to the plan. Cards beyond the plan "
        "stand apart and raise no rate.",
    ),
    "planned.way": ("从规划到点亮：逐类扣减（当月）", "From plan to lit, class by class (this month)"),
    "planned.way_caption": (
        "自上而下逐类扣除，最后剩下点亮；灰色斜线为未知，既非点亮也非空闲。",
        "Each class is taken off in turn and lit is what remains; hatched grey is unknown: neither lit nor idle.",
    ),
    "planned.days": ("每日各类卡时（叠至规划）", "Classes by day, stacked up to the plan (card-hours)"),
    "planned.days_caption": (
        "橙为点亮，蓝为空闲，绿为免责，红为故障，紫为未可运行，灰为未到货；灰色斜线为未知。",
        "Orange is lit, blue idle, green excused, red down, purple not able to run, grey not delivered; hatched is "
        "unknown.",
    ),
    "planned.filter_kind": ("按什么筛选", "Filter by"),
    "planned.filter_cabinet": ("机柜", "Cabinet"),
    "planned.filter_cluster": ("集群", "Cluster"),
    "planned.filter_tenant": ("租户", "Tenant"),
    "planned.filter_model": ("型号", "Model"),
    "planned.filter_vendor": ("厂商", "Vendor"),
    "planned.remainder_not_placed": ("尚无位置", "Standing nowhere"),
    "planned.remainder_unknown": ("登记册未注明", "Not in the register"),
    "planned.remainder_none": ("无租户", "No tenant"),
    "planned.remainder_several": ("租约重叠", "Overlapping leases"),
    "planned.filters": ("筛选后各类仍等于规划（当月）", "Under a filter the classes still add up (this month)"),
    "planned.filters_caption": (
        "每条为一项筛选在规划中的部分，全部条之和即中心规划；未到货或未上架的卡尚无位置，单列一条。"
        "一张卡当日算在其最后所在之处。",
        "Each bar is one filter's part of the plan, and all bars add up to the plan of the center; cards not delivered "
        "or in no server stand nowhere and have a bar of their own. A card counts for the day where it stood last.",
    ),
    "planned.filter_days": ("{name}：每日各类卡时", "{name}: classes by day (card-hours)"),
    "planned.beyond": ("规划外的卡时", "Card-hours beyond the plan"),
    "planned.class": ("类别", "Class"),
    "evidence.title": ("证据等级（当月卡时）", "Evidence classes (card-hours in the month)"),
    "evidence.caption": (
        "浅灰为可运行卡时；橙色由计数器证实，计入下限；紫色仅由服务器功率判定，灰色网格仅为自报，两者均不计入下限。",
        "Light grey is able time; orange is proven by counters and counts in lower bounds; purple is told by server "
        "power only and crossed grey by the operator's word only: neither is in a lower bound.",
    ),
    "evidence.able": ("可运行", "Able to run"),
    "evidence.lit_card_seconds": ("点亮（计数器）", "Lit, by counters"),
    "evidence.lit_by_power_card_seconds": ("点亮（功率）", "Lit, by power"),
    "evidence.declared_lit_card_seconds": ("点亮（自报）", "Lit, as declared"),
    "evidence.A": ("A 性能分析计数器", "A profiling counters"),
    "evidence.B": ("B 利用率计数器", "B utilization counter"),
    "evidence.C": ("C 仅功率", "C power only"),
    "evidence.D": ("D 仅自报", "D declared only"),
    "evidence.none": ("无任何证据", "No evidence at all"),
    "weights.title": ("每卡计多少（TFLOPS/卡）", "What one card counts for (TFLOPS per card)"),
    "weights.confidence": ("目录可信度", "Catalogue confidence"),
    "weights.marketed": ("宣传", "Marketed"),
    "weights.nominal": ("标称（稠密 FP16）", "Nominal (dense FP16)"),
    "weights.attested": ("验收", "Attested"),
    "weights.credited": ("核定", "Credited"),
    "weights.note": ("未核定原因", "Why not credited"),
    "weights.no_published_peak": ("没有公布的稠密 FP16 值", "no published dense FP16 peak"),
    "weights.confidence_needs_attestation": ("目录可信度不足，须验收", "catalogue too unsure: needs a measurement"),
    "weights.caption": (
        "核定＝标称×min(1, 验收÷标称÷达标比例)；宣传值只用于说明虚高。",
        "Credited = nominal x min(1, attested / nominal / pass ratio); marketed only tells inflation.",
    ),
    "planned.family": ("指标", "Rates"),
    "planned.family_racked": ("上架", "Racked"),
    "planned.family_lit": ("点亮", "Lit"),
    "planned.family_held": ("售出、分配与其他", "Sold, allocated and others"),
    "planned.weight": ("权重", "Weight"),
    "planned.weight_card": ("按卡、机柜或卡位", "By card, cabinet or position"),
    "planned.weight_pflops": ("按稠密 FP16 算力", "By dense FP16 PFLOPS"),
    "planned.rates": ("同一事实，各种口径", "The same facts on every basis"),
    "planned.rates_caption": (
        "实心为下限，灰色斜线至上限；分母不同的比率不可直接比较。空分母的口径不列。",
        "Solid is the lower bound, hatched reaches the upper; rates of different denominators do not compare. "
        "Bases with an empty denominator are left out.",
    ),
    "planned.interval": ("下限至上限", "Lower to upper"),
}
