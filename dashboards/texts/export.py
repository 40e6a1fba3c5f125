"""Words of the control that hands out what a page shows."""

TEXTS: dict[str, tuple[str, str]] = {
    "export.form": ("导出本页数据", "Take these data along"),
    "export.form_xlsx": ("XLSX", "XLSX"),
    "export.form_csv": ("CSV", "CSV"),
    "export.form_parquet": ("Parquet", "Parquet"),
    "export.button": ("下载", "Download"),
    "export.caption": (
        "本页各图表背后的行，未经舍入，附数字编号、截至时间与发布版本。",
        "The rows behind this page, not rounded, with figure ids, as-of and published version.",
    ),
    "export.page": ("页面", "Page"),
    "export.view": ("视图地址", "Address of the view"),
    "export.as_of": ("截至", "As of"),
    "export.version": ("发布版本", "Published version"),
    "export.figures": ("数字编号", "Figure ids"),
    "export.no_figures": ("本页没有登记的数字", "no registered figures on this page"),
}
