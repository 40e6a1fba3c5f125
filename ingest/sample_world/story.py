"""The seven centers of the sample world and what happens in them between October 2024 and October 2026."""

from datetime import date

from ingest.sample_world.spec import (
    CenterSpec,
    CommitmentSpec,
    CoverageSpec,
    LeaseSpec,
    MoneySpec,
    Tranche,
)

FIRST_DAY = date(2025, 10, 1)
"""First local day of daily use."""
END_DAY = date(2026, 11, 1)
"""First local day after the data."""
SAMPLES_FIRST_DAY = date(2026, 10, 18)
"""First local day of minute telemetry."""
RECEIVED_AT = "2026-11-02T09:00:00+08:00"
TIME_ZONE = "Asia/Shanghai"

_FAR = date(2028, 1, 1)

_YANGZHOU = CenterSpec(
    "yangzhou-01", "运河智算中心", "Canal AI Computing Center", 320000, "扬州", "Yangzhou", "municipal",
    "op-canal", "vendor-lanshan", date(2025, 3, 1), date(2025, 9, 1), date(2026, 2, 1),
    (
        Tranche("huawei-ascend-910b3", 8, "in_service", date(2025, 2, 3), date(2025, 3, 1)),
        Tranche("nvidia-h20-96g", 2, "in_service", date(2025, 2, 10), date(2025, 3, 1)),
        Tranche("nvidia-h20-96g", 1, "in_service", date(2026, 1, 12), date(2026, 2, 1)),
        Tranche("nvidia-h20-96g", 1, "planned"),
    ),
    (
        LeaseSpec("yz-l1", "tenant-wanquan", "whole_machine", "external_paid", (1, 2, 3, 4),
                  date(2025, 3, 1), date(2027, 3, 1), 0.67, 48_000, firmness="firm_prepaid"),
        LeaseSpec("yz-l2", "tenant-songtao", "whole_machine", "external_paid", (5, 6),
                  date(2025, 4, 1), date(2027, 4, 1), 0.60, 47_000),
        LeaseSpec("yz-l3", "tenant-huaijiang", "card_hour", "external_voucher", (7,),
                  date(2025, 6, 1), date(2026, 12, 16), 0.50, 7.2, firmness="cancellable"),
        LeaseSpec("yz-l4", "op-canal", "card_hour", "own_business", (8,),
                  date(2025, 6, 1), date(2027, 6, 1), 0.36, 0.0, firmness="framework", paid_share=0.0),
        LeaseSpec("yz-l5", "tenant-jinhe", "token", "external_paid", (9, 10),
                  date(2025, 5, 1), date(2027, 5, 1), 0.56, 1.4, firmness="cancellable_penalty"),
        LeaseSpec("yz-l6", "tenant-wanquan", "whole_machine", "external_paid", (11,),
                  date(2026, 3, 1), date(2028, 3, 1), 0.68, 49_000),
    ),
    MoneySpec(62_000, 38_000, 30_000, 0.66, 1.28),
)  # fmt: skip

_SHIQIAO = CenterSpec(
    "shiqiao-01", "石桥县智算中心", "Shiqiao County AI Computing Center", 410000, "石桥县", "Shiqiao County",
    "county", "op-shiqiao", "vendor-nanzhu", date(2025, 1, 1), date(2025, 7, 1), date(2026, 6, 1),
    (
        Tranche("hygon-dcu-k100-ai", 4, "in_service", date(2024, 12, 2), date(2025, 1, 1)),
        Tranche("hygon-dcu-k100-ai", 1, "staged", date(2025, 6, 10)),
        Tranche("hygon-dcu-k100-ai", 3, "planned"),
    ),
    (
        LeaseSpec("sq-l1", "op-shiqiao", "whole_machine", "internal", (1,),
                  date(2025, 1, 1), _FAR, 0.045, 0.0, firmness="framework", paid_share=0.0),
        LeaseSpec("sq-l2", "tenant-college", "card_hour", "external_voucher", (2,),
                  date(2025, 3, 1), date(2027, 3, 1), 0.14, 3.2, cards=(0, 1, 2, 3), firmness="cancellable"),
    ),
    MoneySpec(36_000, 12_000, 8_000, 0.58, 1.45, build_grant_cny=2_000_000, monthly_subsidy_cny=45_000),
    ramp_days=1,
)  # fmt: skip

