"""Words of the page that holds one rate against provinces, vendors, models, tenants and centers."""

TEXTS: dict[str, tuple[str, str]] = {
    "across.title": ("横向比较", "Compare across"),
    "across.question": (
        "同一个口径下，各省、各厂商、各型号、各租户差多少？",
        "On one and the same basis, how do provinces, vendors, models and tenants differ?",
    ),
    "across.kind": ("按", "By"),
    "across.kind_province": ("省份", "Province"),
    "across.kind_center": ("中心", "Center"),
    "across.kind_vendor": ("芯片厂商", "Card vendor"),
    "across.kind_model": ("型号", "Model"),
    "across.kind_tenant": ("租户", "Tenant"),
    "across.metric": ("指标", "Rate"),
    "across.subject": ("逐月查看", "Month by month"),
    "across.several": ("同时租给多家", "Let to several at once"),
    "across.answer": (
        "{month} 最高的是 **{highest}**（{high}），最低的是 **{lowest}**（{low}），以下限排序。",
        "In {month}, by the lower bound, **{highest}** is highest ({high}) and **{lowest}** lowest ({low}).",
    ),
    "across.only": (
        "{month} 只有 **{highest}** 有这个数：{high}。",
        "In {month} only **{highest}** has this rate: {high}.",
    ),
    "across.shown": (
        "共 {all} 个，图中是下限最高的 {shown} 个；其余可在下面选择。",
        "Of {all} the {shown} with the highest lower bound are drawn; any can be chosen below.",
    ),
    "across.rates": ("{metric}，{month}", "{metric}, {month}"),
    "across.rates_caption": (
        "口径：{basis}。实心到下限为止，斜线灰为未知；分母为零者不列出。公式：{formula}",
        "Basis: {basis}. Solid up to the lower bound, hatched grey is unknown; subjects without a denominator are not "
        "listed. Formula: {formula}",
    ),
    "across.months": ("{name}：{metric}，逐月", "{name}: {metric} by month"),
    "across.months_caption": (
        "实心到下限为止，斜线灰为未知；没有柱的月份没有分母。",
        "Solid up to the lower bound, hatched grey is unknown; a month without a bar has no denominator.",
    ),
}
