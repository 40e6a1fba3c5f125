-- Grain: one row per center, model, local day, tenant and whether another center counts the card already.
-- Whatever is no tenant's (plan, register, readings as a whole) stands under the tenant "none".
{%- set unknown = 'unknown_seconds - duplicate_able_seconds' %}
{#- What runs productively is known for a card's day as a whole: of a tenancy in it, only what cannot lie outside it. #}
{%- set may_be_productive = 'productive_seconds + able_seconds - productive_known_seconds' %}
{%- set productive_in_sold = 'least(sold_seconds, ' ~ may_be_productive ~ ')' %}
{%- set productive_in_sold_once =
    'least(sold_seconds - duplicate_sold_seconds, ' ~ may_be_productive ~ ' - duplicate_able_seconds)' %}
{%- set productive_in_service = 'least(commissioned_able_seconds, ' ~ may_be_productive ~ ')' %}
{%- set productive_in_service_once =
    'least(commissioned_able_seconds, ' ~ may_be_productive ~ ' - duplicate_able_seconds)' %}
{%- set of_tenancies = {
    'able': 'able_seconds',
    'proven': 'proven_able_seconds',
    'allocated': 'case when is_allocated then able_seconds else 0 end',
    'sold': 'case when is_sold then able_seconds else 0 end',
    'known_sold': 'case when is_sold then lit_seconds + idle_seconds else 0 end',
    'lit_sold_lower': 'case when is_sold then lit_seconds else 0 end',
    'lit_sold_upper': 'case when is_sold then lit_seconds + unknown_seconds else 0 end',
    'lit_commissioned_lower': 'case when is_commissioned then lit_seconds else 0 end',
    'lit_commissioned_upper': 'case when is_commissioned then lit_seconds + unknown_seconds else 0 end',
    'external_lower': 'case when is_external then lit_seconds else 0 end',
    'external_upper': 'case when is_external or may_be_business then lit_seconds + unknown_seconds else 0 end',
    'own_lower': 'case when is_own then lit_seconds else 0 end',
    'own_upper': 'case when is_own or may_be_business then lit_seconds + unknown_seconds else 0 end',
    'business_lower': 'case when is_business then lit_seconds else 0 end',
    'business_upper': 'case when is_business or may_be_business then lit_seconds + unknown_seconds else 0 end',
    'business_sold_lower': 'case when is_sold and is_business then lit_seconds else 0 end',
    'business_sold_upper':
        'case when is_sold and (is_business or may_be_business) then lit_seconds + unknown_seconds else 0 end',
    'external_sold_lower': 'case when is_sold and is_external then lit_seconds else 0 end',
    'external_sold_upper':
        'case when is_sold and (is_external or may_be_business) then lit_seconds + unknown_seconds else 0 end',
    'own_sold_lower': 'case when is_sold and is_own then lit_seconds else 0 end',
    'own_sold_upper':
        'case when is_sold and (is_own or may_be_business) then lit_seconds + unknown_seconds else 0 end'
} %}
{%- set of_devices = {
    'installed': 'installed_seconds - duplicate_installed_seconds',
    'excused': 'excused_seconds',
    'commissioned': 'commissioned_seconds - duplicate_commissioned_seconds',
    'commissioned_maintenance': 'commissioned_maintenance_seconds',
    'commissioned_fault': 'commissioned_fault_seconds',
    'known': 'known_seconds',
    'lit_lower': 'lit_seconds',
    'lit_upper': 'lit_seconds + ' ~ unknown,
    'lit_1_lower': 'lit_seconds_at_1_pct',
    'lit_1_upper': 'lit_seconds_at_1_pct + ' ~ unknown,
    'lit_5_lower': 'lit_seconds_at_5_pct',
    'lit_5_upper': 'lit_seconds_at_5_pct + ' ~ unknown,
    'lit_10_lower': 'lit_seconds_at_10_pct',
    'lit_10_upper': 'lit_seconds_at_10_pct + ' ~ unknown,
    'lit_20_lower': 'lit_seconds_at_20_pct',
    'lit_20_upper': 'lit_seconds_at_20_pct + ' ~ unknown,
    'lit_profiled': 'class_a_lit_seconds',
    'lit_power_lower': 'lit_seconds + class_c_lit_seconds',
    'lit_power_upper': 'lit_seconds - class_c_idle_seconds + ' ~ unknown,
    'declared': 'declared_lit_seconds',
    'occupied_lower': 'occupied_seconds',
    'occupied_upper': 'occupied_seconds + able_seconds - occupancy_known_seconds - duplicate_able_seconds',
    'productive_lower': 'productive_seconds',
    'productive_upper': may_be_productive ~ ' - duplicate_able_seconds',
    'productive_sold_lower': 'greatest(productive_seconds - able_seconds + sold_seconds, 0)',
    'productive_sold_upper': productive_in_sold_once,
    'productive_commissioned_lower': 'greatest(productive_seconds - able_seconds + commissioned_able_seconds, 0)',
    'productive_commissioned_upper': productive_in_service_once,
    'able_end': 'able_at_day_end_count - duplicate_able_at_day_end_count',
    'proven_end': 'proven_able_at_day_end_count'
} %}
{%- set of_duplicates = {
    'installed': 'duplicate_installed_seconds',
    'commissioned': 'duplicate_commissioned_seconds',
    'lit_upper': 'duplicate_able_seconds',
    'lit_power_upper': 'duplicate_able_seconds',
    'lit_1_upper': 'duplicate_able_seconds',
    'lit_5_upper': 'duplicate_able_seconds',
    'lit_10_upper': 'duplicate_able_seconds',
    'lit_20_upper': 'duplicate_able_seconds',
    'occupied_upper': 'duplicate_able_seconds',
    'productive_upper': 'duplicate_able_seconds',
    'productive_sold_upper': productive_in_sold ~ ' - ' ~ productive_in_sold_once,
    'productive_commissioned_upper': productive_in_service ~ ' - ' ~ productive_in_service_once,
    'able_end': 'duplicate_able_at_day_end_count'
} %}
{%- set of_plans = {
    'planned': 'planned_card_seconds',
    'planned_due': 'due_card_seconds',
    'planned_amended': 'amended_card_seconds',
    'planned_end': 'planned_card_count',
    'planned_due_end': 'due_card_count',
    'planned_amended_end': 'amended_card_count'
} %}
{%- set of_models = {
    'capped_lower': 'racked_capped_card_seconds_lower',
    'capped_upper': 'racked_capped_card_seconds_upper',
    'capped_end_lower': 'least(racked_card_count_at_day_end_lower, planned_card_count)',
    'capped_end_upper': 'least(racked_card_count_at_day_end_upper, planned_card_count)'
} %}
with tenancies as (
    select
        attributed_days.center_id,
        devices.model_id,
        attributed_days.local_day,
        attributed_days.tenant_party_id,
        attributed_days.is_able_duplicate as is_duplicate,
        attributed_days.is_commissioned,
        attributed_days.is_sold,
        attributed_days.is_allocated,
        attributed_days.is_commissioned and attributed_days.attribution = 'external' as is_external,
        attributed_days.is_commissioned and attributed_days.attribution = 'own' as is_own,
        attributed_days.is_commissioned and attributed_days.attribution in ('external', 'own') as is_business,
        attributed_days.is_commissioned and attributed_days.attribution = 'unknown' as may_be_business,
        attributed_days.able_seconds,
        attributed_days.proven_able_seconds,
        attributed_days.lit_seconds,
        attributed_days.idle_seconds,
        attributed_days.unknown_seconds
    from {{ ref('int_rates__attributed_days') }} as attributed_days
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            attributed_days.center_id = devices.center_id
            and attributed_days.device_uid = devices.device_uid
),

devices as (
    select
        device_days.*,
        evidence_days.class_a_lit_seconds,
        evidence_days.class_c_lit_seconds,
        evidence_days.class_c_idle_seconds,
        evidence_days.declared_lit_seconds,
        'none' as tenant_party_id,
        false as is_duplicate
    from {{ ref('int_utilization__device_days') }} as device_days
    inner join {{ ref('int_evidence__device_days') }} as evidence_days
        on
            device_days.center_id = evidence_days.center_id
            and device_days.device_uid = evidence_days.device_uid
            and device_days.local_day = evidence_days.local_day
),

duplicates as (
    select
        *,
        'none' as tenant_party_id,
        true as is_duplicate
    from {{ ref('int_utilization__device_days') }}
    where duplicate_able_seconds > 0 or duplicate_installed_seconds > 0 or duplicate_commissioned_seconds > 0
),

plans as (
    select
        *,
        'none' as tenant_party_id,
        false as is_duplicate
    from {{ ref('int_rates__plan_days') }}
),

models as (
    select
        *,
        'none' as tenant_party_id,
        false as is_duplicate
    from {{ ref('int_utilization__center_model_days') }}
),

parts as (
    {% for source, expressions in [
        ('tenancies', of_tenancies),
        ('devices', of_devices),
        ('duplicates', of_duplicates),
        ('plans', of_plans),
        ('models', of_models)
    ] %}
        select
            center_id,
            model_id,
            local_day,
            tenant_party_id,
            {% for part in second_parts() + count_parts() %}
                {{ integer_sum(expressions.get(part, '0')) }} as {{ part }},
            {% endfor %}
            is_duplicate
        from {{ source }}
        group by center_id, model_id, local_day, tenant_party_id, is_duplicate
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    parts.center_id,
    parts.model_id,
    parts.local_day,
    parts.tenant_party_id,
    {% for part in second_parts() + count_parts() %}
        {{ integer_sum('parts.' ~ part) }} as {{ part }},
    {% endfor %}
    parts.is_duplicate
from parts
group by parts.center_id, parts.model_id, parts.local_day, parts.tenant_party_id, parts.is_duplicate