_JIANGWAN = CenterSpec(
    "jiangwan-01", "江湾智算中心", "Jiangwan AI Computing Center", 420000, "江湾市", "Jiangwan", "municipal",
    "op-jiangwan", "vendor-chiyu", date(2025, 10, 1), date(2026, 4, 1), date(2026, 10, 1),
    (
        Tranche("cambricon-mlu590", 10, "in_service", date(2025, 9, 8), date(2025, 10, 1)),
        Tranche("cambricon-mlu590", 1, "staged", date(2026, 2, 24)),
        Tranche("cambricon-mlu590", 1, "planned"),
    ),
    (
        LeaseSpec("jw-l1", "vendor-chiyu", "whole_machine", "vendor_self_use", (1, 2, 3, 4, 5),
                  date(2025, 10, 1), date(2026, 4, 1), 0.90, 36_000, paid_share=0.35,
                  commitment_id="jw-offtake"),
        LeaseSpec("jw-l2", "tenant-chiyu-lab", "whole_machine", "acceptance_test", (6, 7),
                  date(2025, 10, 1), date(2026, 4, 1), 0.88, 36_000, paid_share=0.0,
                  commitment_id="jw-offtake"),
        LeaseSpec("jw-l3", "tenant-chiyu-cloud", "card_hour", "external_paid", (8, 9),
                  date(2025, 10, 1), date(2027, 10, 1), 0.86, 5.0, cancelled_on=date(2026, 4, 9),
                  firmness="cancellable", paid_share=0.6, commitment_id="jw-offtake"),
        LeaseSpec("jw-l4", "tenant-canglan", "card_hour", "external_paid", (10,),
                  date(2025, 11, 1), date(2027, 11, 1), 0.30, 5.2, cards=(0, 1, 2, 3), firmness="cancellable"),
    ),
    MoneySpec(55_000, 40_000, 26_000, 0.61, 1.32, vendor_contribution_share=0.15, monthly_debt_service_cny=90_000),
    CommitmentSpec("jw-offtake", "vendor-chiyu", date(2025, 8, 20), date(2025, 10, 1), (100_000,) * 8,
                   "lit_business", 4, 3000, 2000, 2, 30, 60, 1_800_000,
                   price_escalator_bp=300, price_vat_bp=600, late_interest_bp=500, paid={1: date(2026, 3, 12)}),
    ramp_days=1,
)  # fmt: skip

_HORINGER = CenterSpec(
    "horinger-01", "草原枢纽智算中心", "Grassland Hub AI Computing Center", 150000, "和林格尔", "Horinger",
    "national_hub", "op-horinger", "vendor-beiman", date(2025, 1, 1), date(2025, 7, 1), date(2026, 12, 1),
    (
        Tranche("nvidia-h800-sxm5-80g", 8, "in_service", date(2024, 12, 5), date(2025, 1, 1)),
        Tranche("nvidia-h20-96g", 1, "in_service", date(2024, 12, 9), date(2025, 1, 1)),
        Tranche("nvidia-h20-96g", 1, "planned"),
    ),
    (
        LeaseSpec("hr-l1", "tenant-wanquan", "whole_machine", "external_paid", (1, 2, 3, 4),
                  date(2025, 1, 1), date(2029, 1, 1), 0.86, 82_000, firmness="firm_prepaid",
                  commitment_id="hr-offtake"),
        LeaseSpec("hr-l2", "tenant-songtao", "whole_machine", "external_paid", (5, 6, 7),
                  date(2025, 1, 1), date(2029, 1, 1), 0.80, 80_000, commitment_id="hr-offtake"),
        LeaseSpec("hr-l3", "tenant-beiman-soft", "whole_machine", "external_paid", (8,),
                  date(2025, 2, 1), date(2028, 2, 1), 0.72, 80_000, commitment_id="hr-offtake"),
        LeaseSpec("hr-l4", "tenant-jinhe", "token", "external_paid", (9,),
                  date(2025, 3, 1), date(2028, 3, 1), 0.58, 1.0, firmness="cancellable_penalty"),
    ),
    MoneySpec(48_000, 22_000, 34_000, 0.32, 1.18, network_share=0.175, vendor_contribution_share=0.12),
    CommitmentSpec("hr-offtake", "vendor-beiman", date(2024, 11, 15), date(2025, 1, 1),
                   (90_000, 90_000, 95_000, 95_000, 100_000, 100_000, 100_000, 100_000),
                   "billed", 8, 3000, 2000, 2, 30, 60, 500_000, "not_allowed", "not_allowed",
                   price_escalator_bp=200, price_vat_bp=600, late_interest_bp=365,
                   amended=((date(2026, 1, 1), {"related_cap_bp": 2000, "due_days": 45}),
                            (date(2026, 11, 16), {"committed_quantity": 90_000_000})),
                   paid={1: date(2025, 4, 22)},
                   words={"acceptance_terms": "72 hours of training at full load, no card lost",
                          "termination_terms": "Six months' notice; penalty of one quarter's quantity",
                          "exclusivity_terms": "No other offtake of H800 cards within the province",
                          "evidence_terms": "Meter readings weekly; audit once a year"}),
    telemetry_interval_seconds=300,
    declares_marketed_pflops=True,
)  # fmt: skip

