"""Words for the basis of a metric: what stands beside every figure, in both languages."""

TEXTS: dict[str, tuple[str, str]] = {
    "basis.plan_due_avg": ("规划按到期分期，期均", "plan due to date, period average"),
    "basis.plan_due_point": ("规划按到期分期，期末", "plan due to date, end of period"),
    "basis.plan_amended_avg": ("规划按调整后，期均", "amended plan, period average"),
    "basis.plan_amended_point": ("规划按调整后，期末", "amended plan, end of period"),
    "basis.plan_approved_avg_capped": (
        "规划按批复总规模，期均，按型号封顶",
        "approved plan, period average, capped by model",
    ),
    "basis.plan_approved_point_capped": (
        "规划按批复总规模，期末，按型号封顶",
        "approved plan, end of period, capped by model",
    ),
    "basis.plan_approved_point_dense_fp16": (
        "规划按批复总规模，期末，稠密 FP16 标称",
        "approved plan, end of period, nominal dense FP16",
    ),
    "basis.plan_due_avg_dense_fp16": (
        "规划按到期分期，期均，稠密 FP16 标称",
        "plan due to date, period average, nominal dense FP16",
    ),
    "basis.plan_due_point_dense_fp16": (
        "规划按到期分期，期末，稠密 FP16 标称",
        "plan due to date, end of period, nominal dense FP16",
    ),
    "basis.plan_amended_avg_dense_fp16": (
        "规划按调整后，期均，稠密 FP16 标称",
        "amended plan, period average, nominal dense FP16",
    ),
    "basis.plan_amended_point_dense_fp16": (
        "规划按调整后，期末，稠密 FP16 标称",
        "amended plan, end of period, nominal dense FP16",
    ),
    "basis.plan_approved_avg_capped_dense_fp16": (
        "规划按批复总规模，期均，按型号封顶，稠密 FP16 标称",
        "approved plan, period average, capped by model, nominal dense FP16",
    ),
    "basis.plan_approved_point_capped_dense_fp16": (
        "规划按批复总规模，期末，按型号封顶，稠密 FP16 标称",
        "approved plan, end of period, capped by model, nominal dense FP16",
    ),
    "basis.cabinets_point": ("按机柜，期末", "by cabinet, end of period"),
    "basis.cabinets_powered_point": ("按机柜加电，期末", "by powered cabinet, end of period"),
    "basis.rack_units_point": ("按U位，期末", "by rack unit, end of period"),
    "basis.positions_point": ("按卡位，期末", "by card position, end of period"),
    "basis.nameplate_power_point": ("按铭牌功率，期末", "by nameplate power, end of period"),
    "basis.technical_dense_fp16": ("按稠密 FP16 算力，技术点亮", "by dense FP16 PFLOPS, technically lit"),
    "basis.business": ("按卡，业务点亮", "by card, business lit"),
    "basis.business_dense_fp16": ("按稠密 FP16 算力，业务点亮", "by dense FP16 PFLOPS, business lit"),
    "basis.external": ("按卡，外部业务点亮", "by card, lit for external customers"),
    "basis.external_dense_fp16": ("按稠密 FP16 算力，外部业务点亮", "by dense FP16 PFLOPS, lit for external customers"),
    "basis.own": ("按卡，自有业务点亮", "by card, lit for own business"),
    "basis.own_dense_fp16": ("按稠密 FP16 算力，自有业务点亮", "by dense FP16 PFLOPS, lit for own business"),
    "basis.productive": ("按卡，有效计算", "by card, productive"),
    "basis.productive_dense_fp16": ("按稠密 FP16 算力，有效计算", "by dense FP16 PFLOPS, productive"),
    "basis.technical_at_1_pct": ("按卡，利用率≥1%即点亮", "by card, lit from 1 % utilization on"),
    "basis.technical_at_5_pct": ("按卡，利用率≥5%即点亮", "by card, lit from 5 % utilization on"),
    "basis.technical_at_10_pct": ("按卡，利用率≥10%即点亮", "by card, lit from 10 % utilization on"),
    "basis.technical_at_20_pct": ("按卡，利用率≥20%即点亮", "by card, lit from 20 % utilization on"),
    "basis.hand_over": ("按卡，已交付租户", "by card, handed over"),
    "basis.register": ("按卡，按台账", "by card, by the register"),
    "basis.memory_held": ("按卡，显存或进程占用", "by card, memory or a process held"),
    "basis.unweighted": ("按卡，无稠密 FP16 公布值", "by card, no published dense FP16 peak"),
    "basis.technical_with_power": ("按卡，计数器与功率证据", "by card, counters and power"),
    "basis.operator_declared": ("按卡，运营方自报，非证据", "by card, the operator's word, no evidence"),
    "basis.technical_profiled": ("按卡，仅性能分析计数器", "by card, profiling counters only"),
    "basis.plan_approved_avg_credited": (
        "规划按批复总规模，期均，分子按核定算力",
        "approved plan, period average, credited numerator",
    ),
    "basis.plan_approved_avg_credited_capped": (
        "规划按批复总规模，期均，按型号封顶，分子按核定算力",
        "approved plan, period average, capped by model, credited numerator",
    ),
    "basis.technical_credited": (
        "技术点亮，分子按核定算力，分母按标称",
        "technically lit, credited numerator over nominal plan",
    ),
    "basis.business_credited": (
        "业务点亮，分子按核定算力，分母按标称",
        "business lit, credited numerator over nominal plan",
    ),
    "basis.lease_irr": ("租约内部收益率", "internal rate of return of a lease"),
}
