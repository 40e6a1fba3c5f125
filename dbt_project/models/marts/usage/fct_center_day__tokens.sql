-- Grain: one row per center, local day and tenant as the gateway names them.
with requests as (
    select
        requests.*,
        {{ local_date('requests.requested_epoch_seconds', 'centers.time_zone') }} as local_day
    from {{ ref('int_usage__token_requests') }} as requests
    inner join {{ ref('int_calendar__centers') }} as centers
        on requests.center_id = centers.center_id
    where centers.time_zone is not null
)

select
    requests.center_id,
    requests.local_day,
    requests.tenant_name,
    {{ month_start('requests.local_day') }} as month_start_on,
    cast(count(*) as bigint) as request_count,
    {{ integer_sum('case when requests.is_conflicting then 1 end') }} as conflicting_request_count,
    {{ integer_sum('case when not requests.is_conflicting then requests.line_count - 1 end') }} as repeated_line_count,
    {{ integer_sum('requests.prompt_token_count_lower') }} as prompt_token_count_lower,
    {{ integer_sum('requests.prompt_token_count_upper') }} as prompt_token_count_upper,
    {{ integer_sum('case when requests.is_cached_known then 1 end') }} as cached_known_request_count,
    {{ integer_sum('requests.cached_token_count') }} as cached_token_count_lower,
    {{ integer_sum('requests.completion_token_count_lower') }} as completion_token_count_lower,
    {{ integer_sum('requests.completion_token_count_upper') }} as completion_token_count_upper,
    {{ integer_sum('requests.prompt_token_count_lower + requests.completion_token_count_lower') }}
        as token_count_lower,
    {{ integer_sum('requests.prompt_token_count_upper + requests.completion_token_count_upper') }}
        as token_count_upper
from requests
group by requests.center_id, requests.local_day, requests.tenant_name
