"""Words of the frame of every page: navigation, controls, as-of, and words used everywhere."""

TEXTS: dict[str, tuple[str, str]] = {
    "section.investors": ("投资方", "Investors"),
    "section.operators": ("运营方", "Operators"),
    "section.government": ("地方政府与审计", "Government and auditors"),
    "section.data_quality": ("数据质量", "Data quality"),
    "section.definitions": ("口径与定义", "Definitions"),
    "control.language": ("语言", "Language"),
    "control.center": ("中心", "Center"),
    "control.month": ("月份", "Month"),
    "control.month_in_progress": ("{month}（进行中）", "{month} (in progress)"),
    "control.as_of": ("截至时点", "As of"),
    "control.as_of_latest": ("最新（{day}）", "Latest ({day})"),
    "control.as_of_help": (
        "选一个仍保留的历次发布版本：只含当时已收到的资料。",
        "A publication that is kept: what had been received by then, and nothing that came later.",
    ),
    "control.as_of_not_kept": (
        "没有保留截至 {wanted} 的发布版本，现显示最新版本。",
        "No publication as of {wanted} is kept; the latest one is shown.",
    ),
    "frame.other_publication": (
        "这不是当前发布的版本：本版截至 {instant}，当前版本截至 {latest}。",
        "This is not the current publication: it is as of {instant}, the current one as of {latest}.",
    ),
    "frame.largest_centers": (
        "共 {all} 个中心，此处并列规划卡数最多的 {shown} 个；其余请在侧栏选择。",
        "Of {all} centers the {shown} with the most planned cards stand here; choose others in the sidebar.",
    ),
    "frame.data_through": ("数据至 {day}", "Data through {day}"),
    "frame.as_of": ("截至 {instant}", "As of {instant}"),
    "frame.version": ("发布版本 {version}", "Published version {version}"),
    "empty.title": ("还没有已发布的数据", "Nothing has been published yet"),
    "empty.what_to_run": (
        "请先运行 `racklight build`，完成后刷新本页。",
        "Run `racklight build` first, then reload this page.",
    ),
    "empty.no_rows": ("所选中心与月份没有这项数据。", "There are no such data for the chosen center and month."),
    "word.unknown": ("未知", "Unknown"),
    "word.coverage": ("覆盖率", "Coverage"),
    "word.basis": ("口径", "Basis"),
    "word.center": ("中心", "Center"),
    "word.version": ("版本", "Version"),
    "word.day": ("日期", "Day"),
    "word.unit": ("单位", "Unit"),
    "word.portfolio": ("全部中心", "All centers"),
}
