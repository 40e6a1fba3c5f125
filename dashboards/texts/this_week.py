"""Words of the page of the week."""

TEXTS: dict[str, tuple[str, str]] = {
    "this_week.title": ("本周", "This week"),
    "this_week.question": (
        "产能去了哪里，变了什么，周五前要做什么？",
        "Where did capacity go, what changed, and what must be done by Friday?",
    ),
    "this_week.scope": ("范围", "Scope"),
    "this_week.scope_center": ("所选中心", "The chosen center"),
    "this_week.scope_all": ("全部中心", "All centers"),
    "this_week.week": ("周", "Week"),
    "this_week.week_name": ("{week}（{first} 至 {last}）", "{week} ({first} to {last})"),
    "this_week.take": ("带走这份周报", "Take this report along"),
    "this_week.take_pdf": ("PDF（打印）", "PDF, to print"),
    "this_week.take_html": ("HTML（网页）", "HTML, one file"),
    "this_week.take_xlsx": ("XLSX（全部行）", "XLSX, every row"),
}
