-- Grain: one row per pair of cards, or card, and quarter whose readings are those of the other, or its own of earlier.
-- Only hours in which power moves are compared: two cards at rest look alike and prove nothing. Alike are equal series,
-- equal hourly energies, and series that correlate about the means of their hours: a job that starts on many cards at
-- once moves those means together, but not every minute.
{%- set shapes = range(1, 9) %}
with moving_hours as (
    select
        center_id,
        device_uid,
        local_day,
        hour_start_epoch_seconds,
        power_count,
        series_hash,
        {% for number in shapes %}
            power_shape_{{ number }}_dw,
        {% endfor %}
        -- Series that correlate have the signs of their contrasts in common, which keeps pairs few.
        {% for number in shapes %}
            case when power_shape_{{ number }}_dw < 0 then {{ 2 ** (number - 1) }} else 0 end
            {{- ' +' if not loop.last }}
        {% endfor %}
            as shape_signs
    from {{ ref('int_findings__device_hours') }}
    where power_sd_ratio >= {{ policy_number('f12_moving_sd_ratio') }} and sample_count >= 6
),

energy_hours as (
    select
        energy.center_id,
        energy.device_uid,
        energy.local_day,
        energy.hour_start_epoch_seconds,
        energy.energy_wh
    from {{ ref('int_identity__device_hours') }} as energy
    inner join moving_hours
        on
            energy.center_id = moving_hours.center_id
            and energy.device_uid = moving_hours.device_uid
            and energy.hour_start_epoch_seconds = moving_hours.hour_start_epoch_seconds
            and energy.local_day = moving_hours.local_day
    where energy.energy_known_seconds = 3600
),

cloned as (
    select
        own.center_id,
        own.device_uid || ' + ' || other.device_uid as subject_id,
        {{ quarter_start('own.local_day') }} as quarter_start_on,
        count(*) as hour_count,
        min(own.hour_start_epoch_seconds) as first_hour,
        max(own.hour_start_epoch_seconds) as last_hour,
        min(own.local_day) as first_day,
        max(own.local_day) as last_day
    from moving_hours as own
    inner join moving_hours as other
        on
            own.series_hash = other.series_hash
            and own.hour_start_epoch_seconds = other.hour_start_epoch_seconds
            and own.device_uid < other.device_uid
    group by own.center_id, own.device_uid || ' + ' || other.device_uid, {{ quarter_start('own.local_day') }}
    having count(*) >= {{ policy_number('f12_min_hours') }}
),

equal_energy as (
    select
        own.center_id,
        own.device_uid,
        other.device_uid as other_device_uid,
        {{ quarter_start('own.local_day') }} as quarter_start_on,
        count(*) as hour_count,
        min(own.hour_start_epoch_seconds) as first_hour,
        max(own.hour_start_epoch_seconds) as last_hour,
        min(own.local_day) as first_day,
        max(own.local_day) as last_day
    from energy_hours as own
    inner join energy_hours as other
        on
            own.center_id = other.center_id
            and own.energy_wh = other.energy_wh
            and own.hour_start_epoch_seconds = other.hour_start_epoch_seconds
            and own.device_uid < other.device_uid
    group by own.center_id, own.device_uid, other.device_uid, {{ quarter_start('own.local_day') }}
    having
        count(*) >= {{ policy_number('f12_min_hours') }}
        and count(distinct own.energy_wh) * 3 >= {{ policy_number('f12_min_hours') }}
),

common_hours as (
    select
        equal_energy.center_id,
        equal_energy.device_uid,
        equal_energy.other_device_uid,
        equal_energy.quarter_start_on,
        count(*) as hour_count
    from equal_energy
    inner join energy_hours as own
        on
            equal_energy.center_id = own.center_id
            and equal_energy.device_uid = own.device_uid
            and own.hour_start_epoch_seconds >= equal_energy.first_hour
            and own.hour_start_epoch_seconds <= equal_energy.last_hour
    inner join energy_hours as other
        on
            equal_energy.center_id = other.center_id
            and equal_energy.other_device_uid = other.device_uid
            and own.hour_start_epoch_seconds = other.hour_start_epoch_seconds
    group by
        equal_energy.center_id,
        equal_energy.device_uid,
        equal_energy.other_device_uid,
        equal_energy.quarter_start_on
),

