-- Grain: one row per payment between two parties outside the cash books; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'party_payments') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['payment_id']) }} = 1
)

select
    newest.payment_id,
    newest.payer_party_id,
    newest.payee_party_id,
    newest.nature,
    newest.goods_receipt,
    newest.visibility,
    newest.document,
    newest.amount_cny_fen,
    newest.revision,
    newest.paid_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
