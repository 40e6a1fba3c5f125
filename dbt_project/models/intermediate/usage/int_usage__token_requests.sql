-- Grain: one row per center and request: how many lines tell of it, and the least and most tokens they say.
-- Lines that agree are one request told again. Of lines that do not, no file's order can say which is true: the request
-- counts with the least they say in the lower sums and with the most in the upper.
with told as (
    select * from {{ ref('stg_registers__token_usage') }}
),

newest_revision as (
    select
        told.*,
        max(told.revision) over (partition by told.center_id, told.request_id) as newest_revision
    from told
),

in_force as (
    select * from newest_revision
    where revision = newest_revision
),

requests as (
    select
        center_id,
        request_id,
        min(requested_epoch_seconds) as requested_epoch_seconds,
        min(coalesce(tenant_name, '')) as least_tenant_name,
        max(coalesce(tenant_name, '')) as most_tenant_name,
        min(coalesce(model_name, '')) as least_model_name,
        max(coalesce(model_name, '')) as most_model_name,
        count(*) as line_count,
        min(prompt_token_count) as prompt_token_count_lower,
        max(prompt_token_count) as prompt_token_count_upper,
        min(coalesce(cached_token_count, -1)) as cached_token_count_lower,
        max(coalesce(cached_token_count, -1)) as cached_token_count_upper,
        min(completion_token_count) as completion_token_count_lower,
        max(completion_token_count) as completion_token_count_upper
    from in_force
    group by center_id, request_id
)

select
    requests.center_id,
    requests.request_id,
    requests.requested_epoch_seconds,
    case when requests.least_tenant_name = requests.most_tenant_name then requests.least_tenant_name else '' end
        as tenant_name,
    case when requests.least_model_name = requests.most_model_name then requests.least_model_name else '' end
        as model_name,
    cast(requests.line_count as bigint) as line_count,
    coalesce(
        requests.least_tenant_name <> requests.most_tenant_name
        or requests.least_model_name <> requests.most_model_name
        or requests.prompt_token_count_lower <> requests.prompt_token_count_upper
        or requests.cached_token_count_lower <> requests.cached_token_count_upper
        or requests.completion_token_count_lower <> requests.completion_token_count_upper,
        false
    ) as is_conflicting,
    requests.prompt_token_count_lower,
    requests.prompt_token_count_upper,
    requests.cached_token_count_lower >= 0 as is_cached_known,
    case when requests.cached_token_count_lower >= 0 then requests.cached_token_count_lower end as cached_token_count,
    requests.completion_token_count_lower,
    requests.completion_token_count_upper
from requests
