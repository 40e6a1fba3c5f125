"""Why a line or a file is not accepted: one code, one sentence in each language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A reason in words: `zh` and `en` are whole sentences for the person who must mend the input."""

    code: str
    zh: str
    en: str


_ALL = (
    Reason("MISSING_VALUE", "必填字段为空。", "A required field is empty."),
    Reason(
        "NOT_A_NUMBER",
        "该字段应为纯数字：不带单位、货币符号和千分位；金额最多两位小数，整数部分最多十五位。",
        "The field must be a plain number: no unit, sign or thousands separator; money has at most two decimals.",
    ),
    Reason("NOT_AN_INTEGER", "该字段应为整数。", "The field must be a whole number."),
    Reason("NOT_A_DATE", "日期应写作 2026-03-31。", "A date must be written like 2026-03-31."),
    Reason(
        "NOT_AN_INSTANT",
        "时间应写作 2026-03-31T08:00:00+08:00。",
        "A time must be written like 2026-03-31T08:00:00+08:00.",
    ),
    Reason("NOT_A_BOOLEAN", "该字段应为 true 或 false。", "The field must be true or false."),
    Reason(
        "TIME_WITHOUT_ZONE",
        "时间没有时区，且未声明来源时区；请在时间后写 +08:00，或声明 time_zone。",
        "The time has no offset and no zone was declared: write +08:00 behind it, or declare time_zone.",
    ),
    Reason("UNKNOWN_TIME_ZONE", "声明的时区名称无法识别。", "The declared time zone is not a known IANA name."),
    Reason(
        "TIME_TOO_EARLY",
        "时间早于 2015 年，多为单位写错（秒当作毫秒）。",
        "The time lies before 2015: most often seconds where milliseconds belong.",
    ),
    Reason(
        "TIME_IN_FUTURE",
        "时间晚于接收时间五分钟以上。",
        "The time is more than five minutes after the file was received.",
    ),
    Reason(
        "TIME_DOES_NOT_EXIST",
        "当地时间因夏令时跳过而不存在。",
        "The local time does not exist: clocks were put forward over it.",
    ),
    Reason(
        "NO_TIMESTAMP",
        "样本没有时间，且未声明采集时间；请声明 observed_at。",
        "The sample carries no time and no observation time was declared: declare observed_at.",
    ),
    Reason(
        "NOT_A_CHOICE",
        "该值不在允许的取值之内；取值见 data/README.md 或模板的“取值”表。",
        "The value is not one of the documented choices: see data/README.md or the template's sheet of choices.",
    ),
    Reason(
        "OUT_OF_RANGE",
        "数值超出该字段允许的范围，请核对数值和单位。",
        "The value is outside the range of its field: check it and its unit.",
    ),
    Reason("END_NOT_AFTER_START", "结束不晚于开始。", "The end is not after the start."),
    Reason(
        "PARTS_DO_NOT_SUM",
        "分项与合计对不上，请核对各分项。",
        "The parts do not make up their total: check each of them.",
    ),
    Reason(
        "EXACT_DUPLICATE",
        "与同一文件中先前的行完全相同。",
        "The line repeats an earlier line of the same file exactly.",
    ),
    Reason(
        "CONFLICTING_KEY",
        "同一主键已有不同内容；如为更正，请提高 revision。",
        "The same key already has other values: a correction needs a higher revision.",
    ),
    Reason(
        "UNPRINTABLE_CHARACTER",
        "含有不可见或改变文字方向的字符。",
        "The value holds a character that cannot be seen or that turns the text around.",
    ),
    Reason(
        "WRONG_COLUMN_COUNT",
        "该行的列数与表头不符，请检查多余或缺少的分隔符。",
        "The line has more or fewer cells than the header: look for a separator too many or too few.",
    ),
    Reason("MALFORMED_LINE", "该行无法按此格式解析。", "The line cannot be parsed in this format."),
    Reason(
        "NO_METER_IDENTITY",
        "读数未指明服务器或电表；请声明 server_id 或 cabinet_id。",
        "The reading names no server or meter: declare server_id or cabinet_id.",
    ),
    Reason(
        "NO_DEVICE_IDENTITY",
        "样本没有可用的设备标识（UUID、序列号或主机加序号）。",
        "The sample names no device: no UUID, no serial, no host with an index.",
    ),
    Reason(
        "SERIAL_DAMAGED",
        "序列号被电子表格当作数字保存，末几位已丢失，请以文本重填。",
        "A spreadsheet kept the serial as a number and lost its last digits: enter it again as text.",
    ),
    Reason(
        "CELL_WITHOUT_VALUE",
        "单元格是出错或未计算的公式，请直接填写值。",
        "The cell holds a formula that failed or never ran: enter the value itself.",
    ),
    Reason(
        "MERGED_CELLS",
        "该行有合并的单元格，无法确定各格的值，请取消合并后逐格填写。",
        "The row has merged cells, so that the value of each is unknown: unmerge them and fill in each.",
    ),
    Reason(
        "STATUS_CONTRADICTED",
        "状态与该行的日期相矛盾。",
        "The status and the dates of the row contradict each other.",
    ),
    Reason(
        "NO_CENTER",
        "该行未写明中心，也未声明；请声明 center_id。",
        "The row names no center and none was declared: declare center_id.",
    ),
    Reason("UTILIZATION_OUT_OF_RANGE", "利用率不在 0 至 100 之间。", "Utilization is outside 0 to 100 %."),
    Reason("POWER_OUT_OF_RANGE", "功率为负或不可能。", "Power is negative or impossible."),
    Reason(
        "POWER_DISAGREES_WITH_MODEL",
        "功率超过该型号热设计功耗的 1.5 倍或不足其百分之一，多为单位有误。",
        "The power is above 1.5 times the labeled model's design power, or below a hundredth of it: check the unit.",
    ),
    Reason(
        "MEMORY_DISAGREES_WITH_MODEL",
        "显存总量与所标型号相差一成以上，多为单位有误。",
        "The memory is more than a tenth away from that of the labeled model: most often a wrong unit.",
    ),
    Reason(
        "BAD_DECLARATION",
        "feed.toml 的内容有误，请按提示改正后重新接收。",
        "The declaration in feed.toml is wrong: mend it as told and take the file in again.",
    ),
    Reason(
        "UNKNOWN_FORMAT",
        "无法从内容识别该文件；data/README.md 列出可接收的格式和表头。",
        "The file's content was not recognized: data/README.md lists formats and headers.",
    ),
    Reason(
        "EMPTY_FILE",
        "文件为空，请重新发送。",
        "The file is empty: send it again.",
    ),
    Reason(
        "NOT_UTF8",
        "文件不是 UTF-8 文本，请另存为 UTF-8 后重新发送。",
        "The file is not UTF-8 text: save it as UTF-8 and send it again.",
    ),
    Reason(
        "MISSING_COLUMN",
        "缺少必需的列，请补上后重新发送。",
        "A required column is missing: add it and send the file again.",
    ),
    Reason(
        "DUPLICATE_COLUMN",
        "两列同名或含义相同，请只留一列。",
        "Two columns have one name or one meaning: leave one.",
    ),
    Reason("ENCRYPTED_FILE", "文件设有密码，请去掉密码后重新发送。", "The file has a password: send it without one."),
    Reason(
        "MACROS_IN_WORKBOOK",
        "工作簿含有宏，请另存为不含宏的 XLSX。",
        "The workbook holds macros: save it as XLSX without them.",
    ),
    Reason(
        "EXPANDS_TOO_FAR",
        "文件展开后过大，可能是压缩炸弹；未展开，请拆分后重新发送。",
        "The file would expand too far, as an archive bomb does; it was not expanded. Send it in parts.",
    ),
    Reason(
        "FORBIDDEN_XML",
        "XML 声明了实体或文档类型，不予读取。",
        "The XML declares entities or a document type and is not read.",
    ),
    Reason(
        "LINE_TOO_LONG",
        "一行过长，不可能是记录；请检查换行符后重新发送。",
        "One line is longer than any record: check the line ends and send the file again.",
    ),
    Reason(
        "READER_FAILED",
        "读取程序遇到未预见的内容，未能读完该文件；文件已原样保存，请反馈，程序改进后可重试。",
        "The reader met what it does not know. The file is kept as received: report it, and try it again later.",
    ),
    Reason(
        "DAMAGED_FILE",
        "文件已损坏或不完整，请重新发送。",
        "The file is damaged or incomplete: send it again.",
    ),
    Reason(
        "UNKNOWN_CENTER",
        "没有登记册登记该中心；登记后自动计入。",
        "No register names the center; the row counts as soon as one does.",
    ),
    Reason(
        "UNKNOWN_CARD",
        "该中心的登记册没有这张卡；登记后自动计入。",
        "The center's register does not name the card; the row counts as soon as it does.",
    ),
    Reason(
        "STATES_OVERLAP",
        "同一张卡在同一时刻有两个互相矛盾的状态，两行都不采信。",
        "One card has two contradicting states at one instant; neither row is believed.",
    ),
    Reason(
        "CARD_IN_TWO_CENTERS",
        "两个中心同时登记了这张卡：只计入各自的上限。",
        "Two centers have the card at the same time: it counts in the upper bound of each only.",
    ),
    Reason(
        "LEASES_OVERLAP",
        "同一张卡同时按两份租约售出：只计一次，租户待定。",
        "Two leases sell the card at the same time: it counts as sold once, and nobody knows to whom.",
    ),
    Reason(
        "LEASE_ABOVE_CAPACITY",
        "租约所列的卡比该中心登记过的还多，整份租约的交付都不采信。",
        "The lease names more cards than the center has ever registered; none of its hand-overs is believed.",
    ),
    Reason(
        "ALIAS_ON_TWO_DEVICES",
        "同一别名同时指向两张卡，两行都不采信。",
        "One name means two cards at the same time; neither row is believed.",
    ),
    Reason(
        "ALIAS_CHANGED_IN_HOUR",
        "别名在该小时内换了卡，该小时未知。",
        "The name changed cards within the hour, so the hour is unknown.",
    ),
    Reason(
        "ALIAS_CHANGED_IN_DAY",
        "别名在该日内换了卡，该日这一行不属于任何一张卡。",
        "The name changed cards within the day, so its daily row is no card's.",
    ),
    Reason(
        "SAME_CARD_OTHER_NAME",
        "同一张卡同一时段已以另一名称上报，只计一次。",
        "The card reported the same time under another name, which counts.",
    ),
    Reason(
        "COUNTER_RESET",
        "累计电量低于前一次读数：计数器在其间清零，两次读数之间的电量未知。",
        "The running total is below the one before it: the counter started again; what was drawn between is not known.",
    ),
    Reason(
        "SERIAL_AFTER_RMA",
        "登记册称该卡已返修、售出或退役，之后的读数视为未知。",
        "The register says the card was away, sold or retired by then; the readings count as unknown.",
    ),
    Reason(
        "POWER_ABOVE_TDP",
        "功率超过该型号热设计功耗的 1.5 倍：该小时电量未知，利用率照常计入。",
        "Power is above 1.5 times the model's thermal design power: energy of the hour is unknown, utilization counts.",
    ),
    Reason(
        "MANIFEST_MISMATCH",
        "文件与发送方清单（行数、字节数、sha256）不符，整份不予读取；请连同清单重新发送。",
        "The file is not what the sender's manifest says (rows, bytes, sha256); none of it is read: send both again.",
    ),
    Reason(
        "BAD_MANIFEST",
        "发送方清单无法使用，文件不予读取。",
        "The sender's manifest cannot be used, so the file beside it is not read.",
    ),
    Reason("GATE_FAILED", "未通过入口检查。", "The rows do not meet the expectations of the gate."),
)

REASONS: dict[str, Reason] = {reason.code: reason for reason in _ALL}
