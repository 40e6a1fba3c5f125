"""Words on the screens: one module per page or subject, each text as (Chinese, English) under its key."""
