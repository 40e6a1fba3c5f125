-- Grain: one row per capex line; a share is taken of the lines it names, in the line's own tax basis.
with lines as (
    select
        capex_lines.*,
        case
            when capex_lines.tax_basis = 'included' then 1 + capex_lines.vat_rate_milli / cast(1000 as double) else 1
        end
            as gross_divisor,
        case
            when capex_lines.tax_basis = 'included' then 1 else 1 + capex_lines.vat_rate_milli / cast(1000 as double)
        end
            as net_multiple,
        coalesce(
            capex_lines.amount_cny_fen,
            cast(
                round(cast(capex_lines.quantity_milli as double) * capex_lines.unit_price_cny_fen / 1000) as bigint
            )
        ) as stated_cny_fen
    from {{ ref('stg_registers__capex_lines') }} as capex_lines
),

servers as (
    select
        center_id,
        sum(stated_cny_fen / gross_divisor) as net_cny_fen,
        sum(stated_cny_fen * net_multiple) as gross_cny_fen
    from lines
    where capex_category = 'servers' and stated_cny_fen is not null
    group by center_id
),

of_servers as (
    select
        lines.*,
        coalesce(
            lines.stated_cny_fen,
            case
                when lines.share_of = 'servers'
                    then
                        cast(
                            round(
                                lines.share_milli / cast(1000 as double)
                                * case
                                    when lines.tax_basis = 'included' then servers.gross_cny_fen
                                    else servers.net_cny_fen
                                end
                            ) as bigint
                        )
            end
        ) as resolved_cny_fen
    from lines
    left join servers
        on lines.center_id = servers.center_id
),

servers_and_network as (
    select
        center_id,
        sum(resolved_cny_fen / gross_divisor) as net_cny_fen,
        sum(resolved_cny_fen * net_multiple) as gross_cny_fen
    from of_servers
    where capex_category in ('servers', 'network_ib', 'network_roce') and resolved_cny_fen is not null
    group by center_id
),

resolved as (
    select
        of_servers.*,
        coalesce(
            of_servers.resolved_cny_fen,
            case
                when of_servers.share_of = 'servers_and_network'
                    then
                        cast(
                            round(
                                of_servers.share_milli / cast(1000 as double)
                                * case
                                    when of_servers.tax_basis = 'included' then servers_and_network.gross_cny_fen
                                    else servers_and_network.net_cny_fen
                                end
                            ) as bigint
                        )
            end
        ) as amount_as_stated_cny_fen
    from of_servers
    left join servers_and_network
        on of_servers.center_id = servers_and_network.center_id
)

select
    capex_line_id,
    center_id,
    capex_category,
    supplier_party_id,
    contract_id,
    committed_on,
    case
        when amount_cny_fen is not null then 'amount'
        when unit_price_cny_fen is not null then 'quantity_and_price'
        else 'share'
    end as stated_by,
    cast(round(amount_as_stated_cny_fen / gross_divisor) as bigint) as net_cny_fen,
    cast(round(amount_as_stated_cny_fen * net_multiple) as bigint) as gross_cny_fen
from resolved
