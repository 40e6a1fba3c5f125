"""The only SQL of the dashboards: one module per subject, one function per published mart.

Every function takes the path of one published file and returns a Polars frame; nothing here knows a screen.
Rates, thresholds and sums belong to the marts; what is done here is choosing rows and joining names.
"""

from dashboards.queries import (
    alerts,
    core,
    costs,
    evidence,
    evidence_breaks,
    findings,
    leases,
    money,
    offers,
    plans,
    promises,
    published,
    quality,
    questions,
    reading,
    restatements,
    revenue,
    scenarios,
    subsidies,
    usage,
    use,
    utilization,
    weekly,
    worth,
)

__all__ = [
    "alerts",
    "core",
    "costs",
    "evidence",
    "evidence_breaks",
    "findings",
    "leases",
    "money",
    "offers",
    "plans",
    "promises",
    "published",
    "quality",
    "questions",
    "reading",
    "restatements",
    "revenue",
    "scenarios",
    "subsidies",
    "usage",
    "use",
    "utilization",
    "weekly",
    "worth",
]
