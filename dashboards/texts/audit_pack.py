"""Words of the summary of an audit pack."""

TEXTS: dict[str, tuple[str, str]] = {
    "audit_pack.title": ("审计包", "Audit pack"),
    "audit_pack.question": (
        "这项补贴有没有一份签了名、离开本系统也能验证的审计包？",
        "Is there a signed pack of this subsidy that can be verified away from here?",
    ),
    "audit_pack.answer": (
        "有：**{files}** 个文件，表格共 **{rows}** 行，逐一写明 **{raw}** 个来源文件的 sha256。改动一个字节即可发现。",
        "Yes: **{files}** files with **{rows}** rows of tables, naming **{raw}** source files by sha256. "
        "One changed byte is found.",
    ),
    "audit_pack.none": (
        "这个版本还没有为 {programme} 制作审计包，或您的身份不能领取。"
        "制作：`racklight audit-pack --programme {programme}`，或等每季度自动制作。",
        "No pack of {programme} was made of this version, or your role may not take it. "
        "To make one: `racklight audit-pack --programme {programme}`, or wait for the quarter's.",
    ),
    "audit_pack.changed": (
        "审计包在制作之后被改动过，不予提供。请重新制作。",
        "The pack was changed after it was made and is not handed out. Make it again.",
    ),
    "audit_pack.key": ("签名公钥指纹", "Fingerprint of the signing key"),
    "audit_pack.head": ("登记链头", "Head of the register"),
    "audit_pack.publication": ("第 {number} 次发布", "Publication {number}"),
    "audit_pack.take": ("下载审计包（ZIP）", "Download the pack (ZIP)"),
    "audit_pack.verify": (
        "只需 Python，不需要本系统。指纹请另行向制作方核实，不要只信包内所写。",
        "Needs Python and nothing of this system. Ask for the fingerprint by another way than the pack.",
    ),
    "audit_pack.map_caption": (
        "按用户信用代码第 3–8 位的登记地，占外部使用（P时，上限）的比例；灰色处没有用户登记。",
        "By the place in characters 3 to 8 of the user's credit code: share of external use (P-hours, upper bound); "
        "no user is registered in a grey square.",
    ),
    "audit_pack.scale": ("占外部使用的比例（上限）", "Share of external use (upper bound)"),
    "audit_pack.hover": ("{count} 个用户，占 {share}", "Users: {count}, {share} of use"),
    "audit_pack.no_users": ("补贴期内没有外部用户。", "Nobody outside used it while the subsidy covered it."),
    "audit_pack.files": ("包内文件", "Files of the pack"),
    "audit_pack.file": ("文件", "File"),
    "audit_pack.bytes": ("字节", "Bytes"),
    "pack.title": ("补贴审计包", "Audit pack of a subsidy"),
    "pack.scope": ("{programme} · {center}", "{programme} · {center}"),
    "pack.parties": (
        "拨付方 {authority} · 批复额 {granted} · {start} 至 {end}",
        "Granted by {authority}: {granted}, from {start} to {end}",
    ),
    "pack.stamp_as_of": ("数据截至 {as_of} UTC · 版本 {version}", "As of {as_of} UTC · version {version}"),
    "pack.stamp_versions": (
        "代码 {code} · 政策版本 {policy} · 抽样种子 {seed}",
        "Code {code} · policy version {policy} · seed {seed}",
    ),
    "pack.stamp_key": ("签名公钥的 sha256：{fingerprint}", "sha256 of the signing key: {fingerprint}"),
    "pack.bounds": (
        "下限：凡未知一律不利于申报方；上限：一律有利于申报方。深色为证实部分，灰色斜纹为未知部分。",
        "Lower bound: all that is unknown counts against the claimant; upper bound: for it. Dark is proven, hatched "
        "grey is unknown.",
    ),
    "pack.delivery": ("1 承诺的算力是否交付？", "1 Was what was promised delivered?"),
    "pack.delivery_answer": (
        "截至 {day}，已交付 {delivered} P，承诺 {promised} P（稠密 FP16，计入部分，逐型号以规划为上限）：{rate}。",
        "On {day} {delivered} P of {promised} P promised were delivered (dense FP16, credited, capped at the plan of "
        "each model): {rate}.",
    ),
    "pack.delivery_caption": (
        "P（稠密 FP16）：条形为交付下限至上限，红线为承诺；右为 交付 / 承诺 / 验收实测。",
        "P (dense FP16): bars run to delivered, lower to upper; the red line is promised. Right: delivered / promised "
        "/ measured at acceptance.",
    ),
    "pack.milestones": ("2 里程碑在下限是否达到？", "2 Are conditions met, at the lower bound?"),
    "pack.milestones_answer": (
        "{total} 项条件中 {due} 项已到期，其中 {met} 项在下限也达到，{undetermined} 项无法判定。",
        "Of {total} conditions {due} are due; {met} of these are met even at the lower bound, {undetermined} are "
        "undetermined.",
    ),
    "pack.milestones_none": (
        "没有登记条件；已得金额取决于申报。",
        "No conditions are registered; claims decide what is earned.",
    ),
    "pack.users": ("3 谁在使用？", "3 Who used it?"),
    "pack.users_answer": (
        "本地占合格使用 {rate}（按{basis}，补贴规定的口径）。共 {count} 个外部用户。",
        "Local users had {rate} of eligible use (in {basis}, the subsidy's own basis). {count} users in all.",
    ),
    "pack.users_undefined": (
        "本地占比无法计算：没有合格的使用。共 {count} 个用户。",
        "The local share cannot be computed: there is no eligible use. {count} users in all.",
    ),
    "pack.map_caption": (
        "按用户信用代码第 3–8 位的登记地：占外部使用（P时，上限）的比例，颜色越深占比越高；空白处没有用户。",
        "By the place in characters 3 to 8 of the user's credit code: share of external use (P-hours, upper bound), "
        "the darker the larger; no user is registered where a square is pale.",
    ),
    "pack.map_nowhere": (
        "另有 {count} 个用户没有有效代码，占使用 {share}，不在图上。",
        "Users without a valid code ({count}) had {share} of use and stand on no map.",
    ),
    "pack.cost": ("4 一个真实使用的 P时花了多少补贴？", "4 What did a P-hour of real use cost?"),
    "pack.cost_answer": (
        "每个真实外部使用的 P时：{cost} 元；市场租金 {market} 元。",
        "A P-hour of organic use cost CNY {cost}; market rent is CNY {market}.",
    ),
    "pack.cost_caption": (
        "元 / P时，对数轴，下限至上限；红线为市场租金。没有上限时只画到轴端。",
        "CNY per P-hour, logarithmic, lower to upper; the red line is market rent. Without an upper bound the bar runs "
        "to the end of the axis.",
    ),
    "pack.cost_none": (
        "尚无法计算：没有拨付，或没有使用。",
        "Cannot be computed: nothing was paid, or nothing was used.",
    ),
    "pack.window": ("5 验收期过后，使用是否延续？", "5 Did use survive the acceptance window?"),
    "pack.window_answer": (
        "{basis}：验收期止于 {day}；此前点亮率 {before}，此后 {after}。结论：{verdict}。",
        "{basis}: the window ended on {day}; lit before {before}, after {after}. Verdict: {verdict}.",
    ),
    "pack.window_none": ("没有登记验收期，无法检验。", "No acceptance window is registered; this cannot be tested."),
    "pack.window_caption": (
        "验收期前后各周点亮率，下限至上限（业务口径）；首日列于左，底色为验收期内。",
        "Business lit by week on both sides of the end of the window, lower to upper; the first day stands left; "
        "shaded is inside the window.",
    ),
    "pack.owed": ("6 是否有应退回的钱？", "6 Is anything owed back?"),
    "pack.owed_answer": (
        "{verdict}：净拨付 {paid}，已得 {earned}，应退回 {owed}（利息 {interest}）。文件：{document}。",
        "{verdict}: {paid} paid net, {earned} earned, {owed} to be paid back (interest {interest}). Rule file: "
        "{document}.",
    ),
    "pack.owed_caption": (
        "条形为已得下限至上限，红线为净拨付，轴至批复额。",
        "Bars: earned, lower to upper; red line: paid net; axis to the grant.",
    ),
    "pack.claims_answer": (
        "申报 {count} 件：通过 {passed}，不通过 {failed}，无法判定 {undetermined}。",
        "{count} claims: {passed} pass, {failed} fail, {undetermined} are undetermined.",
    ),
    "pack.doubt": ("7 哪些数字被重述或无法判定？", "7 Which figures were restated or are undetermined?"),
    "pack.restated_answer": (
        "与 {compared} 次先前的发布比较，本中心被重述的数字 {count} 个（见 restatement_log.csv）。",
        "Of {compared} comparisons with earlier publications: {count} figures of the center were restated "
        "(restatement_log.csv).",
    ),
    "pack.restated_unknown": (
        "没有可比的先前发布，或尚未比较（racklight restatements）；是否有数字被重述不得而知。",
        "No earlier publication was compared with this one (racklight restatements), so what was "
        "restated is not known.",
    ),
    "pack.exceptions_answer": (
        "例外登记 {count} 行：{kinds}（见 exceptions_register.csv）。登记中没有批准人；免责依据为所列版本的政策。",
        "{count} entries of exceptions: {kinds} (exceptions_register.csv). No register names who approved; time is "
        "excused by the policy of the version named.",
    ),
    "pack.findings_answer": (
        "质量规则对本中心提出 {count} 个问题（见 findings.csv）；问题不是结论。",
        "Rules of quality ask {count} questions of the center (findings.csv); a question is not a verdict.",
    ),
    "pack.months_caption": (
        "各月读数覆盖率（占上架卡时）；灰色斜纹为没有读数的时间，点亮与否未知。",
        "Coverage of readings by month (of racked card-time); hatched time was not read, so lit or not is unknown.",
    ),
    "pack.verify": ("8 我能自己验证一个数字吗？", "8 Can I verify one number myself?"),
    "pack.verify_answer": (
        "运行 python -I verify.py 与签发方另行告知的公钥指纹：检查每个文件的 sha256、签名，并由表格重新算出"
        "已得、已拨、应退回、上架率和点亮率。下列数字由种子抽出，其行与文件行见 drill_down_*.csv。",
        "Run python -I verify.py with the key's fingerprint that the issuer told you: it checks sha256 and signature "
        "and derives earned, paid, owed back, racked and lit anew from the tables. The figures below were drawn by the "
        "seed; their rows and lines of files stand in drill_down_*.csv.",
    ),
    "pack.inspection_answer": (
        "现场抽查 {drawn} 张卡（在装 {installed} 张，按型号分层，名单见 inspection_sample.csv）。",
        "Inspect {drawn} cards of {installed} installed (by model; serials in inspection_sample.csv).",
    ),
    "pack.inspection_bound": (
        "全部找到时，缺失比例以 {confidence} 的把握低于 {missing}（否则全部找到的概率至多 {chance}）。",
        "If all are found, fewer than {missing} are missing with {confidence} confidence (the chance of finding all "
        "otherwise is at most {chance}).",
    ),
    "pack.inspection_all": (
        "这是全部在装的卡：查到的就是全部，没有抽样误差。",
        "These are all installed cards: what is found is complete, without an error of sampling.",
    ),
    "pack.inspection_none": ("没有在装的卡可以抽查。", "No cards are installed that could be inspected."),
    "pack.figure": ("数字", "Figure"),
    "pack.value": ("值（下限–上限）", "Value (lower–upper)"),
    "pack.part": ("部分", "Part"),
    "pack.largest_row": ("最大的一行", "Its largest row"),
    "pack.amount": ("数额", "Amount"),
    "pack.lines": ("文件与行", "File and lines"),
    "pack.part_numerator_lower": ("分子下限", "numerator, lower"),
    "pack.part_numerator_upper": ("分子上限", "numerator, upper"),
    "pack.part_denominator": ("分母", "denominator"),
    "pack.no_lines": ("无行", "no line"),
    "pack.exception_excluded": ("不计入 {count}", "excluded {count}"),
    "pack.exception_doubtful": ("存疑 {count}", "doubtful {count}"),
    "pack.exception_quarantined": ("隔离 {count}", "quarantined {count}"),
    "pack.exception_refused": ("拒收 {count}", "refused {count}"),
    "pack.exception_set_aside": ("搁置 {count}", "set aside {count}"),
    "pack.exception_contested": ("有争议 {count}", "contested {count}"),
    "pack.exception_partly_used": ("部分使用 {count}", "partly used {count}"),
    "pack.exception_excused": ("免责 {count}", "excused {count}"),
    "pack.exception_not_excused": ("未免责 {count}", "not excused {count}"),
}