same_energy as (
    select
        equal_energy.center_id,
        equal_energy.device_uid || ' + ' || equal_energy.other_device_uid as subject_id,
        equal_energy.quarter_start_on,
        equal_energy.hour_count,
        equal_energy.first_hour,
        equal_energy.last_hour,
        equal_energy.first_day,
        equal_energy.last_day
    from equal_energy
    inner join common_hours
        on
            equal_energy.center_id = common_hours.center_id
            and equal_energy.device_uid = common_hours.device_uid
            and equal_energy.other_device_uid = common_hours.other_device_uid
            and equal_energy.quarter_start_on = common_hours.quarter_start_on
    where equal_energy.hour_count >= {{ policy_number('f12_equal_energy_share') }} * common_hours.hour_count
),

correlated_days as (
    select
        own.center_id,
        own.device_uid || ' + ' || other.device_uid as subject_id,
        own.local_day,
        count(*) as hour_count,
        min(own.hour_start_epoch_seconds) as first_hour,
        max(own.hour_start_epoch_seconds) as last_hour
    from moving_hours as own
    inner join moving_hours as other
        on
            own.center_id = other.center_id
            and own.hour_start_epoch_seconds = other.hour_start_epoch_seconds
            and own.local_day = other.local_day
            and own.shape_signs = other.shape_signs
            and own.power_count = other.power_count
            and own.device_uid < other.device_uid
    group by own.center_id, own.device_uid || ' + ' || other.device_uid, own.local_day
    having
        count(*) >= {{ policy_number('f12_min_day_hours') }}
        and {{ ratio(
            integer_sum(product_of_shapes('own', 'other')),
            'sqrt(cast(' ~ integer_sum(product_of_shapes('own', 'own')) ~ ' as double) * '
            ~ integer_sum(product_of_shapes('other', 'other')) ~ ')'
        ) }} >= {{ policy_number('f12_correlation') }}
),

correlated as (
    select
        center_id,
        subject_id,
        {{ quarter_start('local_day') }} as quarter_start_on,
        {{ integer_sum('hour_count') }} as hour_count,
        min(first_hour) as first_hour,
        max(last_hour) as last_hour,
        min(local_day) as first_day,
        max(local_day) as last_day
    from correlated_days
    group by center_id, subject_id, {{ quarter_start('local_day') }}
    having sum(hour_count) >= {{ policy_number('f12_min_hours') }}
),

repeated_hours as (
    select
        center_id,
        device_uid,
        local_day,
        hour_start_epoch_seconds,
        row_number() over (
            partition by center_id, device_uid, series_hash order by hour_start_epoch_seconds nulls last
        ) as occurrence_no
    from moving_hours
),

replayed as (
    select
        center_id,
        device_uid as subject_id,
        {{ quarter_start('local_day') }} as quarter_start_on,
        count(*) as hour_count,
        min(hour_start_epoch_seconds) as first_hour,
        max(hour_start_epoch_seconds) as last_hour,
        min(local_day) as first_day,
        max(local_day) as last_day
    from repeated_hours
    where occurrence_no > 1
    group by center_id, device_uid, {{ quarter_start('local_day') }}
    having count(*) >= {{ policy_number('f12_min_hours') }}
),

together as (
    select
        cloned.*,
        'device_pair' as subject_kind
    from cloned
    union all
    select
        same_energy.*,
        'device_pair' as subject_kind
    from same_energy
    union all
    select
        correlated.*,
        'device_pair' as subject_kind
    from correlated
    union all
    select
        replayed.*,
        'device' as subject_kind
    from replayed
),

found as (
    select
        center_id,
        subject_kind,
        subject_id,
        quarter_start_on as period_start_on,
        min(first_day) as evidence_start_on,
        {{ add_days('max(last_day)', '1') }} as period_end_on,
        max(hour_count) as observed,
        {{ policy_number('f12_min_hours') }} as expected,
        'holds' as verdict,
        false as is_weak,
        0.9 as confidence,
        max(hour_count) as evidence_count,
        center_id || ' / ' || subject_id || ' / ' || cast(min(first_hour) as string) as first_evidence_key,
        center_id || ' / ' || subject_id || ' / ' || cast(max(last_hour) as string) as last_evidence_key
    from together
    group by center_id, subject_kind, subject_id, quarter_start_on
)

{{ finding_shape('F12', 'found') }}
