"""What a page shows, as files to take along: the rows of its marts, and where and when they come from.

One workbook, or one archive of CSV or Parquet files; each holds a sheet or file `about`, which names the page, the
published version, its as-of and the address that shows the same view. Numbers are the marts' own, not rounded for the
screen. The same rows give the same bytes.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import polars as pl
import xlsxwriter

from dashboards.reports.cells import harmless, harmless_texts

EXCEL_ROW_LIMIT = 1_048_575
EXCEL_NAME_LIMIT = 31
FIRST_INSTANT = (1980, 1, 1, 0, 0, 0)
"""The instant every member of an archive bears, for bytes that do not depend on the clock."""

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "parquet": "application/zip",
}


@dataclass(frozen=True)
class Shown:
    """The rows of one query that a page showed: a name like `center_months`, and the frame as the mart gave it.

    Where the page shows only the first of them, `read_all` reads them all when they are taken along.
    """

    name: str
    rows: pl.DataFrame
    read_all: Callable[[], pl.DataFrame] | None = None

    def whole(self) -> "Shown":
        """The same with all rows."""
        return self if self.read_all is None else Shown(self.name, self.read_all())


def export_bytes(form: str, shown: list[Shown], about: dict[str, str], as_of_at: datetime) -> bytes:
    """All rows in one of the forms `xlsx`, `csv` (a zip) or `parquet` (a zip); `about` is written first.

    A sheet that can hold no more rows says in `about` how many of them it holds.

    Raises KeyError for another form.
    """
    shown = [part.whole() for part in shown]
    writers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: _workbook(shown, about, as_of_at),
        "csv": lambda: _archive(shown, about, "csv", _csv),
        "parquet": lambda: _archive(shown, about, "parquet", _parquet),
    }
    return writers[form]()


def file_name(form: str, page: str, version: str) -> str:
    """Name of the exported file; page and version are names of our own, never texts from files."""
    return f"racklight-{page}-{version}.{'xlsx' if form == 'xlsx' else f'{form}.zip'}"


def _csv(frame: pl.DataFrame) -> bytes:
    # The mark at the start lets a spreadsheet read Chinese.
    return b"\xef\xbb\xbf" + harmless_texts(_without_lists(frame)).write_csv(line_terminator="\r\n").encode()


def _parquet(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.write_parquet(target, compression="zstd")
    return target.getvalue()


def _archive(shown: list[Shown], about: dict[str, str], ending: str, write: Callable[[pl.DataFrame], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in [Shown("about", _about_rows(about)), *shown]:
            archive.writestr(zipfile.ZipInfo(f"{part.name}.{ending}", FIRST_INSTANT), write(part.rows))
    return target.getvalue()


def _workbook(shown: list[Shown], about: dict[str, str], as_of_at: datetime) -> bytes:
    target = io.BytesIO()
    longer = [part for part in shown if part.rows.height > EXCEL_ROW_LIMIT]
    about = about | {part.name: f"{EXCEL_ROW_LIMIT:,} / {part.rows.height:,}" for part in longer}
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": as_of_at.replace(tzinfo=None)})
        for part in [Shown("about", _about_rows(about)), *shown]:
            rows = harmless_texts(_without_lists(part.rows)).head(EXCEL_ROW_LIMIT)
            sheet = book.add_worksheet(part.name[:EXCEL_NAME_LIMIT])
            rows.write_excel(book, sheet, autofit=rows.height < 5_000, freeze_panes=(1, 0))
    return target.getvalue()


def _about_rows(about: dict[str, str]) -> pl.DataFrame:
    texts = {key: harmless(value) for key, value in about.items()}
    return pl.DataFrame({"about": list(texts), "value": list(texts.values())}, schema={"about": str, "value": str})


def _without_lists(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as texts, which neither CSV nor a workbook can hold otherwise."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(name).list.eval(pl.element().cast(pl.String)).list.join("; ") for name in lists)