_DONGPU = CenterSpec(
    "dongpu-01", "东浦智算中心", "Dongpu AI Computing Center", 440000, "东浦市", "Dongpu", "municipal",
    "op-dongpu", "vendor-nanzhu", date(2025, 4, 1), date(2025, 10, 1), date(2026, 9, 1),
    (
        Tranche("nvidia-rtx-4090-24g", 5, "in_service", date(2025, 3, 10), date(2025, 4, 1)),
        Tranche("nvidia-h20-96g", 2, "in_service", date(2025, 3, 17), date(2025, 4, 1)),
        Tranche("nvidia-rtx-4090-24g", 1, "planned"),
    ),
    (
        LeaseSpec("dp-l1", "tenant-mingzhu", "whole_machine", "external_paid", (1, 2),
                  date(2025, 4, 1), date(2028, 4, 1), 0.74, 11_500, cancelled_on=date(2026, 3, 16),
                  firmness="cancellable_penalty", commitment_id="dp-offtake"),
        LeaseSpec("dp-l2", "tenant-qingmu", "card_hour", "external_paid", (3, 4),
                  date(2025, 5, 1), date(2027, 5, 1), 0.70, 1.9, cancelled_on=date(2026, 5, 21),
                  firmness="cancellable", commitment_id="dp-offtake"),
        LeaseSpec("dp-l3", "tenant-fengling", "token", "external_paid", (5,),
                  date(2025, 5, 1), date(2027, 5, 1), 0.66, 0.35, cancelled_on=date(2026, 8, 12),
                  firmness="cancellable", paid_share=0.8, commitment_id="dp-offtake"),
        LeaseSpec("dp-l4", "tenant-wanquan", "whole_machine", "external_paid", (6,),
                  date(2025, 4, 1), date(2027, 4, 1), 0.78, 36_000, commitment_id="dp-offtake"),
        LeaseSpec("dp-l5", "tenant-jinhe", "card_hour", "external_paid", (7,),
                  date(2025, 6, 1), date(2027, 6, 1), 0.68, 6.8, cancelled_on=date(2026, 9, 26),
                  firmness="cancellable", commitment_id="dp-offtake"),
    ),
    MoneySpec(30_000, 20_000, 9_000, 0.68, 1.35),
    CommitmentSpec("dp-offtake", "vendor-nanzhu", date(2025, 8, 18), date(2025, 10, 1),
                   (40_000, 40_000, 40_000, 20_000, 30_000, 30_000, 30_000, 30_000),
                   "lit_business", 2, 3000, 2000, 2, 30, 60, carry_back="allowed"),
)  # fmt: skip

