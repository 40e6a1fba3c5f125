"""Words of the overview of all centers."""

TEXTS: dict[str, tuple[str, str]] = {
    "overview.title": ("总览", "Overview"),
    "overview.question": (
        "承诺的算力，有多少上了架，多少真正点亮？",
        "How much of the promised capacity is racked, and how much of it is lit?",
    ),
    "overview.map": ("各中心点亮率（占上架，下限）", "Lit rate of racked by center (lower bound)"),
    "overview.map_caption": (
        "每个方格是一个省级行政区；有中心的方格按点亮率下限着色，斜线表示覆盖率不足、不给单一数值。",
        "Each square is a province; squares with a center are colored by the lower bound of the lit rate, "
        "and hatching means that coverage is too low for a single value.",
    ),
    "overview.scale": ("点亮率下限", "Lit, lower bound"),
    "overview.intervals": ("点亮率区间（占上架）", "Lit rate of racked, as intervals"),
    "overview.intervals_caption": (
        "橙色为已证实点亮的下限，灰色斜线为未知；实际值在区间之内。",
        "Orange is proven lit, hatched grey is unknown; the true rate lies within the interval.",
    ),
    "overview.centers": ("中心一览", "Centers"),
    "overview.racked": ("上架率（设备，期均）", "Racked rate (devices, average)"),
    "overview.lit": ("点亮率（占上架）", "Lit rate of racked"),
    "overview.offtake": ("包销承诺", "Offtake commitments"),
    "overview.payback": ("回本（无补贴，近 12 月）", "Payback (no subsidy, last 12 months)"),
    "overview.payback_basis": (
        "回本：项目口径、不含补贴，按近 12 个月净现金推算；从首笔支出起计。",
        "Payback: project view without subsidy, at the run-rate of the last 12 months, counted from first spending.",
    ),
    "overview.no_commitment": ("无承诺", "none"),
}
