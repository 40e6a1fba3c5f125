"""Words of the page on sold, lit and paid."""

TEXTS: dict[str, tuple[str, str]] = {
    "sold_lit_paid.title": ("售出、点亮、收款", "Sold, lit, paid"),
    "sold_lit_paid.question": (
        "卖出去的算力用了没有，钱收了没有？",
        "Was what this center sold also used, and was it paid for?",
    ),
    "cells.matrix": ("卡时与账款对照（当月）", "Card time against money (the month)"),
    "cells.matrix_caption": (
        "纵向：卡时是否售出、是否点亮；横向：账单如何。颜色为占可运行卡时的比例，格内为卡时与含税金额。"
        "下方各行只有账款而没有卡时。各格合计即可运行卡时；账款逐分归入一格。",
        "Down: was the card time sold, and lit; across: what became of the bill. Color is the share of able card time; "
        "a square holds card-hours and money, tax included. The rows below hold money without card time. The squares "
        "add up to the able card time, and every fen is in one of them.",
    ),
    "cells.of_subject": ("{name}：售出、点亮、收款（当月）", "{name}: sold, lit, paid (the month)"),
    "cells.of_subject_caption": (
        "本中心当月可运行卡时，纵向为是否售出、是否点亮，颜色为账单如何；售出按租约，未知以斜线灰表示。",
        "Able card-hours of this center and month: down, whether sold and lit; color, what became of the bill. Sold is "
        "what leases cover; what is not known is hatched grey.",
    ),
    "cells.whole": ("{center}：整个中心", "{center}: the whole center"),
    "cells.share": ("占可运行", "Of racked"),
    "cells.hours": ("{hours} 卡时", "{hours} card-h"),
    "cells.money": ("金额（含税）", "Money (with tax)"),
    "cells.cell": ("含义", "Meaning"),
    "cells.named": ("各格含义", "What the squares mean"),
    "cells.totals": (
        "合计：可运行 {hours} 卡时，账款 {amount}（已收与未收，含税）。",
        "In total: {hours} able card-hours, and {amount} received or billed, tax included.",
    ),
    "card_status.sold_lit": ("已售 · 点亮", "Sold, lit"),
    "card_status.sold_idle": ("已售 · 闲置", "Sold, dark"),
    "card_status.sold_unknown": ("已售 · 未知", "Sold, unknown"),
    "card_status.unsold_lit": ("未售 · 点亮", "Unsold, lit"),
    "card_status.unsold_idle": ("未售 · 闲置", "Unsold, dark"),
    "card_status.unsold_unknown": ("未售 · 未知", "Unsold, unknown"),
    "card_status.line_without_card_time": ("有租约无卡时", "Lease without card time"),
    "card_status.line_without_lease": ("账单无租约", "Bill without a lease"),
    "card_status.line_in_advance": ("服务未发生", "Service to come"),
    "card_status.receipt_without_line": ("收款无账单", "Receipt without a bill"),
    "money_status.paid": ("已收款", "Paid"),
    "money_status.unpaid": ("已开票未收", "Billed, unpaid"),
    "money_status.unbilled": ("未开票", "Not billed"),
    "money_status.payment_unknown": ("收款未知", "Payment unknown"),
}
