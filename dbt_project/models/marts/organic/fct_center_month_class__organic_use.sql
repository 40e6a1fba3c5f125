-- Grain: one row per center, month and class of use.
{{ organic_use('month_start_on') }}
