-- Grain: one row per center, local day and class of use.
{{ organic_use('local_day') }}
