"""Words of the page on racked and lit."""

TEXTS: dict[str, tuple[str, str]] = {
    "racked_and_lit.title": ("上架与点亮", "Racked and lit"),
    "racked_and_lit.question": (
        "这个中心规划了多少、装了多少、能跑多少、卖了多少、点亮了多少？",
        "Of what this center planned: how much is installed, able to run, sold and lit?",
    ),
    "lit.ladder": ("从规划到点亮（当月卡时）", "From planned to lit (card-hours in the month)"),
    "lit.ladder_caption": (
        "实心为有证据的下限，灰色斜线为未知：可能是，也可能不是。各级分别计算，不互相推导。",
        "Solid is what evidence proves (lower bound); hatched grey is unknown: it may be or may not be. "
        "Each step is counted by itself.",
    ),
    "lit.card_hours": ("卡时", "Card-hours"),
    "lit.daily": ("每日点亮率（占上架）与覆盖率", "Lit rate of racked by day, with coverage"),
    "lit.daily_caption": (
        "橙色为已证实点亮，灰色斜线为未知；覆盖率为 0 的日子整段未知，而不是闲置。",
        "Orange is proven lit, hatched grey is unknown; a day without coverage is unknown as a whole, not idle.",
    ),
    "breaks.mark": ("证据变更：{changes}", "evidence changed: {changes}"),
    "breaks.title": ("证据变更之日", "Days on which the evidence changed"),
    "breaks.caption": (
        "自该日起，至少 5 % 的可运行卡由另一种证据或数据来源说明；前后数字不可不加说明地比较。"
        "A 性能分析计数器，B 利用率计数器，C 仅功率，D 仅自报；C、D 不计入下限。",
        "From that day at least 5 % of the cards able to run rest on another kind or feed of evidence; do not compare "
        "across it without saying so. A profiling counters, B utilization counter, C power only, D declared only; "
        "C and D are in no lower bound.",
    ),
    "breaks.change": ("变更", "Change"),
    "breaks.before": ("之前", "Before"),
    "breaks.after": ("之后", "After"),
    "breaks.cards": ("涉及的卡", "Cards changed"),
    "breaks.cards_of": ("{changed} / {able}（{share}）", "{changed} of {able} ({share})"),
    "breaks.feed_telemetry": ("遥测", "telemetry"),
    "breaks.feed_daily_rows": ("日报", "daily rows"),
    "breaks.feed_power": ("服务器功率", "server power"),
    "breaks.feed_declared": ("自报", "declared"),
    "cabinets.title": ("各机柜每日点亮", "Lit of each cabinet, day by day"),
    "cabinets.caption": (
        "每格一柜一日：色深为已知时段中的点亮占比，灰色斜线为该格中未知的部分；褐色为当日无卡可运行。"
        "登记册未注明机柜的按服务器列出；一张卡当日算在其最后所在之处。",
        "A square is a cabinet's day: the color is lit of the time that is known, the hatched part of a square is what "
        "is not known of it; brown is a day on which no card was able to run. Servers of no known cabinet have a row "
        "of their own; a card counts for the day where it stood last.",
    ),
    "cabinets.lit_of_known": ("点亮（占已知）", "Lit, of known"),
    "cabinets.lit_of_able": ("点亮（占可运行）", "Lit, of able"),
    "cabinets.nothing_able": ("无卡可运行", "No card able to run"),
    "cabinets.down": ("故障、维修卡时", "Down or in repair, card-hours"),
    "lit.range": ("范围", "Range"),
    "lit.range_month": ("本月", "This month"),
    "lit.range_all": ("全部", "All days"),
    "lit.rate_axis": ("占上架", "Of racked"),
    "lit.models": ("型号（{day} 日末）", "Models (end of {day})"),
    "lit.model": ("型号", "Model"),
    "lit.vendor": ("厂商", "Vendor"),
    "lit.planned_cards": ("规划卡数", "Planned cards"),
    "lit.racked_cards": ("上架卡数", "Racked cards"),
    "lit.weight": ("稠密 FP16（TFLOPS/卡）", "Dense FP16 (TFLOPS per card)"),
    "lit.unweighted": ("未计权", "unweighted"),
    "lit.sensitivity": ("点亮阈值敏感性（已证实卡时）", "How the threshold moves it (proven card-hours)"),
    "lit.sensitivity_caption": (
        "达到各利用率阈值的卡时，只含已知时段；本产品的点亮以口径所写阈值为准。",
        "Card-hours at or above each threshold, known time only; lit means the threshold named in the basis.",
    ),
    "lit.threshold": ("利用率 ≥ {percent} %", "Utilization ≥ {percent} %"),
    "ladder.planned": ("规划", "Planned"),
    "ladder.installed": ("在架", "Installed"),
    "ladder.racked": ("可运行（上架）", "Able to run (racked)"),
    "ladder.sold": ("已售", "Sold"),
    "ladder.lit": ("点亮", "Lit"),
    "ladder.proven": ("下限（已证实）", "Lower bound (proven)"),
}