_XUANLING = CenterSpec(
    "xuanling-01", "玄岭智算中心", "Xuanling AI Computing Center", 520000, "玄岭市", "Xuanling", "provincial",
    "op-xuanling", "vendor-nanzhu", date(2025, 5, 1), date(2025, 11, 1), date(2026, 5, 1),
    (
        Tranche("metax-c500-oam", 5, "in_service", date(2025, 4, 8), date(2025, 5, 1)),
        Tranche("nvidia-h800-sxm5-80g", 4, "in_service", date(2025, 4, 15), date(2025, 5, 1)),
        Tranche("metax-c500-oam", 1, "planned"),
    ),
    (
        LeaseSpec("xl-l1", "tenant-yuanye", "whole_machine", "external_paid", (1, 2, 3),
                  date(2025, 6, 1), date(2027, 6, 1), 0.52, 26_000, firmness="cancellable_penalty",
                  commitment_id="xl-offtake"),
        LeaseSpec("xl-l2", "tenant-songtao", "whole_machine", "external_paid", (6, 7, 8),
                  date(2025, 5, 1), date(2028, 5, 1), 0.68, 74_000, commitment_id="xl-offtake"),
        LeaseSpec("xl-l3", "op-xuanling", "card_hour", "own_business", (4,),
                  date(2025, 6, 1), date(2027, 6, 1), 0.34, 0.0, firmness="framework", paid_share=0.0),
    ),
    MoneySpec(45_000, 20_000, 28_000, 0.42, 1.22),
    coverage=CoverageSpec(
        0.945, 0.035,
        silent_proven=((2, 3), (3, 7), (7, 5), (9, 0)),
        silent_unproven=((5, 1), (5, 2), (9, 6)),
        silent_from=date(2026, 3, 5),
        bare_metal_servers=(8,),
        declared_servers=(5,),
        bare_metal_from=date(2026, 9, 21),
    ),
    commitment=CommitmentSpec(
        "xl-offtake", "vendor-nanzhu", date(2025, 9, 5), date(2025, 10, 1), (38, 30, 32, 40, 35, 35),
        "lit_business", 3, 3000, 0, 0, 30, 60, unit="pct_of_capacity", shortfall_mode="make_up",
    ),
)  # fmt: skip

_YUNTING = CenterSpec(
    "yunting-01", "云汀智算中心", "Yunting AI Computing Center", 330000, "云汀市", "Yunting", "municipal",
    "op-yunting", "vendor-lanshan", date(2025, 6, 1), date(2025, 12, 1), date(2026, 8, 1),
    (
        Tranche("cambricon-mlu590", 2, "in_service", date(2025, 5, 12), date(2025, 6, 1)),
        Tranche("hygon-dcu-k100-ai", 3, "in_service", date(2025, 5, 12), date(2025, 6, 1)),
        Tranche("huawei-ascend-910b4", 3, "in_service", date(2025, 5, 19), date(2025, 6, 1)),
        Tranche("metax-c500-oam", 2, "in_service", date(2025, 5, 19), date(2025, 6, 1)),
        Tranche("cambricon-mlu590", 1, "planned"),
        Tranche("metax-c500-oam", 1, "planned"),
    ),
    (
        LeaseSpec("yt-l1", "tenant-jinhe", "token", "external_paid", (1, 2),
                  date(2025, 6, 1), date(2027, 6, 1), 0.56, 1.5, firmness="cancellable_penalty",
                  commitment_id="yt-offtake"),
        LeaseSpec("yt-l2", "tenant-fengling", "token", "external_paid", (3, 4),
                  date(2025, 7, 1), date(2027, 7, 1), 0.46, 1.2, firmness="cancellable",
                  commitment_id="yt-offtake"),
        LeaseSpec("yt-l3", "tenant-qingmu", "card_hour", "external_paid", (6, 7, 8),
                  date(2025, 6, 1), date(2027, 6, 1), 0.58, 6.4, commitment_id="yt-offtake"),
        LeaseSpec("yt-l4", "tenant-canglan", "card_hour", "external_voucher", (9,),
                  date(2025, 9, 1), date(2027, 9, 1), 0.40, 5.8, cards=(0, 1, 2, 3, 4, 5),
                  firmness="cancellable", commitment_id="yt-offtake"),
    ),
    MoneySpec(40_000, 24_000, 20_000, 0.66, 1.30, monthly_subsidy_cny=20_000),
    CommitmentSpec("yt-offtake", "vendor-lanshan", date(2025, 9, 1), date(2025, 10, 1),
                   (45_000, 45_000, 48_000, 90_000, 60_000, 60_000, 60_000, 60_000),
                   "collected", 3, 3000, 1000, 2, 45, 60, availability_floor_bp=9900,
                   availability_bp={4: 9650}),
)  # fmt: skip

CENTERS: tuple[CenterSpec, ...] = (
    _YANGZHOU,
    _SHIQIAO,
    _JIANGWAN,
    _HORINGER,
    _DONGPU,
    _XUANLING,
    _YUNTING,
)

SAMPLED_SERVERS: dict[str, tuple[tuple[int, ...], date]] = {
    "yangzhou-01": (tuple(range(1, 9)), SAMPLES_FIRST_DAY),
    "yunting-01": ((1,), date(2026, 10, 29)),
    "xuanling-01": ((6,), date(2026, 10, 28)),
    "horinger-01": ((1,), date(2026, 10, 30)),
}
"""Servers that send minute telemetry, and the first local day they do; otherwise daily use is sent."""
