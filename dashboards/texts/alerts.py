"""Words of alerts."""

TEXTS: dict[str, tuple[str, str]] = {
    "alerts.title": ("预警", "Alerts"),
    "alerts.question": (
        "哪些数越过了人设的界线，何时开始，谁在处理？",
        "What is beyond a line that a person drew, since when, and who sees to it?",
    ),
    "alerts.answer": (
        "有 **{open}** 项预警未解除，其中 **{unseen}** 项无人认领；历来共 {all} 项。设有 {rules} 条界线。",
        "**{open}** alerts are open, nobody sees to **{unseen}** of them; {all} in all so far. {rules} lines drawn.",
    ),
    "alerts.no_rules": (
        "还没有人设界线。用 `racklight alerts set lit_below 0.3` 设第一条。",
        "Nobody has drawn a line yet. `racklight alerts set lit_below 0.3` draws the first.",
    ),
    "alerts.open_chart": ("历来预警", "Alerts so far"),
    "alerts.open_caption": (
        "每行为一类预警与一个中心，括号内为项数；每条自发现至解除，同时发现的重叠。横轴为实际时间（UTC）。",
        "One line per kind and center, with the number of alerts; a bar goes from opening to resolution, and those "
        "opened together lie on each other. Time is that of the clock (UTC).",
    ),
    "alerts.line": ("{center}（{count}）", "{center} ({count})"),
    "alerts.history": ("历史", "History"),
    "alerts.cut": (
        "共 {all} 项预警：表中为最近 {shown} 项，图中为最近 {drawn} 项；全部见 `racklight alerts list --all`。",
        "Of {all} alerts the latest {shown} are listed and {drawn} drawn; `racklight alerts list --all` has them all.",
    ),
    "alerts.days": ("{days} 天", "{days} days"),
    "alerts.rules": ("界线", "Lines drawn"),
    "alerts.kind": ("类别", "Kind"),
    "alerts.subject_column": ("对象", "Subject"),
    "alerts.observed": ("观测（承诺为未付金额）", "Observed (of a promise: outstanding)"),
    "alerts.threshold": ("界线", "Threshold"),
    "alerts.opened": ("开始", "Opened"),
    "alerts.by": ("认领", "Seen to by"),
    "alerts.resolved": ("解除", "Resolved"),
    "alerts.set_by": ("设定人", "Set by"),
    "alerts.state_open": ("未解除", "Open"),
    "alerts.state_seen": ("有人认领", "Seen to"),
    "alerts.state_resolved": ("已解除", "Resolved"),
    "alerts.subject": ("Racklight 预警：{count} 项新增", "Racklight: {count} new alerts"),
    "alerts.subject_again": ("Racklight 预警升级：{count} 项无人处理", "Racklight: {count} alerts that nobody sees to"),
    "alerts.against": ("{observed}（界线 {threshold}）", "{observed} (threshold {threshold})"),
    "alerts.more": ("另有 {count} 项，见预警页。", "{count} more on the page of alerts."),
    "alert_kind.lit_below": ("点亮率过低", "Lit rate low"),
    "alert_kind.coverage_below": ("覆盖率过低", "Coverage low"),
    "alert_kind.commitment_at_risk": ("包销有风险", "Commitment at risk"),
    "alert_kind.lease_cliff": ("租约将到期", "Lease about to end"),
    "alert_kind.finding_opened": ("发现新问题", "Finding opened"),
    "alert_kind.feed_silent": ("数据中断", "Feed silent"),
    "alert_kind.figure_restated": ("数字被更正", "Figure restated"),
    "alert_kind.cannot_compute": ("无法计算", "Cannot be computed"),
}
