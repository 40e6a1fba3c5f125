"""The legal entities of the sample world. All are invented; their codes are valid in form and carry `RACK`."""

from dataclasses import dataclass
from datetime import date

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def social_credit_check_character(first_17: str) -> str:
    """Last character of a unified social credit code, from the 17 before it."""
    total = sum(_ALPHABET.index(character) * weight for character, weight in zip(first_17, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def _organization_check_character(first_8: str) -> str:
    total = sum(_BODY_ALPHABET.index(c) * w for c, w in zip(first_8, _BODY_WEIGHTS, strict=True))
    check = 11 - total % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def social_credit_code(area_code: int, number: int, is_government: bool = False) -> str:
    """A valid 18-character code with `RACK` in its middle, so that nobody takes it for a real one."""
    body = f"RACK{number:04d}"
    first_17 = f"{'11' if is_government else '91'}{area_code:06d}{body}{_organization_check_character(body)}"
    return first_17 + social_credit_check_character(first_17)


@dataclass(frozen=True)
class Party:
    """One entity: `key` is what the story calls it, `party_id` its code."""

    key: str
    party_id: str
    name_zh: str
    name_en: str
    kind: str
    registered_on: date


_ROWS = (
    (1, "op-canal", "运河算力运营", "Canal Compute Operations", "operator", 321000, "2023-06-01"),
    (2, "op-shiqiao", "石桥数字产业", "Shiqiao Digital Industry", "operator", 410000, "2023-09-12"),
    (3, "op-jiangwan", "江湾智算运营", "Jiangwan AI Computing", "operator", 420000, "2024-03-20"),
    (4, "op-horinger", "草原枢纽算力", "Grassland Hub Compute", "operator", 150000, "2023-02-08"),
    (5, "op-dongpu", "东浦云算", "Dongpu Cloud Compute", "operator", 440000, "2024-01-15"),
    (6, "op-xuanling", "玄岭数据", "Xuanling Data", "operator", 520000, "2023-11-03"),
    (7, "op-yunting", "云汀算力服务", "Yunting Compute Services", "operator", 330000, "2024-05-06"),
    (11, "vendor-lanshan", "岚山智能设备", "Lanshan AI Systems", "vendor", 320000, "2018-04-02"),
    (12, "vendor-chiyu", "赤屿加速计算", "Chiyu Accelerated Computing", "vendor", 420000, "2019-07-19"),
    (13, "vendor-beiman", "北幔服务器", "Beiman Servers", "vendor", 110000, "2015-10-30"),
    (14, "vendor-nanzhu", "南渚集成", "Nanzhu Integration", "vendor", 440000, "2017-03-14"),
    (21, "tenant-chiyu-cloud", "赤屿云服务", "Chiyu Cloud Services", "tenant", 420000, "2025-07-28"),
    (22, "tenant-chiyu-lab", "赤屿模型实验室", "Chiyu Model Lab", "tenant", 420000, "2025-08-11"),
    (23, "tenant-beiman-soft", "北幔软件", "Beiman Software", "tenant", 150000, "2020-05-09"),
    (31, "tenant-wanquan", "万泉大模型", "Wanquan Language Models", "tenant", 321000, "2022-08-01"),
    (32, "tenant-songtao", "松涛自动驾驶", "Songtao Driving", "tenant", 310000, "2020-01-17"),
    (33, "tenant-huaijiang", "淮江生物计算", "Huaijiang Biocomputing", "tenant", 321000, "2021-06-23"),
    (34, "tenant-qingmu", "青木视觉", "Qingmu Vision", "tenant", 440000, "2022-03-03"),
    (35, "tenant-jinhe", "锦和推理服务", "Jinhe Inference", "tenant", 330000, "2023-12-05"),
    (36, "tenant-mingzhu", "明渚渲染", "Mingzhu Rendering", "tenant", 440000, "2021-09-09"),
    (37, "tenant-fengling", "风铃智能体", "Fengling Agents", "tenant", 110000, "2024-02-26"),
    (38, "tenant-yuanye", "原野遥感", "Yuanye Remote Sensing", "tenant", 520000, "2019-11-11"),
    (39, "tenant-college", "石桥职业学院", "Shiqiao Vocational College", "tenant", 410000, "2004-09-01"),
    (40, "tenant-canglan", "沧澜气象", "Canglan Weather", "tenant", 110000, "2018-12-12"),
    (51, "gov-shiqiao", "石桥县数据局", "Shiqiao County Data Bureau", "government", 410000, "2010-01-01"),
    (52, "gov-yangzhou", "运河新区管委会", "Canal New Area Committee", "government", 321000, "2010-01-01"),
    (53, "gov-jiangwan", "江湾市数据局", "Jiangwan Data Bureau", "government", 421000, "2010-01-01"),
    (61, "bank-changhe", "长禾银行", "Changhe Bank", "lender", 310000, "2001-05-18"),
    (71, "grid", "供电公司", "Grid Company", "other", 110000, "2002-12-29"),
)  # fmt: skip
"""Number, key, names without the mark that they are samples, kind, area and date of registration."""

PARTIES: dict[str, Party] = {
    key: Party(
        key,
        social_credit_code(area_code, number, is_government=kind == "government"),
        f"{name_zh}（示例）",
        f"{name_en} (Sample)",
        kind,
        date.fromisoformat(registered_on),
    )
    for number, key, name_zh, name_en, kind, area_code, registered_on in _ROWS
}

LINKS: tuple[tuple[str, str, str, int | None, date, date | None] | tuple[object, ...], ...] = (
    ("vendor-chiyu", "tenant-chiyu-cloud", "shareholding", 6000, date(2025, 7, 28), None),
    ("tenant-chiyu-cloud", "tenant-chiyu-lab", "control", 10_000, date(2025, 8, 11), None),
    ("vendor-beiman", "tenant-beiman-soft", "shareholding", 2500, date(2020, 5, 9), None),
    ("vendor-nanzhu", "tenant-mingzhu", "shareholding", 1200, date(2023, 1, 1), None),
    ("vendor-lanshan", "tenant-jinhe", "shareholding", 3000, date(2024, 1, 1), date(2025, 12, 1)),
    ("vendor-lanshan", "tenant-jinhe", "shared_address", None, date(2023, 12, 5), None),
    ("vendor-nanzhu", "tenant-fengling", "shared_phone", None, date(2024, 2, 26), None),
    ("vendor-beiman", "tenant-beiman-soft", "shared_email_domain", None, date(2020, 5, 9), None, date(2026, 2, 3)),
)
"""Holder, held, nature, voting share in basis points, first day, first day after; for a shared detail also the day on
which it was confirmed to mean more."""


def party_id(key: str) -> str:
    """Code of the entity that the story calls `key`."""
    return PARTIES[key].party_id
