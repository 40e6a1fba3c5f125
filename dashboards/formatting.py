"""From stored numbers to text; the only place that rounds. Numbers are only scaled here, to units people read."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

NOTHING = "—"
LONGEST_UNBROKEN = 18
LONGEST_UNBROKEN_WORD = 4
SECONDS_PER_HOUR = 3600
WH_PER_KWH = 1000
MILLI = 1000
FEN_PER_YUAN = 100
YUAN_PER_WAN = 10_000
YUAN_PER_YI = 100_000_000
YUAN_PER_MILLION = 1_000_000

WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

_MARKDOWN_SIGNS = set("\\`*_{}[]()<>#+-.!|$~:^&")


def percent(fraction: float | None, decimals: int = 1) -> str:
    """`0.724` -> "72.4 %"; a missing value -> a dash, never 0."""
    return NOTHING if fraction is None else f"{_percent_figure(fraction, decimals)} %"


def small_share(fraction: float | None) -> str:
    """A share that may be far below a tenth of a percent -> "0.008 %"; a missing value -> a dash."""
    return NOTHING if fraction is None else f"{_signed(Decimal(str(fraction)) * 100, 3)} %"


def points(difference: float | None, decimals: int = 1) -> str:
    """A difference of two fractions -> "+12.3 pp", in percentage points."""
    if difference is None:
        return NOTHING
    figure = _percent_figure(difference, decimals)
    return f"{figure if figure.startswith('−') else f'+{figure}'} pp"


def change(fraction: float) -> str:
    """A relative change -> "+20 %" or "−20 %"."""
    figure = _percent_figure(fraction, 0)
    return f"{figure if figure.startswith('−') else f'+{figure}'} %"


def interval(lower: float | None, upper: float | None) -> str:
    """Two fractions -> "26.8–30.4 %", or one figure where both bounds read the same; a missing bound -> a dash."""
    if lower is None or upper is None:
        return NOTHING
    low, high = _percent_figure(lower), _percent_figure(upper)
    return f"{low} %" if low == high else f"{low}–{high} %"


def _percent_figure(fraction: float, decimals: int = 1) -> str:
    return _signed(Decimal(str(fraction)) * 100, decimals)


def count(number: int | None) -> str:
    """A whole number with thousands separators."""
    return NOTHING if number is None else f"{number:,}"


def card_hours(card_seconds: int | Decimal | None) -> str:
    """Card-seconds -> card-hours, "1,234"."""
    return NOTHING if card_seconds is None else f"{Decimal(card_seconds) / SECONDS_PER_HOUR:,.0f}"


def card_hours_of_milliseconds(card_milliseconds: int | None) -> str:
    """Card-milliseconds -> card-hours, "1,234"; less than half a card-hour, but not nothing, reads "<1"."""
    if card_milliseconds is None:
        return NOTHING
    hours = card_hours(Decimal(card_milliseconds) / MILLI)
    return "<1" if hours == "0" and card_milliseconds > 0 else hours


def in_hours(card_seconds: int | None) -> float | None:
    """Card-seconds on an axis of card-hours; a missing value stays missing."""
    return None if card_seconds is None else card_seconds / SECONDS_PER_HOUR


def in_kwh(energy_wh: int | None) -> float | None:
    """Watt-hours on an axis of kWh; a missing value stays missing."""
    return None if energy_wh is None else energy_wh / WH_PER_KWH


def yuan_from(lower: float | None, upper: float | None) -> str:
    """Two prices in yuan as an interval; one without an upper end -> "≥ 611.55"."""
    return f"≥ {lower:,.2f}" if lower is not None and upper is None else yuan_interval(lower, upper)


def yuan_interval(lower: float | None, upper: float | None) -> str:
    """Two prices in yuan -> "1.20–1.25", or one where both read the same; a missing bound -> a dash."""
    if lower is None or upper is None:
        return NOTHING
    low, high = f"{lower:,.2f}", f"{upper:,.2f}"
    return low if low == high else f"{low}–{high}"


def yuan_of_a_year(price: float | None) -> str:
    """Yuan per PFLOPS and year -> "104,598"; a missing value -> a dash."""
    return NOTHING if price is None else f"{price:,.0f}"


def kwh(energy_wh: int | None) -> str:
    """Watt-hours -> "20,787 kWh"; below ten kWh with two decimals; a missing value -> a dash."""
    if energy_wh is None:
        return NOTHING
    return f"{energy_wh / WH_PER_KWH:,.{0 if energy_wh >= 10 * WH_PER_KWH else 2}f} kWh"


def kilowatts(watts: int | None) -> str:
    """Watts -> "13.5 kW"."""
    return NOTHING if watts is None else f"{Decimal(watts) / WH_PER_KWH:,.1f} kW"


def pue(ratio: float | None) -> str:
    """A power usage effectiveness -> "1.28"."""
    return NOTHING if ratio is None else f"{ratio:.2f}"


def card_hours_interval(lower: int | None, upper: int | None) -> str:
    """Two amounts of card-seconds -> "1,234–1,300" card-hours."""
    if lower is None or upper is None:
        return NOTHING
    low, high = card_hours(lower), card_hours(upper)
    return low if low == high else f"{low}–{high}"


def count_interval(lower: int | None, upper: int | None) -> str:
    """Two counts -> "108–112"."""
    if lower is None or upper is None:
        return NOTHING
    return count(lower) if lower == upper else f"{count(lower)}–{count(upper)}"


def quantity(quantity_milli: int | None) -> str:
    """A quantity in thousandths of its unit -> "1,234.5"; the unit stands in the heading."""
    if quantity_milli is None:
        return NOTHING
    return f"{Decimal(quantity_milli) / MILLI:,.3f}".rstrip("0").rstrip(".")


def tflops(gflops: int | None) -> str | None:
    """GFLOPS -> TFLOPS; None stays None, for the caller says in words that a model carries no weight."""
    return None if gflops is None else f"{Decimal(gflops) / 1000:,.1f}"


def benchmark(low: float | None, high: float | None, unit: str) -> str:
    """A reference value: ratios as percent, months as they stand; one open end reads "at least" or "at most"."""
    if unit == "ratio":
        low_text, high_text = percent(low), percent(high)
        both = interval(low, high)
    else:
        low_text, high_text = f"{low:g}" if low is not None else NOTHING, f"{high:g}" if high is not None else NOTHING
        both = low_text if low == high else f"{low_text}–{high_text}"
    if low is not None and high is not None:
        return both
    return f"≥ {low_text}" if high is None else f"≤ {high_text}"


def money_figure(amount_fen: int | None, language: str, largest_fen: int | None = None) -> str:
    """Fen -> a figure in the unit of the axis, for places whose heading names it."""
    if amount_fen is None:
        return NOTHING
    fen_per_unit, _ = money_axis(language, largest_fen)
    decimals = 0 if fen_per_unit == FEN_PER_YUAN else 1 if language == "zh" else 2
    return _signed(Decimal(amount_fen) / fen_per_unit, decimals)


def money(amount_fen: int | None, language: str) -> str:
    """Fen -> 万元 or 亿元 in Chinese, CNY M in English; amounts that would round away there in whole yuan."""
    if amount_fen is None:
        return NOTHING
    yuan = Decimal(amount_fen) / FEN_PER_YUAN
    if abs(yuan) < _smallest_yuan(language):
        return whole_yuan(amount_fen, language)
    if language == "zh":
        if abs(yuan) >= YUAN_PER_YI:
            return f"{_signed(yuan / YUAN_PER_YI, 2)} 亿元"
        return f"{_signed(yuan / YUAN_PER_WAN, 1)} 万元"
    return f"CNY {_signed(yuan / YUAN_PER_MILLION, 2)} M"


def _smallest_yuan(language: str) -> int:
    """The least amount that larger units tell apart from its neighbors."""
    return YUAN_PER_WAN if language == "zh" else YUAN_PER_MILLION // 10


def money_interval(lower_fen: int | None, upper_fen: int | None, language: str) -> str:
    """Two amounts -> "120.0–185.2 万元" or "CNY 1.20–1.85 M", or one figure; small ones in whole yuan; else a dash."""
    if lower_fen is None or upper_fen is None:
        return NOTHING
    low, high = money(lower_fen, language), money(upper_fen, language)
    if low == high:
        return low
    if max(abs(lower_fen), abs(upper_fen)) < _smallest_yuan(language) * FEN_PER_YUAN:
        figures = "–".join(_signed(Decimal(fen) / FEN_PER_YUAN, 0) for fen in (lower_fen, upper_fen))
        return f"{figures} 元" if language == "zh" else f"CNY {figures}"
    figures = f"{money_figure(lower_fen, language)}–{money_figure(upper_fen, language)}"
    return f"{figures} {money_axis(language)[1]}" if language == "zh" else f"CNY {figures} M"


def whole_yuan(amount_fen: int | None, language: str) -> str:
    """Fen -> "5,125 元" or "CNY 5,125", for amounts too small to be told apart in larger units."""
    if amount_fen is None:
        return NOTHING
    yuan = _signed(Decimal(amount_fen) / FEN_PER_YUAN, 0)
    return f"{yuan} 元" if language == "zh" else f"CNY {yuan}"


def amount(amount_fen: int | None, language: str) -> str:
    """Fen -> "13,349.16 元" or "CNY 13,349.16", to the fen."""
    return unit_price(amount_fen, language)


def unit_price(price_fen: int | None, language: str) -> str:
    """Fen per unit -> "6.00 元" or "CNY 6.00"."""
    if price_fen is None:
        return NOTHING
    yuan = f"{Decimal(price_fen) / FEN_PER_YUAN:,.2f}"
    return f"{yuan} 元" if language == "zh" else f"CNY {yuan}"


def _signed(amount: Decimal, digits: int) -> str:
    """The amount rounded half up, as people round by hand, with a true minus sign and no minus before zero."""
    text = f"{amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,.{digits}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text.replace("-", "−")


def money_axis(language: str, largest_fen: int | None = None) -> tuple[int, str]:
    """How many fen one unit of a money axis is, and what the unit is called; whole yuan where all amounts are small.

    `largest_fen` is the largest amount on the axis; without it the axis is in 万元 or CNY M whatever stands on it.
    """
    smallest_yuan = YUAN_PER_WAN if language == "zh" else YUAN_PER_MILLION
    if largest_fen is not None and largest_fen < smallest_yuan * FEN_PER_YUAN:
        return FEN_PER_YUAN, "元" if language == "zh" else "CNY"
    if language == "zh":
        return YUAN_PER_WAN * FEN_PER_YUAN, "万元"
    return YUAN_PER_MILLION * FEN_PER_YUAN, "CNY M"


def months(number: float | None, language: str) -> str:
    """Months -> "4 y 3 mo" or "4 年 3 个月"; a part of a month counts as one, for the money is not back before."""
    if number is None:
        return NOTHING
    years, rest = divmod(ceil(Decimal(str(number))), 12)
    parts = [f"{years} 年" if language == "zh" else f"{years} y"] if years else []
    if rest or not years:
        parts.append(f"{rest} 个月" if language == "zh" else f"{rest} mo")
    return " ".join(parts)


def day(value: date | None) -> str:
    """A date as 2026-09-30."""
    return NOTHING if value is None else value.strftime("%Y-%m-%d")


def weekday_day(value: date | None, language: str) -> str:
    """A date with its weekday, as "Mon 2026-10-26" or "2026-10-26 周一"."""
    if value is None:
        return NOTHING
    name = WEEKDAYS[language][value.weekday()]
    return f"{day(value)} {name}" if language == "zh" else f"{name} {day(value)}"


def month(value: date | None) -> str:
    """A month, by its first day, as 2026-09."""
    return NOTHING if value is None else value.strftime("%Y-%m")


def instant(value: datetime | None) -> str:
    """A UTC instant as 2026-10-01 01:30 UTC."""
    return NOTHING if value is None else value.strftime("%Y-%m-%d %H:%M UTC")


def unbroken(text: str) -> str:
    """A short text with a figure in it, or a short Chinese word, made to stay on one line of a table cell."""
    if 1 < len(text) <= LONGEST_UNBROKEN_WORD and not text.isascii():
        return "\u2060".join(text)
    if len(text) > LONGEST_UNBROKEN or not any(sign.isdigit() for sign in text):
        return text
    text = text.replace("万元", "万\u2060元").replace("亿元", "亿\u2060元")
    return text.replace(" ", "\u00a0").replace("\\-", "-").replace("-", "\u2011").replace("–", "\u2060–\u2060")


def as_markdown_text(text: str | None) -> str:
    """Names from files, made safe where Markdown is read: every sign that could become markup is escaped."""
    if text is None:
        return NOTHING
    return "".join(f"\\{sign}" if sign in _MARKDOWN_SIGNS else sign for sign in " ".join(text.split()))


def file_line(name: str | None, line: int | None) -> str:
    """`leases.csv : 12`, or nothing where there is no such row."""
    return NOTHING if name is None or line is None else f"{name} : {line}"


def pflops_hours_amount(gflops_seconds: int | Decimal | None) -> str:
    """GFLOPS-seconds -> PFLOPS-hours, "1,024.3"."""
    if gflops_seconds is None:
        return NOTHING
    return _signed(Decimal(gflops_seconds) / (SECONDS_PER_HOUR * 1_000_000), 1)


def pflops_hours(gflops_seconds: int | Decimal | None) -> str:
    """A difference in GFLOPS-seconds -> PFLOPS-hours with its sign, "+24.3"."""
    if gflops_seconds is None:
        return NOTHING
    figure = _signed(Decimal(gflops_seconds) / (SECONDS_PER_HOUR * 1_000_000), 1)
    return figure if figure.startswith("−") else f"+{figure}"


def without_common_ending(names: list[str]) -> list[str]:
    """Names without the words, or Chinese signs, in which all of them end: short ones for a narrow control."""
    spaced = all(" " in name for name in names)
    cut = [name.split(" ") if spaced else list(name) for name in names]
    ending = 0
    while len(names) > 1 and len({parts[-1 - ending] for parts in cut}) == 1 and ending + 1 < min(map(len, cut)):
        ending += 1
    return [(" " if spaced else "").join(parts[: len(parts) - ending]) for parts in cut]


def whole(number: float | None) -> str:
    """A number without decimals, "76"."""
    return NOTHING if number is None else _signed(Decimal(str(number)), 0)


def one_decimal(number: float | None) -> str:
    """A number with one decimal, "23.9"."""
    return NOTHING if number is None else _signed(Decimal(str(number)), 1)


def multiple(ratio: float | None) -> str:
    """How many times one number is another -> "×2.00"; digits enough to tell 1.0995 from 1.1."""
    if ratio is None:
        return NOTHING
    text = _signed(Decimal(str(ratio)), 4).rstrip("0")
    return f"×{text}{'0' * (2 - len(text.partition('.')[2]))}"


def pflops(number: float | None) -> str:
    """PFLOPS with one decimal, "126.7"."""
    return one_decimal(number)
