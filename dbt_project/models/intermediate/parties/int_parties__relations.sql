-- Grain: one row per ordered pair of parties and way from one to the other over at most two links.
with links as (
    select * from {{ ref('stg_registers__party_links') }}
),

build as (
    select
        as_of_epoch_seconds,
        {{ local_date('as_of_epoch_seconds', "'UTC'") }} as as_of_on
    from {{ ref('stg_intake__build') }}
),

-- A shared address, phone, account or e-mail domain only asks a question until somebody confirmed the answer.
telling_links as (
    select
        links.link_id,
        links.from_party_id,
        links.to_party_id,
        links.link_kind,
        links.valid_from,
        links.valid_to,
        (
            links.link_kind in ('shared_address', 'shared_phone', 'shared_bank_account', 'shared_email_domain')
            and (links.confirmed_on is null or links.confirmed_on > build.as_of_on)
        ) as is_soft
    from links
    cross join build
    where
        links.link_kind <> 'shareholding'
        or links.share_bp >= 10000 * {{ policy_number('related_significant_ratio') }}
),

-- A link counts whichever of the two holds the other.
ties as (
    select
        link_id,
        link_kind,
        from_party_id as party_id,
        to_party_id as other_party_id,
        valid_from,
        valid_to,
        is_soft
    from telling_links
    union all
    select
        link_id,
        link_kind,
        to_party_id as party_id,
        from_party_id as other_party_id,
        valid_from,
        valid_to,
        is_soft
    from telling_links
    where from_party_id <> to_party_id
),

-- Two links reach a subsidiary's subsidiary and a sister company; both must hold on the day.
ways as (
    select
        party_id,
        other_party_id,
        link_id as first_link_id,
        cast(null as string) as second_link_id,
        link_kind as first_link_kind,
        cast(null as string) as second_link_kind,
        1 as distance,
        is_soft,
        valid_from,
        valid_to
    from ties
    union all
    select
        first_ties.party_id,
        second_ties.other_party_id,
        first_ties.link_id as first_link_id,
        second_ties.link_id as second_link_id,
        first_ties.link_kind as first_link_kind,
        second_ties.link_kind as second_link_kind,
        2 as distance,
        first_ties.is_soft or second_ties.is_soft as is_soft,
        greatest(first_ties.valid_from, second_ties.valid_from) as valid_from,
        case
            when first_ties.valid_to is null then second_ties.valid_to
            when second_ties.valid_to is null then first_ties.valid_to
            else least(first_ties.valid_to, second_ties.valid_to)
        end as valid_to
    from ties as first_ties
    inner join ties as second_ties
        on first_ties.other_party_id = second_ties.party_id
    where first_ties.party_id <> second_ties.other_party_id
)

select
    party_id,
    other_party_id,
    first_link_id,
    coalesce(second_link_id, '') as second_link_id,
    first_link_kind,
    second_link_kind,
    cast(distance as bigint) as distance,
    is_soft,
    valid_from,
    valid_to
from ways
where valid_to is null or valid_from < valid_to
