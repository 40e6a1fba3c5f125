-- Grain: one row per reference figure.
with benchmarks as (
    select * from {{ ref('benchmarks') }}
)

select
    benchmarks.benchmark_id,
    benchmarks.name_zh,
    benchmarks.name_en,
    benchmarks.low,
    benchmarks.high,
    benchmarks.unit,
    benchmarks.basis,
    benchmarks.source_zh,
    benchmarks.source_en,
    benchmarks.as_of,
    benchmarks.kind
from benchmarks
